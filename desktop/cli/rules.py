"""Commands about field rules: which there are, setting one, and how full the cards are."""

from decimal import Decimal

from db.commands.fields import SetRule
from db.domain.rules import FieldRule, Level
from db.queries.cards.fields import RuleFill, fill_rate
from db.queries.setup import all_fields, all_rules
from desktop.cli.cards import field_named
from desktop.cli.shape import Answer, Call, Subparsers, UsageError
from ui.words import formats, labels
from ui.words.i18n import _
from ui.words.presets import purpose
from ui.words.rules import field_label, gaps_line, rule_scope

_OFF = "off"
_CONDITIONS = ("kind", "status", "tag")


def add_parsers(commands: Subparsers) -> None:
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
        help=_("kind:person, status:new or tag:vip; several may be given"),
    )
    rule.add_argument("--why", metavar="TEXT", help=_("what the field is for"))
    rule.set_defaults(run=set_rule)
    fill = commands.add_parser("fill-rate", help=_("fill rate of the cards, by rule"))
    fill.set_defaults(run=show_fill_rate)


def list_rules(call: Call) -> Answer:
    rules = call.base.ask(all_rules)
    fields = call.base.ask(all_fields)
    lines = [
        "\t".join(
            (
                field_label(fields, rule.field_key),
                labels.level(rule.level),
                rule_scope(rule),
                purpose(rule),
            )
        ).rstrip()
        for rule in rules
    ]
    document = [_document(rule, field_label(fields, rule.field_key)) for rule in rules]
    return Answer(document, "\n".join(lines) or _("No field is mandatory."))


def set_rule(call: Call) -> Answer:
    args = call.args
    field = field_named(call.base.ask(all_fields), args.field)
    given = _conditions(args.conditions)
    level = None if args.level == _OFF else Level(args.level)
    call.base.do(
        SetRule(
            field.key, level, given.get("kind"), given.get("status"), given.get("tag"), args.why
        )
    )
    return list_rules(call)


def _conditions(texts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, colon, value = text.partition(":")
        if not colon or name not in _CONDITIONS or not value.strip() or name in found:
            raise UsageError(
                _("--for {value}: expected kind:…, status:… or tag:…").format(value=text)
            )
        found[name] = value.strip()
    return found


def _document(rule: FieldRule, label: str) -> dict[str, object]:
    conditions = (rule.for_kind, rule.for_status, rule.for_tag)
    return {
        "id": rule.id,
        "field": rule.field_key,
        "label": label,
        "level": rule.level,
        "for": [
            f"{name}:{value}"
            for name, value in zip(_CONDITIONS, conditions, strict=True)
            if value is not None
        ],
        "why": purpose(rule),
    }


def show_fill_rate(call: Call) -> Answer:
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
    lines = [_rule_line(row, field_label(fields, row.rule.field_key)) for row in rate.rules]
    lines.append(gaps_line(rate))
    return Answer(document, "\n".join(lines))


def _rule_line(row: RuleFill, label: str) -> str:
    percent = formats.DASH if row.percent is None else formats.percent(row.percent, 1)
    return _(
        "{field} ({whom}): {percent}, {filled} of {applies}; refused {refused}, none "
"{none}, junk {junk}, wrong {wrong}"
    ).format(
        field=label, whom=rule_scope(row.rule), percent=percent, filled=row.filled,
        applies=row.applies, refused=row.refused, none=row.none, junk=row.junk, wrong=row.wrong,
    )  # fmt: skip


def _percent(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent)
