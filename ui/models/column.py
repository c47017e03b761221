"""Columns as data: a table is a tuple of these, whatever its rows are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt

from ui.look.palette import Tone

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

Row = TypeVar("Row")


class CellRole(IntEnum):
    """What the delegate asks a model for, beside Qt's own roles."""

    BADGE = Qt.ItemDataRole.UserRole + 1  # Tone of the badge around the text, or None
    BAR = Qt.ItemDataRole.UserRole + 2  # 0 to 100, or None
    TONE = Qt.ItemDataRole.UserRole + 3  # Tone of the text
    BOLD = Qt.ItemDataRole.UserRole + 4
    ICON = Qt.ItemDataRole.UserRole + 5  # name of an icon before the text
    ROW_ID = Qt.ItemDataRole.UserRole + 6


@dataclass(frozen=True)  # no slots: with them `Column[Row](…)` fails in Python 3.11
class Column(Generic[Row]):
    """One column: its heading, and how a row fills a cell.

    `sort` is a key for the code that sorts; a column without it can't be sorted.
    `width` is in digits of the font, and is never less than the heading needs. One column of a
    table should `stretch`. Where a table is too narrow, a column with `least` gives way down to
    that width, unless another width was chosen.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    align_right: bool = False
    sort: str | None = None
    width: int = 14
    least: int | None = None
    stretch: bool = False
    hidden: bool = False
    badge: Callable[[Row], Tone | None] | None = None
    bar: Callable[[Row], int | None] | None = None
    tone: Callable[[Row], Tone] | None = None
    bold: Callable[[Row], bool] | None = None
    icon: Callable[[Row], str | None] | None = None
    tooltip: Callable[[Row], str | None] | None = None
    # By which rows in memory are sorted.
    value: "Callable[[Row], SupportsRichComparison | None] | None" = None

    @cached_property
    def looks(self) -> Mapping[int, Callable[[Row], object] | None]:
        """What fills the roles of a cell beside its text."""
        return {
            Qt.ItemDataRole.ToolTipRole.value: self.tooltip,
            CellRole.BADGE.value: self.badge,
            CellRole.BAR.value: self.bar,
            CellRole.TONE.value: self.tone,
            CellRole.BOLD.value: self.bold,
            CellRole.ICON.value: self.icon,
        }


def cell(column: Column[Row], row: Row, role: int) -> object:
    """Return what a model's `data` returns for this cell."""
    if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
        return column.text(row)
    look = column.looks.get(role)
    return look(row) if look else None


def alignment(column: Column[Row]) -> int:
    """Return the Qt.AlignmentFlag of a column as the int that models return."""
    side = Qt.AlignmentFlag.AlignRight if column.align_right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
