"""Our own company as printed on papers, and the money of the trade."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from db.domain.contacts import is_inn
from db.domain.fields import Fault
from db.domain.settings import Company, Settings
from db.domain.vat import VatMode
from ui.parts.page import PageHost
from ui.settings.form import SettingsForm
from ui.widgets.cards import FramedPanel
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import ValueEditor
from ui.widgets.editors import NumberLine, PhoneLine, TextLine
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words import labels, messages
from ui.words.i18n import LANGUAGES, _


class BusinessSection(SettingsForm):
    """The company and its money."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.column.addWidget(self._company())
        self.column.addWidget(self._money())
        self.column.addStretch()
        self.load()

    def _company(self) -> FramedPanel:
        panel = FramedPanel(_("Your company"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=10)
        name = LabelledField(_("&Name"), TextLine(), hint=_("As printed on offers and lists"))
        self.inn = LabelledField(_("&INN"), TextLine())
        self.inn.editor.left.connect(self._doubt_inn)
        kpp = LabelledField(_("&KPP"), TextLine())
        phone = LabelledField(_("&Phone"), PhoneLine())
        email = LabelledField(_("&E-mail"), TextLine())
        director = LabelledField(_("&Head's name"), TextLine())
        post = LabelledField(_("Head's p&ost"), TextLine())
        address = LabelledField(_("&Address"), TextLine())
        papers = LabelledField(_("&Language of offers"), ChoiceBox(_languages()))
        self._bind_text(name, lambda c: c.name, lambda c, text: replace(c, name=text))
        self._bind_text(self.inn, lambda c: c.inn, lambda c, text: replace(c, inn=text))
        self._bind_text(kpp, lambda c: c.kpp, lambda c, text: replace(c, kpp=text))
        self._bind_text(phone, lambda c: c.phone, lambda c, text: replace(c, phone=text))
        self._bind_text(email, lambda c: c.email, lambda c, text: replace(c, email=text))
        self._bind_text(director, lambda c: c.director, lambda c, text: replace(c, director=text))
        self._bind_text(
            post, lambda c: c.director_post, lambda c, text: replace(c, director_post=text)
        )
        self._bind_text(address, lambda c: c.address, lambda c, text: replace(c, address=text))
        self.bind(papers, lambda s: s.paper_language, _put_paper_language)
        for field in (name, self.inn, kpp, phone, email, director, post, address, papers):
            grid.add(field, wide=field in (name, address))
        panel.column.addWidget(box)
        return panel

    def _money(self) -> FramedPanel:
        panel = FramedPanel(_("Money"))
        box = QWidget()
        grid = FieldGrid(box, most=2, least=9)
        modes = [(str(mode), labels.vat_mode(mode)) for mode in VatMode]
        vat = LabelledField(_("&VAT of new offers"), ChoiceBox(modes))
        self.bind(
            vat, lambda s: s.vat_mode, lambda s, mode: replace(s, vat_mode=mode or s.vat_mode)
        )
        margin = LabelledField(_("Usual &margin of the trade, %"), NumberLine(least=0, most=100))
        self.bind(margin, lambda s: s.trade_margin_percent, _put_margin)
        for field in (vat, margin):
            grid.add(field)
        panel.column.addWidget(box)
        panel.column.addWidget(
            note(_("The margin is used where the cost of a purchase is not known."))
        )
        return panel

    def _bind_text(
        self,
        field: LabelledField[ValueEditor[str]],
        get: Callable[[Company], str],
        put: Callable[[Company, str], Company],
    ) -> None:
        self.bind(
            field,
            lambda settings: get(settings.company),
            lambda settings, text: replace(settings, company=put(settings.company, text)),
        )

    def _doubt_inn(self) -> None:
        """A wrong INN is kept and flagged: the owner may know better."""
        inn = self.inn.value()
        wrong = bool(inn) and not is_inn(inn)
        self.inn.set_gap(messages.fault(Fault.BAD_INN, inn) if wrong else None)


def _put_vat_mode(settings: Settings, mode: str | None) -> Settings:
    return settings if mode is None else replace(settings, vat_mode=mode)


def _put_paper_language(settings: Settings, language: str | None) -> Settings:
    return settings if language is None else replace(settings, paper_language=language)


def _put_margin(settings: Settings, percent: Decimal | None) -> Settings:
    """An emptied number keeps what was there."""
    return settings if percent is None else replace(settings, trade_margin_percent=percent)


def _languages() -> list[tuple[str, str]]:
    return [("", _("as in the program")), *((code, labels.language(code)) for code in LANGUAGES)]
