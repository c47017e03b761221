"""Derived tables: computed from the others after every command, or at any time."""
