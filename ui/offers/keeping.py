"""Saving a draft: saves are queued, so that frequent ones never make a second offer of it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.commands.offers import SavedOffer, SaveOffer
from db.domain.ids import OfferId
from db.domain.offers import Offer, OfferRefusedError
from db.errors import Trouble, TroubleError
from db.outcome import Outcome
from db.progress import Progress
from db.queries.offers.offers import StoredOffer
from ui.parts.context import Context
from ui.parts.page import PageHost
from ui.words.offers import fault_text

_NOT_AS_OPENED = (Trouble.CHANGED_MEANWHILE, Trouble.NO_SUCH_OFFER)


@dataclass(slots=True)
class _BaseState:
    """The id and edition of one draft in the base. Only its saves change them, one at a time."""

    offer_id: OfferId | None
    edition: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How a save ended. `as_new`: another one had changed or deleted what was being edited."""

    saved: SavedOffer
    offer: Offer
    as_new: bool


def tell(host: PageHost, error: object) -> None:
    """Say why something was not done to an offer: a refusal is a line, all else a trouble."""
    if isinstance(error, OfferRefusedError):
        host.warn(fault_text(error.fault))
    else:
        host.trouble(error)


class DraftKeeper(QObject):
    """Saves what is edited through the queue of writes; a page may be left without waiting.

    A save that follows another one goes on from what that one has written, also when it began
    before the answer came. What can't be written over is kept as an offer of its own.
    """

    kept = Signal(object)  # Kept, of the draft that is being edited now
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._state = _BaseState(None, 0)
        self._under_way: list[_Save] = []

    def begin(self, stored: StoredOffer | None) -> None:
        """Turn to another draft, or to one that has no number yet."""
        self._state = _BaseState(stored.id, stored.edition) if stored else _BaseState(None, 0)

    def is_busy(self) -> bool:
        return bool(self._under_way)

    def in_queue(self) -> Offer | None:
        """Return the offer saved last, while that save is under way."""
        return self._under_way[-1].offer if self._under_way else None

    def keep(self, offer: Offer) -> None:
        """Save this; `kept` or `failed` follows."""
        self._under_way.append(_Save(self._context, self._state, offer, self))

    def end(self, save: "_Save", kept: Kept | None, error: object = None) -> None:
        """Called by a save when it is over; `kept` None means that it failed."""
        self._under_way.remove(save)
        save.deleteLater()
        if kept is None:
            self.failed.emit(error)
        elif save.state is self._state:
            self.kept.emit(kept)


class _Save(QObject):
    """One save under way. It is a child of the editor and ends with it."""

    def __init__(
        self, context: Context, state: _BaseState, offer: Offer, parent: DraftKeeper
    ) -> None:
        super().__init__(parent)
        self.state, self.offer = state, offer
        self._keeper = parent
        self._as_new = False
        base, day = context.base, context.base.as_of

        def save(_: Progress) -> Outcome[SavedOffer]:
            try:
                outcome = base.do(SaveOffer(offer, day, state.offer_id, state.edition))
            except TroubleError as error:
                if error.trouble not in _NOT_AS_OPENED:
                    raise
                outcome = base.do(SaveOffer(offer, day))
                self._as_new = True
            state.offer_id, state.edition = outcome.value.id, outcome.value.edition
            return outcome

        job = context.write(save, parent.parent())
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)

    def _succeed(self, outcome: Outcome[SavedOffer]) -> None:
        self._keeper.end(self, Kept(outcome.value, self.offer, self._as_new))

    def _fail(self, error: object) -> None:
        self._keeper.end(self, None, error)
