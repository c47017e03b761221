"""The history of a client: the status to reach, the cycle, and the days of visits."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from db.demo.dice import Dice
from db.demo.words import Good, goods_for


class Fate(Enum):
    """What a client is on the day of the demonstration."""

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
_MONTHS_AWAY = 95  # days: longer than any three months
LONG_AGO = 1900


@dataclass(frozen=True, slots=True)
class Life:
    """The visits of a client, oldest first, and what they usually buy."""

    fate: Fate
    buyer: str
    good: Good
    days: tuple[date, ...]
    away_since: date | None = None  # the last visit before the gap that made the client lost

    @property
    def last(self) -> date | None:
        return self.days[-1] if self.days else None


def fates(dice: Dice, clients: int) -> list[Fate]:
    """Return a fate for each client: every one among the first nine, then by their shares."""
    pool = [fate for fate, share in _SHARES.items() for _ in range(share)]
    all_fates = list(Fate)
    while len(all_fates) < clients:
        all_fates += dice.mixed(pool)
    return all_fates[:clients]


def life(dice: Dice, fate: Fate, buyer: str, today: date) -> Life:
    """Invent the visits that lead to a fate."""
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
    """Return visits before the last one: cycle in days, their count, and a first gap, if any."""
    cycle, count, gap = steps
    days_back, day, away_since = [last], last, None
    for step in range(count):
        days = gap if gap and not step else max(3, round(dice.around(cycle, 0.25)))
        day -= timedelta(days=days)
        if (today - day).days > LONG_AGO:
            break
        if gap and not step:
            away_since = day
        days_back.append(day)
    return tuple(reversed(days_back)), away_since
