"""What an import reads from the base: clients, the last mapping, earlier imports."""

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
    """An imported file. `change_id` is None where it changed nothing."""

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
    """The targets of the columns: those of the last import with these headings, or by words."""

    targets: Targets
    own: tuple[Field, ...]
    remembered: bool = False


def register(session: Session) -> Register:
    """Return the clients in use, to be looked up by name, tax numbers and contacts."""
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
    """Return the targets of the columns of a file; None for unknown columns."""
    own = custom_fields(reading.session)
    stored = reading.session.scalar(
        select(Setting.value).where(Setting.key == MAPPING_SETTING + signature(kind, header))
    )
    if stored is not None:
        known = {*targets(kind, own), NEW_FIELD}
        mapping = tuple(entry if entry in known else None for entry in json.loads(stored))
        if len(mapping) == len(header):
            return ProposedMapping(mapping, own, remembered=True)
    return ProposedMapping(map_columns(kind, header, own), own)


def import_run(reading: Reading, import_id: ImportId) -> ImportRow:
    """Return one import. Raises TroubleError NO_SUCH_IMPORT."""
    query = select(ImportRun, Change.state).outerjoin(Change, Change.id == ImportRun.change_id)
    row = reading.session.execute(query.where(ImportRun.id == import_id)).one_or_none()
    if row is None:
        raise TroubleError(Trouble.NO_SUCH_IMPORT, str(import_id))
    run, state = row
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
