"""The log of the program: where it lies, and that nothing of a client gets into it."""

import logging
import re
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs

_SIZE, _KEPT = 512 * 1024, 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Names, phones and sums could stand in the message of an error; places in the code can't.
_PRIVATE = re.compile(r"[^\x00-\x7f]+|\d{4,}|'[^']*'|\"[^\"]*\"")
_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def log_folder() -> Path:
    return Path(platformdirs.user_log_dir("kartoteka", appauthor=False))


def log_file() -> Path:
    return log_folder() / "kartoteka.log"


class DiscreetFormatter(logging.Formatter):
    """Keeps the whole way to an error and leaves out what its message quotes."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept the traceback in words of its own.
        fresh = copy(record)
        fresh.exc_text = None
        return super().format(fresh)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - named by logging
        lines = super().formatException(ei).splitlines()
        return "\n".join(
            line if line.startswith(("  ", "Traceback")) and "\t" not in line else discreet(line)
            for line in lines
        )


def discreet(text: str) -> str:
    """Return a message of an error without anything that may be a client's."""
    kept, _, _quoted = text.partition("[SQL:")
    return _PRIVATE.sub("…", kept)


def start() -> None:
    """Write the log into a file that turns over; without a place for it, go on without one."""
    handler: logging.Handler
    try:
        log_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
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
