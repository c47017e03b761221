"""Buttons: one filled one a form, the rest quiet; and how a dangerous one looks."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.look.icons import icon
from ui.look.palette import Tone
from ui.look.theme import em


def primary_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return the filled button of a form: its main action."""
    return _button(text, "primary", icon_name, parent)


def button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a quiet button."""
    return _button(text, "", icon_name, parent)


def danger_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button whose action destroys something."""
    return _button(text, "danger", icon_name, parent)


def link_button(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button that looks like a link: a number that explains itself, a field to go to."""
    made = _button(text, "link", "", parent)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def icon_button(icon_name: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a small button with an icon only; `name` is its tooltip and accessible name."""
    made = _IconButton(parent)
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(em(1), em(1)))
    made.setToolTip(name)
    made.setAccessibleName(name.replace("&", ""))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _button(text: str, kind: str, icon_name: str, parent: QWidget | None) -> QPushButton:
    made = _TextButton(text, parent)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.setIconSize(QSize(em(1.15), em(0.9)))
    if icon_name:
        tone = Tone.DANGER if kind == "danger" else Tone.PLAIN
        made.setIcon(icon(icon_name, tone, on_accent=kind == "primary"))
    return made


class _TextButton(QPushButton):
    """Its icon grows with the text, and is wider than high: the rest is the gap to the text."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(QSize(em(1.15), em(0.9)))


class _IconButton(QToolButton):
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIconSize(QSize(em(1), em(1)))
