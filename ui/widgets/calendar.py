"""A month to choose a day from, shown below the line it belongs to."""

from datetime import date
from itertools import product

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from ui.look.icons import icon
from ui.look.palette import Tone
from ui.look.theme import colours, em
from ui.words.i18n import _, language

_LOCALES = {"ru": QLocale.Language.Russian, "en": QLocale.Language.English}


class DayCalendar(QCalendarWidget):
    """Monday first, in the language in use; closes itself."""

    chosen = Signal(object)  # datetime.date

    def __init__(self, shown: date, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Calendar"))
        self.setLocale(QLocale(_LOCALES[language()]))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setGridVisible(False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(1, 1, 1, 1)  # for the border
        weekdays = QTextCharFormat()
        weekdays.setForeground(QColor(colours().muted))
        self.setHeaderTextFormat(weekdays)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekday, weekdays)
        for name, image, words in (
            ("prev", "chevron-left", _("The month before")),
            ("next", "chevron-right", _("The month after")),
        ):
            if (arrow := self.findChild(QToolButton, f"qt_calendar_{name}month")) is not None:
                arrow.setIcon(icon(image, Tone.MUTED))
                arrow.setToolTip(words)
                arrow.setAccessibleName(words)
        self._today = QDate(today.year, today.month, today.day)
        self.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.clicked.connect(self._take)
        self.activated.connect(self._take)

    def show_beside(self, line: QWidget) -> None:
        """Show it below its line or above it: inside the window if it fits there, else on the
        screen, else at its side.
        """
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()  # without the style sheet it would seem smaller
        layout = self.layout()
        least = layout.totalMinimumSize() if layout is not None else self.minimumSize()
        self.resize(self.sizeHint().expandedTo(least))
        self.move(self._place(line))
        self.show()
        self.setFocus()

    def paintCell(self, painter: QPainter, place: QRect, day: QDate | date) -> None:
        """Paint a day: the chosen one on the accent colour, today in a ring, other months pale."""
        shown = day if isinstance(day, QDate) else QDate(day.year, day.month, day.day)
        c = colours()
        chosen = shown == self.selectedDate()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or shown == self._today:
            painter.setPen(QColor(c.accent))
            painter.setBrush(QColor(c.accent) if chosen else Qt.BrushStyle.NoBrush)
            corner = em(0.3)
            painter.drawRoundedRect(place.adjusted(1, 1, -2, -2), corner, corner)
        is_of_month = shown.month() == self.monthShown()
        painter.setPen(QColor(c.on_accent if chosen else c.text if is_of_month else c.faint))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(shown.day()))
        painter.restore()

    def _place(self, line: QWidget) -> QPoint:
        gap = em(0.2)
        top = line.mapToGlobal(QPoint(0, 0))
        window = QRect(line.window().mapToGlobal(QPoint(0, 0)), line.window().size())
        screen = (line.screen() or QGuiApplication.primaryScreen()).availableGeometry()
        ways = (top.y() + line.height() + gap, top.y() - self.height() - gap)
        rooms = [room.adjusted(gap, gap, -gap, -gap) for room in (window, screen)]
        for room, y in product(rooms, ways):
            x = max(room.left(), min(top.x(), room.right() - self.width()))
            if room.contains(QRect(QPoint(x, y), self.size())):
                return QPoint(x, y)
        # A large calendar on a small screen: beside the line.
        room = rooms[-1]
        right, left = top.x() + line.width() + gap, top.x() - self.width() - gap
        x = right if right + self.width() <= room.right() else max(room.left(), left)
        return QPoint(x, max(room.top(), min(top.y(), room.bottom() - self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _take(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
