"""Segments: the lifecycle statuses and who is in them."""
