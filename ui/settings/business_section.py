"""Our own side as it stands on papers, and the money of the trade."""

from PySide6.QtWidgets import QWidget

from db.domain.contacts import is_inn
from db.domain.fields import Fault
from db.domain.vat import VatMode
from ui.parts.page import PageHost
from ui.settings.form import SettingsForm
from ui.widgets.cards import FramedPanel
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import Editor
from ui.widgets.editors import NumberLine, PhoneLine, TextLine
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words import labels, messages
from ui.words.i18n import LANGUAGES, _


class BusinessSection(SettingsForm):
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
        grid.add(
            self._text(_("&Name"), "company.name", hint=_("As printed on offers and lists")),
            wide=True,
        )
        self.inn = self._text(_("&INN"), "company.inn")
        self.inn.editor.left.connect(self._doubt_inn)
        grid.add(self.inn)
        grid.add(self._text(_("&KPP"), "company.kpp"))
        phone = LabelledField(_("&Phone"), PhoneLine())
        grid.add(self.bind(phone, "company.phone"))
        grid.add(self._text(_("&E-mail"), "company.email"))
        grid.add(self._text(_("&Head's name"), "company.director"))
        grid.add(self._text(_("Head's p&ost"), "company.director_post"))
        grid.add(self._text(_("&Address"), "company.address"), wide=True)
        papers = LabelledField(_("&Language of offers"), ChoiceBox(_languages()))
        grid.add(self.bind(papers, "paper_language"))
        panel.column.addWidget(box)
        return panel

    def _money(self) -> FramedPanel:
        panel = FramedPanel(_("Money"))
        box = QWidget()
        grid = FieldGrid(box, most=2, least=9)
        vat = ChoiceBox([(str(mode), labels.vat_mode(mode)) for mode in VatMode])
        grid.add(self.bind(LabelledField(_("&VAT of new offers"), vat), "vat_mode"))
        margin = LabelledField(_("Usual &margin of the trade, %"), NumberLine(least=0, most=100))
        grid.add(self.bind(margin, "trade_margin_percent"))
        panel.column.addWidget(box)
        panel.column.addWidget(
            note(_("The margin is used where the cost of a purchase is not known."))
        )
        return panel

    def _text(self, label: str, path: str, *, hint: str = "") -> LabelledField[Editor]:
        field = LabelledField(label, TextLine(), hint=hint)
        self.bind(field, path)
        return field

    def _doubt_inn(self) -> None:
        """A wrong INN is kept and flagged: the owner may know better."""
        inn = self.inn.value()
        wrong = bool(inn) and not is_inn(inn)
        self.inn.set_gap(messages.fault(Fault.BAD_INN, inn) if wrong else None)


def _languages() -> list[tuple[str, str]]:
    return [("", _("as in the program")), *((code, labels.language(code)) for code in LANGUAGES)]
