"""When which derived table is made again."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.derived import facts, gaps, search
from db.domain.ids import ClientId
from db.outcome import Changes

# Rows of these tables change what is known of every client.
_FOR_ALL_FACTS = frozenset({"setting", "product"})
_FOR_ALL_GAPS = frozenset({"field_rule", "custom_field"})
_FACTS = frozenset({"client", "purchase", "interaction"})
_SEARCH = frozenset({"client", "client_contact", "contact_person"})
_GAPS = frozenset(
    {"client", "client_contact", "contact_person", "client_tag", "custom_value", "field_answer"}
)


def refresh(session: Session, changes: Changes) -> None:
    """Make the derived rows of what a change touched, in the same transaction."""
    for tables, for_all, make in (
        (_FACTS, _FOR_ALL_FACTS, facts.make),
        (_GAPS, _FOR_ALL_GAPS, gaps.make),
        (_SEARCH, frozenset[str](), search.make),
    ):
        if changes.tables & for_all:
            make(session, None)
        elif changes.tables & tables:
            make(session, changes.client_ids)


def rebuild(session: Session, client_ids: Iterable[ClientId] | None = None) -> None:
    """Make all derived tables of these clients again; of all of them when None."""
    ids = None if client_ids is None else frozenset(client_ids)
    for make in (facts.make, gaps.make, search.make):
        make(session, ids)
