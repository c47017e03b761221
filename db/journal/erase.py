"""Erasing the images of clients who are erased."""

from collections.abc import Collection

from sqlalchemy import case, delete, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId
from db.journal.tables import table_id
from db.schema import Change, ChangeClient, ChangeRow, ChangeState, Client


def erase_images(session: Session, change_id: ChangeId, client_ids: Collection[int]) -> None:
    """Delete every image that concerns these clients; `change_id` is the change that erases them.

    Changes that lose images stay in the history of other clients and can't be undone any more.
    The erasing change has one entry without content for each card, so that views read again.
    """
    key = tuple_(ChangeRow.change_id, ChangeRow.table_id, ChangeRow.row_id)
    further = select(ChangeClient.change_id, ChangeClient.table_id, ChangeClient.row_id).where(
        ChangeClient.client_id.in_(client_ids)
    )
    mine = or_(ChangeRow.client_id.in_(client_ids), key.in_(further))
    changes = session.scalars(select(ChangeRow.change_id).where(mine).distinct()).all()
    session.execute(delete(ChangeRow).where(mine).execution_options(synchronize_session=False))
    session.execute(
        delete(ChangeClient)
        .where(ChangeClient.client_id.in_(client_ids))
        .execution_options(synchronize_session=False)
    )
    _seal(session, [*changes, change_id])
    cards = session.scalar(select(table_id(Client.__tablename__)))
    session.execute(
        insert(ChangeRow),
        [
            {
                "change_id": change_id,
                "table_id": cards,
                "row_id": client_id,
                "client_id": client_id,
            }
            for client_id in client_ids
        ],
    )


def _seal(session: Session, change_ids: Collection[int]) -> None:
    """Give changes the state SEALED; those that are undone are dropped."""
    undone = Change.state.in_((ChangeState.UNDONE, ChangeState.DROPPED))
    session.execute(
        update(Change)
        .where(Change.id.in_(change_ids))
        .values(state=case((undone, ChangeState.DROPPED.value), else_=ChangeState.SEALED.value))
        .execution_options(synchronize_session=False)
    )
