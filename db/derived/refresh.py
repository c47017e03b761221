"""When which derived table is made again."""

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from db.derived import facts, gaps, rule_gaps, search
from db.domain.ids import ChangeId, ClientId
from db.outcome import Changes
from db.schema import ChangeRow, Client, Purchase, Setting

_FACTS = frozenset({"client", "purchase", "interaction"})
_SEARCH = frozenset({"client", "client_contact", "contact_person"})
_OF_THE_BIN = ("$.deleted_at", "$.modified_at", "$.version")
_GAPS = frozenset(
    {"client", "client_contact", "contact_person", "client_tag", "custom_value", "field_answer"}
)


def refresh(session: Session, change_id: ChangeId | None, changes: Changes) -> None:
    """Make the derived rows of what a change touched, in the same transaction."""
    if change_id is None:
        return
    if _is_about_the_bin(session, change_id, changes):
        search.make(session, _clients(session, change_id, _SEARCH))
    else:
        _make(session, change_id, changes)


def _make(session: Session, change_id: ChangeId, changes: Changes) -> None:
    if "setting" in changes.tables and _trade_cycle_changed(session, change_id):
        facts.make(session, None)
    elif changes.tables & _FACTS:
        facts.make(session, _clients(session, change_id, _FACTS))
    if "product" in changes.tables and (buyers := _buyers(session, change_id)):
        facts.make(session, buyers)
    if "field_rule" in changes.tables:
        rule_gaps.make(session, _rows(session, change_id, "field_rule"))
    if changes.tables & _GAPS:
        gaps.make(session, _clients(session, change_id, _GAPS))
    if changes.tables & _SEARCH:
        search.make(session, _clients(session, change_id, _SEARCH))


def _is_about_the_bin(session: Session, change_id: ChangeId, changes: Changes) -> bool:
    """Say whether cards only went into the bin or out of it: their facts and gaps stay."""
    if changes.tables != {"client"}:
        return False
    pairs = [(literal(column.name), column) for column in Client.__table__.columns]
    held = func.json_object(*chain.from_iterable(pairs))
    otherwise = func.json_remove(ChangeRow.image, *_OF_THE_BIN) != func.json_remove(
        held, *_OF_THE_BIN
    )
    mine = (ChangeRow.change_id == change_id, ChangeRow.table_name == "client")
    found = select(ChangeRow.row_id).outerjoin(Client, Client.id == ChangeRow.row_id).where(*mine)
    # Without an image the card is new; without a row it is gone for good.
    more = or_(ChangeRow.image.is_(None), Client.id.is_(None), otherwise)
    return session.scalar(found.where(more).limit(1)) is None


def _clients(
    session: Session, change_id: ChangeId, tables: frozenset[str]
) -> frozenset[ClientId] | None:
    """Return whose rows in these tables were touched; None where making all at once is less."""
    touched = session.scalars(
        select(ChangeRow.client_id)
        .where(
            ChangeRow.change_id == change_id,
            ChangeRow.table_name.in_(tables),
            ChangeRow.client_id.is_not(None),
        )
        .distinct()
    ).all()
    if len(touched) > 1 and 2 * len(touched) > (session.scalar(select(func.count(Client.id))) or 0):
        return None
    return frozenset(ClientId(client_id) for client_id in touched if client_id is not None)


def _rows(session: Session, change_id: ChangeId, table: str) -> list[int]:
    """Return the rows of a table that a change touched, also those it took away."""
    mine = (ChangeRow.change_id == change_id, ChangeRow.table_name == table)
    return list(session.scalars(select(ChangeRow.row_id).where(*mine)))


def _trade_cycle_changed(session: Session, change_id: ChangeId) -> bool:
    key = "trade_cycle_days"
    return bool(
        session.scalar(
            select(func.count())
            .select_from(ChangeRow)
            .outerjoin(Setting, Setting.id == ChangeRow.row_id)
            .where(
                ChangeRow.change_id == change_id,
                ChangeRow.table_name == "setting",
                or_(Setting.key == key, func.json_extract(ChangeRow.image, "$.key") == key),
            )
        )
    )


def _buyers(session: Session, change_id: ChangeId) -> frozenset[ClientId]:
    """Return who bought the products of this change: their usual cycle may be another now."""
    touched = select(ChangeRow.row_id).where(
        ChangeRow.change_id == change_id, ChangeRow.table_name == "product"
    )
    mine = select(Purchase.client_id).where(Purchase.product_id.in_(touched)).distinct()
    return frozenset(ClientId(client_id) for client_id in session.scalars(mine))


def rebuild(session: Session, client_ids: Iterable[ClientId] | None = None) -> None:
    """Make all derived tables of these clients again; of all of them when None."""
    ids = None if client_ids is None else frozenset(client_ids)
    for make in (facts.make, gaps.make, search.make):
        make(session, ids)
