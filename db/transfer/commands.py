"""Loading a file: every row with its verdict, all of it in one change that can be taken back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.fields import AddField
from db.domain.ids import ImportId
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
    """Load a file of clients; see `plan_clients` for what becomes of a row.

    `targets` says what each column holds. A mapping other than the one found by the headings is
    remembered for the next file with them. `progress` may raise CancelledError: then nothing is
    changed. Raises TroubleError NO_COLUMNS.
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
    """Load a file of purchases, making the clients it names if told; see `plan_purchases`."""

    sheet: Sheet
    targets: Targets
    create_clients: bool = False
    progress: Progress = SILENT

    def run(self, writing: Writing) -> Summary:
        _demand_columns(TableKind.PURCHASES, self.sheet, self.targets)
        plan = plan_purchases(
            writing.reading, self.sheet, self.targets, self.create_clients, self.progress
        )
        made = write_cards(writing.session, plan.cards, self.progress)
        write_products(writing.session, plan.products)
        write_purchases(writing.session, plan.purchases, made, self.progress)
        return _finished(writing, self.sheet, self.targets, plan)


@dataclass(frozen=True, slots=True)
class ImportProducts:
    """Load a price list; see `plan_products`."""

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
    """Make a field of the owner's own for each column that wants one, unless there is one."""
    found = list(targets)
    labels = {plain_heading(field.label): field.key for field in custom_fields(writing.session)}
    for place, target in enumerate(targets):
        if target == NEW_FIELD:
            field = new_field(sheet, place)
            label = plain_heading(field.label)
            if label not in labels:
                labels[label] = AddField(field.label[:80], field.kind).run(writing)
            found[place] = labels[label]
    return tuple(found)


def _finished(writing: Writing, sheet: Sheet, targets: Targets, plan: Plan) -> Summary:
    _remember(writing.session, plan.kind, sheet.header, targets)
    counts = summary(plan)
    run = ImportRun(
        change_id=writing.change_id,
        kind=plan.kind,
        file_name=sheet.name,
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
    """Keep a mapping for these headings, unless it is what they say anyway."""
    key = MAPPING_SETTING + signature(kind, header)
    row = session.scalar(select(Setting).where(Setting.key == key))
    value = json.dumps(targets)
    if row is not None:
        row.value = value
    elif any(header) and targets != map_columns(kind, header, custom_fields(session)):
        session.add(Setting(key=key, value=value))
