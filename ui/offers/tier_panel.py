"""The three prices: what is typed for each, and what the lines come to."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.domain.offers import MAX_NAME, MAX_NOTE, Offer, Tier, TierTerms
from db.domain.pricing import PricedOffer, PricedTier
from ui.look.palette import Tone
from ui.look.theme import colours, em
from ui.widgets.editors import NumberLine, TextLine
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import ScaledLabel, note, set_tone
from ui.words import formats
from ui.words.i18n import _
from ui.words.offers import tier_name


class TierPanel(QFrame):
    """One price: name, note and discount to type; total, saving and margin to see."""

    edited = Signal()

    def __init__(self, tier: Tier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tier = tier
        self._accent = False
        self.setObjectName("Card")
        self.name = TextLine(example=tier_name(tier), digits=16)
        self.name.setMaxLength(MAX_NAME)
        self.note = TextLine(example=_("what makes it different"), digits=16)
        self.note.setMaxLength(MAX_NOTE)
        self.discount = NumberLine(least=0, most=100)
        self.recommend = QRadioButton(_("recommend"))
        self._total = ScaledLabel(formats.DASH, 1.5, bold=True)
        self._saving = note()
        self._margin = note()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._name_all()
        self._lay_out()
        for line in (self.name, self.note, self.discount):
            line.edited.connect(self.edited)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _name_all(self) -> None:
        name = tier_name(self.tier)
        for editor, words in (
            (self.name, _("{tier}: name")),
            (self.note, _("{tier}: note")),
            (self.discount, _("{tier}: discount in percent")),
            (self.recommend, _("{tier}: recommend")),
            (self._bar, _("{tier}: margin")),
        ):
            editor.setAccessibleName(words.format(tier=name))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.7), em(0.6), em(0.7), em(0.7))
        column.setSpacing(em(0.3))
        head = QHBoxLayout()
        head.addWidget(self.recommend)
        head.addStretch()
        less = QHBoxLayout()
        less.addWidget(note(_("discount, %")))
        less.addStretch()
        self.discount.setMaximumWidth(em(4))
        less.addWidget(self.discount)
        column.addLayout(head)
        # The price first: it must be seen while the lines above are typed.
        for shown in (self._total, self._saving, self.name, self.note):
            column.addWidget(shown)
        column.addLayout(less)
        for widget in (self._margin, self._bar):
            column.addWidget(widget)
        column.addStretch()

    def terms(self, *, recommended: bool) -> TierTerms:
        discount = None if self.discount.problem() else self.discount.value()
        return TierTerms(self.name.value(), self.note.value(), discount or Decimal(0), recommended)

    def show_terms(self, terms: TierTerms, *, frozen: bool) -> None:
        self.name.set_value(terms.name)
        self.note.set_value(terms.note)
        self.discount.set_value(terms.discount_percent or None)
        for line in (self.name, self.note, self.discount):
            line.setReadOnly(frozen)
        self.recommend.setEnabled(not frozen)

    def show_price(self, priced: PricedTier | None, offer: PricedOffer) -> None:
        """Show what the lines come to; nothing where the tier holds none."""
        self._accent = priced is not None and priced.recommended
        decimals = 2 if offer.has_kopecks else 0
        if priced is None:
            self._total.setText(formats.DASH)
            self._saving.setText(_("no lines in this price"))
        else:
            self._total.setText(formats.money(priced.total, decimals=decimals))
            self._saving.setText(_saving(priced, decimals))
            self._saving.setToolTip(_separately(priced, decimals))
        self._show_margin(priced)
        self.update()

    def _show_margin(self, priced: PricedTier | None) -> None:
        percent = priced.margin_percent if priced else None
        self._bar.setValue(max(0, min(100, int(percent or 0))))
        self._bar.setVisible(percent is not None)
        if priced is None:
            self._margin.setText("")
        elif percent is None:
            self._margin.setText(_("margin unknown: a line has no cost"))
        else:
            self._margin.setText(_("margin {percent}").format(percent=formats.percent(percent, 1)))
        loss = percent is not None and percent < 0
        set_tone(self._margin, Tone.DANGER if loss else Tone.MUTED)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._accent:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 7, 7)
            painter.end()


def _saving(priced: PricedTier, decimals: int) -> str:
    if not priced.saving:
        return _("without a discount")
    saving = formats.money(priced.saving, decimals=decimals)
    return _("saving {saving}").format(saving=saving)


def _separately(priced: PricedTier, decimals: int) -> str:
    return _("without discount {sum}").format(sum=formats.money(priced.separate, decimals=decimals))


class TierPanels(QWidget):
    """All three, side by side; one of them is recommended."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels = {tier: TierPanel(tier) for tier in Tier}
        self._group = QButtonGroup(self)
        grid = FieldGrid(self, most=3, least=8.5, gap=0.6)
        for panel in self.panels.values():
            grid.add(panel)
            self._group.addButton(panel.recommend)
            panel.edited.connect(self.edited)
            panel.recommend.clicked.connect(self._recommended)

    def terms(self) -> dict[Tier, TierTerms]:
        return {
            tier: panel.terms(recommended=panel.recommend.isChecked())
            for tier, panel in self.panels.items()
        }

    def show_offer(self, offer: Offer, *, frozen: bool) -> None:
        chosen = next((tier for tier in Tier if offer.tier(tier).recommended), Tier.BETTER)
        for tier, panel in self.panels.items():
            panel.show_terms(offer.tier(tier), frozen=frozen)
            panel.recommend.setChecked(tier is chosen)

    def show_prices(self, priced: PricedOffer) -> None:
        for tier, panel in self.panels.items():
            panel.show_price(priced.tier(tier), priced)

    def names(self) -> tuple[str, str, str]:
        good, better, best = (
            tier_name(tier, panel.name.value()) for tier, panel in self.panels.items()
        )
        return good, better, best

    def problems(self) -> list[NumberLine]:
        return [panel.discount for panel in self.panels.values() if panel.discount.problem()]

    def _recommended(self, _checked: bool) -> None:  # noqa: FBT001 - Qt's slot
        self.edited.emit()
