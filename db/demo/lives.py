"""What becomes of a client: his fate, his own cycle, and the days on which he came."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from db.demo.dice import Dice
from db.demo.words import Good, goods_for


class Fate(Enum):
    """How a client stands with us on the day of the demonstration."""

    REGULAR = auto()
    NEW = auto()
    POTENTIAL = auto()
    AT_RISK = auto()
    LOST = auto()
    RETURNED = auto()
    LOW_NPS = auto()
    COMPLAINT = auto()
    NEVER_BOUGHT = auto()


_SHARES = {
    Fate.REGULAR: 47,
    Fate.POTENTIAL: 15,
    Fate.NEW: 10,
    Fate.LOST: 10,
    Fate.AT_RISK: 6,
    Fate.LOW_NPS: 4,
    Fate.RETURNED: 3,
    Fate.NEVER_BOUGHT: 3,
    Fate.COMPLAINT: 2,
}
_SILENT = frozenset({Fate.POTENTIAL, Fate.NEVER_BOUGHT})
_MONTHS_AWAY = 95  # days: beyond three months, whatever months they are
LONG_AGO = 1900


@dataclass(frozen=True, slots=True)
class Life:
    """A client's buying: what he usually takes, how often, and when he came, oldest first."""

    fate: Fate
    buyer: str
    good: Good
    days: tuple[date, ...]
    away_since: date | None = None  # the last visit before the gap from which he came back

    @property
    def last(self) -> date | None:
        return self.days[-1] if self.days else None


def fates(dice: Dice, clients: int) -> list[Fate]:
    """Return a fate for each: every fate among the first nine, then in their shares."""
    pool = [fate for fate, share in _SHARES.items() for _ in range(share)]
    found = list(Fate)
    while len(found) < clients:
        found += dice.mixed(pool)
    return found[:clients]


def life(dice: Dice, fate: Fate, buyer: str, today: date) -> Life:
    good = dice.weighed(goods_for(buyer))
    if fate in _SILENT:
        return Life(fate, buyer, good, ())
    cycle = max(7.0, dice.around(good.cycle_days, 0.3))
    if fate is Fate.NEW:
        return Life(fate, buyer, good, _few_days(dice, cycle, today))
    last = today - timedelta(days=_silence(dice, fate, cycle))
    count = dice.between(3, 15) if fate is Fate.LOST else dice.between(4, 23)
    gap = 0
    if fate is Fate.RETURNED:
        last = today - timedelta(days=dice.between(2, 20))
        gap = int(max(_MONTHS_AWAY, cycle * 2.3)) + dice.between(10, 60)
    days, away = _back_from(dice, last, today, (cycle, count, gap))
    return Life(fate, buyer, good, days, away)


def _few_days(dice: Dice, cycle: float, today: date) -> tuple[date, ...]:
    last = today - timedelta(days=dice.between(0, min(80, int(cycle))))
    if dice.chance(0.6):
        return (last,)
    return (last - timedelta(days=int(dice.around(cycle, 0.2)) + 1), last)


def _silence(dice: Dice, fate: Fate, cycle: float) -> int:
    if fate is Fate.LOST:
        return int(max(_MONTHS_AWAY, cycle * 2.3)) + dice.between(0, 420)
    if fate is Fate.AT_RISK:
        return min(int(dice.around(cycle * 1.8, 0.1)) + 1, 88)
    return dice.between(0, int(cycle * 1.1))


def _back_from(
    dice: Dice, last: date, today: date, steps: tuple[float, int, int]
) -> tuple[tuple[date, ...], date | None]:
    """Step back from the last visit: by so many days, so often; a gap, if any, comes first."""
    cycle, count, gap = steps
    found, day, away = [last], last, None
    for step in range(count):
        days = gap if gap and not step else max(3, round(dice.around(cycle, 0.25)))
        day -= timedelta(days=days)
        if (today - day).days > LONG_AGO:
            break
        if gap and not step:
            away = day
        found.append(day)
    return tuple(reversed(found)), away
