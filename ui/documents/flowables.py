"""Parts of a page that reportlab lacks: a filled box, two columns, a line at the very bottom.

Each splits between pages without losing a word and without reportlab's LayoutError.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

_SLACK = 0.01


def height_of(story: Sequence[Flowable], width: float) -> float:
    """Return the height in points of a story in this width."""
    return sum(_heights(story, width))


def _heights(story: Sequence[Flowable], width: float) -> list[float]:
    return [part.wrap(width, 1e6)[1] + part.getSpaceAfter() for part in story]


def take(
    story: Sequence[Flowable], width: float, height: float
) -> tuple[list[Flowable], list[Flowable]]:
    """Divide a story into what fits into a height and what is left."""
    fits: list[Flowable] = []
    for index, part in enumerate(story):
        needed = part.wrap(width, height)[1]
        if needed > height + _SLACK:
            halves = part.split(width, height)
            if len(halves) > 1:
                return [*fits, halves[0]], [*halves[1:], *story[index + 1 :]]
            return fits, list(story[index:])
        fits.append(part)
        height -= needed + part.getSpaceAfter()
    return fits, []


def draw_down(
    canvas: Canvas, story: Sequence[Flowable], x: float, top: float, width: float
) -> None:
    """Draw a story downwards from `top`."""
    for part in story:
        _, height = part.wrap(width, 1e6)
        top -= height
        part.drawOn(canvas, x, top)
        top -= part.getSpaceAfter()


class Box(Flowable):  # type: ignore[misc]
    """A rounded filled box around a story."""

    def __init__(self, story: Sequence[Flowable], fill: Color, padding: float = 12) -> None:
        super().__init__()
        self._story, self._fill, self._padding = list(story), fill, padding

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        inner = height_of(self._story, width - 2 * self._padding)
        self.height = inner + 2 * self._padding
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        inner = width - 2 * self._padding
        first, rest = take(self._story, inner, height - 2 * self._padding)
        if not first or not rest:
            return []
        return [Box(first, self._fill, self._padding), Box(rest, self._fill, self._padding)]

    def draw(self) -> None:
        self.canv.setFillColor(self._fill)
        self.canv.roundRect(0, 0, self.width, self.height, 4.5, stroke=0, fill=1)
        inner = self.width - 2 * self._padding
        draw_down(self.canv, self._story, self._padding, self.height - self._padding, inner)


class TwoColumns(Flowable):  # type: ignore[misc]
    """Two stories side by side; each goes on where it stopped on the next page."""

    def __init__(
        self, left: Sequence[Flowable], right: Sequence[Flowable], gap: float = 22
    ) -> None:
        super().__init__()
        self._left, self._right, self._gap = list(left), list(right), gap

    def _half(self, width: float) -> float:
        return (width - self._gap) / 2

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        half = self._half(width)
        self.height = max(height_of(self._left, half), height_of(self._right, half))
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        half = self._half(width)
        left, more_left = take(self._left, half, height)
        right, more_right = take(self._right, half, height)
        if not (left or right) or not (more_left or more_right):
            return []
        return [TwoColumns(left, right, self._gap), TwoColumns(more_left, more_right, self._gap)]

    def draw(self) -> None:
        half = self._half(self.width)
        draw_down(self.canv, self._left, 0, self.height, half)
        draw_down(self.canv, self._right, half + self._gap, self.height, half)


class AtBottom(Flowable):  # type: ignore[misc]
    """A story that stands at the bottom of the page, whatever room is left above it."""

    def __init__(self, part: Flowable, above: float = 16) -> None:
        super().__init__()
        self._part, self._above = part, above

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        needed = self._part.wrap(width, height)[1] + self._above
        self.height = max(needed, height - _SLACK)
        return width, self.height

    def draw(self) -> None:
        self._part.wrap(self.width, self.height)
        self._part.drawOn(self.canv, 0, 0)
