"""The log of the program: where it lies, and that nothing of a client gets into it."""

import logging
import os
import re
from collections.abc import Iterator
from copy import copy
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import StackSummary, walk_tb
from types import TracebackType
from typing import BinaryIO, Protocol, cast, runtime_checkable

import platformdirs

from db.errors import InvalidError, TroubleError

_SIZE, _KEPT = 512 * 1024, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = frozenset({"kartoteka", "db", "ui", "desktop", "__main__"})
# What may stay of a word filled into a message: who speaks in Qt, and which warning comes whence.
_SPEAKER = re.compile(r"Q[A-Z]\w*(?:::\w+)?(?=[:(\s])|\S+\.py:\d+: [A-Z]\w+(?=:)")
_MOST_FRAMES = 60
_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def log_folder() -> Path:
    return Path(platformdirs.user_log_dir("kartoteka", appauthor=False))


def log_file() -> Path:
    return log_folder() / "kartoteka.log"


@runtime_checkable
class _DriverError(Protocol):
    """An error of the driver of the base, which this module does not import."""

    sqlite_errorcode: int


class DiscreetFormatter(logging.Formatter):
    """Keeps what the program itself says and the way to an error: places, types, codes.

    Names, phones and sums could stand in whatever is quoted, in any letters: so nothing is.
    """

    def format(self, record: logging.LogRecord) -> str:
        fresh = copy(record)
        fresh.msg, fresh.args = _said(record), None
        # Another handler may have kept the traceback in words of its own.
        fresh.exc_text = fresh.stack_info = None
        return super().format(fresh)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - named by logging
        return "" if ei[1] is None else "\n".join(_way_to(ei[1]))


def _said(record: logging.LogRecord) -> str:
    """Return a message without what was filled into it; of other people's code, nothing."""
    if not isinstance(record.msg, str):
        return type(record.msg).__qualname__
    filled = record.args if isinstance(record.args, tuple) else (record.args,)
    if record.args:
        kept = (_SPEAKER.match(word) for word in filled if isinstance(word, str))
        return record.msg.replace("%s", "…") + "".join(f" {hit[0]}" for hit in kept if hit)
    return record.msg if record.name.partition(".")[0] in _OURS else "…"


def _way_to(error: BaseException) -> Iterator[str]:
    """Yield where an error and those behind it came from: file, line, function, type, code."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    for one in reversed(chain):
        yield "Traceback (most recent call last):"
        frames = walk_tb(one.__traceback__)
        for frame in StackSummary.extract(frames, limit=-_MOST_FRAMES, lookup_lines=False):
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        yield _title(one)
        if isinstance(one, BaseExceptionGroup):
            for part in one.exceptions:
                yield from _way_to(part)


def _title(error: BaseException) -> str:
    codes: tuple[object, ...] = ()
    match error:
        case TroubleError():
            codes = (error.trouble,)
        case InvalidError():
            codes = tuple(dict.fromkeys(wrong.fault for wrong in error.errors))
        case OSError() if error.errno is not None:
            codes = (error.errno,)
        case _DriverError():
            codes = (error.sqlite_errorcode,)
    return " ".join((type(error).__qualname__, *map(str, codes)))


class _OwnersFile(RotatingFileHandler):
    """A file that nobody but the owner reads.

    Nothing is kept in a buffer: on a full disk a buffer would be written again on closing, and
    fail there, where nobody catches it.
    """

    def _open(self) -> TextIOWrapper:
        raw = open(self.baseFilename, "ab", buffering=0, opener=_open_for_owner)  # noqa: SIM115
        return TextIOWrapper(cast("BinaryIO", raw), encoding="utf-8", write_through=True)


def _open_for_owner(path: str, flags: int) -> int:
    number = os.open(path, flags, 0o600)
    Path(path).chmod(0o600)  # one that an older version left open to all
    return number


def start() -> None:
    """Write the log into a file that turns over; without a place for it, go on without one."""
    handler: logging.Handler
    try:
        log_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _OwnersFile(
            log_file(), maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(DiscreetFormatter(_FORMAT))
    # A log that can't be written (a full disk) must not speak up on the terminal.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)


def stop() -> None:
    """Close the files of the log."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, DiscreetFormatter):
            root.removeHandler(handler)
            handler.close()
    logging.captureWarnings(capture=False)
