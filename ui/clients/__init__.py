"""The clients: list, card, history, dialogs."""
