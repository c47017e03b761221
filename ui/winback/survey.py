"""What is known of a loss, as a form: three questions, the reason, the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the form; None for a day that can't be read."""

    liked: str
    disliked: str
    improve: str
    reason: str | None
    motive: str | None
    more_reasons: tuple[str, ...]
    next_step: str
    next_on: date | None


class SurveyForm(QWidget):
    """`edited` when something was changed; `command()` gives what to write, None if nothing."""

    edited = Signal()

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._card: LossCard | None = None
        self._liked, self._disliked, self._improve = TextLine(), TextLine(), TextLine()
        self._reason: ChoiceBox[str] = ChoiceBox(empty=_("not asked yet"))
        motives = [(one.value, words.motive(one)) for one in Motive]
        self._motive = ChoiceBox(motives, empty="")
        self._further: ChipsChoice[str] = ChipsChoice()
        self._next_step = TextLine()
        self._next_on = DateLine(None, today=today)
        self._shown = self._answers()
        self._fields: dict[str, LabelledField[Editor]] = {
            "liked": LabelledField(_("What did you &like"), self._liked),
            "disliked": LabelledField(_("What did you &not like"), self._disliked),
            "improve": LabelledField(_("What would you &improve"), self._improve),
            "reason": LabelledField(_("Main &reason"), self._reason),
            "motive": LabelledField(_("Why win &back"), self._motive),
            "more_reasons": LabelledField(_("Further reasons"), self._further),
            "next_step": LabelledField(_("Next &step"), self._next_step),
            "next_on": LabelledField(_("&When"), self._next_on),
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
        self._liked.set_value(card.liked)
        self._disliked.set_value(card.disliked)
        self._improve.set_value(card.improve)
        self._reason.set_value(reason)
        self._motive.set_value(card.motive)
        self._further.set_value(card.more_reasons)
        self._next_step.set_value(episode.next_step if episode else None)
        self._next_on.set_value(episode.next_on if episode else None)
        for field in self._fields.values():
            field.set_error(None)
        self._shown = self._answers()

    def _offer_reasons(self, reason: str | None, more: Sequence[str]) -> None:
        """Offer the usual reasons, and whatever else is kept."""
        own = [one for one in (reason, *more) if one and one not in set(LossReason)]
        codes = [*(one.value for one in LossReason), *dict.fromkeys(own)]
        choices = [(code, labels.loss_reason(code)) for code in codes]
        self._reason.set_choices(choices, empty=_("not asked yet"))
        self._further.set_choices([one for one in choices if one[0] != LossReason.UNKNOWN])

    def is_changed(self) -> bool:
        return self._card is not None and (
            self._next_on.problem() is not None or self._answers() != self._shown
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
        return self._next_step.value()

    def command(self) -> SetLoss | None:
        """Return what to write; None where nothing was changed. `check` must have been true."""
        if self._card is None or not self.is_changed():
            return None
        answers = self._answers()
        return SetLoss(
            self._card.row.client_id,
            self._today(),
            answers.reason,
            answers.more_reasons,
            answers.motive,
            answers.liked or None,
            answers.disliked or None,
            answers.improve or None,
            answers.next_step or None,
            answers.next_on,
        )

    def show_saved(self) -> None:
        """Take what is typed for what is kept: it is being written."""
        self._shown = self._answers()

    def _answers(self) -> Answers:
        return Answers(
            self._liked.value(),
            self._disliked.value(),
            self._improve.value(),
            self._reason.value(),
            self._motive.value(),
            self._further.value(),
            self._next_step.value(),
            None if self._next_on.problem() else self._next_on.value(),
        )
