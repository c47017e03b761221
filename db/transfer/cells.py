"""Cells that a spreadsheet would run as a formula: escaping them, and reading them back."""

import re

APOSTROPHE = "'"
# The beginning of a formula, also after blanks.
_RUNS = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# A phone or a number may begin with a sign too; it is not escaped.
_HARMLESS = re.compile(r"[+\-−]?[\d\s().,\u00a0\u202f-]*\d[\d\s().,\u00a0\u202f%-]*")
_LONE_SIGN = re.compile(r"[-+—–]*")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; others stay as they are.

    A text that begins with apostrophes and something to run gets one more, so that `as_typed`
    always gives back what was there.
    """
    bare = text.lstrip(APOSTROPHE)
    return APOSTROPHE + text if _would_run(bare) else text


def as_typed(text: str) -> str:
    """Take off the apostrophe that `harmless`, or a spreadsheet, put before a text."""
    if not text.startswith(APOSTROPHE):
        return text
    return text[1:] if _would_run(text.lstrip(APOSTROPHE)) else text


def _would_run(text: str) -> bool:
    return bool(
        _RUNS.match(text) and not _HARMLESS.fullmatch(text) and not _LONE_SIGN.fullmatch(text)
    )
