"""The calendar of a date: every day is there to be read, inside the window."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from ui.look.theme import em
from ui.widgets.editors import DateLine

DAY = date(2026, 11, 22)


def ink_width(picture: QImage, place: QRect) -> int:
    """Return how many columns of a place hold more than one colour."""
    columns = range(place.left(), place.right())
    rows = range(place.top(), place.bottom())
    return sum(len({picture.pixel(x, y) for y in rows}) > 1 for x in columns)


def test_the_calendar_shows_every_day_of_the_month_and_the_days_of_the_week(
    looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    for percent in (100, 200):
        looks("light", percent)
        line = DateLine(DAY, today=lambda: DAY)
        qtbot.addWidget(line)
        line.show()
        calendar = line.open_calendar()
        view = calendar.findChild(QTableView)
        picture = view.viewport().grab().toImage()
        for row, column in product(range(7), range(7)):
            place = view.model().index(row, column)
            inked = ink_width(picture, view.visualRect(place).adjusted(3, 3, -3, -3))
            text = view.fontMetrics().horizontalAdvance(str(place.data()))
            assert inked > 0.7 * text, (percent, row, column)
        calendar.close()


@pytest.mark.parametrize("place", ["top", "bottom", "right"])
def test_the_calendar_stays_inside_the_window(place: str, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(em(50), em(40))
    line = DateLine(DAY, today=lambda: DAY, parent=window)
    line.resize(em(8), em(2))
    spots = {"top": (em(1), em(1)), "bottom": (em(1), em(37)), "right": (em(41), em(20))}
    line.move(*spots[place])
    window.show()
    calendar = line.open_calendar()
    inside = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    place = calendar.geometry()
    assert inside.contains(place)
    over = QRect(line.mapToGlobal(QPoint(0, 0)), line.size())
    assert not place.intersects(over)
    calendar.close()


def test_where_the_window_is_too_small_the_calendar_leaves_it_and_not_its_line(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(em(20), em(15))
    line = DateLine(DAY, today=lambda: DAY, parent=window)
    line.setGeometry(em(1), em(6), em(8), em(2))
    window.show()
    calendar = line.open_calendar()
    over = QRect(line.mapToGlobal(QPoint(0, 0)), line.size())
    assert not calendar.geometry().intersects(over)
    assert window.screen().availableGeometry().contains(calendar.geometry())
    calendar.close()


def test_a_calendar_too_tall_for_either_side_stands_beside_its_line(
    looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    looks("light", 200)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    line = DateLine(DAY, today=lambda: DAY)
    qtbot.addWidget(line)
    line.setGeometry(screen.left() + 5, screen.center().y(), em(6), em(2))
    line.show()
    calendar = line.open_calendar()
    assert not calendar.geometry().intersects(line.geometry())
    assert screen.contains(calendar.geometry())
    calendar.close()
