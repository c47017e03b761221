"""What the import window does away from the screen. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from db.client_base import ClientBase
from db.domain.fields import Field
from db.errors import Trouble, TroubleError
from db.outcome import Outcome
from db.progress import Progress
from db.queries.setup import all_fields
from db.transfer.columns import TableKind, Targets, guess_kind, is_enough
from db.transfer.commands import ImportClients, ImportProducts, ImportPurchases
from db.transfer.known import proposed_mapping
from db.transfer.plan import MatchKey, Plan, Summary
from db.transfer.plan_clients import plan_clients
from db.transfer.plan_products import plan_products
from db.transfer.plan_purchases import plan_purchases
from db.transfer.reading.tables_in import find_header, read_raw, with_header
from db.transfer.sheet import RawTable, Sheet


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read; what is None is detected."""

    path: Path
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    kind: TableKind | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read, and what its columns probably hold."""

    raw: RawTable
    sheet: Sheet
    kind: TableKind
    targets: Targets
    remembered: bool
    fields: Mapping[str, Field]

    @cached_property
    def own(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields.values() if field.is_custom)


def read_file(base: ClientBase, options: ReadOptions, raw: RawTable | None = None) -> ReadFile:
    """Read a file; with `raw`, only take another header of what was read. Raises TroubleError."""
    fields = base.ask(all_fields)
    own = tuple(field for field in fields.values() if field.is_custom)
    raw = raw or read_raw(options.path, options.encoding, options.delimiter)
    line = options.header_line
    sheet = with_header(raw, find_header(raw, own) if line is None else line)
    if not sheet.rows:
        raise TroubleError(Trouble.NO_ROWS, options.path.name)
    kind = options.kind or guess_kind(sheet.header)
    proposed = base.ask(proposed_mapping, kind, sheet.header)
    return ReadFile(raw, sheet, kind, proposed.targets, proposed.remembered, fields)


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """What the person has decided about a file."""

    kind: TableKind
    sheet: Sheet
    targets: Targets
    key: MatchKey = MatchKey.AUTO
    create_clients: bool = False

    @property
    def is_enough(self) -> bool:
        return is_enough(self.kind, self.targets)

    def with_target(
        self, column: int, target: str | None, several: frozenset[str]
    ) -> "ImportSettings":
        """Give a column another meaning; of two columns for one thing the other loses it."""
        targets = [
            None if other == target and target not in several else other for other in self.targets
        ]
        targets[column] = target
        return replace(self, targets=tuple(targets))


def plan(base: ClientBase, settings: ImportSettings, progress: Progress) -> Plan:
    """Return what would be done with each row; nothing is written."""
    sheet, targets = settings.sheet, settings.targets
    match settings.kind:
        case TableKind.CLIENTS:
            return base.ask(plan_clients, sheet, targets, settings.key, progress)
        case TableKind.PURCHASES:
            create = settings.create_clients
            return base.ask(plan_purchases, sheet, targets, create, progress)
    return base.ask(plan_products, sheet, targets, progress)


def load(base: ClientBase, settings: ImportSettings, progress: Progress) -> Outcome[Summary]:
    """Load the file in one change."""
    sheet, targets = settings.sheet, settings.targets
    match settings.kind:
        case TableKind.CLIENTS:
            return base.do(ImportClients(sheet, targets, settings.key, progress))
        case TableKind.PURCHASES:
            create = settings.create_clients
            return base.do(ImportPurchases(sheet, targets, create, progress))
    return base.do(ImportProducts(sheet, targets, progress))
