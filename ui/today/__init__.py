"""Today: one list of the clients to contact."""
