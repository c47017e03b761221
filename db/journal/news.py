"""What a change touched, as `Touched` instead of table names."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.journal.change import Written, scope_of
from db.outcome import Changes, ClientScope, Touched

TOUCHED: Mapping[str, Touched] = {
    "client": Touched.CARDS,
    "client_contact": Touched.CARDS,
    "client_tag": Touched.CARDS,
    "contact_person": Touched.CARDS,
    "custom_value": Touched.CARDS,
    "field_answer": Touched.CARDS,
    "relationship": Touched.RELATIONS,
    "agreement": Touched.AGREEMENTS,
    "purchase": Touched.PURCHASES,
    "purchase_line": Touched.PURCHASES,
    "product": Touched.PRODUCTS,
    "interaction": Touched.CONTACTS,
    "task": Touched.TASKS,
    "snooze": Touched.TASKS,
    "loss_episode": Touched.LOSSES,
    "loss_attempt": Touched.LOSSES,
    "offer": Touched.OFFERS,
    "offer_tier": Touched.OFFERS,
    "offer_line": Touched.OFFERS,
    "offer_block": Touched.OFFERS,
    "custom_field": Touched.FIELDS,
    "field_choice": Touched.FIELDS,
    "field_rule": Touched.FIELDS,
    "setting": Touched.SETTINGS,
}


def news_of(session: Session, written: Written, derived: Mapping[Touched, ClientScope]) -> Changes:
    """Return what a change wrote, with the derived rows that were computed again."""
    touched = frozenset(TOUCHED[table] for table in written.tables)
    clients = scope_of(session, written.change_id)
    for scope in derived.values():
        clients = None if clients is None or scope is None else clients | scope
    return Changes(touched | frozenset(derived), clients)
