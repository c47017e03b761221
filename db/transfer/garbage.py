"""Keeping Python's garbage collector from looking at a whole file over and over."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_NEVER = 1_000_000


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Put off collections of the oldest generation: the rows of a file hold no cycles.

    Measured on 69,659 purchases: eight collections, 0.8 s of 6, in which every thread waits.
    """
    gc.set_threshold(*_USUAL[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
