"""The head of a card: name, status and key figures, and the most frequent actions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.queries.cards.full_card import FullCard
from ui.look.icons import icon
from ui.look.palette import Tone, tone_of
from ui.look.theme import em
from ui.widgets.buttons import button, icon_button, primary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import BadgeLabel, note, title
from ui.words import clients as words
from ui.words import labels
from ui.words.i18n import _


class CardHead(QFrame):
    """Shows the head of one client, or of a card that is not saved yet."""

    purchase_wanted = Signal()
    talk_wanted = Signal()
    offer_wanted = Signal()
    delete_wanted = Signal()
    restore_wanted = Signal()
    erase_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self._name = title(wrap=True)
        self._status, self._quiet = BadgeLabel(), BadgeLabel()
        self._complaint, self._bin = BadgeLabel(), BadgeLabel()
        self._line, self._next = note(), note()
        self._compact = False
        self._named: dict[QPushButton, str] = {}
        self._icons: dict[QPushButton, str] = {}
        self._buttons = QWidget()
        self._row = FlowLayout(self._buttons)
        self._make_buttons()
        column = self._column = QVBoxLayout(self)
        column.setSpacing(em(0.3))
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._status, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        for widget in (self._line, self._next, self._buttons):
            column.addWidget(widget)
        # Until its height is known: a window on a small screen must not be forced to grow.
        self.set_compact(compact=True)

    def _make_buttons(self) -> None:
        self.purchase = button(_("Write a purchase"))
        self.talk = button(_("Contact…"))
        self.offer = button(_("Offer…"))
        self.restore = primary_button(_("Restore"))
        self.erase = button(_("Erase for good"))
        self.more = icon_button("ellipsis", _("More actions"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        for text, signal in (
            (_("Copy the phone"), self.copy_wanted),
            (_("Delete the card"), self.delete_wanted),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _on=False, signal=signal: signal.emit())
            menu.addAction(action)
        self.more.setMenu(menu)
        for made, name, wish in (
            (self.purchase, "shopping-cart", self.purchase_wanted),
            (self.talk, "phone", self.talk_wanted),
            (self.offer, "file-text", self.offer_wanted),
            (self.restore, "rotate-ccw", self.restore_wanted),
            (self.erase, "trash-2", self.erase_wanted),
        ):
            self._icons[made] = name
            made.clicked.connect(lambda _on=False, wish=wish: wish.emit())
            made.setAccessibleName(made.text())
            self._named[made] = made.text()
            self._row.addWidget(made)
        self._row.addWidget(self.more)
        for badge in (self._quiet, self._complaint, self._bin):
            self._row.addWidget(badge)

    def set_compact(self, *, compact: bool) -> None:
        """Where there is little height, the lines become the tooltip of the name and the buttons
        keep their icons only.
        """
        if compact == self._compact:
            return
        self._compact = compact
        for made, text in self._named.items():
            made.setText("" if compact else text)
            made.setToolTip(text if compact else "")
            made.setIcon(icon(self._icons[made]) if compact else QIcon())
        # One line of the name; the rest of a long one is in the tooltip.
        self._name.setWordWrap(not compact)
        above, below = (0.25, 0.2) if compact else (0.7, 0.6)
        self._column.setContentsMargins(em(0.9), em(above), em(0.9), em(below))
        self._fit_lines()

    def _fit_lines(self) -> None:
        for label in (self._line, self._next):
            label.setVisible(bool(label.text()) and not self._compact)
        name = self._name.text()
        lines = (name, self._line.text(), self._next.text())
        self._name.setToolTip("\n".join(filter(None, lines)) if self._compact else name)
        self._row.invalidate()

    def show_card(self, full: FullCard) -> None:
        head, values = full.head, full.card.values
        in_bin = full.card.deleted_at is not None
        self._name.setText(head.name or _("No name"))
        self._status.show_badge(labels.status(head.status), tone_of(head.status))
        quiet = _("do not contact") if values.get("do_not_contact") else ""
        self._quiet.show_badge(quiet, Tone.DANGER)
        complaint = _("open complaint") if head.complaint_on else ""
        self._complaint.show_badge(complaint, Tone.DANGER)
        self._bin.show_badge(_("in the bin") if in_bin else "", Tone.MUTED)
        self._line.setText(words.head_line(head))
        self._tell_next(words.next_visit_line(head))
        self._show_buttons(in_bin=in_bin, is_new=False)

    def show_new(self) -> None:
        self._name.setText(_("New client"))
        for badge in (self._status, self._quiet, self._complaint, self._bin):
            badge.show_badge("", Tone.MUTED)
        self._line.setText(_("The card is kept when you save it."))
        self._tell_next("")
        self._show_buttons(in_bin=False, is_new=True)

    def _tell_next(self, text: str) -> None:
        self._next.setText(text)
        self._fit_lines()

    def _show_buttons(self, *, in_bin: bool, is_new: bool) -> None:
        self._buttons.setVisible(not is_new)
        for made in (self.purchase, self.talk, self.offer, self.more):
            made.setVisible(not in_bin)
        self.restore.setVisible(in_bin)
        self.erase.setVisible(in_bin)
        self._row.invalidate()
        # While another page is in front, the layouts above would keep the old height.
        self._column.invalidate()
        self.updateGeometry()
