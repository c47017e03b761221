"""Tables over ids: windows of rows, answers that come late, rows that change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.look.palette import Tone
from ui.models.column import CellRole, Column
from ui.models.id_window import BLOCK, IdWindowModel
from ui.models.rows import StaticModel

Take = Callable[[dict[int, "Row"]], None]


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    visits: int | None = None


COLUMNS = (
    Column[Row]("name", "Имя", lambda row: row.name, sort="name"),
    Column[Row](
        "visits",
        "Визиты",
        lambda row: str(row.visits),
        align_right=True,
        sort="visits",
        value=lambda row: row.visits,
        badge=lambda row: Tone.DANGER if row.visits == 0 else None,
    ),
)


class Reader:
    """Answers when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[int], Take]] = []

    def __call__(self, ids: Sequence[int], take: Take) -> None:
        self.asked.append((list(ids), take))

    def answer(self, number: int = 0, name: str = "клиент") -> None:
        ids, take = self.asked.pop(number)
        take({item: Row(item, f"{name} {item}", item % 3) for item in ids})


def _text(model: IdWindowModel[Row], row: int) -> str:
    return str(model.index(row, 0).data())


def test_rows_are_fetched_only_where_somebody_looks(qapp: object) -> None:
    reader = Reader()
    model = IdWindowModel(COLUMNS, reader)
    model.show_ids(range(1, 100_001))
    assert model.rowCount() == 100_000
    assert _text(model, 50_000) == "…"
    assert _text(model, 50_001) == "…"
    assert [len(ids) for ids, _take in reader.asked] == [BLOCK]
    reader.answer()
    assert _text(model, 50_001) == "клиент 50002"


def test_an_answer_for_an_old_list_is_dropped(qapp: object) -> None:
    reader = Reader()
    model = IdWindowModel(COLUMNS, reader)
    model.show_ids([1, 2])
    _text(model, 0)
    model.show_ids([2, 3])
    _text(model, 0)
    reader.answer(0, "старый")
    assert _text(model, 0) == "…"
    reader.answer(0, "новый")
    assert _text(model, 0) == "новый 2"


def test_a_changed_row_is_read_again_in_its_place(qapp: object) -> None:
    reader = Reader()
    model = IdWindowModel(COLUMNS, reader)
    model.show_ids([5, 6])
    _text(model, 0)
    reader.answer()
    model.refresh(frozenset({6, 777}))
    assert _text(model, 1) == "клиент 6"  # the old words stand until the new ones are here
    reader.answer(0, "переименован")
    assert _text(model, 1) == "переименован 6"


def test_a_heading_asks_outside_for_the_order(qtbot: QtBot) -> None:
    model = IdWindowModel(COLUMNS, Reader())
    with qtbot.waitSignal(model.sort_wanted) as told:
        model.sort(1, Qt.SortOrder.DescendingOrder)
    assert told.args == ["visits", True]


def test_the_models_keep_qts_rules(qapp: object) -> None:
    reader = Reader()
    model = IdWindowModel(COLUMNS, reader)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_ids(range(500))
    _text(model, 3)
    reader.answer()
    short = StaticModel(COLUMNS, lambda row: row.id)
    QAbstractItemModelTester(short, QAbstractItemModelTester.FailureReportingMode.Warning)
    short.show_rows([Row(1, "а"), Row(2, "б")])
    short.sort(0, Qt.SortOrder.DescendingOrder)
    assert short.index(0, 0).data() == "б"


def test_a_short_list_sorts_by_value_and_keeps_unknowns_last(qapp: object) -> None:
    model = StaticModel(COLUMNS, lambda row: row.id)
    model.show_rows([Row(1, "а", 9), Row(2, "б", None), Row(3, "в", 10)])
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert list(model.ids()) == [1, 3, 2]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert list(model.ids()) == [3, 1, 2]
    assert model.row_of(2) == 2


def test_a_cell_says_how_it_looks(qapp: object) -> None:
    model = StaticModel(COLUMNS, lambda row: row.id)
    model.show_rows([Row(1, "а", 0), Row(2, "б", 4)])
    assert model.index(0, 1).data(CellRole.BADGE) == Tone.DANGER
    assert model.index(1, 1).data(CellRole.BADGE) is None
    assert model.index(1, 1).data(CellRole.ROW_ID) == 2
    right = Qt.AlignmentFlag(model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole))
    assert right & Qt.AlignmentFlag.AlignRight
