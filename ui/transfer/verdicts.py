"""What becomes of each row: counted on chips, listed with reasons."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.domain.fields import Field
from db.transfer.columns import TableKind
from db.transfer.plan import Plan, RowVerdict, Verdict
from ui.look.palette import Tone
from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.preferences import Preferences
from ui.widgets.chips import Chip, ChipsBar
from ui.widgets.table import TableView
from ui.words import transfer as wording
from ui.words.i18n import _, pgettext

_TONES = {
    Verdict.CREATE: Tone.ACCENT,
    Verdict.UPDATE: Tone.INFO,
    Verdict.SKIP: Tone.MUTED,
    Verdict.REJECT: Tone.DANGER,
}
_ALL = "all"


class Verdicts(QWidget):
    """The verdict of every row, the rejected ones shown first."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._own: Mapping[str, Field] = {}
        self._chips = ChipsBar()
        self._chips.chosen.connect(self._show)
        self._model = StaticModel(self._columns(), lambda row: row.line, self)
        self.table = TableView(self._model, "import", preferences)
        self.table.setAccessibleName(_("Rows of the file"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.4))
        column.addWidget(self._chips)
        column.addWidget(self.table, 1)

    def show_plan(self, plan: Plan, own: Mapping[str, Field]) -> None:
        self._plan, self._own = plan, own
        names = {
            Verdict.CREATE: pgettext("rows of a file", "New"),
            Verdict.UPDATE: pgettext("rows of a file", "Changed"),
            Verdict.SKIP: pgettext("rows of a file", "Skipped"),
            Verdict.REJECT: pgettext("rows of a file", "Rejected"),
        }
        chips = [Chip(_ALL, pgettext("rows of a file", "All"), len(plan.rows))]
        chips += [Chip(verdict, name, plan.count(verdict)) for verdict, name in names.items()]
        self._chips.set_chips(chips)
        first = next(
            (verdict for verdict in (Verdict.REJECT, Verdict.UPDATE) if plan.count(verdict)), _ALL
        )
        self._chips.set_current(first)
        self._show(first)

    def clear(self) -> None:
        self._plan = None
        self._chips.set_chips([])
        self._model.show_rows([])

    def shown(self) -> list[RowVerdict]:
        return self._model.rows()

    def choose(self, verdict: str) -> None:
        """Show the rows of one verdict, or "all"."""
        self._chips.set_current(verdict)
        self._show(verdict)

    def _show(self, key: str) -> None:
        rows = () if self._plan is None else self._plan.rows
        self._model.show_rows([row for row in rows if key in (_ALL, row.verdict)])

    def _columns(self) -> list[Column[RowVerdict]]:
        return [
            Column[RowVerdict](
                "line", _("Line"), lambda row: str(row.line), align_right=True, width=7,
                sort="line", value=lambda row: row.line,
            ),
            Column[RowVerdict](
                "verdict", _("Verdict"), lambda row: wording.verdict_name(row.verdict), width=14,
                badge=lambda row: _TONES[row.verdict],
            ),
            Column[RowVerdict]("who", _("Who or what"), lambda row: row.who, width=34),
            Column[RowVerdict](
                "why", _("What changes, or why not"), self._words, stretch=True,
                tooltip=self._words,
            ),
        ]  # fmt: skip

    def _words(self, row: RowVerdict) -> str:
        kind = TableKind.CLIENTS if self._plan is None else self._plan.kind
        return wording.row_words(row, kind, self._own)
