"""Choosing files: the folder of each purpose is remembered, a good name is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.preferences import Preferences

Filter = tuple[str, Sequence[str]]  # words, endings without a dot


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is wanted for: its folder is remembered under `purpose`."""

    purpose: str
    filters: Sequence[Filter]


def ask_open(parent: QWidget, preferences: Preferences, kind: FileKind, title: str) -> Path | None:
    """Let the person choose a file that exists; None when they changed their mind."""
    folder = str(preferences.folder(kind.purpose))
    chosen, _chosen = QFileDialog.getOpenFileName(parent, title, folder, _filters(kind.filters))
    return _remembered(preferences, kind.purpose, chosen)


def ask_save(
    parent: QWidget, preferences: Preferences, kind: FileKind, title: str, name: str
) -> Path | None:
    """Let the person say where to write; asks before an existing file. Adds the ending."""
    proposed = str(preferences.folder(kind.purpose) / safe_name(name))
    chosen, words = QFileDialog.getSaveFileName(parent, title, proposed, _filters(kind.filters))
    path = _remembered(preferences, kind.purpose, chosen)
    if path is None or path.suffix:
        return path
    endings = next((e for name, e in kind.filters if words.startswith(name)), kind.filters[0][1])
    ending = endings[0]
    return path.with_name(f"{path.name}.{ending}")


def safe_name(name: str) -> str:
    """Return the name without the signs a file system refuses."""
    kept = "".join(" " if sign in '<>:"/\\|?*\n\r\t' else sign for sign in name)
    return " ".join(kept.split()).strip(". ")[:120] or "kartoteka"


def _filters(filters: Sequence[Filter]) -> str:
    return ";;".join(
        f"{words} ({' '.join(f'*.{ending}' for ending in endings)})" for words, endings in filters
    )


def _remembered(preferences: Preferences, purpose: str, chosen: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    preferences.remember_folder(purpose, path.parent)
    return path
