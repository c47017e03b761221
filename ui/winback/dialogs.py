"""The two decisions about a lost client that ask for words: an attempt, and leaving him alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from db.commands.winback import LogAttempt
from db.domain.churn import Result, Way
from db.domain.ids import ClientId
from ui.look.theme import em
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog import Dialog
from ui.widgets.editor import Editor
from ui.widgets.editors import DateLine, MoneyLine, TextArea, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading, note
from ui.words import labels
from ui.words.i18n import _

_NEXT_DAYS = 3


class AttemptDialog(Dialog):
    """What was tried and how it ended; `command()` gives what to write."""

    def __init__(
        self,
        client_id: ClientId,
        name: str,
        today: Today,
        next_step: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Write down an attempt"), parent)
        self._client_id = client_id
        self.way = LabelledField(_("&How"), ChoiceBox([(way, labels.way(way)) for way in Way]))
        self.day = LabelledField(_("&Day"), DateLine(today(), today=today), required=True)
        self.ended = LabelledField(
            _("&Result"),
            ChoiceBox([(result, labels.result(result)) for result in Result]),
            required=True,
        )
        self.cost = LabelledField(_("Cos&ts"), MoneyLine(None))
        self.note = LabelledField(_("What was &said"), TextArea("", lines=3))
        self.next_step = LabelledField(_("&Next step"), TextLine(next_step, digits=30))
        self.next_on = LabelledField(
            _("W&hen"), DateLine(today() + timedelta(days=_NEXT_DAYS), today=today)
        )
        self.way.set_value(Way.CALL)
        self.ended.set_value(Result.TALKED)
        self.ended.editor.edited.connect(self._show_next)
        self._lay_out(name)
        self.add_buttons(_("Write down"))

    def _lay_out(self, name: str) -> None:
        self.column.addWidget(heading(name))
        grid = QGridLayout()
        grid.setSpacing(em(0.6))
        places = (
            (self.way, 0, 0, 1), (self.day, 0, 1, 1),
            (self.ended, 1, 0, 1), (self.cost, 1, 1, 1),
            (self.note, 2, 0, 2),
            (self.next_step, 3, 0, 1), (self.next_on, 3, 1, 1),
        )  # fmt: skip
        for field, row, column, span in places:
            grid.addWidget(field, row, column, 1, span)
        self.column.addLayout(grid)
        self.ended.focus()

    def _show_next(self) -> None:
        """Whoever refused is not called again."""
        goes_on = self.ended.value() is not Result.REFUSED
        self.next_step.setEnabled(goes_on)
        self.next_on.setEnabled(goes_on)

    def accept(self) -> None:
        fields = (self.day, self.cost, self.next_on)
        wrong = [field for field in fields if not field.check()]
        if not wrong and self.day.value() is None:
            self.day.set_error(_("Enter a date."))
            wrong = [self.day]
        if wrong:
            wrong[0].focus()
        else:
            super().accept()

    def command(self) -> LogAttempt:
        goes_on = self.ended.value() is not Result.REFUSED
        cost: Decimal | None = self.cost.value()
        return LogAttempt(
            self._client_id,
            self.way.value(),
            self.day.value(),
            self.ended.value(),
            cost,
            self.next_step.value() or None if goes_on else None,
            self.next_on.value() if goes_on else None,
            self.note.value() or None,
        )


@dataclass(frozen=True, slots=True)
class Leave:
    reason: str
    until: date | None


class LeaveDialog(Dialog):
    """Why a client is not to be won back, and until when."""

    def __init__(self, name: str, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(_("Do not win back"), parent)
        self._today = today
        self.column.addWidget(heading(name))
        told = note(
            _(
                "The client is removed from the list but stays in the statistics. This can be "
                "undone."
            )
        )
        told.setMinimumWidth(em(20))
        self.column.addWidget(told)
        self.reason = LabelledField(
            _("&Why"), TextLine("", example=_("debts, rudeness, not our client…")), required=True
        )
        self.until = LabelledField(
            _("&Until"), DateLine(None, today=today), hint=_("Empty: permanently.")
        )
        self.column.addWidget(self.reason)
        self.column.addWidget(self.until)
        self.add_buttons(_("Do not win back"))
        self.reason.focus()

    def accept(self) -> None:
        if not self.reason.value():
            self._refuse(self.reason, _("Enter a reason: it is shown in the statistics."))
        elif not self.until.check():
            self.until.focus()
        elif self.until.value() is not None and self.until.value() <= self._today():
            self._refuse(self.until, _("The date must be in the future."))
        else:
            super().accept()

    def _refuse(self, field: LabelledField[Editor], why: str) -> None:
        field.set_error(why)
        field.focus()
        self.adjustSize()  # there is one line more now

    def leave(self) -> Leave:
        return Leave(self.reason.value(), self.until.value())
