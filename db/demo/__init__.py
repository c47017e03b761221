"""A demonstration base of invented Russian people and companies; tests and benchmarks use it."""

from db.demo.make import Demo, make_demo

__all__ = ["Demo", "make_demo"]
