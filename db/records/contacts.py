"""The phone, e-mail and messenger to contact a client by."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema import ClientContact


def first_contacts(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """Return the first usable contact by client and kind (phone, email, messenger), as typed.

    A contact without a key ("нет" for a phone) is left out.
    """
    query = (
        select(ClientContact.client_id, ClientContact.kind, ClientContact.value)
        .where(ClientContact.client_id.in_(ids), ClientContact.key != "")
        .order_by(ClientContact.position.desc(), ClientContact.id.desc())
    )
    return {(client_id, kind): value for client_id, kind, value in session.execute(query)}


def first_phones(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the first usable phone by client."""
    contacts = first_contacts(session, ids)
    return {client_id: value for (client_id, kind), value in contacts.items() if kind == "phone"}
