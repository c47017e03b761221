"""The decision not to win a client back."""

from PySide6.QtWidgets import QWidget

from db.commands.winback import DoNotReturn
from db.domain.ids import ClientId
from ui.look.theme import em
from ui.parts.form_dialog import FormDialog
from ui.widgets.editor import Editor
from ui.widgets.editors import DateLine, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading, note
from ui.words.i18n import _


class DoNotReturnDialog(FormDialog):
    """Why a client is not to be won back, and until when."""

    def __init__(
        self, client_id: ClientId, name: str, today: Today, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Do not win back"), _("Do not win back"), parent)
        self._client_id, self._today = client_id, today
        self.column.addWidget(heading(name))
        explanation = note(
            _(
                "The client is removed from the list but stays in the statistics. This can be "
                "undone."
            )
        )
        explanation.setMinimumWidth(em(20))
        self.column.addWidget(explanation)
        self.reason = self.add(
            _("&Why"),
            TextLine("", example=_("debts, rudeness, not our client…")),
            required=True,
            empty=_("Enter a reason: it is shown in the statistics."),
        )
        self.until = self.add(
            _("&Until"), DateLine(None, today=today), hint=_("Empty: permanently.")
        )
        self.reason.focus()

    def check_together(self) -> list[LabelledField[Editor]]:
        until = self.until.value()
        if until is None or until > self._today():
            return []
        self.until.set_error(_("The date must be in the future."))
        return [self.until]

    def command(self) -> DoNotReturn:
        """Return what to write; only after the dialog was accepted."""
        return DoNotReturn(self._client_id, self._today(), self.reason.value(), self.until.value())
