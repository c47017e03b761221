"""Parts of pages that know the base but no feature."""
