"""The form of an offer: from top to bottom in the order of the paper."""

from datetime import date, datetime, time
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.domain.checker import Finding
from db.domain.offers import (
    END_OF_DAY,
    MAX_BLOCK,
    MAX_CLIENT,
    MAX_TITLE,
    ROUNDINGS,
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferSheet,
    Tier,
    Vat,
)
from db.domain.pricing import ENDS_900, PricedOffer
from db.domain.vat import VatMode, default_rate
from ui.look.palette import Tone
from ui.look.theme import em
from ui.offers.findings_panel import FindingsPanel
from ui.offers.line_model import LineModel
from ui.offers.line_rows import Cell
from ui.offers.line_table import LineTable
from ui.offers.tier_panel import TierPanels
from ui.parts.client_picker import ClientPicker
from ui.parts.context import Context
from ui.widgets.buttons import button
from ui.widgets.cards import ScrollColumn
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import Editor, widget_of
from ui.widgets.editors import DateLine, NumberLine, TextArea, TextLine
from ui.widgets.field import LabelledField
from ui.widgets.flow import FlowLayout
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import heading, note
from ui.widgets.notice import Notice
from ui.words import formats, labels
from ui.words.i18n import LANGUAGES, _
from ui.words.offers import block_title, language_of_settings

_MOST_PIECES = 1_000_000


class OfferForm(ScrollColumn):
    """Shows an offer and returns it as edited. `edited` comes with every change typed."""

    edited = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = context.today
        self.client = ClientPicker(context)
        self.client.setMaxLength(MAX_CLIENT)
        self.valid_until = DateLine(today=self._today)
        self.title = TextLine(digits=40, example=_("what the client gets, in one line"))
        self.title.setMaxLength(MAX_TITLE)
        self.vat = ChoiceBox(_vat_choices())
        self.rate = NumberLine(default_rate(self._today()), least=0, most=100)
        self.rounding = ChoiceBox(_rounding_choices())
        self.language: ChoiceBox[str] = ChoiceBox()
        self.lines = LineModel(self)
        self.table = LineTable(self.lines)
        self.tiers = TierPanels()
        self.blocks = {block: TextArea(lines=4, most=10) for block in Block}
        self.deadline_kind = ChoiceBox(_deadline_choices(), empty=_("no deadline"))
        self.deadline_day = DateLine(today=self._today)
        self.deadline_time = TextLine(digits=6, example="18:00")
        self.deadline_count = NumberLine(whole=True, least=0, most=_MOST_PIECES)
        self.findings = FindingsPanel()
        self._fields: dict[str, LabelledField[Editor]] = {}
        self._lay_out()
        self._listen()

    # Layout -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._notice = Notice("", Tone.INFO)
        self._notice.hide()
        self.column.addWidget(self._notice)
        head = QWidget()
        grid = FieldGrid(head, most=3, least=10)
        grid.add(self._field("client", _("&Client"), self.client, required=True))
        grid.add(self._field("valid_until", _("&Valid until"), self.valid_until, required=True))
        grid.add(self._field("vat", _("V&AT"), self.vat))
        grid.add(self._field("rate", _("VAT rate, &%"), self.rate))
        self.column.addWidget(head)
        self._add_title()
        self._add_lines()
        prices = QHBoxLayout()
        prices.addWidget(heading(_("Three prices")))
        prices.addStretch()
        self.rounding.setAccessibleName(_("Rounding of the prices"))
        prices.addWidget(self.rounding)
        self.column.addLayout(prices)
        self.column.addWidget(self.tiers)
        self._add_deadline()
        self._add_texts()
        self.column.addWidget(self.findings)
        self.column.addStretch()

    def _add_title(self) -> None:
        part = QWidget()
        grid = FieldGrid(part, most=3, least=10)
        grid.add(self._field("title", _("&Subject of the offer"), self.title), columns=2)
        grid.add(self._field("language", _("&Language of the paper"), self.language))
        self.column.addWidget(part)

    def _add_lines(self) -> None:
        self.column.addWidget(heading(_("Lines")))
        self.column.addWidget(self.table)
        self._line_bar = QWidget()
        bar = FlowLayout(self._line_bar)
        add = button(_("Add a line"), "plus")
        add.clicked.connect(self.table.add_line)
        remove = button(_("Remove the line"), "trash-2")
        remove.setToolTip(_("Remove the line (Ctrl+Del)"))
        remove.clicked.connect(self.table.remove_line)
        self._line_hint = note(
            _("+40 % as a price is a markup on the cost. Alt+↑ and Alt+↓ move a line.")
        )
        bar.addWidget(add)
        bar.addWidget(remove)
        self.column.addWidget(self._line_bar)
        self.column.addWidget(self._line_hint)

    def _add_deadline(self) -> None:
        self.column.addWidget(heading(_("Deadline")))
        part = QWidget()
        grid = FieldGrid(part, most=4, least=7)
        grid.add(self._field("deadline", _("&What ends the offer"), self.deadline_kind))
        grid.add(self._field("deadline_day", _("&Until"), self.deadline_day))
        grid.add(self._field("deadline_time", _("Ti&me"), self.deadline_time))
        grid.add(self._field("deadline_count", _("&How many"), self.deadline_count))
        self.column.addWidget(part)

    def _add_texts(self) -> None:
        self.column.addWidget(heading(_("Texts")))
        part = QWidget()
        grid = FieldGrid(part, most=2, least=14)
        order = [Block.CALL_TO_ACTION, *(block for block in Block if block != "call_to_action")]
        for block in order:
            grid.add(self._field(f"blocks.{block}", block_title(block), self.blocks[block]))
        self.column.addWidget(part)

    def _field(
        self, place: str, label: str, editor: Editor, *, required: bool = False
    ) -> LabelledField[Editor]:
        made = LabelledField(label, editor, required=required)
        self._fields[place] = made
        return made

    def _listen(self) -> None:
        self.lines.edited.connect(self.edited)
        self.rounding.edited.connect(self.edited)
        self.tiers.edited.connect(self._tiers_changed)
        self.findings.place_wanted.connect(self.go_to)
        for field in self._fields.values():
            field.editor.edited.connect(self.edited)
        self.vat.edited.connect(self._show_rate)
        self.deadline_kind.edited.connect(self._show_deadline)
        self.deadline_time.left.connect(self._check_time)

    # Showing ------------------------------------------------------------------------------------

    def show_sheet(self, sheet: OfferSheet, *, frozen: bool) -> None:
        """Show an offer; a frozen one can be read and copied from, not changed."""
        offer = sheet.offer
        self.show_language_of_settings(sheet)
        self._show_head(offer)
        self.rounding.set_value(offer.rounding)
        self.tiers.show_offer(offer, frozen=frozen)
        self.lines.show_lines(offer.lines, frozen=frozen)
        self.lines.name_tiers(self.tiers.names())
        for block, area in self.blocks.items():
            area.set_value(offer.blocks.get(block, ""))
            area.setReadOnly(frozen)
        for line in (self.client, self.title, self.valid_until, self.rate, self.deadline_day,
                     self.deadline_time, self.deadline_count):  # fmt: skip
            line.setReadOnly(frozen)
        for box in (self.vat, self.rounding, self.deadline_kind, self.language):
            box.setEnabled(not frozen)
        self._line_bar.setVisible(not frozen)
        self._line_hint.setVisible(not frozen)
        self.findings.setVisible(not frozen)
        self._show_rate()
        self._show_deadline()

    def show_language_of_settings(self, sheet: OfferSheet) -> None:
        """Name the language of the settings in the first choice; the one chosen stays."""
        self.language.set_choices(_language_choices(), empty=language_of_settings(sheet))

    def tell(self, words: str) -> None:
        """Say above the form why it can't be changed; an empty text hides the words."""
        self._notice.show_text(words)
        self._notice.setVisible(bool(words))

    def _show_head(self, offer: Offer) -> None:
        deadline = offer.deadline
        until = deadline.until if deadline else None
        at_night = until is None or until.time() == END_OF_DAY
        self.client.set_value((offer.client_id, offer.client_name))
        self.title.set_value(offer.title)
        self.valid_until.set_value(offer.valid_until)
        self.vat.set_value(offer.vat.mode)
        self.rate.set_value(offer.vat.rate)
        self.language.set_value(offer.language)
        self.deadline_kind.set_value(deadline.kind if deadline else None)
        self.deadline_day.set_value(until.date() if until else None)
        self.deadline_time.set_value("" if at_night else f"{until:%H:%M}")
        self.deadline_count.set_value(deadline.quantity if deadline else None)
        for field in self._fields.values():
            field.set_error(None)

    def show_result(self, priced: PricedOffer, findings: tuple[Finding, ...], offer: Offer) -> None:
        """Show what follows from what was typed."""
        self.tiers.show_prices(priced)
        self.findings.show_findings(findings, offer)

    def _show_rate(self) -> None:
        self._fields["rate"].setVisible(self.vat.value() is not VatMode.NONE)

    def _show_deadline(self) -> None:
        kind = self.deadline_kind.value()
        for place in ("deadline_day", "deadline_time", "deadline_count"):
            self._fields[place].setVisible(kind is not None)
        wanted = "deadline_day" if kind is DeadlineKind.TIME else "deadline_count"
        for place in ("deadline_day", "deadline_count"):
            self._fields[place].set_required(required=place == wanted)

    def _tiers_changed(self) -> None:
        self.lines.name_tiers(self.tiers.names())
        self.edited.emit()

    # Reading ------------------------------------------------------------------------------------

    def offer(self) -> Offer:
        """Return the offer as typed; what can't be read counts as not given."""
        client_id, client_name = self.client.value()
        rate = _number(self.rate)
        return Offer(
            client_id=client_id,
            client_name=client_name,
            title=self.title.value(),
            valid_until=_day(self.valid_until),
            vat=Vat(self.vat.chosen(), default_rate(self._today()) if rate is None else rate),
            rounding=self.rounding.value() or 0,
            lines=self.lines.lines(),
            tiers=self.tiers.terms(),
            blocks={
                block: text[:MAX_BLOCK]
                for block, area in self.blocks.items()
                if (text := area.value())
            },
            deadline=self._deadline(),
            language=self.language.value(),
        )

    def _deadline(self) -> Deadline | None:
        kind = self.deadline_kind.value()
        if kind is None:
            return None
        day, count = _day(self.deadline_day), _number(self.deadline_count)
        moment = read_time(self.deadline_time.value()) or END_OF_DAY
        until = None if day is None else datetime.combine(day, moment)
        return Deadline(kind, until, None if count is None else int(count))

    def problems(self) -> list[str]:
        """Show what can't be read where it stands; return the places."""
        for field in self._fields.values():
            field.check()
        self._check_time()
        places = [place for place, field in self._fields.items() if field.error]
        places += [f"lines.{row}.{cell}" for row, cell in self.lines.problems()]
        return places + ["tiers" for _line in self.tiers.problems()]

    def _check_time(self) -> None:
        text = self.deadline_time.value()
        wrong = bool(text) and read_time(text) is None
        words = _("Enter a time, for example {example}").format(example="18:00")
        self._fields["deadline_time"].set_error(words if wrong else None)

    # Going --------------------------------------------------------------------------------------

    def go_to(self, place: str) -> None:
        """Put the cursor where a finding or a problem can be corrected."""
        kind, _dot, rest = place.partition(".")
        if kind == "lines":
            row, _dot, cell = rest.partition(".")
            self.table.go_to(int(row or 0), Cell(int(cell or 0)))
            self.ensureWidgetVisible(self.table)
            return
        if kind == "tiers":
            target: QWidget = self.tiers.panels[Tier(rest or Tier.BETTER)].discount
        else:
            target = widget_of(self._fields[place].editor)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(target, 0, em(4))


def read_time(text: str) -> time | None:
    """Read a time of day: 18:00, 18.00, 1800 or 18; None for anything else."""
    digits = text.replace(".", ":").replace("-", ":")
    hours, _colon, minutes = digits.partition(":")
    if not _colon and len(digits) == len("1800"):
        hours, minutes = digits[:2], digits[2:]
    if not hours.isdecimal() or not (minutes or "0").isdecimal():
        return None
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


def _day(line: DateLine) -> date | None:
    return None if line.problem() else line.value()


def _number(line: NumberLine) -> Decimal | None:
    return None if line.problem() else line.value()


def _vat_choices() -> list[tuple[VatMode, str]]:
    return [
        (VatMode.NONE, _("not subject to VAT")),
        (VatMode.INCLUDED, _("included in the prices")),
        (VatMode.ON_TOP, _("added on top")),
    ]


def _rounding_choices() -> list[tuple[int, str]]:
    words = {0: _("prices not rounded"), ENDS_900: _("prices rounded to …900")}
    rounded = _("prices rounded to {sum}")
    return [
        (step, words.get(step) or rounded.format(sum=formats.money_short(Decimal(step))))
        for step in ROUNDINGS
    ]


def _language_choices() -> list[tuple[str, str]]:
    return [(code, labels.language(code)) for code in LANGUAGES]


def _deadline_choices() -> list[tuple[DeadlineKind, str]]:
    return [
        (DeadlineKind.TIME, _("a date")),
        (DeadlineKind.QUANTITY, _("a quantity")),
        (DeadlineKind.FIRST_BUYERS, _("the first buyers")),
    ]
