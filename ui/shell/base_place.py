"""Watches that the open base is still where it was opened, and saves a copy of it when not."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.errors import Trouble, TroubleError
from db.file.names import ENDING
from ui.jobs.runner import Lane
from ui.shell.trouble_dialog import Way
from ui.widgets.files import FileKind, ask_save
from ui.words.i18n import _

if TYPE_CHECKING:  # it imports the ORM, and the window is painted before that
    from ui.shell.host import ShellHost


class BasePlace(QObject):
    """The place of one open base."""

    def __init__(self, host: "ShellHost") -> None:
        super().__init__(host)
        self._host = host
        self._is_told = False

    def look(self) -> None:
        """Check in the background whether the base is in place; tell it once when it is not."""
        if self._is_told:
            return
        base = self._host.context.base
        job = self._host.context.jobs.start(lambda _: base.demand_in_place(), Lane.READ)
        job.failed.connect(self._tell)

    def ways_out(self, error: object, parent: QWidget) -> tuple[Way, ...]:
        """Return the button that saves a copy, where the base was moved or deleted."""
        if not isinstance(error, TroubleError) or error.trouble is not Trouble.MOVED_AWAY:
            return ()
        return ((_("Save a copy here…"), lambda: self._save_copy(parent)),)

    def _tell(self, error: object) -> None:
        if not self._is_told:
            self._is_told = True
            self._host.trouble(error)

    def _save_copy(self, parent: QWidget) -> None:
        base = self._host.context.base
        kind = FileKind("base", ((_("Client bases"), (ENDING.removeprefix("."),)),))
        name = _("{base} rescued").format(base=base.path.stem)
        target = ask_save(parent, self._host.preferences, kind, _("Save a copy of the base"), name)
        if target is not None:
            self._start_copy(target)

    def _start_copy(self, target: Path) -> None:
        base = self._host.context.base
        job = self._host.context.jobs.start(lambda _: base.save_copy(target), Lane.FILE)
        self._host.follow(job, _("Saving a copy of the base"))
        job.succeeded.connect(
            lambda _counts: self._host.tell(
                _("The copy is saved: {file}. Open it to go on.").format(file=target)
            )
        )
