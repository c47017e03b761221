"""Imports in words: what a column holds, why a row is not loaded, what became of a file. No Qt."""

from collections.abc import Mapping
from decimal import Decimal

from db.domain.fields import Fault, Field
from db.transfer.columns import NEW_FIELD, TableKind
from db.transfer.plan import (
    Difference,
    MatchKey,
    Plan,
    RowProblem,
    RowReason,
    RowVerdict,
    Summary,
    Verdict,
)
from db.transfer.sheet import Sheet
from ui.words import formats, labels, messages
from ui.words.i18n import _, ngettext, pgettext
from ui.words.presets import own_label

# What a row of its own column shows already, or what goes without saying for a new card.
_MONEY = frozenset({"amount", "cost", "price", "credit", "share_of_wallet"})
_PLAIN_TO_SEE = frozenset({"name", "client", "kind"})


def _client_targets() -> Mapping[str, str]:
    return {
        "last_name": _("Last name"),
        "first_name": _("First name"),
        "middle_name": _("Middle name"),
        "discount": _("Discount, %"),
        "deferred": _("Deferred payment, days"),
        "credit": _("Credit limit"),
        NEW_FIELD: _("New field of the card"),
    }


def _purchase_targets() -> Mapping[str, str]:
    return {
        "client": _("Client"),
        "day": pgettext("of a purchase", "Date"),
        "amount": pgettext("of a purchase", "Amount"),
        "cost": pgettext("of a purchase", "Cost"),
        "product": _("Product or service"),
        "channel": _("Channel"),
        "responsible": _("Responsible"),
        "note": _("Note"),
        "inn": _("INN"),
        "phone": _("Phone"),
        "email": _("E-mail"),
    }


def _product_targets() -> Mapping[str, str]:
    return {
        "name": _("Product or service"),
        "unit": pgettext("of a product", "Unit"),
        "price": pgettext("of a product", "Price"),
        "cost": pgettext("of a purchase", "Cost"),
        "usual_cycle_days": _("Usual cycle, days"),
    }


def target_name(kind: TableKind, target: str, own: Mapping[str, Field] | None = None) -> str:
    """Return what a column holds, in words; these words are known as headings as well."""
    if kind is TableKind.PURCHASES:
        return _purchase_targets().get(target, target)
    if kind is TableKind.PRODUCTS:
        return _product_targets().get(target, target)
    field = (own or {}).get(target)
    if field is not None and field.is_custom:
        return own_label(field)
    return _client_targets().get(target) or labels.standard_field(target)


def file_kind_name(kind: TableKind) -> str:
    """Return what is in a file of this kind."""
    return {
        TableKind.CLIENTS: _("Clients"),
        TableKind.PURCHASES: _("Purchases"),
        TableKind.PRODUCTS: _("Products and services"),
    }[kind]


def key_name(key: MatchKey) -> str:
    """Return how clients are matched."""
    return {
        MatchKey.AUTO: pgettext("key of an import", "automatically"),
        MatchKey.INN: _("by INN"),
        MatchKey.PHONE: _("by phone"),
        MatchKey.EMAIL: _("by e-mail"),
        MatchKey.NAME_BIRTHDAY: _("by name and birthday"),
        MatchKey.NAME: _("by name"),
    }[key]


def verdict_name(verdict: Verdict) -> str:
    """Return the word for a verdict."""
    return {
        Verdict.CREATE: pgettext("row of a file", "new"),
        Verdict.UPDATE: pgettext("row of a file", "update"),
        Verdict.SKIP: pgettext("row of a file", "skip"),
        Verdict.REJECT: pgettext("row of a file", "reject"),
    }[verdict]


def problem_reason(problem: RowProblem) -> str:
    """Say why a row is not loaded."""
    if problem.code is Fault.REQUIRED:
        field = labels.standard_field(problem.value)
        return _("the field “{field}” must be filled in").format(field=field)
    if isinstance(problem.code, Fault):
        reason = messages.fault(problem.code, _short(problem.value))
        shown = problem.value and problem.code in {Fault.BAD_DATE, Fault.BAD_NUMBER}
        return f"{reason}: {_short(problem.value)}" if shown else reason
    return _reasons()[problem.code].format(value=_short(problem.value))


def _short(value: str) -> str:
    most = 60
    return value if len(value) <= most else value[:most] + "…"


def _reasons() -> Mapping[RowReason, str]:
    return {
        RowReason.NOTHING_NEW: _("nothing new"),
        RowReason.ALREADY_THERE: _("this purchase is in the base already"),
        RowReason.AMBIGUOUS: _("several clients fit: {value}"),
        RowReason.TOO_MANY_CELLS: _("there are more cells than headings: {value}"),
        RowReason.TOTAL_LINE: _("a line of totals"),
        RowReason.NO_CLIENT: _("the client is not named"),
        RowReason.UNKNOWN_CLIENT: _("there is no such client in the base: {value}"),
        RowReason.NO_DAY: _("the date is missing"),
        RowReason.NO_AMOUNT: _("the amount is missing"),
        RowReason.NO_NAME: _("the name is missing"),
    }


def problem_words(problem: RowProblem) -> str:
    """Say in which column something is wrong, and what."""
    reason = problem_reason(problem)
    return f"{problem.column}: {reason}" if problem.column else reason


def row_words(row: RowVerdict, kind: TableKind, own: Mapping[str, Field]) -> str:
    """Say what becomes of a row: why not, or what changes from what to what."""
    if row.problems:
        return "; ".join(map(problem_words, row.problems))
    if row.reason is not None:
        return _reasons()[row.reason]
    new = row.verdict is Verdict.CREATE
    return "; ".join(
        _difference(entry, kind, own)
        for entry in row.shown_differences()
        if not new or entry.key not in _PLAIN_TO_SEE
    )


def _difference(entry: Difference, kind: TableKind, own: Mapping[str, Field]) -> str:
    name = target_name(kind, entry.key, own)
    new = value_words(entry.key, entry.new)
    old = value_words(entry.key, entry.old)
    return f"{name}: {old} → {new}" if old else f"{name}: {new}"


def value_words(key: str, value: object) -> str:
    """Return a value of a card or a product as people read it, on one line."""
    match value:
        case None | "" | ():
            return ""
        case tuple():
            return ", ".join(map(str, value))
        case bool():
            return _("yes") if value else _("no")
        case Decimal() if key in _MONEY:
            return formats.money(value)
        case Decimal() | int():
            return formats.number(Decimal(value), None)
        case str():
            return _text_words(key, value)
    return formats.day(value)  # type: ignore[arg-type]


def _text_words(key: str, value: str) -> str:
    say = {"birthday": formats.birthday, "kind": labels.kind, "warmth": labels.warmth}.get(key)
    return say(value) if say else " ".join(value.split())


def counted(kind: TableKind, count: int) -> str:
    """Return so many clients, purchases or products."""
    if kind is TableKind.CLIENTS:
        return formats.clients_count(count)
    if kind is TableKind.PURCHASES:
        return formats.purchases_count(count)
    text = ngettext("{count} product", "{count} products", count)
    return text.format(count=formats.number(count))


def rows_count(count: int) -> str:
    """`3 строки`, `1 row`."""
    return ngettext("{count} row", "{count} rows", count).format(count=formats.number(count))


def summary_words(done: Summary) -> str:
    """Say in one line what became of a file."""
    others = 0 if done.kind is TableKind.CLIENTS else done.clients_created
    counts = (
        (_("new: {count}"), done.created),
        (_("updated: {count}"), done.updated),
        (_("skipped: {count}"), done.skipped),
        (_("rejected: {count}"), done.rejected),
        (_("clients created: {count}"), others),
        (_("refunds: {count}"), done.refunds),
    )
    parts = [text.format(count=formats.number(count)) for text, count in counts if count]
    return rows_count(done.rows) + (": " + ", ".join(parts) if parts else "")


def delimiter_name(delimiter: str) -> str:
    """Return the name of a delimiter, or the sign itself."""
    return {
        ";": pgettext("delimiter", "semicolon"),
        ",": pgettext("delimiter", "comma"),
        "\t": pgettext("delimiter", "tab"),
        "|": pgettext("delimiter", "bar"),
        ":": pgettext("delimiter", "colon"),
    }.get(delimiter, delimiter)


def encoding_name(encoding: str) -> str:
    """Return an encoding as people know it."""
    return {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8",
        "cp1251": _("Windows-1251 (Cyrillic)"),
        "cp866": _("DOS-866 (Cyrillic)"),
        "koi8-r": "KOI8-R",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16 BE",
        "utf-32": "UTF-32",
        "cp1252": _("Windows-1252 (Western)"),
    }.get(encoding, encoding)


def found_words(sheet: Sheet) -> str:
    """Say how a file was read."""
    head = (
        _("headings in line {line}").format(line=sheet.header_line)
        if sheet.header_line
        else _("without headings")
    )
    if not sheet.delimiter:
        return f"{_('Workbook')}, {head}"
    return f"{encoding_name(sheet.encoding)}, {delimiter_name(sheet.delimiter)}, {head}"


def purchases_words(plan: Plan) -> str:
    """Say what the purchases of a file come to, and how many cards they make."""
    parts = [
        _("{purchases} for {sum}").format(
            purchases=formats.purchases_count(len(plan.purchases)), sum=formats.money(plan.total)
        )
    ]
    if plan.refunds:
        parts.append(_("refunds: {count}").format(count=formats.number(plan.refunds)))
    if plan.clients_created:
        made = formats.clients_count(plan.clients_created)
        parts.append(_("{clients} will be created").format(clients=made))
    return ", ".join(parts)
