"""An attempt to win a client back: how, what was said, and what comes next."""

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from db.commands.winback import LogAttempt
from db.domain.churn import Result, Way
from db.domain.ids import ClientId
from ui.look.theme import em
from ui.parts.form_dialog import FormDialog
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import ValueEditor
from ui.widgets.editors import DateLine, MoneyLine, TextArea, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading
from ui.words import labels
from ui.words.i18n import _

_NEXT_DAYS = 3


class AttemptDialog(FormDialog):
    """What was tried and how it ended. A `step` done today is asked for neither day nor cost."""

    def __init__(  # noqa: PLR0913 - the attempt as far as it is known
        self,
        client_id: ClientId,
        name: str,
        today: Today,
        next_step: str = "",
        parent: QWidget | None = None,
        *,
        step: bool = False,
    ) -> None:
        title = _("Result of the step") if step else _("Write down an attempt")
        super().__init__(title, _("Write down"), parent)
        self._client_id, self._today = client_id, today
        self.day: LabelledField[ValueEditor[date | None]] | None = None
        self.cost: LabelledField[ValueEditor[Decimal | None]] | None = None
        self.way = self.make(_("&How"), ChoiceBox([(way, labels.way(way)) for way in Way]))
        if not step:
            day = DateLine(today(), today=today)
            self.day = self.make(_("&Day"), day, required=True, empty=_("Enter a date."))
        results = ChoiceBox([(result, labels.result(result)) for result in Result])
        self.ended = self.make(_("&Result"), results, required=not step)
        if not step:
            self.cost = self.make(_("Cos&ts"), MoneyLine(None))
        self.note = self.make(_("What was &said"), TextArea("", lines=3))
        self.next_step = self.make(_("&Next step"), TextLine(next_step, digits=26 if step else 30))
        when = DateLine(today() + timedelta(days=_NEXT_DAYS), today=today)
        self.next_on = self.make(_("W&hen"), when)
        self.way.set_value(Way.CALL)
        self.ended.set_value(Result.TALKED)
        self.ended.editor.edited.connect(self._show_next)
        self._lay_out(name)
        self.ended.focus()

    def _lay_out(self, name: str) -> None:
        self.column.addWidget(heading(name))
        grid = QGridLayout()
        grid.setSpacing(em(0.6))
        fields = (self.way, self.day, self.ended, self.cost)
        for place, field in enumerate(field for field in fields if field is not None):
            grid.addWidget(field, place // 2, place % 2)
        grid.addWidget(self.note, 2, 0, 1, 2)
        grid.addWidget(self.next_step, 3, 0)
        grid.addWidget(self.next_on, 3, 1)
        self.column.addLayout(grid)

    def _goes_on(self) -> bool:
        """Say whether there is a next step: a client who refused is not called again."""
        return self.ended.value() is not Result.REFUSED

    def _show_next(self) -> None:
        self.next_step.setEnabled(self._goes_on())
        self.next_on.setEnabled(self._goes_on())

    def command(self) -> LogAttempt:
        """Return what to write; only after the dialog was accepted."""
        cost = None if self.cost is None else self.cost.value()
        return LogAttempt(
            self._client_id,
            self.way.filled(),
            self._today() if self.day is None else self.day.filled(),
            self.ended.filled(),
            cost,
            (self.next_step.value() or None) if self._goes_on() else None,
            self.next_on.value() if self._goes_on() else None,
            self.note.value() or None,
        )
