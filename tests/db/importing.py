"""What the tests of imports share: a base of a day, and a file loaded as the command line does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from db.client_base import ClientBase
from db.outcome import Outcome
from db.queries.setup import own_fields
from db.transfer.columns import TableKind, guess_kind
from db.transfer.commands import ImportClients, ImportProducts, ImportPurchases
from db.transfer.known import proposed_mapping
from db.transfer.plan import MatchKey, Summary
from db.transfer.reading.tables_in import read_table
from db.transfer.sheet import RawTable, Sheet, take_header

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)


def sheet(header: str, *rows: str) -> Sheet:
    """Make a table from lines with `;` between the cells."""
    lines: Sequence[str] = (header, *rows)
    return take_header(RawTable("list.csv", tuple(tuple(line.split(";")) for line in lines)), 1)


def read(base: ClientBase, name: str) -> Sheet:
    return read_table(DATA / name, base.ask(own_fields))


def load(
    base: ClientBase,
    table: Sheet,
    kind: TableKind | None = None,
    *,
    key: MatchKey = MatchKey.AUTO,
    create_clients: bool = False,
) -> Outcome[Summary]:
    kind = kind or guess_kind(table.header)
    targets = base.ask(proposed_mapping, kind, table.header).targets
    match kind:
        case TableKind.CLIENTS:
            return base.do(ImportClients(table, targets, key))
        case TableKind.PURCHASES:
            return base.do(ImportPurchases(table, targets, create_clients))
    return base.do(ImportProducts(table, targets))


def counts(done: Summary) -> tuple[int, int, int, int, int]:
    """Return rows, created, updated, skipped, rejected."""
    assert done.created + done.updated + done.skipped + done.rejected == done.rows
    return done.rows, done.created, done.updated, done.skipped, done.rejected
