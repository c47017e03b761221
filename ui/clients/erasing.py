"""Erasing cards that are in the bin: asked about once, and never undone."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.commands.erase import EmptyBin
from db.domain.ids import ClientId
from db.outcome import Outcome
from db.queries.lists.clients import ListSpec, client_ids
from ui.clients.drafts import DraftStore
from ui.jobs.latest import Latest
from ui.parts.page import PageHost
from ui.widgets.dialog import ConfirmDialog
from ui.words import formats
from ui.words.i18n import _


class BinEraser(QObject):
    """Erases clients after a question, and only those it named. A card restored meanwhile stays."""

    def __init__(self, host: PageHost, window: QWidget) -> None:
        super().__init__(window)
        self._host, self._window = host, window
        self._ids = Latest(self)

    def empty_bin(self) -> None:
        """Ask about everybody who is in the bin now."""
        job = self._host.context.ask(client_ids, ListSpec(in_bin=True))
        self._ids.take(job, self._ask_about_all)

    def _ask_about_all(self, ids: Collection[int]) -> None:
        if ids:
            who = formats.clients_count(len(ids))
            self._ask(ids, who, _("Empty the bin?"), _("Empty the bin"))

    def erase(self, ids: Collection[ClientId], name: str = "") -> None:
        """Ask about these; `name` is that of a single one."""
        if ids:
            who = name or formats.clients_count(len(ids))
            self._ask(ids, who, _("Erase for good?"), _("Erase for good"))

    def _ask(self, ids: Collection[int], who: str, title: str, verb: str) -> None:
        text = "\n".join(
            (
                _("Will be erased for good: {clients}.").format(clients=who),
                _(
                    "Purchases, contacts, agreements, tasks and offers are erased as well, and what"
                    " the history of changes keeps of these clients."
                ),
                _("This can't be undone."),
            )
        )
        dialog = ConfirmDialog(title, text, verb, self._window)
        dialog.accepted.connect(partial(self._erase, frozenset(map(ClientId, ids))))
        dialog.open()

    def _erase(self, ids: frozenset[ClientId]) -> None:
        context = self._host.context
        job = context.write(lambda progress: context.base.do(EmptyBin(ids, progress)), self._window)
        self._host.follow(job, _("Erasing cards"))
        job.succeeded.connect(partial(self._tell, ids))

    def _tell(self, ids: frozenset[ClientId], outcome: Outcome[int]) -> None:
        clients = formats.clients_count(outcome.value)
        self._host.tell(_("Erased: {clients}").format(clients=clients))
        # What was typed and never saved is kept beside the program, not in the base.
        store = DraftStore(self._host.context.base.path)
        draft = store.read()
        if draft is not None and draft.client_id in ids:
            store.forget()
