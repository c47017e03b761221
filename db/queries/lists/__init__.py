"""Lists of clients."""
