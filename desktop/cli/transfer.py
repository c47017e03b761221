"""Commands that import tables and export them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from db.commands.undo import TakeBack
from db.domain.fields import Field
from db.domain.ids import ImportId
from db.domain.money import KOPECK
from db.errors import Trouble, TroubleError
from db.progress import SILENT
from db.queries.lists.clients import ListSpec
from db.queries.segments.statuses import segment_of
from db.queries.setup import own_fields
from db.queries.winback.board import WinbackSpec
from db.transfer.columns import (
    NEW_FIELD,
    SEVERAL_TARGETS,
    ColumnError,
    TableKind,
    Targets,
    change_targets,
    is_enough,
)
from db.transfer.commands import ImportClients, ImportProducts, ImportPurchases
from db.transfer.export import clients_out, purchases_out
from db.transfer.known import import_run, proposed_mapping
from db.transfer.plan import MatchKey, Plan, Summary, summary
from db.transfer.plan_clients import plan_clients
from db.transfer.plan_products import plan_products
from db.transfer.plan_purchases import plan_purchases
from db.transfer.reading.tables_in import read_table
from db.transfer.sheet import Sheet
from db.transfer.tables_out import ENDINGS
from desktop.cli.parser import row_number, wrong_value
from desktop.cli.shape import Answer, Call, Subparsers, UsageError
from ui.documents.call_file import CallList, write_call_list
from ui.segments.call_list import segment_call_list
from ui.transfer.tables import write_clients, write_purchases, write_rejected
from ui.winback.call_list import winback_call_list
from ui.words import segments as segment_words
from ui.words import transfer as wording
from ui.words.i18n import _

_KEYS = {key.value.replace("_", "+"): key for key in MatchKey} | {
    key.value: key for key in MatchKey
}
_SEGMENT = "segment:"


def add_parsers(commands: Subparsers) -> None:
    """Define `import`, `undo-import` and `export`."""
    load = commands.add_parser("import", help=_("load a table: CSV or a workbook"))
    load.add_argument("kind", choices=[*TableKind], metavar="|".join(TableKind))
    load.add_argument("file", metavar="FILE", type=Path)
    load.add_argument(
        "--map", metavar="JSON", type=_mapping, help=_('what columns hold: {"column": "field"}')
    )
    load.add_argument(
        "--key", metavar="K", choices=_KEYS, default="auto",
        help=_("how to match clients: phone, email, inn, name+birthday, name; auto"),
    )  # fmt: skip
    load.add_argument(
        "--create-clients", action="store_true", help=_("create the clients named in purchases")
    )
    load.add_argument("--dry-run", action="store_true", help=_("dry run: show what would be done"))
    load.add_argument(
        "--rejected", metavar="OUT", type=Path, help=_("write the rows that were not loaded")
    )
    load.set_defaults(run=load_file)
    undo = commands.add_parser("undo-import", help=_("take back a file that was loaded"))
    undo.add_argument("import_id", metavar="ID", type=_import_id)
    undo.set_defaults(run=undo_import)
    out = commands.add_parser("export", help=_("write a table for other programs"))
    out.add_argument("what", metavar="clients|purchases|segment:NAME|winback", type=_exported)
    out.add_argument("out", metavar="OUT", type=Path, help=_("a name ending in .xlsx, .csv, .pdf"))
    out.set_defaults(run=export)


def _mapping(text: str) -> Mapping[str, str | None]:
    """Read a JSON object from the argument, or from the file it names. Raises ArgumentTypeError."""
    path = Path(text)
    try:
        if not text.lstrip().startswith("{") and path.is_file():
            text = path.read_text("utf-8-sig")
        mapping = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, OSError):
        mapping = None
    if not isinstance(mapping, dict) or not all(
        value is None or isinstance(value, str) for value in mapping.values()
    ):
        raise wrong_value(_("“{value}” is not a JSON object of texts"), text)
    return mapping


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raise ValueError where a name occurs twice: json keeps the last value without a word."""
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError(pairs)
    return mapping


def _import_id(text: str) -> ImportId:
    if not text.isdecimal():
        raise wrong_value(_("“{value}” is not an import number"), text)
    return ImportId(row_number(text, Trouble.NO_SUCH_IMPORT))


def _exported(text: str) -> str:
    if text in ("clients", "purchases", "winback") or text.startswith(_SEGMENT):
        return text
    raise wrong_value(_("“{value}” can't be exported"), text)


def load_file(call: Call) -> Answer:
    """Load a table, or with --dry-run say what loading it would do."""
    args = call.args
    kind = TableKind(args.kind)
    if args.rejected is not None and args.rejected.suffix.lower() not in ENDINGS:
        raise TroubleError(Trouble.UNKNOWN_FORMAT, args.rejected.name)
    sheet = read_table(args.file, call.base.ask(own_fields))
    targets = _targets(call, kind, sheet)
    if not is_enough(kind, targets):
        raise TroubleError(Trouble.NO_COLUMNS, sheet.name)
    if args.dry_run:
        result = summary(_planned(call, kind, sheet, targets))
    else:
        result = _loaded(call, kind, sheet, targets)
    if args.rejected is not None and result.rejected:
        write_rejected(args.rejected, sheet, result.problems)
    return Answer(_document(result, sheet, targets), _text(result))


def _targets(call: Call, kind: TableKind, sheet: Sheet) -> Targets:
    proposed = call.base.ask(proposed_mapping, kind, sheet.header)
    try:
        mapping = call.args.map or {}
        _demand_one_column_each(kind, sheet, mapping, proposed.own)
        return change_targets(kind, sheet, proposed.targets, mapping, proposed.own)
    except ColumnError as error:
        raise UsageError(
            _("“{name}” is neither a column of the file nor a field").format(name=error)
        ) from None


def _demand_one_column_each(
    kind: TableKind, sheet: Sheet, mapping: Mapping[str, str | None], own: Sequence[Field]
) -> None:
    """Refuse a mapping that gives a field with one value to two columns."""
    nothing: Targets = (None,) * len(sheet.header)
    columns: dict[str, int] = {}
    for left, right in mapping.items():
        alone = change_targets(kind, sheet, nothing, {left: right}, own)
        for place, target in enumerate(alone):
            if target is None or target == NEW_FIELD or target in SEVERAL_TARGETS:
                continue
            first = columns.setdefault(target, place)
            if first != place:
                raise UsageError(
                    _("“{field}” is given to two columns: “{first}” and “{second}”").format(
                        field=target, first=sheet.title(first), second=sheet.title(place)
                    )
                )


def _planned(call: Call, kind: TableKind, sheet: Sheet, targets: Targets) -> Plan:
    base, args = call.base, call.args
    match kind:
        case TableKind.CLIENTS:
            return base.ask(plan_clients, sheet, targets, _KEYS[args.key])
        case TableKind.PURCHASES:
            return base.ask(plan_purchases, sheet, targets, args.create_clients)
    return base.ask(plan_products, sheet, targets)


def _loaded(call: Call, kind: TableKind, sheet: Sheet, targets: Targets) -> Summary:
    base, args = call.base, call.args
    match kind:
        case TableKind.CLIENTS:
            command = ImportClients(sheet, targets, _KEYS[args.key])
            return base.do(command).value
        case TableKind.PURCHASES:
            return base.do(
                ImportPurchases(sheet, targets, create_clients=args.create_clients)
            ).value
    return base.do(ImportProducts(sheet, targets)).value


def _document(result: Summary, sheet: Sheet, targets: Targets) -> dict[str, Any]:
    return {
        "import_id": result.import_id,
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "skipped": result.skipped,
        "rejected": result.rejected,
        "clients_created": result.clients_created,
        "products_created": result.products_created,
        "refunds": result.refunds,
        "sum": result.total.quantize(KOPECK),
        "problems": [
            {
                "row": problem.row,
                "column": problem.column,
                "reason": wording.problem_reason(problem),
                "code": problem.code,
                "value": problem.value,
            }
            for problem in result.problems
        ],
        "columns": {
            sheet.title(place): target for place, target in enumerate(targets) if target is not None
        },
        "ignored": result.ignored,
        "encoding": sheet.encoding or None,
        "header_line": sheet.header_line,
    }


def _text(result: Summary) -> str:
    lines = [wording.summary_words(result)]
    if result.ignored:
        lines.append(_("Columns not loaded: {names}").format(names=", ".join(result.ignored)))
    for problem in result.problems:
        where = _("line {row}").format(row=problem.row)
        lines.append(f"{where}: {wording.problem_words(problem)}")
    if result.import_id is not None:
        taking_back = _("To take it back: undo-import {id}")
        lines.append(taking_back.format(id=result.import_id))
    else:
        lines.append(_("Nothing was written: dry run."))
    return "\n".join(lines)


def undo_import(call: Call) -> Answer:
    """Take back an import. Raises TroubleError NOTHING_TO_UNDO where that was done already."""
    run = call.base.ask(import_run, call.args.import_id)
    if run.change_id is None or run.undone:
        raise TroubleError(Trouble.NOTHING_TO_UNDO)
    call.base.do(TakeBack(run.change_id))
    return Answer(
        {"import_id": run.id, "undone": True, "file": run.file_name},
        _("{file}: everything is as it was before.").format(file=run.file_name),
    )


def export(call: Call) -> Answer:
    """Write clients, purchases, or the call list of a segment or of lost clients."""
    what, out, base = call.args.what, call.args.out, call.base
    if what == "clients":
        count = write_clients(out, base.ask(clients_out))
    elif what == "purchases":
        count = write_purchases(out, base.ask(purchases_out))
    else:
        call_list = _lost(call) if what == "winback" else _segment(call, what[len(_SEGMENT) :])
        count = write_call_list(out, call_list, SILENT)
    return Answer(
        {"file": out.absolute(), "rows": count},
        f"{wording.rows_count(count)}: {out}",
    )


def _segment(call: Call, name: str) -> CallList:
    status = segment_of(segment_words.segment_named(name))
    return segment_call_list(call.base, status, ListSpec())


def _lost(call: Call) -> CallList:
    return winback_call_list(call.base, WinbackSpec())
