"""What Today asks: a new task, the result of a win-back step, a day to put off to."""

from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QWidget

from db.commands.tasks import AddTask
from db.commands.winback import LogAttempt
from db.domain.churn import Result, Way
from db.domain.ids import ClientId
from db.queries.lists.clients import ClientRow, find_clients
from ui.jobs.latest import Latest
from ui.look.theme import em
from ui.parts.context import Context
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog import Dialog
from ui.widgets.editors import DateLine, TextArea, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading
from ui.widgets.search import SearchLine
from ui.words import formats, labels
from ui.words.i18n import _, pgettext

_FOUND = 12
_NEXT_DAYS = 3


class TaskDialog(Dialog):
    """A task: its words, its day, and a client if it is for one."""

    def __init__(
        self,
        context: Context,
        client: tuple[ClientId, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("New task"), parent)
        self._context = context
        self._found = Latest(self)
        today = context.today
        self.text = LabelledField(_("&What to do"), TextLine(digits=40), required=True)
        self.due_on = LabelledField(
            _("&When"), DateLine(today() + timedelta(days=1), today=today), required=True
        )
        self.search = SearchLine(_("Name, phone…"))
        self.client = LabelledField(_("For &whom"), ChoiceBox(empty=_("nobody in particular")))
        self.column.addWidget(self.text)
        self.column.addWidget(self.due_on)
        self.column.addWidget(self.search)
        self.column.addWidget(self.client)
        self.search.sought.connect(self._seek)
        self.search.down_wanted.connect(self.client.focus)
        if client is not None:
            self.client.editor.set_choices([client], empty=_("nobody in particular"))
            self.client.set_value(client[0])
        self.add_buttons(_("Add the task"))
        self.text.focus()

    def _seek(self, text: str) -> None:
        if text:
            asked = self._context.ask(find_clients, text, _FOUND)
            self._found.take(asked, self._offer)

    def _offer(self, rows: list[ClientRow]) -> None:
        """Offer who was found; the first of them is meant until another is chosen."""
        choices = [(row.id, _named(row)) for row in rows]
        self.client.editor.set_choices(choices, empty=_("nobody in particular"))
        self.client.set_value(rows[0].id if rows else None)
        self.client.set_hint("" if rows else _("Nobody was found."))

    def accept(self) -> None:
        if not self.text.value():
            self.text.set_error(_("Enter what to do."))
            self.text.focus()
            self.adjustSize()
        elif not self.due_on.check():
            self.due_on.focus()
        elif self.due_on.value() is None:
            self.due_on.set_error(_("Enter a date."))
            self.due_on.focus()
        else:
            super().accept()

    def command(self) -> AddTask:
        return AddTask(self.text.value(), self.due_on.value(), self.client.value())


def _named(row: ClientRow) -> str:
    return f"{row.name} · {formats.phone(row.phone)}" if row.phone else row.name


class ResultDialog(Dialog):
    """How a step of win-back ended, and what comes next."""

    def __init__(
        self, client_id: ClientId, name: str, today: Today, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Result of the step"), parent)
        self._client_id, self._today = client_id, today
        self.way = LabelledField(_("&How"), ChoiceBox([(one, labels.way(one)) for one in Way]))
        self.ended = LabelledField(
            _("&Result"), ChoiceBox([(one, labels.result(one)) for one in Result])
        )
        self.note = LabelledField(_("What was &said"), TextArea("", lines=3))
        self.next_step = LabelledField(_("&Next step"), TextLine(digits=26))
        self.next_on = LabelledField(
            _("&When"), DateLine(today() + timedelta(days=_NEXT_DAYS), today=today)
        )
        self.way.set_value(Way.CALL)
        self.ended.set_value(Result.TALKED)
        self.ended.editor.edited.connect(self._show_next)
        self.column.addWidget(heading(name))
        grid = QGridLayout()
        grid.setSpacing(em(0.6))
        grid.addWidget(self.way, 0, 0)
        grid.addWidget(self.ended, 0, 1)
        grid.addWidget(self.note, 1, 0, 1, 2)
        grid.addWidget(self.next_step, 2, 0)
        grid.addWidget(self.next_on, 2, 1)
        self.column.addLayout(grid)
        self.add_buttons(_("Write down"))
        self.ended.focus()

    def _goes_on(self) -> bool:
        return self.ended.value() is not Result.REFUSED

    def _show_next(self) -> None:
        """Whoever refused is not called again."""
        self.next_step.setEnabled(self._goes_on())
        self.next_on.setEnabled(self._goes_on())

    def accept(self) -> None:
        if self.next_on.check():
            super().accept()
        else:
            self.next_on.focus()

    def command(self) -> LogAttempt:
        return LogAttempt(
            self._client_id,
            self.way.value(),
            self._today(),
            self.ended.value(),
            next_step=(self.next_step.value() or None) if self._goes_on() else None,
            next_on=self.next_on.value() if self._goes_on() else None,
            note=self.note.value() or None,
        )


class DayDialog(Dialog):
    """A day to put something off to."""

    def __init__(self, name: str, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(pgettext("verb", "Put off"), parent)
        self._today = today
        self.day = LabelledField(
            _("Until &when"), DateLine(today() + timedelta(days=14), today=today), required=True
        )
        self.column.addWidget(heading(name))
        self.column.addWidget(self.day)
        self.add_buttons(pgettext("verb", "Put off"))
        self.day.focus()

    def accept(self) -> None:
        if not self.day.check():
            self.day.focus()
        elif self.day.value() is None or self.day.value() <= self._today():
            self.day.set_error(_("The date must be in the future."))
            self.day.focus()
        else:
            super().accept()

    def until(self) -> date:
        day: date = self.day.value()
        return day
