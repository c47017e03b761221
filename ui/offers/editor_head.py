"""The strip above the editor: which offer, in what state, and what can be done with it now."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from db.domain.offers import OfferSheet, OfferStatus
from ui.look.palette import Tone, tone_of
from ui.look.theme import em
from ui.widgets.buttons import button, icon_button, link_button, primary_button
from ui.widgets.header import PageHeader
from ui.widgets.labels import BadgeLabel, note, set_tone
from ui.words import formats
from ui.words.i18n import _
from ui.words.offers import status_word

_ANSWERABLE = (OfferStatus.SENT, OfferStatus.EXPIRED)
_REVISABLE = (*_ANSWERABLE, OfferStatus.DECLINED)
# In the order of importance: the last ones are hidden first where the strip is narrow.
_KEPT = ("pdf", "send", "accept", "verdict", "print", "decline", "saved")


class EditorHead(PageHeader):
    """Shows only what makes sense in the state of the offer, and of that what there is room for."""

    back_wanted = Signal()
    check_wanted = Signal()

    def __init__(
        self, do: Mapping[str, Callable[[], object]], parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._back = icon_button("arrow-left", _("All offers (Esc)"))
        self._back.clicked.connect(self.back_wanted)
        self._row.insertWidget(0, self._back)
        self._lefts += 1
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._badge = BadgeLabel()
        self._saved = note()
        self._saved.setWordWrap(False)
        self._verdict = link_button("")
        self._verdict.clicked.connect(self.check_wanted)
        for widget in (self._badge, self._saved, self._verdict):
            self.add_left(widget)
        self._menu = QMenu(self)
        self._more = icon_button("ellipsis", _("More"))
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_right(self._more)
        self._entries: dict[str, QAction] = {}
        self._parts: dict[str, QWidget] = {"saved": self._saved, "verdict": self._verdict}
        self._wanted: frozenset[str] = frozenset()
        self._add(do)

    def _add(self, do: Mapping[str, Callable[[], object]]) -> None:
        for key, made in (
            ("decline", button(_("Declined…"))),
            ("accept", button(_("Accepted…"))),
            ("send", button(_("Mark as sent"))),
            ("print", button(_("Print"), "printer")),
            ("pdf", primary_button(_("Save PDF"), "download")),
        ):
            made.clicked.connect(lambda _on=False, key=key: do[key]())
            self._parts[key] = made
            self.add_right(made)
            self._entry(key, made.text(), do)
        self._parts["print"].setToolTip(_("Print (Ctrl+P)"))
        self._parts["pdf"].setToolTip(_("Save PDF (Ctrl+Shift+S)"))
        self._menu.addSeparator()
        for key, words in (
            ("revise", _("New version")),
            ("copy", _("Copy")),
            ("delete", _("Delete the draft")),
        ):
            self._entry(key, words, do)

    def _entry(self, key: str, words: str, do: Mapping[str, Callable[[], object]]) -> None:
        self._entries[key] = self._menu.addAction(words)
        self._entries[key].triggered.connect(lambda _on=False: do[key]())

    def show_sheet(self, sheet: OfferSheet, status: OfferStatus) -> None:
        words = (
            _("Offer No. {number} of {day}")
            if sheet.version == 1
            else _("Offer No. {number}, v. {version}, of {day}")
        )
        self.title.setText(
            words.format(
                number=sheet.number, version=sheet.version, day=formats.day(sheet.created_on)
            )
        )
        self._badge.show_badge(status_word(status), tone_of(status))
        wanted = {"pdf", "print", "copy"}
        if status is OfferStatus.DRAFT:
            wanted |= {"send", "delete", "saved", "verdict"}
        if status in _ANSWERABLE:
            wanted |= {"accept", "decline"}
        if status in _REVISABLE:
            wanted.add("revise")
        self._wanted = frozenset(wanted)
        for key, entry in self._entries.items():
            entry.setVisible(key in wanted)
        self._fit()

    def show_saved(self, words: str, tone: Tone) -> None:
        self._saved.setText(words)
        set_tone(self._saved, tone)
        self._fit()

    def show_verdict(self, words: str) -> None:
        self._verdict.setText(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(em(12), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        gap = self._row.spacing()
        always = (self._back, self.title, self._badge, self._more)
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - gap
        room -= sum(part.sizeHint().width() + gap for part in always)
        for key in _KEPT:
            part = self._parts[key]
            needed = part.sizeHint().width() + gap
            shown = key in self._wanted and needed <= room
            room -= needed if shown else 0
            part.setVisible(shown)
