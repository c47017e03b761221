"""Drafts of cards for after a crash or power cut: kept beside the program, never in the base."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from db.file.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, as it stood in the editors; `client_id` None is a new card."""

    client_id: int | None
    texts: Mapping[str, str] = field(default_factory=dict)


class DraftStore:
    """One draft a base. A draft that can't be written or read is ignored without a word."""

    def __init__(self, base: Path, folder: Path | None = None) -> None:
        name = hashlib.sha256(str(base).encode()).hexdigest()[:16]
        self._path = (folder or _folder()) / f"{name}.json"

    def keep(self, draft: Draft) -> None:
        """Write the draft; an error of the disk is ignored."""
        text = json.dumps(asdict(draft), ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path) as target:
                target.write_text(text, "utf-8")
        except OSError:
            return

    def read(self) -> Draft | None:
        """Return the draft, or None where there is none that can be read."""
        try:
            stored = json.loads(self._path.read_text("utf-8"))
            texts = {str(key): str(text) for key, text in stored["texts"].items()}
            number = stored["client_id"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        known = number is None or isinstance(number, int)
        return Draft(number, texts) if texts and known else None

    def forget(self) -> None:
        """Delete the draft, if any."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return


def _folder() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(place) / "drafts"
