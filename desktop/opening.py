"""What is done with the files of bases in a worker. The ORM is imported here, not at the start."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.progress import Progress
from ui.parts.page import PageSpec

if TYPE_CHECKING:
    from db.client_base import ClientBase

EXAMPLE_CLIENTS = 300


@dataclass(frozen=True, slots=True)
class NewBase:
    """A base to be made: the file, the key of the trade's preset, the language of its words."""

    path: Path
    trade: str
    language: str

    def make(self, _: Progress) -> Path:
        """Make the base; its company is named like the file."""
        from db.presets import make_base, preset

        words = preset(self.trade, self.language)
        make_base(self.path, words, company=self.path.stem, language=self.language)
        return self.path


@dataclass(frozen=True, slots=True)
class Example:
    """The demonstration to be made, with visits until this day."""

    path: Path
    today: date
    language: str

    def make(self, progress: Progress) -> Path:
        from db.demo import make_demo

        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_demo(
            self.path,
            as_of=self.today,
            clients=EXAMPLE_CLIENTS,
            language=self.language,
            progress=progress,
        )
        return self.path


def open_base(path: Path, as_of: date | None, first: PageSpec, progress: Progress) -> "ClientBase":
    """Open a base, having imported what its first page needs.

    Raises TroubleError as ClientBase does.
    """
    import ui.shell.host  # noqa: F401
    from db.client_base import ClientBase

    first.load()
    return ClientBase(path, as_of=as_of, progress=progress)


def load_all(pages: Sequence[PageSpec], progress: Progress) -> None:
    """Import every page, the papers and their fonts, so that none of them is slow when wanted.

    What was made until then lives as long as the program: no collection looks at it again.
    """
    for place, spec in enumerate(pages):
        progress.step(place, len(pages) + 1)
        spec.load()
    progress.step(len(pages), len(pages) + 1)
    import ui.documents.offer_pdf
    import ui.transfer.dialog  # noqa: F401
    from ui.documents import fonts

    fonts.register()
    gc.freeze()
