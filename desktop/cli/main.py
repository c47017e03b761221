"""The command line: run a command, print its answer or its error, return the exit code."""

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from io import TextIOWrapper

from db.errors import InvalidError, Trouble, TroubleError
from desktop import log
from desktop.cli.commands import modules_for
from desktop.cli.parser import Parser, language_wanted, parse
from desktop.cli.shape import Answer, Call, RefusedError, UsageError, as_json
from desktop.config import system_language
from ui.words import i18n
from ui.words.i18n import _
from ui.words.messages import trouble_words

FAILED, WRONG_USE, STOPPED = 1, 2, 130
_NOTHING_LEFT = frozenset({Trouble.NOTHING_TO_UNDO, Trouble.NOTHING_TO_REDO})
_OF_FILES = frozenset(
    {
        Trouble.DAMAGED,
        Trouble.NOT_A_BASE,
        Trouble.DISK_FAILED,
        Trouble.READ_ONLY,
        Trouble.NO_PERMISSION,
    }
)

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; return the exit code."""
    _write_utf8()
    i18n.use(language_wanted(arguments, system_language()))
    log.start()
    try:
        return _answer(arguments)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _forget_output()
        return 0
    finally:
        log.stop()


def _answer(arguments: Sequence[str]) -> int:
    try:
        answer, as_document = _run(arguments)
        print(as_json(answer.document) if as_document else answer.text, flush=True)  # noqa: T201
    except (UsageError, RefusedError, TroubleError, InvalidError, OSError) as error:
        return complain_of(error)
    except Exception as error:  # noqa: BLE001 - the traceback is in the log only
        _log.critical("command failed", exc_info=error)
        return _complain(
            _("Something in the program went wrong; the details are in {file}").format(
                file=log.log_file()
            )
        )
    return FAILED if answer.failed else 0


def _run(arguments: Sequence[str]) -> tuple[Answer, bool]:
    args = parse(build_parser(modules_for(arguments)), arguments)
    i18n.use(args.lang or system_language())
    call = Call(args)
    try:
        return args.run(call), args.json
    except TroubleError as error:
        raise _with_base(error, call) from error
    finally:
        call.close()


def _with_base(error: TroubleError, call: Call) -> TroubleError:
    """Add the path of the base to an error of the driver that names no file."""
    if call.args.base is None:
        return error
    path = call.base_path.absolute()
    if error.trouble in _NOTHING_LEFT:
        # The journal of a damaged base can read as an empty one.
        from db.file import backup  # noqa: PLC0415 - the window starts without the driver

        try:
            backup.verify(path)
        except TroubleError as damage:
            return damage
    if error.trouble in _OF_FILES and not error.detail:
        return TroubleError(error.trouble, str(path))
    return error


def build_parser(modules: Iterable[str]) -> Parser:
    """Return the parser of the commands of these modules, in the language in use."""
    parser = Parser(prog="kartoteka", description=_("The client base of a small business."))
    parser.add_argument(
        "--version",
        action="version",
        version=f"kartoteka {_version()}",
        help=_("show program's version number and exit"),
    )
    commands = parser.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), dest="command", required=True
    )
    for module in modules:
        import_module(f"desktop.cli.{module}").add_parsers(commands)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, rare

    try:
        return version("kartoteka")
    except PackageNotFoundError:
        return "0.1.0"


def complain_of(error: Exception) -> int:
    """Say in one line what is wrong; return the exit code."""
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, UsageError):
        return _complain(str(error), WRONG_USE)
    if isinstance(error, RefusedError):
        return _complain(str(error))
    if error.__cause__ is not None:
        _log.warning("refused", exc_info=error)  # the text of the driver is in the log only
    return _complain(trouble_words(error).what)


def _complain(text: str, code: int = FAILED) -> int:
    print("; ".join(text.splitlines()), file=sys.stderr, flush=True)  # noqa: T201
    return code


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    # At its end Python flushes the output once more, and would report the closed pipe.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
