"""Commands about cards: add, set, show, find, delete, restore; history, undo, redo."""

import argparse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from db.commands.clients import CreateClient, DeleteClients, RestoreClients, UpdateClient
from db.commands.undo import Redo, Undo
from db.domain.fields import CardValue, Fault, Field, FieldError
from db.domain.ids import ClientId
from db.domain.kinds import ValueFault, parse_value
from db.domain.text import fold
from db.errors import InvalidError
from db.outcome import Command
from db.preset_words import preset_words
from db.progress import in_batches
from db.queries.cards.card_history import card_changes
from db.queries.cards.full_card import FullCard, full_card, full_cards
from db.queries.lists.clients import find_clients
from db.queries.setup import all_fields
from desktop.cli.erasing import erase_client
from desktop.cli.parser import LARGEST, client_id, whole_number, wrong_value
from desktop.cli.shape import Answer, Call, Subparsers, UsageError
from ui.words import clients as words
from ui.words import formats, labels
from ui.words.fields import field_label
from ui.words.i18n import _

T = TypeVar("T")
_FOUND = 50


def add_parsers(commands: Subparsers) -> None:
    """Define `client` with its commands, `history`, `undo` and `redo`."""
    client = commands.add_parser("client", help=_("the cards of clients")).add_subparsers(
        metavar=_("COMMAND"), required=True
    )
    add = client.add_parser("add", help=_("create a card"))
    _add_pairs(add)
    add.set_defaults(run=add_client)
    change = client.add_parser("set", help=_("change fields of a card"))
    _add_client(change)
    _add_pairs(change)
    change.set_defaults(run=set_client)
    find = client.add_parser("find", help=_("search by name, phone, e-mail, note"))
    find.add_argument("text", metavar="TEXT", help=_("what to search for"))
    find.add_argument(
        "--limit", metavar="N", type=whole_number, default=_FOUND, help=_("at most this many")
    )
    find.set_defaults(run=find_client)
    for name, run, text in (
        ("show", show_client, _("show a card")),
        ("delete", delete_client, _("put a card into the bin")),
        ("restore", restore_client, _("take a card out of the bin")),
        ("erase", erase_client, _("erase a client and all that is known of them, for good")),
    ):
        parser = client.add_parser(name, help=text)
        _add_client(parser)
        parser.set_defaults(run=run)
    history = commands.add_parser("history", help=_("what was changed on a card"))
    _add_client(history)
    history.set_defaults(run=show_history)
    commands.add_parser("undo", help=_("take back the last change")).set_defaults(run=undo)
    commands.add_parser("redo", help=_("put back what was undone")).set_defaults(run=redo)


def _add_client(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "client_id", metavar="ID", type=client_id, help=_("the number of the client's card")
    )


def _add_pairs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "pairs",
        metavar="KEY=VALUE",
        nargs="+",
        type=_pair,
        help=_("a field by its key or label; several phones by comma; nothing clears it"),
    )


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise wrong_value(_("“{value}” is not KEY=VALUE"), text)
    return key.strip(), value


def add_client(call: Call) -> Answer:
    """Create a card from KEY=VALUE pairs."""
    return _card(call, _written(call, CreateClient(_values(call))))


def set_client(call: Call) -> Answer:
    """Change fields of a card, whatever its version."""
    _written(call, UpdateClient(call.args.client_id, None, _values(call)))
    return _card(call, call.args.client_id)


def show_client(call: Call) -> Answer:
    """Show a card with its status, cycle and gaps."""
    return _card(call, call.args.client_id)


def delete_client(call: Call) -> Answer:
    """Put a card into the bin."""
    call.base.do(DeleteClients((call.args.client_id,)))
    return _card(call, call.args.client_id)


def restore_client(call: Call) -> Answer:
    """Take a card out of the bin."""
    call.base.do(RestoreClients((call.args.client_id,)))
    return _card(call, call.args.client_id)


def find_client(call: Call) -> Answer:
    """Search as the window does; with --json, answer with whole cards."""
    if call.args.limit < 1:
        raise UsageError(_("--limit must be 1 or more"))
    rows = call.base.ask(find_clients, call.args.text, min(call.args.limit, LARGEST))
    if call.args.json:
        ids = [row.id for row in rows]
        cards = [card for part in in_batches(ids) for card in call.base.ask(full_cards, part)]
        return Answer([card_document(card) for card in cards], "")
    lines = [
        "\t".join((str(row.id), row.name, formats.phone(row.phone), labels.status(row.status)))
        for row in rows
    ]
    text = "\n".join(lines) or _("Nobody found.")
    return Answer(None, text)


def show_history(call: Call) -> Answer:
    """List the changes of a card, the last one first."""
    call.base.ask(full_card, call.args.client_id)  # raises where there is no such client
    changes = call.base.ask(card_changes, call.args.client_id)
    fields = call.base.ask(all_fields)
    entries = [(change, words.change_lines(change, fields)) for change in changes]
    document = [
        {
            "id": change.id,
            "command": change.command,
            "who": change.who,
            "at": change.at,
            "undone": change.undone,
            "changes": [
                {
                    "field": edit.subject if edit.is_field else f"{edit.subject}.{edit.column}",
                    "before": edit.before,
                    "after": edit.after,
                }
                for edit in change.edits
            ],
            "text": lines,
        }
        for change, lines in entries
    ]
    text = "\n".join(
        "\n  ".join(
            [f"{change.at.astimezone():%d.%m.%Y %H:%M} {labels.command(change.command)}", *lines]
        )
        for change, lines in entries
    )
    return Answer(document, text)


def undo(call: Call) -> Answer:
    """Take back the last change."""
    outcome = call.base.do(Undo())
    return Answer(
        {"undone": outcome.value.command, "change_id": outcome.change_id},
        _("Undone: {change}").format(change=labels.command(outcome.value.command)),
    )


def redo(call: Call) -> Answer:
    """Repeat the change that was undone last."""
    outcome = call.base.do(Redo())
    return Answer(
        {"redone": outcome.value.command, "change_id": outcome.change_id},
        _("Redone: {change}").format(change=labels.command(outcome.value.command)),
    )


def field_named(fields: Mapping[str, Field], name: str) -> Field:
    """Return a field by its key or its label. Raises InvalidError NO_SUCH_FIELD with the name."""
    if name in fields:
        return fields[name]
    folded = fold(name)
    for key, field in fields.items():
        if folded in (fold(key), fold(field_label(fields, key))):
            return field
    raise InvalidError((FieldError(name, Fault.NO_SUCH_FIELD, name),))


def _written(call: Call, command: Command[T]) -> T:
    """Run a command and return its value; an InvalidError names the fields by their labels."""
    try:
        return call.base.do(command).value
    except InvalidError as invalid:
        fields = call.base.ask(all_fields)
        raise InvalidError(
            tuple(
                FieldError(field_label(fields, error.field_key), error.fault, error.value)
                for error in invalid.errors
            )
        ) from invalid


def _values(call: Call) -> dict[str, CardValue]:
    fields = call.base.ask(all_fields)
    values: dict[str, CardValue] = {}
    errors = []
    for name, text in call.args.pairs:
        field = field_named(fields, name)
        try:
            values[field.key] = parse_value(field, _stored(field, text), call.as_of)
        except ValueFault as error:
            errors.append(FieldError(field_label(fields, field.key), error.fault, text))
    if errors:
        raise InvalidError(tuple(errors))
    return values


def value_typed(field: Field, text: str, today: date) -> CardValue:
    """Read the value of a field in a condition. Raises InvalidError."""
    try:
        return parse_value(field, _stored(field, text), today)
    except ValueFault as error:
        raise InvalidError((FieldError(field.key, error.fault, text),)) from error


def _stored(field: Field, text: str) -> str:
    """Return the stored form of a choice typed by its label, in any language of a preset."""
    if field.is_custom:
        return preset_words().stored_choice(field, text)
    label_of = {"kind": labels.kind, "warmth": labels.warmth}.get(field.key)
    if label_of is None:
        return text
    return next((code for code in field.codes if fold(label_of(code)) == fold(text)), text)


def _card(call: Call, card_id: ClientId) -> Answer:
    card = call.base.ask(full_card, card_id)
    fields = call.base.ask(all_fields)
    return Answer(card_document(card), _card_text(card, fields))


def card_document(full: FullCard) -> dict[str, object]:
    """Return a card as the JSON document that other programs read."""
    card, head = full.card, full.head
    return {
        "id": card.id,
        "name": card.name,
        "kind": card.values.get("kind"),
        "status": head.status,
        "gaps": list(dict.fromkeys(rule.field_key for rule in full.gaps)),
        "fields": {
            key: _plain(value)
            for key, value in card.values.items()
            if value is not None and value not in ("", ())
        },
        "answers": {key: answered.answer for key, answered in card.answers.items()},
        "purchases": {
            "count": head.purchases,
            "sum": head.revenue.quantize(Decimal("0.01")),
            "last": head.last_on,
        },
        "cycle": {
            "days": _number(head.cycle.days) if head.cycle else None,
            "basis": head.cycle.basis if head.cycle else None,
            "next": head.next_on,
        },
        "in_bin": card.deleted_at is not None,
        "version": card.version,
    }


def _plain(value: CardValue) -> object:
    if isinstance(value, Decimal):
        short = value.normalize()
        return short if short.as_tuple().exponent < 0 else value.quantize(Decimal(1))  # type: ignore[operator]
    return value


def _number(days: Decimal) -> int | float:
    return int(days) if days == days.to_integral_value() else float(days)


def _card_text(full: FullCard, fields: Mapping[str, Field]) -> str:
    card, head = full.card, full.head
    lines = [
        f"{card.id}  {card.name}  [{labels.status(head.status)}]"
        + (f"  {_('in the bin')}" if card.deleted_at else ""),
        words.head_line(head),
        words.next_visit_line(head),
    ]
    lines += [
        f"{field_label(fields, key)}: {words.field_value(fields.get(key), value)}"
        for key, value in card.values.items()
        if key != "name" and value is not None and value not in ("", ())
    ]
    if full.gaps:
        missing = dict.fromkeys(field_label(fields, rule.field_key) for rule in full.gaps)
        lines.append(_("Not filled in: {fields}").format(fields=", ".join(missing)))
    return "\n".join(line for line in lines if line)
