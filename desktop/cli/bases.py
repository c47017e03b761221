"""Commands that make bases: an empty one, one for a trade, a demonstration."""

from pathlib import Path

from db.client_base import ClientBase
from db.demo import make_demo
from db.domain.presets import Preset
from db.presets import make_base, preset, presets
from db.queries.setup import all_fields
from desktop.cli.parser import whole_number, wrong_value
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats, i18n, labels
from ui.words.i18n import _

MOST_CLIENTS = 1_000_000


def add_parsers(commands: Subparsers) -> None:
    """Define `init`, `demo` and `presets`."""
    init = commands.add_parser("init", help=_("create an empty base"))
    init.add_argument("file", metavar="FILE", type=Path)
    init.add_argument("--preset", metavar="NAME", help=_("the trade: fields, rules, numbers"))
    init.set_defaults(run=init_base)
    demo = commands.add_parser("demo", help=_("create a base with sample data"))
    demo.add_argument("file", metavar="FILE", type=Path)
    demo.add_argument(
        "--clients", metavar="N", type=count_of_clients, default=300, help=_("how many; 300")
    )
    demo.add_argument(
        "--seed",
        metavar="S",
        type=whole_number,
        default=1,
        help=_("the same number, the same data"),
    )
    demo.set_defaults(run=demo_base)
    commands.add_parser("presets", help=_("list the trade presets")).set_defaults(run=list_presets)


def init_base(call: Call) -> Answer:
    """Create a base, empty or with the fields and rules of a trade."""
    path: Path = call.args.file
    trade = preset(call.args.preset, i18n.language()) if call.args.preset else None
    make_base(path, trade, language=i18n.language())
    with ClientBase(path) as base:
        fields = base.ask(all_fields)
    document = {
        "base": path.absolute(),
        "preset": trade.key if trade else None,
        "fields": [key for key, field in fields.items() if field.is_custom],
        "mandatory": _mandatory(trade) if trade else [],
    }
    return Answer(document, _("The base is created: {file}").format(file=path))


def demo_base(call: Call) -> Answer:
    """Create a base with sample data, the same for the same seed."""
    args = call.args
    counts = make_demo(
        args.file,
        as_of=call.as_of,
        clients=args.clients,
        seed=args.seed,
        language=i18n.language(),
    )
    document = {
        "base": args.file.absolute(),
        "clients": counts.clients,
        "purchases": counts.purchases,
        "seed": args.seed,
        "as_of": call.as_of,
    }
    text = _("The demonstration is made: {file}, {clients}, {purchases}").format(
        file=args.file,
        clients=formats.clients_count(counts.clients),
        purchases=formats.purchases_count(counts.purchases),
    )
    return Answer(document, text)


def list_presets(_call: Call) -> Answer:
    """List the trades with their mandatory fields."""
    entries = presets(i18n.language())
    document = [
        {
            "key": entry.key,
            "name": labels.preset(entry.key),
            "mandatory": _mandatory(entry),
            "labels": [_label(entry, key) for key in _mandatory(entry)],
            "cycle_days": entry.trade_cycle_days,
        }
        for entry in entries
    ]
    return Answer(document, "\n".join(map(_line, entries)))


def count_of_clients(text: str) -> int:
    """Read a number from 1 to MOST_CLIENTS. Raises ArgumentTypeError."""
    if not text.isdecimal() or not 0 < int(text) <= MOST_CLIENTS:
        raise wrong_value(_("“{value}” is not a number of clients"), text)
    return int(text)


def _line(entry: Preset) -> str:
    mandatory = ", ".join(_label(entry, key) for key in _mandatory(entry))
    return f"{entry.key:<14}{labels.preset(entry.key)}" + (
        f"\n{'':<14}{mandatory}" if mandatory else ""
    )


def _mandatory(entry: Preset) -> list[str]:
    return [rule.field_key for rule in entry.rules]


def _label(entry: Preset, key: str) -> str:
    own = {field.key: field.label for field in entry.fields}
    return own.get(key) or labels.standard_field(key)
