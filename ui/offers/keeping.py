"""Saving a draft, as often as one likes: saves wait for each other, and one offer stays one."""

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
class _Held:
    """What the base has of one draft. Only saves write it, one after another in their lane."""

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

    A save that follows another one goes on from what that one has written, also when it was asked
    for before the answer came. What can't be written over is kept as an offer of its own.
    """

    kept = Signal(object)  # Kept, of the draft that is being edited now
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._held = _Held(None, 0)
        self._under_way: list[_Save] = []

    def begin(self, stored: StoredOffer | None) -> None:
        """Turn to another draft, or to one that has no number yet."""
        self._held = _Held(stored.id, stored.edition) if stored else _Held(None, 0)

    def is_busy(self) -> bool:
        return bool(self._under_way)

    def asked_for(self) -> Offer | None:
        """Return what was handed over last and is still under way."""
        return self._under_way[-1].offer if self._under_way else None

    def keep(self, offer: Offer) -> None:
        """Save this; `kept` or `failed` follows."""
        self._under_way.append(_Save(self._context, self._held, offer, self))

    def end(self, save: "_Save", kept: Kept | None, error: object = None) -> None:
        self._under_way.remove(save)
        save.deleteLater()
        if kept is None:
            self.failed.emit(error)
        elif save.held is self._held:
            self.kept.emit(kept)


class _Save(QObject):
    """One save under way. As a child of the editor it hears nothing once that has gone."""

    def __init__(self, context: Context, held: _Held, offer: Offer, parent: DraftKeeper) -> None:
        super().__init__(parent)
        self.held, self.offer = held, offer
        self._keeper = parent
        self._as_new = False
        base, day = context.base, context.base.as_of

        def save(_: Progress) -> Outcome[SavedOffer]:
            try:
                outcome = base.do(SaveOffer(offer, day, held.offer_id, held.edition))
            except TroubleError as error:
                if error.trouble not in _NOT_AS_OPENED:
                    raise
                outcome = base.do(SaveOffer(offer, day))
                self._as_new = True
            held.offer_id, held.edition = outcome.value.id, outcome.value.edition
            return outcome

        job = context.write(save, parent.parent())
        job.succeeded.connect(self._succeed)
        job.failed.connect(self._fail)

    def _succeed(self, outcome: Outcome[SavedOffer]) -> None:
        self._keeper.end(self, Kept(outcome.value, self.offer, self._as_new))

    def _fail(self, error: object) -> None:
        self._keeper.end(self, None, error)
