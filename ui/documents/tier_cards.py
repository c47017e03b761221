"""The prices of an offer side by side, one row a feature, across as many pages as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from ui.documents.flowables import draw_down, height_of
from ui.documents.paper import ACCENT, FAINT, LINE, SHADE, WHITE

_GAP, _PAD, _RADIUS = 9.0, 11.0, 3.5
_RAISE = 10.0  # how far the recommended card stands out above the others
_MARK = 12.5  # the width of a mark before its feature
_ROW_GAP = 4.6
_LEAST_ROWS = 3  # a head alone at the foot of a page says nothing


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of one card. `mark` is None where a long text goes on."""

    paragraph: Paragraph
    mark: bool | None


@dataclass(frozen=True, slots=True)
class TierCard:
    """Head and price as stories; features are row by row those of the other cards."""

    head: Sequence[Flowable]
    price: Sequence[Flowable]
    features: Sequence[Feature]
    accent: bool


class TierCards(Flowable):  # type: ignore[misc]
    """Cards in one row. On a further page the heads come again, without prices."""

    def __init__(self, cards: Sequence[TierCard], *, first: bool = True) -> None:
        super().__init__()
        self._cards, self._first = list(cards), first
        self._card_width = self._head = self._price = 0.0
        self._rows: list[float] = []
        self._gaps: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        count = len(self._cards)
        self.width = width
        self._card_width = (width - _GAP * (count - 1)) / count
        inner = self._card_width - 2 * _PAD
        self._head = max(height_of(card.head, inner) for card in self._cards) + 18
        self._price = max(height_of(card.price, inner) for card in self._cards) + 26
        if not self._first:
            self._price = _PAD
        table = list(zip(*(card.features for card in self._cards), strict=True))
        self._rows = [
            max(row.paragraph.wrap(inner - _MARK, 1e6)[1] for row in rows) for rows in table
        ]
        # A long text goes on in the next row without a gap.
        self._gaps = [0 if rows[0].mark is None else _ROW_GAP for rows in table[1:]] + [0.0]
        self.height = self._top() + sum(self._rows) + sum(self._gaps) + _PAD
        return width, self.height

    def _top(self) -> float:
        """Return the height above the first feature."""
        raised = _RAISE if any(card.accent for card in self._cards) else 0
        return raised + self._head + self._price

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        room, fits = height - self._top() - _PAD, 0
        for row, gap in zip(self._rows, self._gaps, strict=True):
            if (room := room - row) < 0:
                break
            room -= gap
            fits += 1
        fits = min(fits, len(self._rows) - 1)
        if fits < min(_LEAST_ROWS, len(self._rows) - 1) or fits < 1:
            return []
        return [
            TierCards([_cut(card, 0, fits) for card in self._cards], first=self._first),
            TierCards([_cut(card, fits, None) for card in self._cards], first=False),
        ]

    def draw(self) -> None:
        for index, card in enumerate(self._cards):
            self._draw_card(card, index * (self._card_width + _GAP))

    def _draw_card(self, card: TierCard, x: float) -> None:
        canvas, width = self.canv, self._card_width
        raised = _RAISE if any(other.accent for other in self._cards) else 0
        body = self.height - raised - self._head
        head = self._head + (raised if card.accent else 0)
        self._draw_frame(card, x, body, head)
        inner = width - 2 * _PAD
        story = height_of(card.head, inner)
        draw_down(canvas, card.head, x + _PAD, body + (head + story) / 2, inner)
        top = body
        if self._first:
            draw_down(canvas, card.price, x + _PAD, body - _PAD, inner)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            rule = body - self._price + 8
            canvas.line(x + _PAD, rule, x + width - _PAD, rule)
        top -= self._price
        for row, gap, feature in zip(self._rows, self._gaps, card.features, strict=True):
            text = feature.paragraph
            _, height = text.wrap(inner - _MARK, 1e6)
            text.drawOn(canvas, x + _PAD + _MARK, top - height)
            if feature.mark is not None:
                _draw_mark(canvas, x + _PAD, top - text.style.leading, yes=feature.mark)
            top -= row + gap

    def _draw_frame(self, card: TierCard, x: float, body: float, head: float) -> None:
        canvas, width, whole = self.canv, self._card_width, body + head
        canvas.saveState()
        outline = canvas.beginPath()
        outline.roundRect(x, 0, width, whole, _RADIUS)
        canvas.clipPath(outline, stroke=0, fill=0)
        canvas.setFillColor(WHITE)
        canvas.rect(x, 0, width, whole, stroke=0, fill=1)
        canvas.setFillColor(ACCENT if card.accent else SHADE)
        canvas.rect(x, body, width, head, stroke=0, fill=1)
        canvas.restoreState()
        canvas.setStrokeColor(ACCENT if card.accent else LINE)
        canvas.setLineWidth(1.5 if card.accent else 0.75)
        canvas.roundRect(x, 0, width, whole, _RADIUS, stroke=1, fill=0)


def _cut(card: TierCard, start: int, end: int | None) -> TierCard:
    return TierCard(card.head, card.price, card.features[start:end], card.accent)


def _draw_mark(canvas: Canvas, x: float, base: float, *, yes: bool) -> None:
    """Draw a tick or a dash as a line, so that no font need have it."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    if yes:
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.15)
        tick = canvas.beginPath()
        tick.moveTo(x + 0.6, base + 5.6)
        tick.lineTo(x + 2.7, base + 3.4)
        tick.lineTo(x + 6.6, base + 8.6)
        canvas.drawPath(tick, stroke=1, fill=0)
    else:
        canvas.setStrokeColor(FAINT)
        canvas.setLineWidth(0.8)
        canvas.line(x + 1, base + 5.8, x + 5, base + 5.8)
    canvas.restoreState()
