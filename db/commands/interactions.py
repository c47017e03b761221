"""Commands on contacts with a client: add, close a complaint, delete."""

from dataclasses import dataclass
from datetime import date

from db.commands.purchases import demand_client
from db.domain.days import EARLIEST, LATEST
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId
from db.domain.text import tidy_lines
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.schema import Interaction

_NPS_MOST = 10


@dataclass(frozen=True, slots=True)
class AddInteraction:
    """Write an enquiry, call, meeting, message, complaint or survey; return its id.

    Raises TroubleError NO_SUCH_CLIENT, and InvalidError for an NPS outside 0 to 10, a day out of
    range, or an open contact that is not a complaint.
    """

    client_id: ClientId
    kind: InteractionKind
    day: date
    text: str | None = None
    nps: int | None = None
    is_open: bool = False

    def run(self, writing: Writing) -> int:
        session = writing.session
        demand_client(session, self.client_id)
        errors = []
        if self.nps is not None and not 0 <= self.nps <= _NPS_MOST:
            errors.append(FieldError("nps", Fault.BAD_NUMBER, str(self.nps)))
        if not EARLIEST <= self.day <= LATEST:
            errors.append(FieldError("day", Fault.BAD_DATE, self.day.isoformat()))
        if self.is_open and self.kind is not InteractionKind.COMPLAINT:
            errors.append(FieldError("open", Fault.WRONG_KIND, self.kind))
        if errors:
            raise InvalidError(tuple(errors))
        row = Interaction(
            client_id=self.client_id,
            kind=self.kind,
            day=self.day,
            text=tidy_lines(self.text or "") or None,
            nps=self.nps,
            is_open=self.is_open,
        )
        session.add(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class CloseComplaint:
    """Close a complaint on a day. Raises TroubleError GONE."""

    interaction_id: int
    closed_on: date

    def run(self, writing: Writing) -> None:
        row = writing.session.get(Interaction, self.interaction_id)
        if row is None:
            raise TroubleError(Trouble.GONE)
        row.is_open, row.closed_on = False, self.closed_on


@dataclass(frozen=True, slots=True)
class DeleteInteraction:
    """Delete a contact. Raises TroubleError GONE."""

    interaction_id: int

    def run(self, writing: Writing) -> None:
        row = writing.session.get(Interaction, self.interaction_id)
        if row is None:
            raise TroubleError(Trouble.GONE)
        writing.session.delete(row)
