"""What a start of the program is: a command of the command line, or the window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from db.errors import TroubleError
from db.file.names import ENDING
from desktop import log
from desktop.cli.commands import first_word
from desktop.config import has_screen, system_language
from ui.words import i18n
from ui.words.i18n import _


def start(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit code."""
    word = first_word(arguments)
    if not _is_window(word, arguments):
        from desktop.cli.main import main  # noqa: PLC0415 - the window needs no parser of commands

        return main(arguments)
    i18n.use(system_language())
    log.start()
    try:
        return _start_window(arguments)
    finally:
        log.stop()


def _is_window(word: str, arguments: Sequence[str]) -> bool:
    if word:
        return word.casefold().endswith(ENDING)
    return not {"-h", "--help", "--version", "--json"} & set(arguments)


def _start_window(arguments: Sequence[str]) -> int:
    from desktop.cli.main import complain_of  # noqa: PLC0415
    from desktop.cli.parser import Parser, parse  # noqa: PLC0415
    from desktop.cli.shape import UsageError  # noqa: PLC0415

    parser = Parser(prog="kartoteka")
    parser.add_argument("file", nargs="?", type=Path, default=None)
    try:
        args = parse(parser, arguments)
    except UsageError as error:
        return complain_of(error)
    base: Path | None = args.file or args.base
    if has_screen():
        return _show(args, base)
    if base is not None:
        from db.file.create import demand_base  # noqa: PLC0415 - the window is painted before it

        try:
            demand_base(base.absolute())
        except TroubleError as error:
            return complain_of(error)
    print(_("There is no screen here to show a window on."), file=sys.stderr)  # noqa: T201
    return 1


def _show(args: argparse.Namespace, base: Path | None) -> int:
    from desktop.run import run_window  # noqa: PLC0415 - Qt is not loaded for a wrong argument

    return run_window(base, args.as_of, args.lang)
