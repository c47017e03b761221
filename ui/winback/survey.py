"""What is known of a loss, as a form: three questions, the reason, the next step."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.winback import SetLoss
from db.domain.churn import LossReason, Motive
from db.queries.winback.loss_card import LossCard
from ui.look.theme import em
from ui.widgets.choices import ChipsChoice, ChoiceBox
from ui.widgets.editor import Editor
from ui.widgets.editors import DateLine, TextLine, Today
from ui.widgets.field import LabelledField
from ui.widgets.labels import heading
from ui.words import labels
from ui.words import winback as words
from ui.words.i18n import _


class SurveyForm(QWidget):
    """`edited` when something was changed; `command()` gives what to write, None if nothing."""

    edited = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._card: LossCard | None = None
        self._shown: dict[str, Any] = {}
        self._reason = ChoiceBox(empty=_("not asked yet"))
        self._further = ChipsChoice()
        self._fields: dict[str, LabelledField[Editor]] = {
            "liked": LabelledField(_("What did you &like"), TextLine()),
            "disliked": LabelledField(_("What did you &not like"), TextLine()),
            "improve": LabelledField(_("What would you &improve"), TextLine()),
            "reason": LabelledField(_("Main &reason"), self._reason),
            "motive": LabelledField(
                _("Why win &back"),
                ChoiceBox([(one.value, words.motive(one)) for one in Motive], empty=""),
            ),
            "more_reasons": LabelledField(_("Further reasons"), self._further),
            "next_step": LabelledField(_("Next &step"), TextLine()),
            "next_on": LabelledField(_("&When"), DateLine(None, today=today)),
        }
        for field in self._fields.values():
            field.editor.edited.connect(self.edited)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = self._fields
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.35))
        column.addWidget(heading(_("Survey: three questions")))
        for key in ("liked", "disliked", "improve"):
            column.addWidget(fields[key])
        column.addWidget(heading(_("Decision")))
        for key in ("reason", "next_step", "next_on", "motive", "more_reasons"):
            column.addWidget(fields[key])

    def show_card(self, card: LossCard) -> None:
        """Show what is kept; what was typed and not saved is written over."""
        self._card = card
        episode = card.row.episode
        reason = episode.reason if episode else None
        self._offer_reasons(reason, card.more_reasons)
        shown = {
            "liked": card.liked or "",
            "disliked": card.disliked or "",
            "improve": card.improve or "",
            "reason": reason,
            "motive": card.motive,
            "more_reasons": card.more_reasons,
            "next_step": (episode.next_step if episode else None) or "",
            "next_on": episode.next_on if episode else None,
        }
        for key, value in shown.items():
            self._fields[key].set_value(value)
        self._shown = self._values()

    def _offer_reasons(self, reason: str | None, more: Sequence[str]) -> None:
        """Offer the usual reasons, and whatever else is kept."""
        own = [one for one in (reason, *more) if one and one not in set(LossReason)]
        codes = [*(one.value for one in LossReason), *dict.fromkeys(own)]
        choices = [(code, labels.loss_reason(code)) for code in codes]
        self._reason.set_choices(choices, empty=_("not asked yet"))
        self._further.set_choices([one for one in choices if one[0] != LossReason.UNKNOWN])

    def is_changed(self) -> bool:
        return self._card is not None and (
            self._fields["next_on"].editor.problem() is not None or self._values() != self._shown
        )

    def check(self) -> bool:
        """Say whether everything can be read; the cursor goes to what can't."""
        good = self._fields["next_on"].check()
        if not good:
            self._fields["next_on"].focus()
        return good

    def field(self, key: str) -> LabelledField[Editor]:
        return self._fields[key]

    def next_step(self) -> str:
        return str(self._fields["next_step"].value())

    def command(self) -> SetLoss | None:
        """Return what to write; None where nothing was changed. `check` must have been true."""
        if self._card is None or not self.is_changed():
            return None
        values = self._values()
        return SetLoss(
            self._card.row.client_id,
            self._today(),
            values["reason"],
            values["more_reasons"],
            values["motive"],
            values["liked"] or None,
            values["disliked"] or None,
            values["improve"] or None,
            values["next_step"] or None,
            values["next_on"],
        )

    def _values(self) -> dict[str, Any]:
        return {
            key: None if field.editor.problem() else field.value()
            for key, field in self._fields.items()
        }

    def show_saved(self) -> None:
        """Take what is typed for what is kept: it is being written."""
        self._shown = self._values()
