"""Commands about field rules: which there are, setting one, and how full the cards are."""

import json
from decimal import Decimal

from db.commands.fields import SetRule
from db.domain.condition import STATUS, All, Comparison, Condition, Operator, equals, to_json
from db.domain.field_rules import FieldRule, Level
from db.domain.fields import Entry
from db.domain.kinds import KINDS, entries_of
from db.queries.cards.fields import RuleFill, fill_rate
from db.queries.setup import all_fields, all_rules
from desktop.cli.cards import field_named, value_typed
from desktop.cli.shape import Answer, Call, Subparsers, UsageError
from ui.words import formats, labels
from ui.words.conditions import condition_words
from ui.words.fields import Fields, field_label, gaps_line
from ui.words.i18n import _
from ui.words.presets import purpose

_OFF = "off"
# Short names of fields in --for.
_FIELDS = {"tag": "tags"}
_NAMES = {key: name for name, key in _FIELDS.items()}


def add_parsers(commands: Subparsers) -> None:
    """Define `rules` with `set`, and `fill-rate`."""
    rules = commands.add_parser("rules", help=_("which fields are mandatory, for whom and why"))
    rules.set_defaults(run=list_rules)
    rule = rules.add_subparsers(metavar=_("COMMAND")).add_parser(
        "set", help=_("make a field mandatory or optional")
    )
    rule.add_argument("field", metavar="FIELD", help=_("the key or the label of a field"))
    rule.add_argument(
        "--level",
        required=True,
        choices=[*(level.value for level in Level), _OFF],
        help=_(
            "block: can't be saved without it; gap: marked as not filled in; off: not mandatory"
        ),
    )
    rule.add_argument(
        "--for",
        dest="conditions",
        metavar="WHOM",
        action="append",
        default=[],
        help=_("kind:person, status:new, tag:vip or another FIELD:VALUE; several may be given"),
    )
    rule.add_argument("--why", metavar="TEXT", help=_("what the field is for"))
    rule.set_defaults(run=set_rule)
    fill = commands.add_parser("fill-rate", help=_("fill rate of the cards, by rule"))
    fill.set_defaults(run=show_fill_rate)


def list_rules(call: Call) -> Answer:
    """List the mandatory fields: for whom, how strictly and why."""
    rules = call.base.ask(all_rules)
    fields = call.base.ask(all_fields)
    lines = [
        "\t".join(
            (
                field_label(fields, rule.field_key),
                labels.level(rule.level),
                condition_words(rule.condition, fields),
                purpose(rule),
            )
        ).rstrip()
        for rule in rules
    ]
    document = [_document(rule, field_label(fields, rule.field_key)) for rule in rules]
    return Answer(document, "\n".join(lines) or _("No field is mandatory."))


def set_rule(call: Call) -> Answer:
    """Make a field mandatory for some clients, or optional again."""
    args = call.args
    field = field_named(call.base.ask(all_fields), args.field)
    condition = _condition(call, args.conditions)
    level = None if args.level == _OFF else Level(args.level)
    call.base.do(SetRule(field.key, level, condition, args.why))
    return list_rules(call)


def _condition(call: Call, texts: list[str]) -> Condition:
    """Read the values of `--for`, which must all hold.

    Only a field of several entries, as tags, may be named twice. Raises UsageError, InvalidError.
    """
    fields = call.base.ask(all_fields)
    parts: list[Comparison] = []
    for text in texts:
        name, colon, value = text.partition(":")
        if not colon:
            raise UsageError(_("--for {value}: expected FIELD:VALUE").format(value=text))
        field = STATUS if name == STATUS.key else field_named(fields, _FIELDS.get(name, name))
        if not KINDS[field.kind].several and any(part.field_key == field.key for part in parts):
            raise UsageError(_("--for {value}: the field is named twice").format(value=text))
        entries = entries_of(value_typed(field, value, call.as_of))
        if not entries:
            raise UsageError(_("--for {value}: expected FIELD:VALUE").format(value=text))
        parts += [equals(field.key, entry) for entry in entries]
    return All(tuple(parts))


def _whom(condition: Condition) -> list[str]:
    """Return the comparisons that `--for` can express; `condition` in the document has all."""
    parts = condition.conditions if isinstance(condition, All) else ()
    return sorted(
        f"{_NAMES.get(part.field_key, part.field_key)}:{_typed(part.value)}"
        for part in parts
        if isinstance(part, Comparison) and part.operator is Operator.EQUALS
    )


def _typed(value: Entry) -> str:
    """Return a value as `--for` reads it."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _document(rule: FieldRule, label: str) -> dict[str, object]:
    return {
        "id": rule.id,
        "field": rule.field_key,
        "label": label,
        "level": rule.level,
        "for": _whom(rule.condition),
        "condition": json.loads(to_json(rule.condition)),
        "why": purpose(rule),
    }


def show_fill_rate(call: Call) -> Answer:
    """List for each rule how many cards are filled in."""
    rate = call.base.ask(fill_rate)
    fields = call.base.ask(all_fields)
    document = {
        "clients": rate.clients,
        "with_gaps": rate.with_gaps,
        "revenue_percent": _percent(rate.revenue_percent),
        "rules": [
            {
                **_document(row.rule, field_label(fields, row.rule.field_key)),
                "applies": row.applies,
                "filled": row.filled,
                "refused": row.refused,
                "none": row.none,
                "gaps": row.gaps,
                "junk": row.junk,
                "wrong": row.wrong,
                "percent": _percent(row.percent),
            }
            for row in rate.rules
        ],
    }
    lines = [_rule_line(row, fields) for row in rate.rules]
    lines.append(gaps_line(rate))
    return Answer(document, "\n".join(lines))


def _rule_line(row: RuleFill, fields: Fields) -> str:
    percent = formats.DASH if row.percent is None else formats.percent(row.percent, 1)
    return _(
        "{field} ({whom}): {percent}, {filled} of {applies}; refused {refused}, none "
"{none}, junk {junk}, wrong {wrong}"
    ).format(
        field=field_label(fields, row.rule.field_key),
        whom=condition_words(row.rule.condition, fields), percent=percent, filled=row.filled,
        applies=row.applies, refused=row.refused, none=row.none, junk=row.junk, wrong=row.wrong,
    )  # fmt: skip


def _percent(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent)
