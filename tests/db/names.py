"""The names in a base, for tests that ask only which clients are there."""

from db.client_base import ClientBase
from db.domain.ids import ClientId
from db.queries.cards.full_card import full_card
from db.queries.lists.clients import ListSpec, client_ids


def names(base: ClientBase) -> list[str]:
    ids = base.ask(client_ids, ListSpec())
    return sorted(base.ask(full_card, ClientId(client_id)).card.name for client_id in ids)
