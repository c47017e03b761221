"""A call list on paper: clients, reasons, and room to note the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from ui.documents.fonts import register
from ui.documents.paper import (
    LINE,
    NOTE,
    SHADE,
    TITLE,
    WIDTH,
    About,
    Ink,
    Printed,
    page_foot,
    print_story,
    style,
)
from ui.words import formats
from ui.words.i18n import language

_CELL, _CELL_RIGHT = style(8.5, 11.5), style(8.5, 11.5, right=True)
_HEAD, _HEAD_RIGHT = style(8.5, 11.5, bold=True), style(8.5, 11.5, bold=True, right=True)


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A heading, and how wide the column is against the others."""

    title: str
    share: float
    align_right: bool = False


def call_list_pdf(
    title: str,
    about: str,
    columns: Sequence[PaperColumn],
    rows: Sequence[Sequence[str]],
    on: date,
) -> Printed:
    """Return a list as a PDF; the headings come again on every page."""
    register()
    ink = Ink()
    room, foot = page_foot(f"{title} · {formats.day(on)}", ink)
    story: list[Flowable] = [*ink.paras(title, TITLE), Spacer(0, 4)]
    if about:
        story += [*ink.paras(about, NOTE), Spacer(0, 8)]
    story.append(_table(columns, rows, ink))
    return print_story(story, About(title, "", language()), foot, room, ink)


def _table(columns: Sequence[PaperColumn], rows: Sequence[Sequence[str]], ink: Ink) -> LongTable:
    whole = sum(column.share for column in columns)
    heads = [
        ink.para(column.title, _HEAD_RIGHT if column.align_right else _HEAD) for column in columns
    ]
    cells = [
        [
            ink.paras(text, _CELL_RIGHT if column.align_right else _CELL)
            for column, text in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    widths = [WIDTH * column.share / whole for column in columns]
    table = LongTable([heads, *cells], widths, repeatRows=1, splitInRow=1)
    table.setStyle(_LOOK)
    return table


_LOOK = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
)
