"""The fonts of a paper: the shipped one, and another for signs it lacks; both embedded."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from threading import Lock
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from resources import font_files

REGULAR, BOLD = "Paper", "Paper-Bold"
_SPARE = {REGULAR: "Paper-Spare", BOLD: "Paper-Spare-Bold"}
MISSING = "□"
# Blanks of every width become one that the font has; those that must not break stay so.
_BLANKS = str.maketrans(
    {"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2009": " ", "\u200a": " ", "\t": " ",
     "\u2028": "\n", "\u2029": "\n", "\u2011": "-"}
)  # fmt: skip
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_lock = Lock()


def register() -> None:
    """Make the fonts known to reportlab, once a process."""
    with _lock:
        if REGULAR in pdfmetrics.getRegisteredFontNames():
            return
        rl_config.useA85 = 0  # plain bytes: a fifth smaller and faster
        regular, bold, _, _, spare, spare_bold = font_files()
        for name, file in (
            (_SPARE[REGULAR], spare),
            (_SPARE[BOLD], spare_bold),
            (BOLD, bold),
            (REGULAR, regular),
        ):
            pdfmetrics.registerFont(TTFont(name, str(file)))
        for family in (*_SPARE.values(), REGULAR, BOLD):
            for heavy in (0, 1):
                for slanted in (0, 1):
                    addMapping(family, heavy, slanted, family)


def clean(text: str) -> str:
    """Return text without signs that can't be seen, with line ends and simple blanks kept."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    whole = _SELECTORS.sub("", whole.translate(_BLANKS))
    return "".join(
        sign for sign in whole if sign == "\n" or unicodedata.category(sign) not in _UNSEEN
    )


def markup(text: str, font: str, missing: set[str]) -> str:
    """Return clean text as reportlab's markup: escaped, each run in a font that has its signs.

    What no font has is shown as MISSING and added to `missing`.
    """
    register()
    return "".join(_runs(text, font, missing))


def _runs(text: str, font: str, missing: set[str]) -> Iterator[str]:
    for capable, signs in groupby(text, key=lambda sign: _font_for(sign, font)):
        run = "".join(signs)
        if capable is None:
            missing.update(run)
            run = MISSING * len(run)
        run, name = escape(run), capable or _SPARE[font]
        yield run if name == font else f'<font name="{name}">{run}</font>'


@cache
def _font_for(sign: str, font: str) -> str | None:
    if sign == "\n":
        return font
    for name in (font, _SPARE[font]):
        if ord(sign) in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    return None
