"""What an import asks the base: who is known, which mapping was used last, what was loaded."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.fields import Field
from db.domain.ids import ChangeId, ImportId
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.records.cards import custom_fields
from db.schema import Change, ChangeState, Client, ClientContact, ImportRun, Setting
from db.transfer.columns import (
    NEW_FIELD,
    TableKind,
    Targets,
    map_columns,
    signature,
    targets,
)
from db.transfer.matching import Identity, Register, sure_email, sure_phone

MAPPING_SETTING = "mapping:"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that was loaded. `change_id` is None where it changed nothing."""

    id: ImportId
    change_id: ChangeId | None
    kind: str
    file_name: str
    at: datetime
    rows: int
    created: int
    updated: int
    skipped: int
    rejected: int
    undone: bool


@dataclass(frozen=True, slots=True)
class ProposedMapping:
    """What the columns hold: as the owner said last time for these headings, or by the words."""

    targets: Targets
    own: tuple[Field, ...]
    remembered: bool = False


def register(session: Session) -> Register:
    """Return everyone in use, by what he is known by."""
    known = {
        row[0]: Identity(row[0], row[1], row[2] or "", row[3] or "", row[4] or "")
        for row in session.execute(
            select(Client.id, Client.name, Client.inn, Client.kpp, Client.birthday)
            .where(Client.deleted_at.is_(None))
            .order_by(Client.id)
        )
    }
    contacts = select(ClientContact.client_id, ClientContact.kind, ClientContact.value).where(
        ClientContact.kind.in_(("phone", "email"))
    )
    for client_id, kind, value in session.execute(contacts):
        entry = known.get(client_id)
        if entry is None:
            continue
        if kind == "phone":
            entry.phones.add(sure_phone(value))
        else:
            entry.emails.add(sure_email(value))
    for entry in known.values():
        entry.phones.discard("")
        entry.emails.discard("")
    return Register(known.values())


def proposed_mapping(reading: Reading, kind: TableKind, header: Sequence[str]) -> ProposedMapping:
    """Return what the columns of a file hold, as far as it is known."""
    own = custom_fields(reading.session)
    held = reading.session.scalar(
        select(Setting.value).where(Setting.key == MAPPING_SETTING + signature(kind, header))
    )
    if held is not None:
        known = {*targets(kind, own), NEW_FIELD}
        kept = tuple(entry if entry in known else None for entry in json.loads(held))
        if len(kept) == len(header):
            return ProposedMapping(kept, own, remembered=True)
    return ProposedMapping(map_columns(kind, header, own), own)


def import_run(reading: Reading, import_id: ImportId) -> ImportRow:
    """Return one file that was loaded. Raises TroubleError NO_SUCH_IMPORT."""
    asked = select(ImportRun, Change.state).outerjoin(Change, Change.id == ImportRun.change_id)
    found = reading.session.execute(asked.where(ImportRun.id == import_id)).one_or_none()
    if found is None:
        raise TroubleError(Trouble.NO_SUCH_IMPORT, str(import_id))
    run, state = found
    return ImportRow(
        ImportId(run.id),
        None if run.change_id is None else ChangeId(run.change_id),
        run.kind,
        run.file_name,
        run.at,
        run.rows,
        run.created,
        run.updated,
        run.skipped,
        run.rejected,
        state in (ChangeState.UNDONE, ChangeState.DROPPED),
    )
