"""The log of the program: its place, and a format that leaves out what belongs to clients."""

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
# What is logged of a text filled into a message: the Qt class that warns, or place and kind of a
# Python warning.
_SOURCE = re.compile(r"Q[A-Z]\w*(?:::\w+)?(?=[:(\s])|\S+\.py:\d+: [A-Z]\w+(?=:)")
_MOST_FRAMES = 60
_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def log_folder() -> Path:
    """Return the folder of the log."""
    return Path(platformdirs.user_log_dir("kartoteka", appauthor=False))


def log_file() -> Path:
    """Return the file that is written now."""
    return log_folder() / "kartoteka.log"


@runtime_checkable
class _DriverError(Protocol):
    """An error of the driver of the base, which this module does not import."""

    sqlite_errorcode: int


class DiscreetFormatter(logging.Formatter):
    """Formats our own messages, and of an error its traceback, types and codes.

    Values filled into a message and texts of errors can contain names, phones or sums of clients:
    they are left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry = copy(record)
        entry.msg, entry.args = _message(record), None
        # Another handler may have formatted the traceback already, with the texts of errors.
        entry.exc_text = entry.stack_info = None
        return super().format(entry)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - named by logging
        return "" if ei[1] is None else "\n".join(_traceback(ei[1]))


def _message(record: logging.LogRecord) -> str:
    """Return a message without the values filled into it; of other packages, nothing."""
    if not isinstance(record.msg, str):
        return type(record.msg).__qualname__
    filled = record.args if isinstance(record.args, tuple) else (record.args,)
    if record.args:
        sources = (_SOURCE.match(word) for word in filled if isinstance(word, str))
        return record.msg.replace("%s", "…") + "".join(f" {hit[0]}" for hit in sources if hit)
    return record.msg if record.name.partition(".")[0] in _OURS else "…"


def _traceback(error: BaseException) -> Iterator[str]:
    """Yield the lines of an error and of those that caused it: file, line, function, type, code."""
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
                yield from _traceback(part)


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
    """A file that only the user of the program may read.

    It has no buffer: on a full disk a buffer would be written again on closing, where the error
    is not caught.
    """

    def _open(self) -> TextIOWrapper:
        raw = open(self.baseFilename, "ab", buffering=0, opener=_open_for_owner)  # noqa: SIM115
        return TextIOWrapper(cast("BinaryIO", raw), encoding="utf-8", write_through=True)


def _open_for_owner(path: str, flags: int) -> int:
    number = os.open(path, flags, 0o600)
    Path(path).chmod(0o600)  # an older version made it readable for all users
    return number


def start() -> None:
    """Log into a file that is rotated; do without where it can't be made."""
    handler: logging.Handler
    try:
        log_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _OwnersFile(
            log_file(), maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(DiscreetFormatter(_FORMAT))
    # A log that can't be written (a full disk) must print nothing on the terminal.
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
