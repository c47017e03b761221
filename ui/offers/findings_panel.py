"""What is wrong with the offer, each finding a link to the place to correct it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.domain.checker import Finding, FindingLevel
from db.domain.offers import Offer
from ui.look.icons import pixmap
from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.buttons import link_button
from ui.widgets.cards import FramedPanel
from ui.words.i18n import _, ngettext
from ui.words.offers import finding_text


class FindingsPanel(FramedPanel):
    """The verdict; a click on a finding asks for its place."""

    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Check of the offer"), parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(em(0.15))
        self.column.addLayout(self._rows)
        self._shown: tuple[tuple[Finding, str], ...] | None = None

    def show_findings(self, findings: Sequence[Finding], offer: Offer) -> None:
        wanted = tuple((finding, finding_text(finding, offer)) for finding in findings)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not wanted:
            self._rows.addWidget(_row(QLabel(_("Nothing to correct")), "circle-check", Tone.ACCENT))
        for finding, text in wanted:
            link = link_button(text)
            link.setProperty("place", finding.place)
            link.clicked.connect(self._go)
            error = finding.level is FindingLevel.ERROR
            name = "circle-alert" if error else "triangle-alert"
            self._rows.addWidget(_row(link, name, Tone.DANGER if error else Tone.WARNING))

    def _go(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.place_wanted.emit(str(sender.property("place")))


def verdict(findings: Sequence[Finding]) -> tuple[str, Tone]:
    """Return the verdict in a few words."""
    errors = sum(finding.level is FindingLevel.ERROR for finding in findings)
    if errors:
        words = ngettext("{count} thing to correct", "{count} things to correct", errors)
        return words.format(count=errors), Tone.DANGER
    if findings:
        return _("could be improved"), Tone.WARNING
    return _("ready to send"), Tone.ACCENT


def _row(words: QWidget, icon_name: str, tone: Tone) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    sign = QLabel()
    sign.setPixmap(pixmap(icon_name, em(0.95), tone))
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return row
