"""What every paper is made with: its colours and sizes, safe paragraphs, pages that are counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from ui.documents.fonts import BOLD, REGULAR, clean, markup, register

# The light theme of the program.
INK, MUTED, FAINT = (colors.HexColor(code) for code in ("#1D2630", "#667383", "#A3ACB7"))
LINE, SHADE = colors.HexColor("#DFE3E8"), colors.HexColor("#F4F5F7")
ACCENT, ACCENT_SOFT = colors.HexColor("#1F7A5C"), colors.HexColor("#E5F2ED")
WHITE = colors.white

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 42.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP = 39.0


def style(
    size: float,
    leading: float,
    *,
    bold: bool = False,
    colour: colors.Color = INK,
    right: bool = False,
) -> ParagraphStyle:
    """Return a paragraph style; `size` and `leading` are in points."""
    return ParagraphStyle(
        f"{size}",
        fontName=BOLD if bold else REGULAR,
        bulletFontName=REGULAR,
        fontSize=size,
        leading=leading,
        textColor=colour,
        alignment=TA_RIGHT if right else 0,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )


BODY = style(9, 13.2)
LEAD = style(9.75, 14.2)
HEADING = style(10, 14, bold=True)
TITLE = style(18.5, 23, bold=True)
SMALL = style(8, 11, colour=MUTED)
NOTE = style(9, 12.5, colour=MUTED)
FOOT = style(7.5, 10, colour=MUTED)


class Measured(Paragraph):  # type: ignore[misc]
    """A paragraph that breaks its lines once a width, however often it is asked for its height."""

    _measured: tuple[float, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._measured is None or self._measured[0] != width:
            self._measured = width, super().wrap(width, height)
        return self._measured[1]

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        self._measured = None  # where nothing fits, reportlab deletes the lines
        return parts


# A paragraph longer than this slows the breaking of lines down and gains nothing.
_LONGEST = 4_000


@dataclass(slots=True)
class Ink:
    """Sets what people typed; remembers the signs that no font has."""

    missing: set[str] = field(default_factory=set)

    def para(self, text: str, style: ParagraphStyle) -> Paragraph:
        """Return one paragraph; line ends become blanks. Nothing typed can act as markup."""
        plain = " ".join(clean(text).split("\n"))
        return Measured(markup(plain, style.fontName, self.missing), style)

    def paras(self, text: str, style: ParagraphStyle) -> list[Flowable]:
        """Return a paragraph a line; very long ones in parts, so that they can cross pages."""
        lines = [line.strip() for line in clean(text).strip().split("\n")]
        parts = [part for line in lines for part in (pieces(line, _LONGEST) or [""])]
        return [
            Measured(markup(part, style.fontName, self.missing) or "\u00a0", style)
            for part in parts
        ]


def pieces(text: str, longest: int) -> list[str]:
    """Cut text into parts of at most so many signs, at blanks where there are any."""
    parts: list[str] = []
    while len(text) > longest:
        cut = text.rfind(" ", longest // 2, longest)
        cut = longest if cut < 0 else cut
        parts.append(text[:cut])
        text = text[cut:].lstrip(" ")
    return [*parts, text] if text else parts


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished paper. `missing` are the signs that no font has."""

    data: bytes
    pages: int
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself."""

    title: str
    author: str
    language: str


class CountedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose every page knows how many there are: pages are kept until the last."""

    foot: Callable[["CountedCanvas", int, int], None]

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self._kept: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        total = len(self._kept)
        for number, kept in enumerate(self._kept, 1):
            self.__dict__.update(kept)
            self.foot(self, number, total)
            super().showPage()
        super().save()


def print_story(
    story: Sequence[Flowable],
    about: About,
    foot: Callable[[CountedCanvas, int, int], None],
    bottom: float,
    ink: Ink,
) -> Printed:
    """Lay a story out on A4 pages. `foot` draws below `bottom`, knowing page and pages.

    The same story gives the same bytes, but for the moment it was printed at.
    """
    register()
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=clean(about.title),
        author=clean(about.author),
        creator="Kartoteka",
        lang=about.language,
        displayDocTitle=True,
        initialFontName=REGULAR,
    )
    frame = Frame(MARGIN, bottom, WIDTH, PAGE_HEIGHT - TOP - bottom, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    pages = 0

    def counted(canvas: CountedCanvas, number: int, total: int) -> None:
        nonlocal pages
        pages = total
        foot(canvas, number, total)

    maker = type("PaperCanvas", (CountedCanvas,), {"foot": staticmethod(counted)})
    document.build(list(story), canvasmaker=maker)
    return Printed(target.getvalue(), pages, frozenset(ink.missing))


def page_foot(words: str, ink: Ink) -> tuple[float, Callable[[CountedCanvas, int, int], None]]:
    """Return the room that a foot needs, and what draws it: words left, page and pages right."""
    paragraph = ink.para(words, FOOT)
    _, height = paragraph.wrap(WIDTH - 60, PAGE_HEIGHT)
    floor = 34.0

    def draw(canvas: CountedCanvas, number: int, total: int) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, floor + height + 7, PAGE_WIDTH - MARGIN, floor + height + 7)
        paragraph.drawOn(canvas, MARGIN, floor)
        canvas.setFont(REGULAR, FOOT.fontSize)
        canvas.setFillColor(MUTED)
        place = floor + height - FOOT.fontSize - 0.5
        canvas.drawRightString(PAGE_WIDTH - MARGIN, place, f"{number} / {total}")

    return floor + height + 16, draw
