"""What Today asks: a new task, and a day to put something off to."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from db.commands.tasks import AddTask
from db.domain.ids import ClientId
from db.queries.lists.clients import ClientRow, find_clients
from ui.jobs.latest import Latest
from ui.parts.context import Context
from ui.parts.form_dialog import FormDialog
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import Editor
from ui.widgets.editors import DateLine, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading
from ui.widgets.search import SearchLine
from ui.words import formats
from ui.words.i18n import _, pgettext

_FOUND = 12


class TaskDialog(FormDialog):
    """A task: its words, its day, and a client if it is for one."""

    def __init__(
        self,
        context: Context,
        client: tuple[ClientId, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("New task"), _("Add the task"), parent)
        self._context = context
        self._latest = Latest(self)
        today = context.today
        self.text = self.add(
            _("&What to do"), TextLine(digits=40), required=True, empty=_("Enter what to do.")
        )
        self.due_on = self.add(
            _("&When"),
            DateLine(today() + timedelta(days=1), today=today),
            required=True,
            empty=_("Enter a date."),
        )
        self.search = SearchLine(_("Name, phone…"))
        self.column.addWidget(self.search)
        choice: ChoiceBox[ClientId] = ChoiceBox(empty=_("nobody in particular"))
        self.client = self.add(_("For &whom"), choice)
        self.search.sought.connect(self._seek)
        self.search.down_wanted.connect(self.client.focus)
        if client is not None:
            self.client.editor.set_choices([client], empty=_("nobody in particular"))
            self.client.set_value(client[0])
        self.text.focus()

    def _seek(self, text: str) -> None:
        if text:
            job = self._context.ask(find_clients, text, _FOUND)
            self._latest.take(job, self._offer)

    def _offer(self, rows: list[ClientRow]) -> None:
        """Offer these clients and choose the first."""
        choices = [(row.id, _named(row)) for row in rows]
        self.client.editor.set_choices(choices, empty=_("nobody in particular"))
        self.client.set_value(rows[0].id if rows else None)
        self.client.set_hint("" if rows else _("Nobody was found."))

    def command(self) -> AddTask:
        """Return what to write; only after the dialog was accepted."""
        return AddTask(self.text.value(), self.due_on.filled(), self.client.value())


def _named(row: ClientRow) -> str:
    return f"{row.name} · {formats.phone(row.phone)}" if row.phone else row.name


class DayDialog(FormDialog):
    """A day to put something off to."""

    def __init__(self, name: str, today: Today, parent: QWidget | None = None) -> None:
        verb = pgettext("verb", "Put off")
        super().__init__(verb, verb, parent)
        self._today = today
        self.column.addWidget(heading(name))
        self.day = self.add(
            _("Until &when"),
            DateLine(today() + timedelta(days=14), today=today),
            required=True,
            empty=_("The date must be in the future."),
        )
        self.day.focus()

    def check_together(self) -> list[LabelledField[Editor]]:
        if self.until() > self._today():
            return []
        self.day.set_error(_("The date must be in the future."))
        return [self.day]

    def until(self) -> date:
        return self.day.filled()
