"""Files into tables of text."""
