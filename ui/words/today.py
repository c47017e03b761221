"""Today's list in words, for the page and the command line. No Qt."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db.domain.today import Touch, TouchReason
from db.queries.today.board import TodayRow
from ui.words import formats, labels
from ui.words.i18n import _, ngettext, pgettext


def touch(code: Touch) -> str:
    """Return the badge of a row."""
    words = {
        Touch.WINBACK: pgettext("today", "win-back"),
        Touch.COMPLAINT: pgettext("today", "complaint"),
        Touch.TASK: pgettext("today", "task"),
        Touch.OFFER: pgettext("today", "offer"),
        Touch.BIRTHDAY: pgettext("today", "birthday"),
        Touch.OVERDUE: pgettext("today", "overdue"),
        Touch.DUE: pgettext("today", "due"),
        Touch.GAPS: pgettext("today", "card"),
    }
    return words[code]


def touches(code: Touch) -> str:
    """Return the words of a filter."""
    words = {
        Touch.WINBACK: pgettext("today", "Win-back"),
        Touch.COMPLAINT: _("Complaints"),
        Touch.TASK: _("Tasks"),
        Touch.OFFER: _("Offers"),
        Touch.BIRTHDAY: _("Birthdays"),
        Touch.OVERDUE: _("Overdue visits"),
        Touch.DUE: _("Visits due"),
        Touch.GAPS: _("Cards to fill in"),
    }
    return words[code]


def done_verb(code: Touch) -> str:
    """Return the words of the button that marks a row as done."""
    verbs = {
        Touch.WINBACK: _("Write the result…"),
        Touch.COMPLAINT: _("Called"),
        Touch.TASK: _("Done"),
        Touch.OFFER: _("Called"),
        Touch.BIRTHDAY: _("Congratulated"),
        Touch.OVERDUE: _("Invited"),
        Touch.DUE: _("Invited"),
        Touch.GAPS: _("Fill in"),
    }
    return verbs[code]


def name(row: TodayRow) -> str:
    """Return the name of the client; of a task without a client, its text."""
    return row.name if row.client_id is not None else _to_do(row.reasons[0])


def phone(row: TodayRow) -> str:
    """Return the phone of a row as it is shown, or ""."""
    return formats.phone(row.phone) if row.phone else ""


def why(row: TodayRow, as_of: date, fields: Mapping[str, str] | None = None) -> str:
    """Return every reason of a row, the most urgent first."""
    parts = [reason_text(reason, as_of, fields or {}) for reason in row.reasons]
    if row.client_id is None:
        first = [_ask_for_answer()] if row.touch is Touch.OFFER else []
        parts = [*first, _due_words(row.reasons[0].day, as_of)]
    if row.do_not_contact:
        parts.insert(0, _("asked not to be contacted"))
    return "; ".join(parts)


def reason_text(reason: TouchReason, as_of: date, fields: Mapping[str, str]) -> str:
    """Return one reason in words; `fields` are the labels of own fields by key."""
    match reason.touch:
        case Touch.WINBACK:
            return _join(reason.text or _("next step"), _late(reason.day, as_of))
        case Touch.COMPLAINT:
            return _complaint(reason, as_of)
        case Touch.TASK | Touch.OFFER:
            return _join(_to_do(reason), _late(reason.day, as_of))
        case Touch.BIRTHDAY:
            return _birthday(reason, as_of)
        case Touch.GAPS:
            lacking = ", ".join(
                fields.get(key) or labels.standard_field(key) for key in reason.gaps
            )
            gaps = _("not filled in: {fields}").format(fields=lacking)
            return f"{_expected(reason.day, as_of)}, {gaps}"
        case Touch.OVERDUE | Touch.DUE:
            return _visit(reason, as_of)


def _to_do(reason: TouchReason) -> str:
    """Return the text of a task; one made by sending an offer has none of its own."""
    return reason.text or (_ask_for_answer() if reason.touch is Touch.OFFER else "")


def _ask_for_answer() -> str:
    return _("ask what they say to our offer")


def _complaint(reason: TouchReason, as_of: date) -> str:
    days = (as_of - reason.day).days
    text = _("complaint open for {days}").format(days=formats.days_count(days))
    if not days:
        text = _("complaint of today")
    return f"{text}: {reason.text}" if reason.text else text


def _birthday(reason: TouchReason, as_of: date) -> str:
    day = formats.day_relative(reason.day, as_of)
    if reason.birthday.startswith("--"):
        text = _("birthday {day}").format(day=day)
    else:
        years = formats.age(date.fromisoformat(reason.birthday), reason.day)
        text = ngettext("{day} turns {years}", "{day} turns {years}", years).format(
            day=day, years=years
        )
    if reason.last_on is None:
        return text
    return text + ", " + _("last visit {day}").format(day=formats.day(reason.last_on))


def _visit(reason: TouchReason, as_of: date) -> str:
    """Return when the visit is expected before the rest: a narrow column cuts the end."""
    parts = [_expected(reason.day, as_of)]
    if reason.last_on is not None:
        parts.append(_("last visit {day}").format(day=formats.day(reason.last_on)))
    days = formats.days_count(round(reason.cycle_days or Decimal(0)))
    parts.append(_("usually every {days}").format(days=days))
    return ", ".join(parts)


def _expected(day: date, as_of: date) -> str:
    text = _("was expected {day}") if day < as_of else _("expected {day}")
    return text.format(day=formats.day_relative(day, as_of))


def _late(day: date, as_of: date) -> str:
    return _("since {day}").format(day=formats.day(day)) if day < as_of else ""


def _due_words(day: date, as_of: date) -> str:
    return _late(day, as_of) or _("today")


def _join(text: str, more: str) -> str:
    return f"{text} ({more})" if more else text


def money_made_of(row: TodayRow) -> str:
    """Say what the figure of a row is."""
    if row.money is None:
        return _("No amount: there are no visits, or the cycle is not known.")
    text = _("Gross profit a year: average profit a visit × visits a year by the client's cycle.")
    if row.estimated:
        text += "\n" + _("Where a cost is not known, the usual margin of the trade was used.")
    return text


def money(row: TodayRow) -> str:
    """Return the figure of a row; `≈` where a margin was assumed."""
    shown = formats.money_short(row.money)
    return f"≈{formats.NBSP}{shown}" if row.estimated and row.money is not None else shown


def done_note(code: Touch) -> str | None:
    """Return what stands in the history of the client."""
    notes = {
        Touch.COMPLAINT: _("call about the complaint"),
        Touch.BIRTHDAY: _("congratulation"),
        Touch.OVERDUE: _("invitation"),
        Touch.DUE: _("invitation"),
    }
    return notes.get(code)


def done_told(row: TodayRow) -> str:
    """Say what was written down."""
    return _("Written down: {name}").format(name=name(row))


def later_told(row: TodayRow, until: date) -> str:
    """Say until when a row was put off."""
    return _("Put off until {day}: {name}").format(day=formats.day(until), name=name(row))
