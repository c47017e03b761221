"""What a page can ask the shell to show. Pages never import one another: they send one of these."""

from dataclasses import dataclass
from typing import TypeAlias

from db.domain.ids import ClientId, OfferId


@dataclass(frozen=True, slots=True)
class ShowClient:
    """Show the card of a client."""

    client_id: ClientId


@dataclass(frozen=True, slots=True)
class NewClient:
    """Begin the card of a new client."""


@dataclass(frozen=True, slots=True)
class ShowOffer:
    """Show an offer."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class NewOffer:
    """Begin an offer for a client."""

    client_id: ClientId


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Load a table; without a path the person chooses it."""

    path: str = ""


Wish: TypeAlias = ShowClient | NewClient | ShowOffer | NewOffer | ImportFile
