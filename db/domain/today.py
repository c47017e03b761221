"""Which clients to contact today, and in what order."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from db.domain.days import celebrated_on

# A client contacted within these days is not asked for a visit.
REST_DAYS = 3


class Touch(StrEnum):
    """Why a client, or a task, is on the list; the most urgent first.

    A promise comes before a complaint, a birthday before a visit that is due.
    """

    WINBACK = "winback"
    COMPLAINT = "complaint"
    TASK = "task"
    OFFER = "offer"
    BIRTHDAY = "birthday"
    OVERDUE = "overdue"
    DUE = "due"
    GAPS = "gaps"


URGENCY = {touch: place for place, touch in enumerate(Touch)}


@dataclass(frozen=True, slots=True)
class TouchReason:
    """One reason with the values its text shows. `day` is when it was, or is, due."""

    touch: Touch
    day: date
    text: str = ""  # a next step, or a task, as it was typed
    last_on: date | None = None
    cycle_days: Decimal | None = None
    birthday: str = ""
    gaps: tuple[str, ...] = ()  # keys of fields
    item_id: int | None = None  # of the task or the complaint
    offer_id: int | None = None


def rests(contacted_on: date | None, as_of: date) -> bool:
    """Say whether a client was contacted within REST_DAYS."""
    return contacted_on is not None and (as_of - contacted_on).days <= REST_DAYS


def birthday_near(birthday: str, as_of: date) -> date | None:
    """Return the birthday that is today or tomorrow, or None."""
    for day in (as_of, as_of + timedelta(days=1)):
        if celebrated_on(birthday, day.year) == day:
            return day
    return None


def birthdays_of(day: date) -> tuple[str, ...]:
    """Return the birthdays, as MM-DD, that are celebrated on this day."""
    plain = f"{day:%m-%d}"
    leap_day = "02-29"
    if plain == "02-28" and celebrated_on(f"--{leap_day}", day.year) == day:
        return plain, leap_day
    return (plain,)
