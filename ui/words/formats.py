"""Numbers, money and days as the language in use writes them. No Qt: papers and terminal use it."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.domain.days import celebrated_on, parse_day
from db.domain.money import parse_money
from ui.words.i18n import _, language, ngettext

NBSP = "\u00a0"
DASH = "—"
MINUS = "−"
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "BYN": "Br", "UAH": "₴"}
_THOUSAND, _MILLION = 1_000, 1_000_000
_MOBILE = re.compile(r"(?:\+?7|8)[ -]*\(?(9\d\d)\)?[ -]*(\d{3})[ -]*(\d\d)[ -]*(\d\d)", re.ASCII)

__all__ = ["parse_day", "parse_money"]


def number(value: Decimal | float, decimals: int | None = 0) -> str:
    """`12 345,6` in Russian, `12,345.6` in English. `decimals=None` keeps what there is."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    whole, point, part = f"{abs(exact):,f}".partition(".")
    sign = MINUS if exact < 0 else ""
    if language() == "ru":
        return sign + whole.replace(",", NBSP) + ("," + part if point else "")
    return sign + whole + point + part


def money(amount: Decimal | None, currency: str = "RUB", decimals: int = 2) -> str:
    """`12 345,60 ₽` in Russian, `₽12,345.60` in English; a dash when there is no amount."""
    if amount is None:
        return DASH
    sign = _SIGNS.get(currency, currency)
    if language() == "ru":
        return f"{number(amount, decimals)}{NBSP}{sign}"
    written = number(abs(amount), decimals)
    blank = NBSP if len(sign) > 1 else ""
    return f"{MINUS if amount < 0 else ''}{sign}{blank}{written}"


def money_short(amount: Decimal | None, currency: str = "RUB") -> str:
    """Whole roubles, for lists: `38 900 ₽`."""
    return money(amount, currency, 0)


def money_brief(amount: Decimal | None, currency: str = "RUB") -> str:
    """A few digits, for tiles: `612 тыс. ₽`, `1,92 млн ₽`; small sums in whole roubles."""
    if amount is None or abs(amount) < 100 * _THOUSAND:
        return money(amount, currency, 0)
    sign = _SIGNS.get(currency, currency)
    if abs(amount) < _MILLION:
        text = _("{number} k").format(number=number(amount / _THOUSAND, 0))
    else:
        text = _("{number} m").format(number=number(amount / _MILLION, 2))
    return f"{text}{NBSP}{sign}" if language() == "ru" else f"{sign}{text}"


def percent(value: Decimal | float, decimals: int = 0) -> str:
    """`41 %` in Russian, `41%` in English; the value is in percent."""
    return number(value, decimals) + (NBSP + "%" if language() == "ru" else "%")


def day(value: date | None) -> str:
    """`22.11.2026` in both languages; a dash when there is none."""
    return DASH if value is None else f"{value:%d.%m}.{value.year:04d}"


def day_long(value: date) -> str:
    """`22 ноября 2026 г.`, `22 November 2026`."""
    text = _("{day} {month} {year}").format(
        day=value.day, month=month_of_day(value.month), year=value.year
    )
    return text.replace(" ", NBSP)


def day_title(value: date) -> str:
    """`воскресенье 22 ноября`, `Sunday 22 November`."""
    return _("{weekday} {day} {month}").format(
        weekday=weekday(value), day=value.day, month=month_of_day(value.month)
    )


def day_and_time(value: date, hour: int, minute: int) -> str:
    """`22.11.2026, 14:05` in both languages."""
    return f"{day(value)}, {hour:02d}:{minute:02d}"


def weekday(value: date) -> str:
    """`воскресенье`, `Sunday`."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
        _("Sunday"),
    )[value.weekday()]  # fmt: skip


def month_of_day(month: int) -> str:
    """Return the month as it stands after a day: `ноября`."""
    return (
        _("of January"), _("of February"), _("of March"), _("of April"), _("of May"),
        _("of June"), _("of July"), _("of August"), _("of September"), _("of October"),
        _("of November"), _("of December"),
    )[month - 1].removeprefix("of ")  # fmt: skip


def month_name(month: int) -> str:
    """Return the month alone, without a day: `ноябрь`."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"),
        _("August"), _("September"), _("October"), _("November"), _("December"),
    )[month - 1]  # fmt: skip


def month(value: date) -> str:
    """`ноябрь 2026`, `November 2026`."""
    return f"{month_name(value.month)}{NBSP}{value.year}"


def days_count(days: int) -> str:
    """`35 дней`, `1 day`."""
    return (
        ngettext("{count} day", "{count} days", days).format(count=number(days)).replace(" ", NBSP)
    )


def clients_count(count: int) -> str:
    """`3 клиента`, `1 client`."""
    return ngettext("{count} client", "{count} clients", count).format(count=number(count))


def purchases_count(count: int) -> str:
    """`3 покупки`, `1 purchase`."""
    return ngettext("{count} purchase", "{count} purchases", count).format(count=number(count))


def day_relative(value: date, today: date) -> str:
    """`сегодня`, `вчера`, `завтра`, else the date."""
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return named.get((value - today).days) or day(value)


def days_ago(value: date, today: date) -> str:
    """`сегодня`, `35 дней назад`, `через 5 дней`."""
    days = (today - value).days
    if abs(days) <= 1:
        return day_relative(value, today)
    pattern = _("{days} ago") if days > 0 else _("in {days}")
    return pattern.format(days=days_count(abs(days)))


def birthday(value: str | None) -> str:
    """Show `1984-03-08` or, without a year, `--03-08`: `08.03.1984`, `8 марта`."""
    if not value:
        return DASH
    month_number, day_number = int(value[-5:-3]), int(value[-2:])
    if value.startswith("--"):
        return f"{day_number}{NBSP}{month_of_day(month_number)}"
    return f"{day_number:02d}.{month_number:02d}.{value[:4]}"


def age(born: date, today: date) -> int:
    """Return full years; who was born on 29 February is a year older on the 28th of other years."""
    return today.year - born.year - (today < celebrated_on(born.isoformat(), today.year))


def phone(text: str | None, region: str = "RU") -> str:
    """`+7 913 123-45-67`; what is no phone number is shown as it was typed."""
    if not text:
        return DASH
    if region == "RU" and (mobile := _MOBILE.fullmatch(text)):
        return f"+7{NBSP}{mobile[1]}{NBSP}{mobile[2]}-{mobile[3]}-{mobile[4]}"
    return _phone_of_any_country(text, region)


def _phone_of_any_country(text: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - 40 ms, and most numbers are Russian mobile ones

    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text
    is_mobile = str(parsed.national_number).startswith("9")
    if not phonenumbers.is_possible_number(parsed) or (not is_mobile and _is_grouped(text)):
        return text
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    bare, separator, extension = shown.partition(" ext. ")
    if separator:
        shown = _("{phone} ext. {extension}").format(phone=bare, extension=extension)
    return shown.replace(" ", NBSP)


def _is_grouped(text: str) -> bool:
    """Say whether the person grouped the digits: codes of towns have three to five of them."""
    return any(not sign.isdigit() for sign in text.strip().lstrip("+"))


def file_size(size: int) -> str:
    """`1,4 МБ`, `1.4 MB`."""
    if size < _MILLION:
        return _("{number} KB").format(number=number(max(1, size // _THOUSAND)))
    return _("{number} MB").format(number=number(Decimal(size) / _MILLION, 1))
