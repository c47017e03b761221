"""Win-back: who is lost, why, and what is done about it."""
