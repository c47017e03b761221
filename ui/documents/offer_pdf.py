"""An offer on paper: subject, prices side by side, texts, deadline and signature."""

from collections.abc import Sequence
from decimal import Decimal

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from db.domain.offers import Block, Offer, OfferLine, OfferSheet, Tier
from db.domain.pricing import PricedOffer, PricedTier, price_offer
from ui.documents.flowables import AtBottom, Box, TwoColumns, height_of
from ui.documents.fonts import BOLD, REGULAR, clean, register
from ui.documents.paper import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    FAINT,
    HEADING,
    INK,
    LEAD,
    MUTED,
    NOTE,
    SMALL,
    TITLE,
    WHITE,
    WIDTH,
    About,
    Ink,
    Printed,
    page_foot,
    pieces,
    print_story,
    style,
)
from ui.documents.tier_cards import Feature, TierCard, TierCards
from ui.words import formats
from ui.words import offers as words
from ui.words.i18n import _, language, speaking

_COMPANY = style(11, 14, bold=True)
_NUMBER = style(9, 12.5, bold=True, right=True)
_KIND = style(9, 12.5, colour=MUTED, right=True)
_TIER, _TIER_NOTE = style(11.5, 15, bold=True), style(8.25, 11, colour=MUTED)
_TIER_LIGHT, _TIER_NOTE_LIGHT = (
    style(11.5, 15, bold=True, colour=WHITE),
    style(8.25, 11, colour=WHITE),
)
_PRICE_SIZE = 17.0
_FEATURE, _FEATURE_OFF = style(9, 12.5), style(9, 12.5, colour=FAINT)
_OFFER = style(10.5, 15, bold=True)
_LOGO = 34.5
# A feature longer than this goes on in further rows, so that any row fits on any page.
_FEATURE_LENGTH = 160


def offer_pdf(sheet: OfferSheet) -> Printed:
    """Return the offer as a PDF in the language of the sheet. Never raises for what was typed."""
    register()
    ink, offer, priced = Ink(), sheet.offer, price_offer(sheet.offer)
    with speaking(sheet.paper_language):
        room, foot = page_foot(_foot_words(offer, priced), ink)
        return print_story(_story(sheet, priced, ink), _about(sheet), foot, room, ink)


def _about(sheet: OfferSheet) -> About:
    number = words.number_title(sheet)
    title = f"{_('Commercial offer')} {number}"
    if sheet.offer.title:
        title = f"{title}: {sheet.offer.title}"
    return About(title.replace(formats.NBSP, " "), sheet.ours.name, language())


def _foot_words(offer: Offer, priced: PricedOffer) -> str:
    phrase = words.vat_phrase(offer)
    if priced.main is None:
        return phrase
    name = words.tier_name(priced.main.tier, priced.main.name)
    return f"{phrase} {name}: {words.in_words(priced.main.total)}."


def _story(sheet: OfferSheet, priced: PricedOffer, ink: Ink) -> list[Flowable]:
    offer = sheet.offer
    story: list[Flowable] = [_Head(sheet, ink), Spacer(0, 19)]
    if client := ", ".join(filter(None, (sheet.client_name, sheet.contact_name))):
        story += [ink.para(_("For: {client}").format(client=client), NOTE), Spacer(0, 3)]
    if offer.title:
        story += [*ink.paras(offer.title, TITLE), Spacer(0, 5)]
    for block in (Block.TASK, Block.OFFER):
        if text := offer.block(block):
            story += [*ink.paras(text, LEAD), Spacer(0, 4)]
    if priced.tiers:
        cards = TierCards([_card(tier, offer, priced, ink) for tier in priced.tiers])
        story += [Spacer(0, 10), cards, Spacer(0, 14)]
    story += _texts(offer, ink)
    return [*story, *_closing(sheet, ink)]


class _Head(Flowable):  # type: ignore[misc]
    """The company on the left, the number of the offer on the right."""

    def __init__(self, sheet: OfferSheet, ink: Ink) -> None:
        super().__init__()
        ours = sheet.ours
        facts = (
            (_("INN {number}").format(number=ours.inn) if ours.inn else ""),
            (_("KPP {number}").format(number=ours.kpp) if ours.kpp else ""),
            ours.address,
            formats.phone(ours.phone) if ours.phone else "",
            ours.email,
        )
        details = "\u00a0· ".join(filter(None, facts))
        self._letters = clean(words.monogram(ours.name))
        self._left = [ink.para(ours.name, _COMPANY)] if ours.name else []
        self._left += [ink.para(details, SMALL)] if details else []
        self._right = [
            ink.para(_("Commercial offer"), _KIND),
            ink.para(words.number_title(sheet), _NUMBER),
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self._aside = 0.36 * width
        self._shift = _LOGO + 9 if self._letters else 0
        self._text_width = width - self._shift - self._aside - 12
        self._text_height = height_of(self._left, self._text_width)
        aside = height_of(self._right, self._aside)
        self.height = max(self._text_height, aside, _LOGO if self._letters else 0)
        return width, self.height

    def draw(self) -> None:
        canvas, top = self.canv, self.height
        if self._letters:
            canvas.setFillColor(ACCENT)
            canvas.roundRect(0, top - _LOGO, _LOGO, _LOGO, 4.5, stroke=0, fill=1)
            canvas.setFillColor(WHITE)
            canvas.setFont(BOLD, 16)
            canvas.drawCentredString(_LOGO / 2, top - _LOGO / 2 - 5.7, self._letters)
        down = top - max(0, (_LOGO - self._text_height) / 2)
        _draw(canvas, self._left, self._shift, down, self._text_width)
        _draw(canvas, self._right, self.width - self._aside, top, self._aside)


def _draw(canvas: Canvas, story: Sequence[Paragraph], x: float, top: float, width: float) -> None:
    for part in story:
        top -= part.wrap(width, 1e6)[1]
        part.drawOn(canvas, x, top)


def _card(tier: PricedTier, offer: Offer, priced: PricedOffer, ink: Ink) -> TierCard:
    light = tier.recommended
    head: list[Flowable] = [
        ink.para(words.tier_name(tier.tier, tier.name), _TIER_LIGHT if light else _TIER)
    ]
    if tier.note:
        head.append(ink.para(tier.note, _TIER_NOTE_LIGHT if light else _TIER_NOTE))
    price = words.paper_money(tier.total, priced)
    lines: list[Flowable] = [ink.para(price, _price_style(price, len(priced.tiers)))]
    if tier.saving:
        separate = words.paper_money(tier.separate, priced)
        lines.append(ink.para(_("without discount {sum}").format(sum=separate), SMALL))
    if tax := words.vat_amount(tier, offer, priced):
        lines.append(ink.para(tax, SMALL))
    features = [row for line in _shown(offer) for row in _feature(line, tier.tier, ink)]
    return TierCard(head, lines, features, accent=light)


def _price_style(price: str, columns: int) -> ParagraphStyle:
    """Return a size in which the price stands on one line."""
    room = (WIDTH - 18) / columns - 24
    size = _PRICE_SIZE
    while size > BODY.fontSize and stringWidth(price, BOLD, size) > room:
        size -= 0.5
    return style(size, size + 5, bold=True)


def _shown(offer: Offer) -> list[OfferLine]:
    return [line for line in offer.lines if any(line.quantity(tier) > 0 for tier in Tier)]


def _feature(line: OfferLine, tier: Tier, ink: Ink) -> list[Feature]:
    """Return the rows of one line; the quantity of every tier may not change their number."""
    quantity = line.quantity(tier)
    parts = pieces(" ".join(clean(line.text).split()), _FEATURE_LENGTH) or ["–"]
    if quantity > 0 and quantity != 1:
        parts[-1] = f"{parts[-1]} — {_amount(quantity, line.unit)}"
    shown = _FEATURE if quantity > 0 else _FEATURE_OFF
    rows = [ink.para(part, shown) for part in parts]
    return [Feature(row, (quantity > 0) if index == 0 else None) for index, row in enumerate(rows)]


def _amount(quantity: Decimal, unit: str) -> str:
    number = formats.number(quantity, None)
    return f"{number}{formats.NBSP}{unit}" if unit else f"×{formats.NBSP}{number}"


def _texts(offer: Offer, ink: Ink) -> list[Flowable]:
    """Return the texts in two columns, each put where there is more room."""
    why = [offer.block(b) for b in (Block.WHY_COMPANY, Block.WHY_PROPOSAL, Block.WHY_PERSON)]
    sections = (
        (_("Why us"), "\n".join(filter(None, why))),
        (_("Guarantees"), offer.block(Block.GUARANTEE)),
        (_("Facts"), offer.block(Block.FACTS)),
        (_("Bonus"), offer.block(Block.BONUS)),
        (_("Terms of work"), offer.block(Block.TERMS)),
    )
    columns: tuple[list[Flowable], list[Flowable]] = ([], [])
    heights = [0.0, 0.0]
    half = (WIDTH - 22) / 2
    for title, text in sections:
        if not text:
            continue
        part = [ink.para(title, HEADING), Spacer(0, 3), *ink.paras(text, BODY), Spacer(0, 9)]
        side = heights.index(min(heights))
        columns[side].extend(part)
        heights[side] += height_of(part, half)
    return [TwoColumns(*columns), Spacer(0, 5)] if any(columns) else []


def _closing(sheet: OfferSheet, ink: Ink) -> list[Flowable]:
    """Return the deadline box and the signature, on one page where they fit."""
    offer, story = sheet.offer, list[Flowable]()
    if deadline := words.deadline_sentence(offer.deadline):
        story.append(ink.para(deadline, _OFFER))
    if action := offer.block(Block.CALL_TO_ACTION):
        story += [*([Spacer(0, 2)] if story else []), *ink.paras(action, LEAD)]
    if validity := words.validity_sentence(offer):
        story += [*([Spacer(0, 3)] if story else []), ink.para(validity, NOTE)]
    closing: list[Flowable] = [Box(story, ACCENT_SOFT)] if story else []
    if sheet.ours.director:
        closing.append(AtBottom(_Signature(sheet, ink)))
    needed = height_of(closing[:1], WIDTH) + 40
    return [CondPageBreak(needed), *closing] if needed < 3 * WIDTH / 4 else closing


class _Signature(Flowable):  # type: ignore[misc]
    """The post, a line to sign on, the name, and the place for the stamp."""

    def __init__(self, sheet: OfferSheet, ink: Ink) -> None:
        super().__init__()
        self._post = ink.para(sheet.ours.director_post or _("Director"), style(9, 12))
        self._name = ink.para(sheet.ours.director, style(9, 12))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self._post_width = min(0.3 * width, stringWidth(self._post.getPlainText(), REGULAR, 9) + 1)
        heights = [
            self._post.wrap(self._post_width, height)[1],
            self._name.wrap(0.4 * width, height)[1],
        ]
        self.height = max(heights) + 6
        return width, self.height

    def draw(self) -> None:
        canvas, line = self.canv, self._post_width + 7
        self._post.drawOn(canvas, 0, 3)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.line(line, 4.5, line + 74, 4.5)
        self._name.drawOn(canvas, line + 81, 3)
        canvas.setFont(REGULAR, 9)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(self.width, 6, _("L. S."))
