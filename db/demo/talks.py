"""Contacts of the demonstration: enquiries, calls, scores, complaints; and tasks."""

from datetime import date, timedelta

from db.demo.cards import Known
from db.demo.dice import Dice
from db.demo.lives import Fate, Life
from db.demo.rows import Rows, moment
from db.demo.words import words_of
from db.domain.trade import InteractionKind

_ASKS_IN_VAIN = (4, 6)
_FIRST_TASKS = 6
_FRIDAY = 4


class TalkWriter:
    """Writes contacts and tasks."""

    def __init__(self, rows: Rows, dice: Dice, today: date) -> None:
        self._rows, self._dice, self._today = rows, dice, today

    def write(self, who: Known, life: Life) -> None:
        """Write the contacts and the task of a client."""
        since = life.days[0] if life.days else self._today - timedelta(days=200)
        self._enquiries(who, life)
        for kind, key, share in (
            (InteractionKind.CALL, "firm_calls" if who.is_firm else "calls", 0.45),
            (InteractionKind.MESSAGE, "messages", 0.25),
            (InteractionKind.MEETING, "meetings", 0.3 if who.is_firm else 0.0),
        ):
            if life.days and self._dice.chance(share):
                self._talk(who, self._day(since), kind, words_of("shop")[key])
        self._survey(who, life)
        self._complaints(who, life)
        self._task(who)

    def _enquiries(self, who: Known, life: Life) -> None:
        dice, words = self._dice, words_of("shop")["firm_enquiries" if who.is_firm else "enquiries"]
        if life.fate is Fate.NEVER_BOUGHT:
            count, away = dice.between(*_ASKS_IN_VAIN), 5
        elif life.fate is Fate.POTENTIAL:
            count, away = dice.between(0, 3), 3
        else:
            count, away = int(dice.chance(0.2)), 30
        for number in range(count):
            days = away + (count - number) * dice.between(4, 18)
            day = self._today - timedelta(days=days)
            if life.days and day > life.days[0]:
                day = life.days[0] - timedelta(days=2)
            self._talk(who, day, InteractionKind.ENQUIRY, words)

    def _survey(self, who: Known, life: Life) -> None:
        dice, shop = self._dice, words_of("shop")
        if life.last is None:
            return
        if life.fate is Fate.LOW_NPS:
            day = self._today - timedelta(days=dice.between(1, 40))
            self._score(who, max(day, life.last), dice.between(1, 6), dice.pick(shop["critique"]))
        elif dice.chance(0.22) and life.fate is not Fate.COMPLAINT:
            day = self._day(life.days[0])
            self._score(who, day, dice.between(7, 10), dice.pick(shop["praise"]))

    def _score(self, who: Known, day: date, nps: int, text: str) -> None:
        kind = InteractionKind.SURVEY.value
        self._rows.add("interaction", who.id, day, kind, text, nps, 0, None)

    def _complaints(self, who: Known, life: Life) -> None:
        dice, kind = self._dice, InteractionKind.COMPLAINT.value
        words = words_of("shop")["complaints"]
        text = dice.pick(words[-3:] if who.is_firm else words[:-3])
        if life.fate is Fate.COMPLAINT:
            day = self._today - timedelta(days=dice.between(2, 25))
            self._rows.add("interaction", who.id, day, kind, text, None, 1, None)
        elif life.days and dice.chance(0.04):
            day = self._day(life.days[0])
            closed = min(day + timedelta(days=dice.between(1, 9)), self._today)
            self._rows.add("interaction", who.id, day, kind, text, None, 0, closed)

    def _talk(self, who: Known, day: date, kind: InteractionKind, words: list[str]) -> None:
        text = self._dice.pick(words)
        self._rows.add("interaction", who.id, day, kind.value, text, None, 0, None)

    def _day(self, since: date) -> date:
        """Return a day from `since` to yesterday."""
        span = max(1, (self._today - since).days)
        return self._today - timedelta(days=self._dice.between(1, span))

    def _task(self, who: Known) -> None:
        dice, today = self._dice, self._today
        if who.id > _FIRST_TASKS and not dice.chance(0.05):
            return
        created_on = today - timedelta(days=dice.between(1, 12))
        due = _workday(today + timedelta(days=dice.between(-4, 9)))
        done = max(created_on, due) if due < today and dice.chance(0.5) else None
        at = moment(created_on, who.id % 300)
        self._rows.add("task", who.id, dice.pick(words_of("shop")["tasks"]), due, done, at, at)


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > _FRIDAY else 0)
