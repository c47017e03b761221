"""Cards, fields and settings as values: read and written for many clients at once."""
