"""Processor time of an operation, each try beside one of the bare work."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.speed.figure import Figure

Step = Callable[[int], object]  # is given the number of the try
TIMES = 15


@dataclass(frozen=True, slots=True)
class Goal:
    """Limits of a figure; what is None is not limited."""

    median_ms: float | None = None
    p99_ms: float | None = None
    times_bare: float | None = None
    above_bare_ms: float | None = None

    def words(self) -> str:
        limits = {
            "≤ {:g} ms": self.median_ms,
            "p99 ≤ {:g} ms": self.p99_ms,
            "≤ {:g} × bare": self.times_bare,
            "≤ bare + {:g} ms": self.above_bare_ms,
        }
        return ", ".join(said.format(limit) for said, limit in limits.items() if limit is not None)

    def is_met(self, median_ms: float, p99_ms: float, bare_ms: float) -> bool:
        pairs = (
            (median_ms, self.median_ms),
            (p99_ms, self.p99_ms),
            (median_ms, None if self.times_bare is None else self.times_bare * bare_ms),
            (median_ms, None if self.above_bare_ms is None else self.above_bare_ms + bare_ms),
        )
        return all(value <= limit for value, limit in pairs if limit is not None)


def measure(
    name: str, do: Step, bare: Step | None = None, *, times: int = TIMES, goal: Goal | None = None
) -> Figure:
    """Time an operation and the bare work in turn, so that both meet the same machine.

    Processor time, not the clock: other programs and the disk are left out.
    """
    taken, raw = [], []
    for number in range(times):
        taken.append(processor_ms(do, number))
        if bare is not None:
            raw.append(processor_ms(bare, number))
    return figure(name, taken, raw, goal)


def figure(name: str, taken: list[float], raw: list[float], goal: Goal | None = None) -> Figure:
    """Return the figure of these times in milliseconds; `raw` are those of the bare work."""
    median, p99 = (
        statistics.median(taken),
        sorted(taken)[min(len(taken) * 99 // 100, len(taken) - 1)],
    )
    bare = statistics.median(raw) if raw else None
    if goal is None:
        return Figure(name, median, p99, bare)
    return Figure(name, median, p99, bare, goal.words(), goal.is_met(median, p99, bare or 0))


def processor_ms(do: Step, number: int = 0) -> float:
    started = time.process_time()
    do(number)
    return (time.process_time() - started) * 1000
