"""Editors take what people type, and lose nothing of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.calendar import DayCalendar
from ui.widgets.choices import ChipsChoice, ChoiceBox, YesNoBox
from ui.widgets.editors import DateLine, MoneyLine, NumberLine, PhoneLine, TextArea, TextLine
from ui.widgets.field import LabelledField

Typing = Callable[[QWidget, str], None]
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("8.3.26", date(2026, 3, 8)),
        ("08032026", date(2026, 3, 8)),
        ("8/3", date(2026, 3, 8)),
        ("сегодня", TODAY),
        ("+7д", date(2026, 11, 29)),
        ("", None),
    ],
)
def test_a_date_is_typed_in_many_ways(
    qtbot: QtBot, typing: Typing, typed: str, day: date | None
) -> None:
    line = DateLine(today=lambda: TODAY)
    qtbot.addWidget(line)
    typing(line, typed)
    assert line.problem() is None
    assert line.value() == day
    line.make_tidy()
    assert line.text() == ("" if day is None else f"{day:%d.%m.%Y}")


def test_an_impossible_date_stays_as_typed(qtbot: QtBot, typing: Typing) -> None:
    line = DateLine(today=lambda: TODAY)
    qtbot.addWidget(line)
    typing(line, "31.02.2026")
    line.make_tidy()
    assert line.text() == "31.02.2026"
    assert "Такого дня нет" in (line.problem() or "")


def test_the_calendar_opens_by_key_and_gives_a_day(qtbot: QtBot) -> None:
    line = DateLine(date(2026, 3, 8), today=lambda: TODAY)
    qtbot.addWidget(line)
    line.show()
    qtbot.keyClick(line, Qt.Key.Key_F4)
    (calendar,) = line.findChildren(DayCalendar)
    assert calendar.selectedDate() == QDate(2026, 3, 8)
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    with qtbot.waitSignal(line.edited):
        calendar.clicked.emit(QDate(2026, 3, 10))
    assert line.value() == date(2026, 3, 10)


@pytest.mark.parametrize("typed", ["1234,5", "1234.5", "1 234,50 ₽", "1\u00a0234,50"])
def test_an_amount_is_typed_in_many_ways(qtbot: QtBot, typing: Typing, typed: str) -> None:
    line = MoneyLine()
    qtbot.addWidget(line)
    typing(line, typed)
    assert line.value() == Decimal("1234.50")
    line.make_tidy()
    assert line.text() == "1\u00a0234,50"


def test_a_wrong_amount_is_said_in_words(qtbot: QtBot, typing: Typing) -> None:
    line = MoneyLine()
    qtbot.addWidget(line)
    typing(line, "сто")
    assert "Укажите сумму" in (line.problem() or "")
    with pytest.raises(ValueError, match="сто"):
        line.value()


def test_numbers_know_their_limits(qtbot: QtBot, typing: Typing) -> None:
    line = NumberLine(whole=True, least=1, most=10)
    qtbot.addWidget(line)
    for typed, good in (("5", True), ("0", False), ("11", False), ("1,5", False), ("", True)):
        line.clear()
        typing(line, typed)
        assert (line.problem() is None) is good, typed


def test_a_phone_is_made_tidy_on_leaving(qtbot: QtBot, typing: Typing) -> None:
    line = PhoneLine()
    qtbot.addWidget(line)
    typing(line, "8(913)1234567")
    line.make_tidy()
    assert line.text().replace("\u00a0", " ") == "+7 913 123-45-67"


def test_text_is_made_tidy(qtbot: QtBot, typing: Typing) -> None:
    line = TextLine()
    qtbot.addWidget(line)
    typing(line, "  Иванова   Мария ")
    assert line.value() == "Иванова Мария"


def test_only_the_person_edits(qtbot: QtBot, typing: Typing) -> None:
    line, area = TextLine(), TextArea()
    edits: list[str] = []
    for editor in (line, area):
        qtbot.addWidget(editor)
        editor.edited.connect(lambda: edits.append("!"))
    line.set_value("из базы")
    area.set_value("из базы")
    assert edits == []
    typing(line, "я")
    typing(area, "я")
    assert len(edits) == 2


def test_a_choice_may_be_empty_and_keeps_what_is_chosen(qtbot: QtBot) -> None:
    box = ChoiceBox([("a", "Первый"), ("b", "Второй")], empty="—")
    qtbot.addWidget(box)
    assert box.value() is None
    box.set_value("b")
    box.set_choices([("b", "Бывший второй"), ("c", "Третий")], empty="—")
    assert (box.value(), box.currentText()) == ("b", "Бывший второй")
    box.set_value("gone")
    assert box.value() is None


def test_yes_no_has_three_answers(qtbot: QtBot) -> None:
    box = YesNoBox()
    qtbot.addWidget(box)
    assert box.value() is None
    for value in (True, False, None):
        box.set_value(value)
        assert box.value() is value


def test_several_are_chosen_by_chips(qtbot: QtBot) -> None:
    chips = ChipsChoice([(1, "скидка"), (2, "VIP"), (3, "далеко")])
    qtbot.addWidget(chips)
    chips.set_value([3, 1])
    assert chips.value() == (1, 3)
    with qtbot.waitSignal(chips.edited):
        qtbot.mouseClick(chips.findChildren(type(chips._chips[2]))[1], Qt.MouseButton.LeftButton)
    assert chips.value() == (1, 2, 3)


def test_an_error_is_shown_on_leaving_and_forgiven_on_mending(qtbot: QtBot, typing: Typing) -> None:
    field = LabelledField("&Дата", DateLine(today=lambda: TODAY), required=True)
    qtbot.addWidget(field)
    field.show()
    typing(field.editor, "99")
    assert field.error is None  # not while typing
    field.editor.left.emit()
    assert field.error
    assert field.editor.property("problem") == "error"
    typing(field.editor, "9")
    assert field.error is None


def test_a_field_says_that_it_is_mandatory(qtbot: QtBot) -> None:
    field = LabelledField("&Телефон", PhoneLine(), required=True, hint="любой")
    qtbot.addWidget(field)
    assert field.star.text() == "*"
    assert field.editor.accessibleName() == "Телефон, обязательное поле"
    assert field.label.buddy() is field.editor
    field.set_gap("поздравить не получится")
    assert field.message.text() == "поздравить не получится"
    assert field.editor.accessibleDescription() == "поздравить не получится"
    field.set_gap(None)
    assert field.message.text() == "любой"


def test_a_phone_nobody_touched_comes_back_as_it_was_given(qtbot: QtBot) -> None:
    line = PhoneLine("8(913)1234567")
    qtbot.addWidget(line)
    line.make_tidy()
    assert line.text() == "+7\u00a0913\u00a0123-45-67"
    assert line.value() == "8(913)1234567"


def test_a_label_has_room_for_its_underlined_letter(
    looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    looks("light", 200)
    field = LabelledField("&Тема", TextLine())
    qtbot.addWidget(field)
    field.show()
    metrics = field.label.fontMetrics()  # painted in two parts: there is no kerning between them
    parts = metrics.horizontalAdvance("Т") + metrics.horizontalAdvance("ема")
    assert field.label.sizeHint().width() >= parts
    assert field.label.font().pixelSize() == field.font().pixelSize()
    assert field.label.font().pointSizeF() == field.font().pointSizeF()
