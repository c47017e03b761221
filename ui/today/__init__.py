"""Today: one list of whom to turn to."""
