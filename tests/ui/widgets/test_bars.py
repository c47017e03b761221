"""Search, chips, bars that tell, progress, and layouts that fold."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.progress import Progress
from ui.jobs.runner import JobRunner, Lane
from ui.look.theme import em
from ui.widgets.buttons import button
from ui.widgets.cards import Tile
from ui.widgets.chips import Chip, ChipsBar, FilterChips
from ui.widgets.dialog import ConfirmDialog, Dialog
from ui.widgets.files import safe_name
from ui.widgets.flow import FlowLayout
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import EmptyState
from ui.widgets.notice import UNANSWERED_MS, NoticeBar
from ui.widgets.progress import ProgressLine
from ui.widgets.search import SearchLine

Typing = Callable[[QWidget, str], None]


def test_search_waits_for_a_pause_in_typing(qtbot: QtBot, typing: Typing) -> None:
    line, sought = SearchLine("Имя"), list[str]()
    qtbot.addWidget(line)
    line.sought.connect(sought.append)
    typing(line, "ёлк")
    assert sought == []
    qtbot.waitUntil(lambda: bool(sought), timeout=1000)
    assert sought == ["ёлк"]


def test_escape_clears_the_search_at_once(qtbot: QtBot, typing: Typing) -> None:
    line, sought = SearchLine("Имя"), list[str]()
    qtbot.addWidget(line)
    line.sought.connect(sought.append)
    typing(line, "а")
    qtbot.waitUntil(lambda: sought == ["а"], timeout=1000)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert sought == ["а", ""]
    assert line.text() == ""


def test_down_goes_to_the_list_with_what_is_typed(qtbot: QtBot, typing: Typing) -> None:
    line, sought = SearchLine("Имя"), list[str]()
    qtbot.addWidget(line)
    line.sought.connect(sought.append)
    typing(line, "бор")
    with qtbot.waitSignal(line.down_wanted):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    assert sought == ["бор"]


def test_one_chip_is_chosen_and_counts_change_in_place(qtbot: QtBot) -> None:
    bar = ChipsBar([Chip("all", "Все", 1284), Chip("lost", "Потерянные", 117)])
    qtbot.addWidget(bar)
    assert bar.current() == "all"
    chips = bar.findChildren(QPushButton)
    with qtbot.waitSignal(bar.chosen) as told:
        qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert told.args == ["lost"]
    bar.set_chips([Chip("all", "Все", 1283), Chip("lost", "Потерянные", 116)])
    assert bar.current() == "lost"
    assert chips[1].text().endswith("116")


def test_filters_can_be_taken_away(qtbot: QtBot) -> None:
    filters = FilterChips()
    qtbot.addWidget(filters)
    filters.set_filters([("city", "Томск"), ("tag", "VIP")])
    city, _tag, clear = filters.findChildren(QPushButton)
    filters.show()
    assert city.mapTo(filters, QPoint()).x() == em(0.9)  # where the list's other chips begin
    with qtbot.waitSignal(filters.removed) as told:
        qtbot.mouseClick(city, Qt.MouseButton.LeftButton)
    assert told.args == ["city"]
    with qtbot.waitSignal(filters.cleared):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    filters.set_filters([])
    assert filters.isHidden()


@pytest.fixture
def area(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(em(60), em(30))
    made.show()
    return made


def test_a_quiet_notice_goes_and_a_warning_stays(area: QWidget, qtbot: QtBot) -> None:
    bar, undone = NoticeBar(area), list[str]()
    bar.tell("Удалено 3 клиента", "Отменить", lambda: undone.append("!"))
    assert bar._timer.isActive()
    qtbot.wait(UNANSWERED_MS + 50)
    qtbot.mouseClick(bar._action, Qt.MouseButton.LeftButton)
    assert undone == ["!"]
    assert bar.isHidden()
    bar.warn("Не записано")
    assert not bar._timer.isActive()
    assert not bar.isHidden()


def test_a_second_click_does_not_reach_a_notice_that_has_just_come(
    area: QWidget, qtbot: QtBot
) -> None:
    bar, undone = NoticeBar(area), list[str]()
    bar.tell("Сохранено", "Отменить", lambda: undone.append("!"))
    for part in (bar._action, bar._close):
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert undone == []
    assert bar.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_a_notice_stands_at_the_lower_left_and_moves_nothing(
    area: QWidget, looks: Callable[[str, int], None], percent: int
) -> None:
    looks("light", percent)
    page = QLabel("Страница")
    column = QVBoxLayout(area)
    column.addWidget(page)
    QApplication.processEvents()
    before = page.geometry()
    bar = NoticeBar(area)
    bar.tell("Удалено 3 клиента", "Отменить", lambda: None)
    QApplication.processEvents()
    assert page.geometry() == before
    assert bar.x() == area.height() - bar.geometry().bottom() - 1 == em(0.7)
    assert bar._text.width() >= bar._text.fontMetrics().horizontalAdvance(bar._text.text())
    narrow = bar.width()
    bar.warn("Файл базы не найден: её переместили или удалили. " * 6)
    QApplication.processEvents()
    assert narrow < bar.width() <= area.width()
    assert bar._text.height() >= bar._text.heightForWidth(bar._text.width())
    area.resize(em(40), em(30))
    assert bar.geometry().right() < area.width()


def test_progress_shows_the_amount_and_cancels(qtbot: QtBot, jobs: JobRunner) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)

    def long_work(progress: Progress) -> None:
        step = 0
        while True:
            step += 1
            progress.step(min(step, 999), 1000)

    job = jobs.start(long_work, Lane.FILE)
    line.follow(job, "Загрузка")
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=3000)
    qtbot.waitUntil(lambda: "из" in line._amount.text(), timeout=3000)
    with qtbot.waitSignal(job.cancelled):
        qtbot.mouseClick(line._cancel, Qt.MouseButton.LeftButton)
    assert line.isHidden()


def test_work_that_is_soon_over_shows_nothing(qtbot: QtBot, jobs: JobRunner) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    job = jobs.start(lambda _: 1, Lane.FILE)
    line.follow(job, "Миг")
    with qtbot.waitSignal(job.finished):
        pass
    qtbot.wait(400)
    assert line.isHidden()


def test_words_that_do_not_fit_go_to_the_next_line(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box)
    for number in range(6):
        flow.addWidget(QLabel(f"слово {number}"))
    assert flow.heightForWidth(10_000) < flow.heightForWidth(em(8))


def test_fields_stand_side_by_side_only_where_there_is_room(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    grid = FieldGrid(box, most=2, least=9)
    first, second, wide = QLabel("один"), QLabel("два"), QLabel("три")
    grid.add(first)
    grid.add(second)
    grid.add(wide, wide=True)
    for width, side_by_side in ((em(30), True), (em(12), False)):
        box.resize(width, 400)
        grid.activate()
        grid.setGeometry(box.rect())
        assert (first.y() == second.y()) is side_by_side
        assert wide.y() > second.y()
        assert wide.width() == width


def test_a_field_takes_several_columns_where_there_are_as_many(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    grid = FieldGrid(box, most=3, least=9)
    broad, narrow = QLabel("один"), QLabel("два")
    grid.add(broad, columns=2)
    grid.add(narrow)
    for width, in_one_line in ((em(45), True), (em(22), False), (em(12), False)):
        box.resize(width, 400)
        grid.activate()
        grid.setGeometry(box.rect())
        assert (broad.y() == narrow.y()) is in_one_line
        if in_one_line:
            assert 2 * narrow.width() < broad.width() < narrow.x()
        else:
            assert broad.width() == width


def test_a_field_that_does_not_fit_its_column_has_a_line_of_its_own(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    grid = FieldGrid(box, most=2, least=9)
    short, long = QLabel("один"), QLabel("Покупает в месяц в нашей категории")
    needed = long.minimumSizeHint().width()
    grid.add(short)
    grid.add(long)
    for width, in_one_line in ((2 * needed + em(2), True), (2 * needed - em(2), False)):
        box.resize(width, 400)
        grid.setGeometry(box.rect())
        assert (short.y() == long.y()) is in_one_line
        assert long.width() >= needed


def test_a_tile_answers_to_mouse_and_keyboard(qtbot: QtBot) -> None:
    tile = Tile("В списке", clickable=True)
    qtbot.addWidget(tile)
    tile.show_number("37", "из 117 потерянных")
    assert tile.accessibleDescription() == "37 из 117 потерянных"
    with qtbot.waitSignal(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Return)


def test_the_numbers_of_tiles_stand_on_one_line_however_long_the_notes_are(qtbot: QtBot) -> None:
    box = QWidget()
    row = QHBoxLayout(box)
    short, long = Tile("В списке"), Tile("Вернулись")
    for tile in (short, long):
        row.addWidget(tile, 1)
    short.show_number("37", "всего")
    long.show_number("9", "сами: 1; отказались: 2; ещё не решили: 30; не дозвонились: 6")
    qtbot.addWidget(box)
    box.resize(em(28), em(12))
    box.show()
    assert long._note.height() > short._note.height()
    assert long._number.y() == short._number.y()


@pytest.mark.parametrize("width", [1, 300])
def test_no_button_of_a_dialog_is_squeezed(width: int, qtbot: QtBot) -> None:
    dialog = Dialog("Удалённая карточка")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.add_left(button("Оставить новой карточкой"))
    dialog.add_buttons("Вернуть из корзины и сохранить", cancel="Остаться")
    qtbot.addWidget(dialog)
    dialog.resize(width, 100)
    dialog.show()
    for shown in dialog.footer.findChildren(QPushButton):
        assert shown.width() >= shown.sizeHint().width()


def test_a_dialog_with_little_in_it_is_not_tiny(qtbot: QtBot) -> None:
    dialog = Dialog("Клавиши")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.add_close()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.width() >= em(22)


def test_enter_does_not_do_what_is_dangerous(qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Удалить?", "Это не отменить.", "Удалить 3 клиента")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_control_enter_does_it(qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Записать?", "", "Записать", danger=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_an_empty_state_says_what_to_do(qtbot: QtBot) -> None:
    state = EmptyState("users", "Пока нет клиентов", "Добавьте первого", [QPushButton("Добавить")])
    qtbot.addWidget(state)
    state.show_text("Ничего не найдено")
    texts = [label.text() for label in state.findChildren(QLabel)]
    assert "Ничего не найдено" in texts
    assert not state.grab().isNull()


def test_file_names_are_made_safe() -> None:
    assert safe_name('КП-2026-041 ООО "Колорит/Алтай": цены?.pdf') == (
        "КП-2026-041 ООО Колорит Алтай цены .pdf"
    )
    assert safe_name("///") == "kartoteka"
