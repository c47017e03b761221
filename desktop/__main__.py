"""Where the program begins: the window, one command, or the tour where there is no screen."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.config import has_screen

ENDING = ".kartoteka"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if _wants_window(given):
        return _run_window(given)
    if not given:
        from desktop.tour import run_tour  # noqa: PLC0415 - Qt only where it is needed

        return run_tour(Path("out"))
    from desktop.cli.main import main as run_command  # noqa: PLC0415 - the window starts without

    return run_command(given)


def _wants_window(given: Sequence[str]) -> bool:
    """A file to open, or options and no command, ask for the window; so does nothing at all."""
    if not given:
        return has_screen()
    options, rest = _window_arguments(given)
    if len(rest) == 1 and rest[0].casefold().endswith(ENDING):
        return has_screen()
    return not rest and options.base is not None and has_screen()


def _window_arguments(given: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--base")
    parser.add_argument("--as-of")
    parser.add_argument("--lang", choices=("ru", "en"))
    try:
        return parser.parse_known_args(given)
    except (argparse.ArgumentError, SystemExit):
        return argparse.Namespace(base=None, as_of=None, lang=None), list(given)


def _run_window(given: Sequence[str]) -> int:
    options, rest = _window_arguments(given)
    from desktop.startup import run_window  # noqa: PLC0415 - Qt only where it is needed

    wanted = rest[0] if rest else options.base
    return run_window(Path(wanted) if wanted else None, options.lang or "", options.as_of)


if __name__ == "__main__":
    sys.exit(main())
