"""Papers: what a client holds in his hands. No Qt, so the terminal makes them too."""
