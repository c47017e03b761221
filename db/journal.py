# ruff: noqa: S608 - every name put into SQL here is ours
"""The journal: every row a command writes, as it was before, in the same transaction.

Temp triggers on the writing connection record before-images, so no command can forget its history
or its way back, however it writes. Taking a change back swaps each row with its image; the images
then hold the other side, so putting it back is the same act again.
"""

from sqlalchemy import Connection, delete, exists, select, text, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db.domain.ids import ChangeId, ClientId
from db.errors import Trouble, TroubleError
from db.outcome import Changes
from db.schema import Change, ChangeRow, ChangeState, Table
from db.schema.base import now

_KEPT = "temp.recording"
# Above this a view looks at everything again.
MANY = 5000


def recorded_tables() -> list[SqlTable]:
    """Return the tables with a way back, parents before children."""
    return [table for table in Table.metadata.sorted_tables if not table.info.get("derived")]


def prepare(connection: dbapi2.Connection) -> None:
    """Put the recording triggers on a writing connection. They are gone when it closes."""
    connection.execute(f"create temp table {_KEPT.split('.')[1]} (change_id integer)")
    for table in recorded_tables():
        for event, side, image in (
            ("insert", "new", "null"),
            ("update", "old", _image(table, "old.")),
            ("delete", "old", _image(table, "old.")),
        ):
            connection.execute(
                f"create temp trigger record_{table.name}_{event}"
                f" after {event} on main.{table.name} "
                "begin insert or ignore into change_row"
                " (change_id, table_name, row_id, client_id, image) "
                f"select change_id, '{table.name}', {side}.id, {_owner(table, side)}, {image} "
                "from recording; end"
            )


def _owner(table: SqlTable, side: str) -> str:
    if table.name == "client":
        return f"{side}.id"
    return f"{side}.client_id" if "client_id" in table.c else "null"


def _image(table: SqlTable, prefix: str) -> str:
    pairs = ", ".join(f"'{column.name}', {prefix}{column.name}" for column in table.columns)
    return f"json_object({pairs})"


def start(session: Session, command: str, who: str) -> ChangeId:
    """Open a change; every row written from now on belongs to it."""
    change = Change(command=command, who=who)
    session.add(change)
    session.flush()
    session.execute(text(f"delete from {_KEPT}"))
    session.execute(text(f"insert into {_KEPT} values (:id)"), {"id": change.id})
    return ChangeId(change.id)


def finish(session: Session, change_id: ChangeId) -> ChangeId | None:
    """Stop recording; return the change, or None where nothing was written."""
    session.flush()
    session.execute(text(f"delete from {_KEPT}"))
    swapped: ChangeId | None = session.info.pop("swapped", None)
    if swapped is not None:
        return swapped
    if not session.scalar(select(exists().where(ChangeRow.change_id == change_id))):
        session.execute(delete(Change).where(Change.id == change_id))
        return None
    # Something new was done: what was undone before can't be redone on top of it.
    session.execute(
        update(Change)
        .where(Change.state == ChangeState.UNDONE)
        .values(state=ChangeState.DROPPED)
        .execution_options(synchronize_session=False)
    )
    return change_id


def touched(session: Session, change_id: ChangeId | None) -> Changes:
    """Return what a change touched."""
    if change_id is None:
        return Changes()
    mine = ChangeRow.change_id == change_id
    tables = session.scalars(select(ChangeRow.table_name).where(mine).distinct())
    ids = session.scalars(
        select(ChangeRow.client_id)
        .where(mine, ChangeRow.client_id.is_not(None))
        .distinct()
        .limit(MANY + 1)
    ).all()
    clients = frozenset(ClientId(i) for i in ids if i is not None) if len(ids) <= MANY else None
    return Changes(frozenset(tables), clients)


def swap(session: Session, own: ChangeId, change_id: ChangeId, state: ChangeState) -> None:
    """Exchange every row of a change with its image and note the new state of the change.

    `own` is the change that asks for it; it is not kept.
    """
    session.flush()
    session.expunge_all()
    session.execute(text(f"delete from {_KEPT}"))
    session.execute(text("pragma defer_foreign_keys = on"))
    if own != change_id:
        session.execute(delete(Change).where(Change.id == own))
    session.info["swapped"] = change_id
    names = set(touched(session, change_id).tables)
    tables = [table for table in recorded_tables() if table.name in names]
    connection = session.connection()
    for table in tables:
        _keep_current(connection, table, change_id)
    for table in reversed(tables):
        _remove_rows(connection, table, change_id)
    for table in tables:
        _put_images(connection, table, change_id)
    connection.execute(
        text(
            "update change_row set image = (select i.image from temp.swap_image i"
            " where i.id = change_row.id) where change_id = :change"
        ),
        {"change": change_id},
    )
    connection.execute(text("drop table temp.swap_image"))
    undone_at = now() if state is ChangeState.UNDONE else None
    session.execute(
        update(Change).where(Change.id == change_id).values(state=state, undone_at=undone_at)
    )


def _keep_current(connection: Connection, table: SqlTable, change_id: ChangeId) -> None:
    connection.execute(
        text("create temp table if not exists swap_image (id integer primary key, image text)")
    )
    connection.execute(
        text(
            "insert into temp.swap_image select r.id,"
            f" case when t.id is not null then {_image(table, 't.')} end"
            f" from change_row r left join {table.name} t on t.id = r.row_id"
            " where r.change_id = :change and r.table_name = :name"
        ),
        {"change": change_id, "name": table.name},
    )


def _remove_rows(connection: Connection, table: SqlTable, change_id: ChangeId) -> None:
    connection.execute(
        text(
            f"delete from {table.name} where id in (select row_id from change_row"
            " where change_id = :change and table_name = :name and image is null)"
        ),
        {"change": change_id, "name": table.name},
    )


def _put_images(connection: Connection, table: SqlTable, change_id: ChangeId) -> None:
    names = [column.name for column in table.columns]
    values = ", ".join(f"json_extract(image, '$.{name}')" for name in names)
    updates = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    connection.execute(
        text(
            f"insert into {table.name} ({', '.join(names)}) select {values} from change_row"
            " where change_id = :change and table_name = :name and image is not null"
            f" on conflict (id) do update set {updates}"
        ),
        {"change": change_id, "name": table.name},
    )


def demand_not_overtaken(session: Session, change_id: ChangeId) -> None:
    """Refuse when a later change touched the same rows, or made rows that stand on those made here.

    Asked from the later rows, which are few: the other way round an import costs seconds.
    """
    mine, later = ChangeRow.__table__.alias("mine"), ChangeRow.__table__.alias("later")
    same_row = (
        (mine.c.change_id == change_id)
        & (mine.c.table_name == later.c.table_name)
        & (mine.c.row_id == later.c.row_id)
    )
    done = select(Change.id).where(Change.state == ChangeState.DONE, Change.id > change_id)
    found = session.execute(
        select(later.c.client_id)
        .select_from(later.join(mine, same_row))
        .where(later.c.change_id.in_(done))
        .distinct()
    ).all()
    clients = {row.client_id for row in found} - {None}
    if found or _is_stood_on(session, change_id):
        raise TroubleError(Trouble.USED_LATER, str(len(clients)))


def _is_stood_on(session: Session, change_id: ChangeId) -> bool:
    """Say whether any row that is not of this change refers to one that it made."""
    own = select(ChangeRow.row_id).where(ChangeRow.change_id == change_id)
    for table in recorded_tables():
        for key in table.foreign_keys:
            made = own.where(
                ChangeRow.table_name == key.column.table.name, ChangeRow.image.is_(None)
            )
            others = table.c.id.not_in(own.where(ChangeRow.table_name == table.name))
            if session.scalar(select(exists().where(key.parent.in_(made), others))):
                return True
    return False
