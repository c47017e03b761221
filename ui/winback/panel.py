"""The panel of one lost client: reasons, survey and attempts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from db.domain.churn import LossState
from db.queries.winback.loss_card import Attempt, LossCard
from ui.look.palette import Tone
from ui.look.theme import em
from ui.parts.context import Context
from ui.widgets.buttons import button, link_button, primary_button
from ui.widgets.cards import ScrollColumn
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import BadgeLabel, EmptyState, heading, note, title
from ui.winback.columns import state_tone
from ui.winback.survey import SurveyForm
from ui.words import formats, labels
from ui.words import winback as words
from ui.words.i18n import _


class LossPanel(QFrame):
    """Shows one LossCard; its buttons send signals to the page."""

    attempt_wanted = Signal()
    leave_wanted = Signal()
    resume_wanted = Signal()
    save_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self._context = context
        self.card: LossCard | None = None
        self.survey = SurveyForm(context.today)
        self.survey.edited.connect(self._show_changed)
        self._empty = EmptyState(
            "users", _("Choose a client"), _("The details of the loss are shown here.")
        )
        self._inside = ScrollColumn()
        self._make_head()
        self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._empty, 1)
        column.addWidget(self._inside, 1)
        column.addWidget(self._foot)
        self.setMinimumWidth(em(15))
        self.clear()

    def _make_head(self) -> None:
        self.name = title(wrap=True)
        self._badge = BadgeLabel()
        self._head_line = note()
        self._phone = heading("")
        self._why = note("", Tone.PLAIN)
        self._money = note("", Tone.PLAIN)
        self._made_of = note()
        self._warning = note("", Tone.DANGER)
        self._tried_head = heading(_("What was tried"))
        self._tried = note("", Tone.PLAIN)
        self.open_card = link_button(_("Open the card"))
        self.open_card.clicked.connect(lambda _on=False: self.card_wanted.emit())
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self._badge)
        reach = QHBoxLayout()
        reach.addWidget(self._phone)
        reach.addStretch()
        reach.addWidget(self.open_card)
        lines = QVBoxLayout()
        lines.setSpacing(em(0.2))
        lines.addLayout(head)
        lines.addWidget(self._head_line)
        lines.addLayout(reach)
        for label in (self._warning, self._why, self._money, self._made_of):
            lines.addWidget(label)
        column = self._inside.column
        column.addLayout(lines)
        column.addWidget(self.survey)
        column.addWidget(self._tried_head)
        column.addWidget(self._tried)
        column.addStretch()

    def _make_foot(self) -> None:
        self._foot = QFrame()
        self._foot.setObjectName("Footer")
        self.attempt = primary_button(_("Write down a call…"), "phone")
        self.attempt.setToolTip(_("Write down an attempt to win back (Ctrl+T)"))
        self.save = button(_("Save"), "save")
        self.save.setToolTip(_("Save (Ctrl+S)"))
        self.leave = button(_("Do not win back…"))
        self.resume = button(_("Win back after all"))
        buttons = QWidget()
        row = FlowLayout(buttons)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(em(0.7), em(0.5), em(0.7), em(0.5))
        foot.addWidget(buttons)
        for made, wish in (
            (self.attempt, self.attempt_wanted),
            (self.save, self.save_wanted),
            (self.leave, self.leave_wanted),
            (self.resume, self.resume_wanted),
        ):
            made.clicked.connect(lambda _on=False, wish=wish: wish.emit())
            row.addWidget(made)

    def clear(self) -> None:
        """Show no client."""
        self.card = None
        self._inside.hide()
        self._foot.hide()
        self._empty.show()

    def show_card(self, card: LossCard) -> None:
        self.card = card
        row, as_of = card.row, self._context.base.as_of
        self.name.setText(row.name)
        self._badge.show_badge(words.standing(row), state_tone(row.state))
        self._head_line.setText(_head_line(card))
        self._phone.setText(formats.phone(row.phone) if row.phone else _("no phone"))
        self._warning.setText(_("Asked not to be contacted."))
        self._warning.setVisible(row.do_not_contact)
        why = words.why(row, as_of)
        self._why.setText(_("Why in the list: {why}").format(why=why))
        self._why.setVisible(bool(why))
        self._money.setText(_("At stake a year: {money}").format(money=words.money(row)))
        self._made_of.setText(words.money_made_of(row))
        self.survey.show_card(card)
        self._show_tried(card)
        self._show_buttons(row.state)
        self._empty.hide()
        self._inside.show()
        self._foot.show()
        self._show_changed()

    def _show_tried(self, card: LossCard) -> None:
        lines = [attempt_line(one) for one in card.attempts]
        episode = card.row.episode
        if episode is not None and episode.is_shelved and episode.leave_reason:
            lines.insert(0, _("Not to win back: {why}").format(why=episode.leave_reason))
        self._tried.setText("\n".join(lines))
        self._tried_head.setVisible(bool(lines))
        self._tried.setVisible(bool(lines))

    def _show_buttons(self, state: LossState) -> None:
        shelved = state is LossState.DO_NOT_RETURN
        self.survey.setEnabled(not shelved)
        for made in (self.attempt, self.leave):
            made.setVisible(not shelved)
        self.resume.setVisible(shelved)

    def _show_changed(self) -> None:
        self.save.setVisible(self.survey.is_changed())


def _head_line(card: LossCard) -> str:
    row = card.row
    parts = [formats.purchases_count(card.purchases)]
    if card.purchases:
        parts.append(formats.money_short(card.revenue))
    if row.cycle_days is not None:
        parts.append(_("every {days}").format(days=formats.days_count(round(row.cycle_days))))
    if row.last_purchase is not None:
        parts.append(_("the last one {day}").format(day=formats.day(row.last_purchase)))
    return words.SEPARATOR.join(parts)


def attempt_line(one: Attempt) -> str:
    """Return an attempt in one line."""
    parts = [formats.day(one.day), labels.way(one.way), labels.result(one.result or "")]
    if one.cost:
        parts.append(formats.money(one.cost))
    return words.SEPARATOR.join(filter(None, parts))
