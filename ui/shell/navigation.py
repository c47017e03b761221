"""The pages at the left, with their counts; below, the base and whether all is saved."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look.icons import icon
from ui.look.palette import Tone
from ui.look.theme import em
from ui.parts.page import PageSpec
from ui.widgets.buttons import icon_button
from ui.widgets.labels import ScaledLabel, note
from ui.words import formats
from ui.words.i18n import _

_WIDE = 11.0  # text heights
_NARROW = 3.2


class NavEntry(QPushButton):
    """One page: icon, title, and how many."""

    def __init__(self, spec: PageSpec, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = spec.key
        self._title = spec.title()
        self._icon_name = spec.icon
        self._alarm = spec.alarm
        self.setObjectName("NavEntry")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(f"{self._title} (Ctrl+{number})")
        self.setAccessibleName(self._title)
        self.count = QLabel()
        self.count.setObjectName("NavCount")
        self.count.setProperty("alarm", "true" if spec.alarm else "false")
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.count.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.count.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, em(0.5), 0)
        row.addStretch()
        row.addWidget(self.count)
        self._compact = False
        self.toggled.connect(self._colour)
        self.show_compact(compact=False)

    def show_count(self, count: int | None) -> None:
        self.count.setText("" if count is None else formats.number(count))
        name = self._title if count is None else f"{self._title}: {formats.number(count)}"
        self.setAccessibleName(name)
        self._show_count()

    def show_compact(self, *, compact: bool) -> None:
        self._compact = compact
        self.setText("" if compact else self._title)
        self.setIconSize(QSize(em(1.1 if compact else 1.5), em(1.05)))
        self._colour()
        self._show_count()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(em(_NARROW - 1.1) if self._compact else hint.width(), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(QSize(em(1.1 if self._compact else 1.5), em(1.05)))

    def _show_count(self) -> None:
        empty = self.count.text() in {"", "0"} if self._alarm else not self.count.text()
        self.count.setVisible(not empty and not self._compact)

    def _colour(self) -> None:
        self.setIcon(icon(self._icon_name, Tone.ACCENT if self.isChecked() else Tone.MUTED))


class Navigation(QFrame):
    """Emits `wanted`; the entry is marked only when the window says so."""

    wanted = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("Side")
        self._name = ScaledLabel(_("Kartoteka"), 1.12, bold=True)
        self._group = QButtonGroup(self)
        self._entries: dict[str, NavEntry] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(em(0.15))
        self._name.setIndent(em(0.5))
        self._column.addWidget(self._name)
        self._column.addSpacing(em(0.4))
        for number, spec in enumerate(specs, 1):
            self._add(spec, number)
        self._column.addStretch()
        self._add_bottom(menu)
        self._compact = False
        self.fit(compact=False)

    def _add(self, spec: PageSpec, number: int) -> None:
        if spec.below:
            self._column.addSpacing(em(0.8))
        entry = NavEntry(spec, number, self)
        entry.clicked.connect(lambda _on=False, key=spec.key: self.wanted.emit(key))
        self._group.addButton(entry)
        self._entries[spec.key] = entry
        self._column.addWidget(entry)

    def _add_bottom(self, menu: QMenu) -> None:
        self._base = note()
        self._state = note()
        self._menu_button = icon_button("ellipsis", _("Menu"))
        self._menu_button.setMenu(menu)
        self._menu_button.setPopupMode(self._menu_button.ToolButtonPopupMode.InstantPopup)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._base.setIndent(em(0.5))
        self._state.setIndent(em(0.5))
        words.addWidget(self._base)
        words.addWidget(self._state)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._menu_button, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(row)

    def mark(self, key: str) -> None:
        """Show which page is in front."""
        if key in self._entries:
            self._entries[key].setChecked(True)

    def show_count(self, key: str, count: int | None) -> None:
        if key in self._entries:
            self._entries[key].show_count(count)

    def show_base(self, name: str, place: str) -> None:
        self._base.setText(name)
        self._base.setToolTip(place)

    def show_saved(self, *, saved: bool) -> None:
        self._state.setText(_("All saved ✓") if saved else _("Saving…"))

    def fit(self, *, compact: bool) -> None:
        """Take the width of the text of now; compact shows icons only."""
        self._compact = compact
        self.setFixedWidth(em(_NARROW if compact else _WIDE))
        side = em(0.45 if compact else 0.6)
        self._column.setContentsMargins(side, em(0.9), side, em(0.7))
        for widget in (self._name, self._base, self._state):
            widget.setVisible(not compact)
        for entry in self._entries.values():
            entry.show_compact(compact=compact)
