"""Files in and out of the base."""
