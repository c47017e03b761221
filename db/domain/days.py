"""Reading days as they are typed, and adding months. No time zones, no moments."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

DECEMBER = 12
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
_AHEAD = 20  # years that a year of two digits may lie ahead
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "янв jan", "фев feb", "мар mar", "апр apr", "мая май may", "июн jun",
            "июл jul", "авг aug", "сен sep", "окт oct", "ноя nov", "дек dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = {
    "сегодня": 0, "today": 0, "вчера": -1, "yesterday": -1, "завтра": 1, "tomorrow": 1,
    "послезавтра": 2, "позавчера": -2,
}  # fmt: skip
_SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*(д|дн|дня|дней|d|н|нед|w|м|мес|m)?\.?")
_TIME = re.compile(r"[t\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$")


def add_months(day: date, months: int) -> date:
    """Return the day so many months later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_day(text: str, today: date, *, in_full: bool = False) -> date | None:
    """Read a day: 8.3.26, 08032026, 8/3, 2026-03-08, 8 марта 2026, сегодня, +7д; empty is None.

    A day without a year is the one in the year of `today`. Raises ValueError for anything else,
    an impossible day (31.02.1990) and years outside 1900 to 2200; with `in_full`, as the cells of
    files are read, also for a shift and a day without a year: there -5 and 1.5 are no days.
    """
    return _read(text, today, _AHEAD, in_full=in_full)


@lru_cache(maxsize=4096)  # a file of a hundred thousand sales has a thousand days
def _read(text: str, today: date, ahead: int, *, in_full: bool) -> date | None:
    plain = _TIME.sub("", " ".join(text.casefold().split())).strip(" .")
    plain = re.sub(r"\s*г(ода|\.)?$", "", plain) if re.search(r"\d\s*г(ода|\.)?$", plain) else plain
    if not plain:
        return None
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    if shift := _SHIFT.fullmatch(plain):
        if in_full:
            raise ValueError(text)
        day = _shifted(today, shift)
    else:
        day = _written(plain, None if in_full else today.year, today.year + ahead)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


def _shifted(today: date, shift: re.Match[str]) -> date:
    number = int(shift[2]) * (-1 if shift[1] == "-" else 1)
    unit = (shift[3] or "д")[0]
    if unit in "мm":
        return add_months(today, number)
    return today + timedelta(days=number * (7 if unit in "нw" else 1))


def _written(plain: str, this_year: int | None, latest: int) -> date:
    if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[-./,\s](\d{1,2})(?:[-./,\s](\d{2}|\d{4}))?", plain):
        return date(_year(match[3], this_year, latest), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{2})(\d{2})(\d{2}|\d{4})", plain):
        if int(match[2]) > DECEMBER and len(plain) == len("19660816"):
            # As address books write it: no month is above 12, so the year stands first.
            return date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        return date(_year(match[3], this_year, latest), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})\s+([a-zа-я]{3,10})\.?,?(?:\s+(\d{4}))?", plain):
        month = _MONTHS.get(match[2][:3])
        if month:
            return date(_year(match[3], this_year, latest), month, int(match[1]))
    raise ValueError(plain)


def _year(written: str | None, this_year: int | None, latest: int) -> int:
    if written is None:
        if this_year is None:
            raise ValueError(written)
        return this_year
    year = int(written)
    if len(written) == 4:  # noqa: PLR2004 - a year in full
        return year
    # Two digits: the last year with these up to the latest one.
    return latest - (latest - year) % 100


def parse_birthday(text: str, today: date) -> str | None:
    """Read a birthday into `YYYY-MM-DD`, or `--MM-DD` when no year is given; empty is None.

    A year of two digits is the last one with them that is not ahead. Raises ValueError when
    impossible or in the future.
    """
    plain = " ".join(text.casefold().split()).strip(" .")
    if not plain:
        return None
    bare = re.fullmatch(r"--(\d{2})-?(\d{2})", plain)
    if bare:
        month, day = int(bare[1]), int(bare[2])
    elif (short := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})", plain)) or (
        short := re.fullmatch(r"(\d{1,2})\s+([a-zа-я]{3,10})", plain)
    ):
        number = short[2] if short[2].isdigit() else _MONTHS.get(short[2][:3], 0)
        month, day = int(number), int(short[1])
    else:
        for ahead in (0, -1):
            born = _read(text, today, ahead, in_full=True)
            if born is not None and born <= today:
                return born.isoformat()
        raise ValueError(text)
    date(2000, month, day)  # a leap year: 29 February may stand
    return f"--{month:02d}-{day:02d}"


def celebrated_on(birthday: str, year: int) -> date:
    """Return the day a birthday falls on in this year; 29 February on the 28th in other years."""
    month, day = int(birthday[-5:-3]), int(birthday[-2:])
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def year_before(day: date) -> date:
    """Return the same day a year earlier; it is not in the year that ends with this day."""
    return add_months(day, -12)
