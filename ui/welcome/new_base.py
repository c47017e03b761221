"""A new base: for which trade, under which name, in which folder."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from db.file.names import ENDING
from db.presets import presets
from ui.look.theme import em
from ui.preferences import Preferences
from ui.welcome.questions import PURPOSE
from ui.widgets.buttons import button
from ui.widgets.dialog import Dialog
from ui.widgets.editors import TextLine
from ui.widgets.field import LabelledField
from ui.widgets.files import ask_folder, safe_name
from ui.widgets.labels import note
from ui.words import labels
from ui.words.i18n import _, language


class NewBaseDialog(Dialog):
    """Asks for the file and the trade of a new base; a signal brings them."""

    described = Signal(str, str)  # the file, the key of the preset

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(_("New base"), parent)
        self._preferences = preferences
        self._folder = preferences.folder(PURPOSE)
        self._add_trades()
        self.name = LabelledField(_("&Company name"), TextLine(_("My clients")), required=True)
        self.watch(self.name.editor)
        self.column.addWidget(self.name)
        self._place = note()
        row = QHBoxLayout()
        row.addWidget(self._place, 1)
        change = button(_("Another folder…"), "folder-open")
        change.clicked.connect(self._choose_folder)
        row.addWidget(change)
        self.column.addLayout(row)
        self.add_buttons(_("Create the base"))
        self.name.editor.textChanged.connect(self._show_place)
        self._show_place()
        self.resize(em(30), self.sizeHint().height())

    def path(self) -> Path:
        """Return a file that is not there yet."""
        stem = safe_name(self.name.value()) if self.name.value() else "kartoteka"
        path = self._folder / f"{stem}{ENDING}"
        number = 2
        while path.exists():
            path = self._folder / f"{stem} {number}{ENDING}"
            number += 1
        return path

    def preset(self) -> str:
        item = self.trades.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else "empty"

    def accept(self) -> None:
        if not self.name.value():
            self.name.set_error(_("Enter the company name: the file is named after it."))
            self.name.focus()
            return
        self._preferences.remember_folder(PURPOSE, self._folder)
        self.described.emit(str(self.path()), self.preset())
        super().accept()

    def _add_trades(self) -> None:
        self.column.addWidget(
            note(_("Choose your trade: fields, rules and the usual cycle are set up for it."))
        )
        self.trades = QListWidget()
        self.trades.setObjectName("Framed")
        self.trades.setAccessibleName(_("Trade"))
        for preset in presets(language()):
            item = QListWidgetItem(labels.preset(preset.key))
            item.setData(Qt.ItemDataRole.UserRole, preset.key)
            item.setSizeHint(QSize(em(8), em(1.5)))
            self.trades.addItem(item)
        self.trades.setCurrentRow(0)
        rows = min(self.trades.count(), 8)
        self.trades.setMinimumHeight(em(1.5) * rows + em(0.4))
        self.column.addWidget(self.trades, 1)

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, _("Another folder"), self._folder)
        if chosen is not None:
            self._folder = chosen
            self._show_place()

    def _show_place(self) -> None:
        self._place.setText(_("File: {path}").format(path=self.path()))
