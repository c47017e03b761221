"""Offers: the list, the editor with its three prices, and the paper beside it."""
