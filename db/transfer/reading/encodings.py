"""Detecting the encoding of a text file; short Russian files by the frequency of letters."""

import codecs
from collections.abc import Iterable

from charset_normalizer import from_bytes

ENCODINGS = ("utf-8", "cp1251", "cp866", "koi8-r", "utf-16-le", "utf-16-be", "cp1252")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RUSSIAN = ("cp1251", "cp866", "koi8-r")
_SAMPLE = 200_000
_FEW = 0.02

_LETTERS = frozenset(map(chr, range(0x410, 0x450))) | {chr(0x401), chr(0x451)}
_SMALL = frozenset(map(chr, range(0x430, 0x450))) | {chr(0x451)}
# о е а и н т с р в л к м д: two thirds of the letters of a Russian text.
_OFTEN = frozenset(
    map(chr, (0x43E, 0x435, 0x430, 0x438, 0x43D, 0x442, 0x441, 0x440, 0x432, 0x43B, 0x43A, 0x43C))
) | {chr(0x434)}
# № « » — – … “ ” no-break space, degree: usual in Russian texts.
_USUAL_SIGNS = frozenset(map(chr, (0x2116, 0xAB, 0xBB, 0x2014, 0x2013, 0x2026, 0xA0, 0xB0, 0xD7)))
_USUAL_SIGNS |= frozenset(map(chr, (0x201C, 0x201D, 0x201E, 0x2018, 0x2019, 0x20BD, 0xB7, 0x2022)))


def detect(data: bytes) -> str:
    """Return the encoding of a text, one that Python knows."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    wide = _two_bytes(data[:_SAMPLE])
    if wide is not None:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(data)
    return "utf-8"


def _two_bytes(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every second byte is 0 or 4 (Latin, Cyrillic)."""
    if len(data) < 4 or b"\0" not in data:  # noqa: PLR2004 - two characters
        return None
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = data[start::2]
        low = data[1 - start :: 2]
        if sum(byte in (0, 4) for byte in high) > 0.9 * len(high) and low.count(0) < 0.1 * len(low):
            return encoding
    return None


def _one_byte(data: bytes) -> str:
    sample = b"\n".join(_lines_with_letters(data))[:_SAMPLE]
    damaged = sample.decode("utf-8", "replace")
    letters = sum(sign in _LETTERS for sign in damaged)
    if damaged.count("\ufffd") < _FEW * letters:
        return "utf-8"
    scores = {encoding: likeness(sample.decode(encoding, "replace")) for encoding in _RUSSIAN}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] > 0:
        return best
    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None else "cp1252"


def _lines_with_letters(data: bytes) -> Iterable[bytes]:
    return (line for line in data.splitlines() if not line.isascii())


def likeness(text: str) -> float:
    """Return a score of how much a text looks Russian; 0 or less: it does not.

    Common letters raise it; unusual characters, words that mix alphabets and capital letters
    inside words lower it.
    """
    score, before = 0.0, " "
    for sign in text:
        if sign in _LETTERS:
            score += 1.0 if sign.lower() in _OFTEN else 0.5
            if before.isascii() and before.isalpha():
                score -= 2.0
            elif before in _SMALL and sign not in _SMALL:
                score -= 1.5
        elif not sign.isascii():
            score -= 0.0 if sign in _USUAL_SIGNS else 2.5
        elif sign.isalpha() and before in _LETTERS:
            score -= 2.0
        before = sign
    return score
