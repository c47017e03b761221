"""Time what the program does, beside the bare work, and print each figure with its goal.

`python3 dev.py bench [--clients N] [--base FILE] [--json] [--only PART …]`
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.demo import make_demo
from db.file import backup
from db.file.base_file import BaseFile
from tests.speed.command_line import command_line_figures
from tests.speed.figure import Amount, Figure, line
from tests.speed.growth import growth_figures
from tests.speed.importing import import_figures
from tests.speed.journal_share import journal_figures
from tests.speed.reading import reading_figures
from tests.speed.window import window_figures
from tests.speed.writing import writing_figures

CLIENTS = 100_000
PARTS = ("reading", "writing", "growth", "import", "journal", "command", "window")


class Bench:
    """One run: a folder, a base of the wanted size, and the parts that measure on it."""

    def __init__(self, folder: Path, clients: int, given: Path | None) -> None:
        self._folder, self._clients, self._given = folder, clients, given
        self._as_of = date.today()
        self.path = folder / "bench.kartoteka"

    def prepare(self) -> dict[str, int]:
        """Make the base, or copy the one given; return how many rows its tables hold."""
        if self._given is None:
            make_demo(self.path, as_of=self._as_of, clients=self._clients)
        else:
            self.path.touch()
            backup.copy_into(self._given, self.path)
        return dict(backup.counts_of(self.path))

    def parts(self) -> dict[str, Callable[[], list[Figure | Amount]]]:
        return {
            "reading": lambda: list(self._on(self.path, reading_figures)),
            "command": lambda: list(command_line_figures(self.path)),
            "window": lambda: list(window_figures(self.path)),
            "import": lambda: import_figures(self._folder),
            "journal": lambda: list(journal_figures(self._folder)),
            "writing": lambda: list(self._on(self.path, writing_figures)),
            "growth": self._growth,
        }

    def _growth(self) -> list[Figure | Amount]:
        """Measure again on the base and on one of a tenth of its clients."""
        tenth = self._folder / "tenth.kartoteka"
        make_demo(tenth, as_of=self._as_of, clients=max(10, self._clients // 10))
        found: list[Figure | Amount] = []
        for figures in (reading_figures, writing_figures):
            found += growth_figures(self._on(self.path, figures), self._on(tenth, figures))
        return found

    def _on(
        self, path: Path, figures: Callable[[ClientBase, dbapi2.Connection], list[Figure]]
    ) -> list[Figure]:
        with ClientBase(path, as_of=self._as_of) as base, closing(BaseFile(path).connect()) as raw:
            return figures(base, raw)


@contextmanager
def folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="kartoteka-bench-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="size of the demonstration")
    parser.add_argument("--base", type=Path, help="measure on a copy of this base instead")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with folder() as place:
        bench = Bench(place, args.clients, args.base)
        counts = bench.prepare()
        if not args.json:
            print(f"{counts['client']} clients, {counts['purchase']} purchases; processor time")
        figures = []
        for name, part in bench.parts().items():
            for figure in part() if name in args.only else ():
                figures.append(asdict(figure))
                if not args.json:
                    print(line(figure), flush=True)
    if args.json:
        print(json.dumps({"counts": counts, "figures": figures}, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
