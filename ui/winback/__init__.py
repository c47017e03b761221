"""Win-back: lost clients, their reasons, and what is done about them."""
