"""What is shown while no base is open: make one, open one, load a table, look at an example."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from resources import icon_file
from ui.look.icons import icon
from ui.look.theme import em
from ui.preferences import Preferences
from ui.widgets.action_tile import ActionTile
from ui.widgets.buttons import link_button
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import heading, note, title
from ui.words.i18n import _

_WIDTH = 40.0  # text heights


class WelcomePage(QScrollArea):
    """Four tiles and the recent bases; signals say what was chosen."""

    new_base_wanted = Signal()
    base_wanted = Signal(str)  # a file, or "" to choose one
    import_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("ScrollInside")
        self._outer = QVBoxLayout(inside)
        self._middle = QWidget()
        self._middle.setMaximumWidth(em(_WIDTH))
        self._column = QVBoxLayout(self._middle)
        self._column.setSpacing(em(0.6))
        self._outer.addStretch(1)
        self._outer.addWidget(self._middle)
        self._outer.setAlignment(self._middle, Qt.AlignmentFlag(0))
        self._outer.addStretch(2)
        self._add_head()
        self._add_tiles()
        self._add_recent()
        self.setWidget(inside)
        self._centre()

    def _add_head(self) -> None:
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = title(_("Kartoteka"))
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        promise = note(
            _("Your clients, whom to call today and why, and offers with three prices to choose.")
        )
        promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._picture, name, promise):
            self._column.addWidget(label)
        self._column.addSpacing(em(0.6))
        self._draw()

    def _add_tiles(self) -> None:
        box = QWidget()
        grid = FieldGrid(box, most=2, least=13)
        self.tiles = [
            ActionTile("file-plus", _("New base"), _("Start with an empty base for your trade")),
            ActionTile("folder-open", _("Open a base"), _("A file that was made earlier")),
            ActionTile("file-spreadsheet", _("Import a file"), _("Clients from Excel, 1C or CSV")),
            ActionTile("eye", _("Show the example"), _("300 sample clients to explore")),
        ]
        new, opened, table, example = self.tiles
        new.clicked.connect(self.new_base_wanted)
        opened.clicked.connect(lambda: self.base_wanted.emit(""))
        table.clicked.connect(self.import_wanted)
        example.clicked.connect(self.example_wanted)
        for tile in self.tiles:
            grid.add(tile)
        self._column.addWidget(box)

    def _add_recent(self) -> None:
        recent = self._preferences.recent_bases()
        if not recent:
            return
        self._column.addSpacing(em(0.6))
        self._column.addWidget(heading(_("Recent bases")))
        for path in recent:
            self._column.addWidget(self._recent_entry(path))

    def _recent_entry(self, path: Path) -> QFrame:
        box = QFrame()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        open_it: QPushButton = link_button(path.stem)
        open_it.clicked.connect(lambda _on=False: self.base_wanted.emit(str(path)))
        column.addWidget(open_it, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(note(str(path.parent)))
        return box

    def _draw(self) -> None:
        if icon_file("kartoteka").exists():
            side = em(3.2)
            self._picture.setPixmap(
                icon("kartoteka").pixmap(QSize(side, side), self.devicePixelRatioF())
            )

    def _centre(self) -> None:
        self._middle.setMaximumWidth(em(_WIDTH))
        spare = max(em(1), (self.viewport().width() - em(_WIDTH)) // 2)
        self._outer.setContentsMargins(spare, em(1), spare, em(1))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._centre()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
            self._centre()
