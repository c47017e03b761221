"""The contents of a card in words, for the window and the command line. No Qt."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby

from db.domain.churn import LossState
from db.domain.field_rules import GapAnswer
from db.domain.fields import Field
from db.domain.lifecycle import Status
from db.queries.cards.card_history import CardChange, Edit
from db.queries.cards.head import AgreementRow, ClientHead
from ui.words import formats, labels
from ui.words.fields import field_label
from ui.words.formats import DASH, NBSP
from ui.words.i18n import _
from ui.words.kinds import entry_words, plain_entry

Fields = Mapping[str, Field]
_ARROW = " → "
_SHORT = 30  # signs: a part of this length stays on one line


def field_value(field: Field | None, value: object) -> str:
    """Return a value as a person reads it; a dash when there is none."""
    if value is None or value in ("", ()):
        return DASH
    entries = value if isinstance(value, tuple) else (value,)
    say = plain_entry if field is None else partial(entry_words, field)
    return ", ".join(map(say, entries))


def head_line(head: ClientHead) -> str:
    """Return the line below the name: since when, purchases, average, cycle, agreements."""
    parts = []
    if head.first_on is not None:
        parts.append(_("client since {day}").format(day=formats.day(head.first_on)))
    parts.append(formats.purchases_count(head.purchases) if head.purchases else _("no purchases"))
    if head.average is not None:
        parts.append(_("average order {sum}").format(sum=formats.money_short(head.average)))
    if head.cycle is not None:
        parts.append(_("usually every {days}").format(days=cycle_days(head.cycle.days)))
    parts.extend(agreement_line(row) for row in head.agreements)
    return " · ".join(part.replace(" ", NBSP) if len(part) < _SHORT else part for part in parts)


def next_visit_line(head: ClientHead) -> str:
    """Say when the next visit is or was expected, and what this rests on; empty without a
    forecast.
    """
    if head.cycle is None or head.next_on is None:
        return ""
    basis = labels.basis(head.cycle.basis)
    if head.cycle.gaps and head.cycle.basis in ("own", "own_and_service"):
        basis = _("{basis}: {count}").format(basis=basis, count=head.cycle.gaps)
    expected = (
        _("Was expected {day} ± {days} ({basis})")
        if _is_past(head)
        else _("Next visit expected {day} ± {days} ({basis})")
    )
    parts = [
        expected.format(
            day=formats.day(head.next_on),
            days=formats.days_count(head.cycle.window_days),
            basis=basis,
        )
    ]
    # The badge of a lost client says it already: they are not «at risk» any more.
    if head.timing is not None and head.status is not Status.LOST:
        parts.append(labels.timing(head.timing))
    return " · ".join(parts)


def _is_past(head: ClientHead) -> bool:
    """Say whether the day of the next visit lies before the day the head was made for."""
    if head.next_on is None or head.last_on is None or head.silent_days is None:
        return False
    return head.next_on < head.last_on + timedelta(days=head.silent_days)


def cycle_days(days: Decimal) -> str:
    """`35 days`; halves are shown as they are."""
    if days == days.to_integral_value():
        return formats.days_count(int(days))
    return _("{days} days").format(days=formats.number(days, None))


def agreement_line(row: AgreementRow) -> str:
    """Return one agreement: `discount 10 % until 31.12.2026`."""
    parts = [labels.agreement(row.kind)]
    if row.percent is not None:
        percent = row.percent.normalize()
        parts.append(formats.percent(percent, max(0, -int(percent.as_tuple().exponent))))
    if row.amount is not None:
        parts.append(formats.money(row.amount))
    if row.days is not None:
        parts.append(formats.days_count(row.days))
    if row.text:
        parts.append(row.text)
    if row.until is not None:
        parts.append(_("until {day}").format(day=formats.day(row.until)))
    return " ".join(parts)


def change_lines(change: CardChange, fields: Fields) -> list[str]:
    """Return what a change did to a card, one line a value: `Phone: before → after`."""
    return [
        line
        for (is_field, subject, row), edits in groupby(
            sorted(change.edits, key=_edit_key), key=_edit_key
        )
        for line in (
            _field_lines(fields, subject, list(edits))
            if is_field
            else _row_lines(subject, list(edits))
        )
    ]


def _edit_key(edit: Edit) -> tuple[bool, str, int]:
    # Fields first; the rows of one table stay apart.
    return edit.is_field, edit.subject, 0 if edit.is_field else edit.row_id


def _field_lines(fields: Fields, key: str, edits: list[Edit]) -> Iterator[str]:
    field = fields.get(key)
    if key == "deleted_at":
        yield from (_("Into the bin") if edit.after else _("Out of the bin") for edit in edits)
        return
    label = field_label(fields, key)
    before = _values_text(field, [edit.before for edit in edits])
    after = _values_text(field, [edit.after for edit in edits])
    if before != after:
        yield f"{label}: {before}{_ARROW}{after}" if before != DASH else f"{label}: {after}"


def _values_text(field: Field | None, values: list[object]) -> str:
    texts = [
        labels.answer(value) if isinstance(value, GapAnswer) else field_value(field, value)
        for value in values
        if value is not None
    ]
    return ", ".join(texts) or DASH


def _row_lines(table: str, edits: list[Edit]) -> Iterator[str]:
    name = labels.table(table)
    made = all(edit.before is None for edit in edits)
    gone = all(edit.after is None for edit in edits)
    if made or gone:
        cells = [
            _cell(edit.column, edit.after if made else edit.before, table)
            for edit in edits
            if not isinstance(edit.after if made else edit.before, bool)
        ]
        text = ", ".join(cells)
        yield (
            f"{name}: {text}" if made else _("{name} deleted: {text}").format(name=name, text=text)
        )
        return
    for edit in edits:
        before, after = (_cell(edit.column, value, table) for value in (edit.before, edit.after))
        yield f"{name}, {labels.column(edit.column)}: {before}{_ARROW}{after}"


def _cell(column: str, value: object, table: str) -> str:
    if value is None:
        return DASH
    if column in ("amount", "cost") and isinstance(value, Decimal):
        return formats.money(value)
    says = {
        ("interaction", "kind"): labels.interaction,
        ("agreement", "kind"): labels.agreement,
        ("relationship", "kind"): labels.relationship,
        ("loss_attempt", "way"): labels.way,
        ("loss_attempt", "result"): labels.result,
        ("loss_episode", "reason"): labels.loss_reason,
    }.get((table, column))
    if says is not None:
        return says(str(value))
    if isinstance(value, LossState):
        return labels.loss_state(value)
    return field_value(None, value)
