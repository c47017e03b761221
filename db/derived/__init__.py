"""Derived tables: kept by the door after every command, made again from the rest at any time."""

from db.derived.refresh import rebuild, refresh

__all__ = ["rebuild", "refresh"]
