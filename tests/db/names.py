"""The names in a base, for tests that ask only which clients are there."""

from db.client_base import ClientBase
from db.domain.ids import ClientId
from db.queries.lists.clients import ListSpec, client_ids
from db.records.cards import client_card


def names(base: ClientBase) -> list[str]:
    ids = base.ask(client_ids, ListSpec(), base.as_of)
    return sorted(base.ask(client_card, ClientId(client_id)).name for client_id in ids)
