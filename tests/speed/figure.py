"""What the benchmark measures and prints: figures with their goals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of one operation: the median of all tries and the 99th percentile.

    `raw_median_ms` is what the bare work took in the same run, None where there is none to compare
    with. `goal` says in words what is aimed at ("≤ 60 ms"); `met` is None where there is no goal.
    """

    name: str
    median_ms: float
    p99_ms: float
    raw_median_ms: float | None = None
    goal: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Return how many times the bare work the operation takes."""
        return self.median_ms / self.raw_median_ms if self.raw_median_ms else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is no time: megabytes, a share, a growth; with its goal as in `Figure`."""

    name: str
    value: float
    unit: str
    goal: str = ""
    met: bool | None = None


def at_most(name: str, limit: float, unit: str, value: float) -> Amount:
    """Return an amount whose goal is not to be above a limit."""
    return Amount(name, value, unit, f"≤ {limit:g} {unit}", value <= limit)


def line(figure: Figure | Amount) -> str:
    """Return the line of a figure in the table that is printed."""
    if isinstance(figure, Amount):
        return f"{figure.name:<34}{figure.value:>11.2f} {figure.unit:<42}{_verdict(figure)}"
    beside = ""
    if figure.raw_median_ms is not None:
        beside = f"bare {figure.raw_median_ms:.2f}  × {figure.ratio or 0:.1f}"
    times = f"{figure.median_ms:>11.2f} ms  p99 {figure.p99_ms:>9.2f}"
    return f"{figure.name:<34}{times}   {beside:<25}{_verdict(figure)}".rstrip()


def _verdict(figure: Figure | Amount) -> str:
    if figure.met is None:
        return ""
    return f"{figure.goal}: {'met' if figure.met else 'NOT MET'}"
