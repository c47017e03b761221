"""Random choices that are the same for a seed on every system and Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Uses `random.random()` alone: Python promises the same numbers for a seed."""

    def __init__(self, seed: int) -> None:
        self._throw = random.Random(seed).random  # noqa: S311 - believable, not secret

    def chance(self, share: float) -> bool:
        """Return True with this probability, 0 to 1."""
        return self._throw() < share

    def between(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return least + int(self._throw() * (most - least + 1))

    def around(self, middle: float, share: float) -> float:
        """Return a number within ± this share of the middle, most often near it."""
        return middle * (1 + share * (self._throw() + self._throw() - 1))

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things, all equally likely."""
        return things[int(self._throw() * len(things))]

    def weighed(self, things: Sequence[tuple[T, float]]) -> T:
        """Pick a thing by its weight."""
        left = self._throw() * sum(weight for _, weight in things)
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return things[-1][0]

    def mixed(self, things: Sequence[T]) -> list[T]:
        """Return the things in another order."""
        thrown = sorted((self._throw(), place) for place in range(len(things)))
        return [things[place] for _, place in thrown]
