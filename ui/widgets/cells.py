"""How a cell of a table is painted: text, badge, bar, icon; legible on the selected row too."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.look.icons import draw
from ui.look.palette import Tone
from ui.look.theme import colours, em
from ui.models.column import CellRole
from ui.models.table import Index

ROW_EXTRA = 14  # pixels over the text height
_BAR_EMS = 2.4


def row_height() -> int:
    """Return the height in pixels of a row of a table."""
    return em() + max(ROW_EXTRA, em(0.75))


def cell_padding() -> int:
    """Return the room in pixels at both sides of a cell."""
    return em(0.5)


class CellDelegate(QStyledItemDelegate):
    """Paints rows with a line below, no grid; cut text ends in an ellipsis and has a tooltip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._background(painter, option, index)
        place = option.rect.adjusted(cell_padding(), 0, -cell_padding(), -1)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        badge, bar = index.data(CellRole.BADGE), index.data(CellRole.BAR)
        if badge is not None and text:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            paint_badge(painter, place, text, Tone(badge), on_selected=chosen)
        elif bar is not None:
            self._bar(painter, place, text, int(bar))
        else:
            self._text(painter, option, place, index, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = QFontMetrics(_font(option.font, index)).horizontalAdvance(text)
        if index.data(CellRole.BAR) is not None:
            width += em(_BAR_EMS) + em(0.4)
        if index.data(CellRole.BADGE) is not None or index.data(CellRole.ICON):
            width += em(1.3)
        return QSize(width + 2 * cell_padding() + 2, row_height())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = index.data(Qt.ItemDataRole.ToolTipRole)
        if not text and self.sizeHint(option, index).width() > view.visualRect(index).width():
            text = index.data(Qt.ItemDataRole.DisplayRole)
        QToolTip.showText(event.globalPos(), str(text or ""), view)
        return bool(text)

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(c.selected if chosen else c.panel))
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(c.line)
        )
        view = option.widget
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return
        if index.row() == view.currentIndex().row():
            colour = QColor(c.accent)
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), colour
            )
            painter.fillRect(
                QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colour
            )

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        index: Index,
        text: str,
    ) -> None:
        c = colours()
        tone = index.data(CellRole.TONE)
        if name := index.data(CellRole.ICON):
            side = em(0.95)
            spot = QRect(place.left(), place.center().y() - side // 2, side, side)
            draw(painter, name, QRectF(spot), c.tone(Tone(tone or Tone.MUTED)))
            place = place.adjusted(side + em(0.35), 0, 0, 0)
        painter.setFont(_font(option.font, index))
        painter.setPen(QColor(c.tone(Tone(tone)) if tone else c.text))
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        shown = painter.fontMetrics().elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, aligned | Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, painter: QPainter, place: QRect, text: str, filled: int) -> None:
        c = colours()
        width, height = min(em(_BAR_EMS), place.width()), em(0.34)
        whole = QRectF(place.left(), place.center().y() - height / 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(whole, height / 2, height / 2)
        painter.setBrush(QColor(c.accent))
        share = whole.width() * min(max(filled, 0), 100) / 100
        painter.drawRoundedRect(
            QRectF(whole.left(), whole.top(), share, height), height / 2, height / 2
        )
        painter.setPen(QColor(c.muted if filled < 100 else c.text))  # noqa: PLR2004 - percent
        beside = place.adjusted(width + em(0.4), 0, 0, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def paint_badge(
    painter: QPainter, place: QRect, text: str, tone: Tone, *, on_selected: bool = False
) -> None:
    """Paint a badge at the left of this place, cut to its width."""
    c = colours()
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.94)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    side = em(0.38)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width() - 2 * side)
    height = metrics.height() + em(0.16)
    box = QRectF(
        place.left(),
        place.center().y() - height / 2 + 1,
        metrics.horizontalAdvance(shown) + 2 * side,
        height,
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.panel if on_selected else c.soft(tone)))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(c.tone(tone)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _font(font: QFont, index: Index) -> QFont:
    if index.data(CellRole.BOLD):
        font = QFont(font)
        font.setBold(True)
    return font
