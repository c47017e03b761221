"""The base as a file: opening, making, copies, checks, migrations."""
