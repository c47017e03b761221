"""Icons drawn from the shipped SVG in the colours in effect, at any size."""

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.look.palette import Tone
from ui.look.theme import colours

__all__ = ["icon", "pixmap"]


def icon(name: str, tone: Tone = Tone.PLAIN, *, on_accent: bool = False) -> QIcon:
    """Return an icon of resources/icons. It is drawn again when the theme changes."""
    return QIcon(_SvgEngine(name, tone, on_accent=on_accent))


def pixmap(name: str, size: int, tone: Tone = Tone.PLAIN, ratio: float = 1.0) -> QPixmap:
    """Return a picture of an icon in the colours of this moment."""
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, name, QRectF(0, 0, size, size), colours().tone(tone))
    painter.end()
    return picture


def draw(painter: QPainter, name: str, place: QRectF, colour: str) -> None:
    """Draw an icon in this colour."""
    source = resources.icon_source(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    renderer.render(painter, place)


class _SvgEngine(QIconEngine):
    def __init__(self, name: str, tone: Tone, *, on_accent: bool) -> None:
        super().__init__()
        self._name, self._tone, self._on_accent = name, tone, on_accent

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        c = colours()
        colour = c.on_accent if self._on_accent else c.tone(self._tone)
        if mode == QIcon.Mode.Disabled:
            colour = c.faint
        side = min(rect.width(), rect.height())
        place = QRect(QPoint(0, 0), QSize(side, side))
        place.moveCenter(rect.center())
        if rect.width() > rect.height():
            place.moveLeft(rect.left())
        draw(painter, self._name, QRectF(place), colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._tone, on_accent=self._on_accent)
