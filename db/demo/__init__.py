"""A base of believable Russian people and firms, to look around in and to measure."""

from db.demo.make import Demo, make_demo

__all__ = ["Demo", "make_demo"]
