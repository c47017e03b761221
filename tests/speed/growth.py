"""What ten times the base costs: the same operations at a tenth of it."""

from collections.abc import Iterable

from tests.speed.figure import Amount, Figure

TIMES = 12
# An operation may also grow with the SQL by hand, so much more than that.
OVER_BARE = 1.2
# Below this both are noise: an operation of a millisecond does not grow with the base.
_LEAST_MS = 1.0


def growth_figures(whole: Iterable[Figure], tenth: Iterable[Figure]) -> list[Amount]:
    """Compare the medians of a base with those of a tenth of it, which have the same names."""
    small = {figure.name: figure for figure in tenth}
    return [_growth(figure, small[figure.name]) for figure in whole]


def _growth(figure: Figure, small: Figure) -> Amount:
    grown = figure.median_ms / max(small.median_ms, 1e-6)
    goal, limit = f"≤ {TIMES} ×", float(TIMES)
    if figure.raw_median_ms and small.raw_median_ms:
        bare = OVER_BARE * figure.raw_median_ms / small.raw_median_ms
        if bare > limit:
            goal, limit = f"≤ {bare:.1f} × (bare grows so)", bare
    met = grown <= limit or figure.median_ms < _LEAST_MS
    return Amount(f"growth: {figure.name}", grown, "×", goal, met)
