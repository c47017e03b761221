"""Papers and call files. No Qt: the command line makes them too."""
