"""Asking a base about another day than the one it was opened for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from db.outcome import Reading

P = ParamSpec("P")
T = TypeVar("T")


def on_day(
    reading: Reading,
    day: date,
    query: Callable[Concatenate[Reading, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Answer a query for this day; the facts of clients stay those of the day of the base."""
    return query(replace(reading, as_of=day, is_current=False), *args, **kwargs)
