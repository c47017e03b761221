"""Commands that import a file, in one change that can be undone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.fields import AddField
from db.domain.ids import ImportId
from db.domain.text import tidy
from db.errors import Trouble, TroubleError
from db.outcome import Writing
from db.progress import SILENT, Progress
from db.records.cards import custom_fields
from db.schema import ImportRun, Setting
from db.transfer.columns import (
    NEW_FIELD,
    TableKind,
    Targets,
    is_enough,
    map_columns,
    new_field,
    plain_heading,
    signature,
)
from db.transfer.known import MAPPING_SETTING
from db.transfer.plan import MatchKey, Plan, Summary, summary
from db.transfer.plan_clients import plan_clients
from db.transfer.plan_products import plan_products
from db.transfer.plan_purchases import plan_purchases
from db.transfer.sheet import Sheet
from db.transfer.write import write_cards, write_products, write_purchases


@dataclass(frozen=True, slots=True)
class ImportClients:
    """Import a file of clients; `plan_clients` decides about each row.

    `targets` are those of the columns. A mapping other than the one by headings is stored for the
    next file with the same headings. `progress` may raise CancelledError: then nothing is changed.
    Raises TroubleError NO_COLUMNS.
    """

    sheet: Sheet
    targets: Targets
    key: MatchKey = MatchKey.AUTO
    progress: Progress = SILENT

    def run(self, writing: Writing) -> Summary:
        _demand_columns(TableKind.CLIENTS, self.sheet, self.targets)
        targets = _with_new_fields(writing, self.sheet, self.targets)
        plan = plan_clients(writing.reading, self.sheet, targets, self.key, self.progress)
        write_cards(writing.session, plan.cards, self.progress)
        return _finished(writing, self.sheet, targets, plan)


@dataclass(frozen=True, slots=True)
class ImportPurchases:
    """Import a file of purchases; with `create_clients`, unknown clients are made.

    See `plan_purchases`; raises as ImportClients.
    """

    sheet: Sheet
    targets: Targets
    create_clients: bool = False
    progress: Progress = SILENT

    def run(self, writing: Writing) -> Summary:
        _demand_columns(TableKind.PURCHASES, self.sheet, self.targets)
        plan = plan_purchases(
            writing.reading, self.sheet, self.targets, self.create_clients, self.progress
        )
        new_ids = write_cards(writing.session, plan.cards, self.progress)
        write_products(writing.session, plan.products)
        write_purchases(writing.session, plan.purchases, new_ids, self.progress)
        return _finished(writing, self.sheet, self.targets, plan)


@dataclass(frozen=True, slots=True)
class ImportProducts:
    """Import a price list; see `plan_products`. Raises as ImportClients."""

    sheet: Sheet
    targets: Targets
    progress: Progress = SILENT

    def run(self, writing: Writing) -> Summary:
        _demand_columns(TableKind.PRODUCTS, self.sheet, self.targets)
        plan = plan_products(writing.reading, self.sheet, self.targets, self.progress)
        write_products(writing.session, plan.products)
        return _finished(writing, self.sheet, self.targets, plan)


def _demand_columns(kind: TableKind, sheet: Sheet, targets: Targets) -> None:
    if not is_enough(kind, targets):
        raise TroubleError(Trouble.NO_COLUMNS, sheet.name)


def _with_new_fields(writing: Writing, sheet: Sheet, targets: Targets) -> Targets:
    """Make a custom field for each column that needs one, unless it exists."""
    known_targets = list(targets)
    labels = {plain_heading(field.label): field.key for field in custom_fields(writing.session)}
    for place, target in enumerate(targets):
        if target == NEW_FIELD:
            field = new_field(sheet, place)
            label = plain_heading(field.label)
            if label not in labels:
                labels[label] = AddField(field.label[:80], field.kind).run(writing)
            known_targets[place] = labels[label]
    return tuple(known_targets)


def _finished(writing: Writing, sheet: Sheet, targets: Targets, plan: Plan) -> Summary:
    _remember(writing.session, plan.kind, sheet.header, targets)
    counts = summary(plan)
    run = ImportRun(
        change_id=writing.change_id,
        kind=plan.kind,
        file_name=tidy(sheet.name),
        rows=counts.rows,
        created=counts.created,
        updated=counts.updated,
        skipped=counts.skipped,
        rejected=counts.rejected,
    )
    writing.session.add(run)
    writing.session.flush()
    return summary(plan, ImportId(run.id))


def _remember(session: Session, kind: TableKind, header: Sequence[str], targets: Targets) -> None:
    """Store a mapping for these headings, unless it follows from them."""
    key = MAPPING_SETTING + signature(kind, header)
    row = session.scalar(select(Setting).where(Setting.key == key))
    value = json.dumps(targets)
    if row is not None:
        row.value = value
    elif any(header) and targets != map_columns(kind, header, custom_fields(session)):
        session.add(Setting(key=key, value=value))
