"""The first rows of a file; above each column, what it holds."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from db.transfer.columns import NEW_FIELD, TableKind, Targets, targets
from ui.look.palette import Tone
from ui.look.theme import em
from ui.transfer.steps import ReadFile
from ui.widgets.choices import ChoiceBox
from ui.widgets.labels import ScaledLabel, set_tone
from ui.words import transfer as wording
from ui.words.i18n import _

_ROWS = 5
_LONGEST = 28


class Preview(QScrollArea):
    """Heading, meaning and some values of each column, side by side."""

    chosen = Signal(int, object)  # column, target or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Preview")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._boxes: list[ChoiceBox[str]] = []
        self._heads: list[ScaledLabel] = []

    def show_file(self, file: ReadFile, kind: TableKind, chosen: Targets) -> None:
        """Show a file anew."""
        self._boxes, self._heads = [], []
        inside = QFrame()
        inside.setObjectName("Panel")
        grid = QGridLayout(inside)
        grid.setContentsMargins(em(0.6), em(0.4), em(0.6), em(0.4))
        grid.setHorizontalSpacing(em(0.8))
        grid.setVerticalSpacing(em(0.25))
        choices = _choices(file, kind)
        for column in range(len(file.sheet.header)):
            self._add_column(grid, file, column, choices)
        grid.setColumnStretch(len(file.sheet.header), 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(inside)
        inside.installEventFilter(self)
        self.show_targets(chosen)
        self._fit()

    def show_targets(self, chosen: Targets) -> None:
        """Show what each column holds; one that is left aside is pale."""
        for box, head, target in zip(self._boxes, self._heads, chosen, strict=True):
            box.set_value(target)
            words = box.fontMetrics().horizontalAdvance(box.currentText())
            box.setMinimumWidth(words + em(4))
            set_tone(head, Tone.MUTED if target is None else Tone.PLAIN)

    def box(self, column: int) -> ChoiceBox[str]:
        return self._boxes[column]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _add_column(
        self, grid: QGridLayout, file: ReadFile, column: int, choices: list[tuple[str, str]]
    ) -> None:
        name = file.sheet.title(column)
        head = ScaledLabel(_short(name), bold=True)
        head.setToolTip(name)
        box = ChoiceBox(choices, empty=_("— do not load"))
        box.setAccessibleName(_("What the column “{name}” holds").format(name=name))
        box.edited.connect(lambda: self.chosen.emit(column, box.value()))
        self._heads.append(head)
        self._boxes.append(box)
        grid.addWidget(head, 0, column)
        grid.addWidget(box, 1, column)
        for place, row in enumerate(file.sheet.rows[:_ROWS]):
            value = row[column] if column < len(row) else ""
            cell = ScaledLabel(_short(value), 0.94)
            cell.setToolTip(value[:2000] if len(value) > _LONGEST else "")
            grid.addWidget(cell, place + 2, column)

    def _fit(self) -> None:
        if (inside := self.widget()) is not None:
            bar = self.horizontalScrollBar().sizeHint().height()
            self.setFixedHeight(inside.sizeHint().height() + bar + 2)


def _choices(file: ReadFile, kind: TableKind) -> list[tuple[str, str]]:
    own = {field.key: field for field in file.own}
    choices = [(key, wording.target_name(kind, key, own)) for key in targets(kind, file.own)]
    if kind is TableKind.CLIENTS:
        choices.append((NEW_FIELD, wording.target_name(kind, NEW_FIELD)))
    return choices


def _short(text: str) -> str:
    plain = " ".join(text[:200].split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"
