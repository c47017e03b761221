"""Loss episodes of the demonstration, with their attempts."""

from dataclasses import dataclass
from datetime import date, timedelta

from db.demo.cards import Known
from db.demo.dice import Dice
from db.demo.lives import Fate, Life
from db.demo.rows import Rows
from db.demo.words import words_of
from db.domain.churn import ENDED, LossReason, LossState, Result, Way
from db.domain.days import add_months
from db.domain.lifecycle import LifecycleThresholds

_WORKED_ON = {Fate.LOST: 0.6, Fate.LOW_NPS: 0.5, Fate.COMPLAINT: 0.5, Fate.NEVER_BOUGHT: 0.4}
_STATES = (
    (LossState.IN_WORK, 5.0),
    (LossState.PROMISED, 2.0),
    (LossState.REFUSED, 1.2),
    (LossState.DO_NOT_RETURN, 1.0),
)
_REASONS = (
    (LossReason.UNKNOWN, 3.0),
    (LossReason.PRICE, 4.0),
    (LossReason.SERVICE, 3.0),
    (LossReason.MANAGER_CHANGED, 2.5),
    (LossReason.QUALITY, 2.0),
    (LossReason.MOVED, 1.5),
    (LossReason.CONFLICT, 1.0),
    (LossReason.CLOSED, 0.7),
)
_MOTIVES = ("image", "order_size", "frequency")
# The cost of an attempt, in roubles.
_COSTS = {Way.GIFT: 900, Way.SPECIAL_OFFER: 600, Way.VIDEO: 300, Way.MEETING: 1200}


@dataclass(frozen=True, slots=True)
class _Ending:
    """The state of an episode, and its last day when it has ended."""

    state: LossState
    closed_on: date | None = None


class LossWriter:
    """Writes loss episodes with their attempts."""

    def __init__(self, rows: Rows, dice: Dice, today: date) -> None:
        self._rows, self._dice, self._today = rows, dice, today

    def write(self, who: Known, life: Life) -> None:
        """Write the loss episode of a client, where there is one."""
        if life.fate is Fate.RETURNED and life.away_since and life.last:
            lost = _silent_since(life.away_since)
            self._episode(who, lost, _Ending(LossState.RETURNED, life.last))
        elif self._dice.chance(_WORKED_ON.get(life.fate, 0.0)):
            lost = min(self._lost_on(life), self._today - timedelta(days=1))
            state = self._dice.weighed(_STATES)
            closed = max(lost, self._today - timedelta(days=self._dice.between(0, 9)))
            self._episode(who, lost, _Ending(state, closed if state in ENDED else None))

    def _lost_on(self, life: Life) -> date:
        if life.fate is Fate.LOST and life.last:
            return _silent_since(life.last)
        return self._today - timedelta(days=self._dice.between(1, 3))

    def _episode(self, who: Known, lost: date, ending: _Ending) -> None:
        dice, shop = self._dice, words_of("shop")
        number = self._rows.next_id("loss_episode")
        until = ending.closed_on or self._today
        opened = max(lost, until - timedelta(days=dice.between(4, 45)))
        without_attempt = ending.state is LossState.RETURNED and dice.chance(0.3)
        left = ending.state is LossState.DO_NOT_RETURN
        active = ending.state in {LossState.IN_WORK, LossState.PROMISED}
        surveyed = dice.chance(0.5)
        self._rows.add(
            "loss_episode",
            number,
            who.id,
            lost,
            opened,
            ending.state.value,
            dice.weighed(_REASONS).value,
            dice.pick(_MOTIVES) if dice.chance(0.5) else None,
            *(
                dice.pick(shop[key]) if surveyed else None
                for key in ("liked", "disliked", "improve")
            ),
            dice.pick(shop["steps"]) if active else None,
            self._today + timedelta(days=dice.between(-4, 8)) if active else None,
            dice.pick(shop["leave"]) if left else None,
            add_months(self._today, 6) if left and dice.chance(0.5) else None,
            ending.closed_on,
            int(without_attempt),
        )
        if not without_attempt:
            self._attempts(who, number, opened, until, ending.state)

    def _attempts(
        self, who: Known, episode: int, opened: date, until: date, state: LossState
    ) -> None:
        """Write one to three attempts; the result of the last one agrees with the state."""
        dice = self._dice
        count = dice.between(1, 3)
        span = max(0, (until - opened).days)
        days = sorted(opened + timedelta(days=dice.between(0, span)) for _ in range(count))
        for place, day in enumerate(days, 1):
            way = Way.CALL if place == 1 else dice.pick(tuple(Way))
            result = dice.pick((Result.NO_ANSWER, Result.TALKED))
            if place == count:
                result = _LAST_RESULT.get(state, result)
            cost = _COSTS.get(way)
            self._rows.add(
                "loss_attempt",
                episode,
                who.id,
                way.value,
                day,
                result.value,
                None if cost is None else cost * 100,
            )


_LAST_RESULT = {
    LossState.PROMISED: Result.PROMISED,
    LossState.RETURNED: Result.PROMISED,
    LossState.REFUSED: Result.REFUSED,
}


def _silent_since(last: date) -> date:
    return add_months(last, LifecycleThresholds().lost_months) + timedelta(days=1)
