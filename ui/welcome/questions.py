"""What is asked when a base is wanted: which one, for which trade, with which table."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.file.names import ENDING
from ui.preferences import Preferences
from ui.widgets.files import FileKind, ask_open
from ui.words.i18n import _

if TYPE_CHECKING:
    from ui.welcome.new_base import NewBaseDialog

PURPOSE = "base"  # under which the folder of the last base is remembered


class BaseQuestions(QObject):
    """The dialogs over a window; its signals bring what was chosen. Cancelled, nothing comes."""

    base_described = Signal(str, str, str)  # file, key of the preset, table to load into it or ""
    base_chosen = Signal(str)  # file

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._preferences, self._window = preferences, window

    def ask_new_base(self) -> "NewBaseDialog":
        """Ask for the name and the trade of a new base."""
        return self.ask_base_for("")

    def ask_base_for(self, table: str) -> "NewBaseDialog":
        """Ask for the name and the trade of the new base that a table is loaded into."""
        from ui.welcome.new_base import NewBaseDialog  # noqa: PLC0415 - the presets need the ORM

        dialog = NewBaseDialog(self._preferences, self._window)
        dialog.described.connect(lambda base, trade: self.base_described.emit(base, trade, table))
        dialog.open()
        return dialog

    def choose_base(self) -> None:
        """Ask for a base to open."""
        kind = FileKind(PURPOSE, [(_("Client bases"), [ENDING.removeprefix(".")])])
        if path := ask_open(self._window, self._preferences, kind, _("Open a base")):
            self.base_chosen.emit(str(path))

    def choose_table(self) -> None:
        """Ask for a table, then for the new base that it is loaded into."""
        kind = FileKind("import", [(_("Tables"), ["csv", "txt", "xlsx", "xls"])])
        if path := ask_open(self._window, self._preferences, kind, _("Import a file")):
            self.ask_base_for(str(path))
