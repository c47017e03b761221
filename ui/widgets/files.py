"""Choosing files: the folder of each purpose is remembered, a good name is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from ui.preferences import Preferences
from ui.words.i18n import _

Filter = tuple[str, Sequence[str]]  # words, endings without a dot


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is wanted for: its folder is remembered under `purpose`."""

    purpose: str
    filters: Sequence[Filter]


class _BlindIcons(QFileIconProvider):
    """Icons by the kind of entry alone.

    Qt's own look into each file to find its type. On Linux, closing a file drops the locks this
    process holds on it, and with them SQLite's: another program could then take the log of an
    open base away, and what was confirmed would be lost.
    """

    def icon(self, what: QFileIconProvider.IconType | QFileInfo) -> QIcon:
        if isinstance(what, QFileInfo):
            kind = QFileIconProvider.IconType.Folder if what.isDir() else self.IconType.File
            return super().icon(kind)
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        return _("Folder") if info.isDir() else info.suffix()


def ask_open(parent: QWidget, preferences: Preferences, kind: FileKind, title: str) -> Path | None:
    """Let the person choose a file that exists; None when they changed their mind."""
    dialog = file_dialog(parent, title, preferences.folder(kind.purpose))
    dialog.setNameFilters(_filters(kind.filters))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _remembered(preferences, kind.purpose, _chosen(dialog))


def ask_save(
    parent: QWidget, preferences: Preferences, kind: FileKind, title: str, name: str
) -> Path | None:
    """Let the person say where to write; asks before an existing file. Adds the ending."""
    dialog = file_dialog(parent, title, preferences.folder(kind.purpose))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Save"))
    dialog.setNameFilters(_filters(kind.filters))
    dialog.selectFile(safe_name(name))
    chosen, words = _chosen(dialog), dialog.selectedNameFilter()
    path = _remembered(preferences, kind.purpose, chosen)
    if path is None or path.suffix:
        return path
    endings = next((e for name, e in kind.filters if words.startswith(name)), kind.filters[0][1])
    ending = endings[0]
    return path.with_name(f"{path.name}.{ending}")


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Let the person choose a folder."""
    dialog = file_dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    chosen = _chosen(dialog)
    return Path(chosen) if chosen else None


def file_dialog(parent: QWidget, title: str, folder: Path) -> QFileDialog:
    """Return a dialog that looks into no file; where the system has one of its own, that one."""
    dialog = QFileDialog(parent, title, str(folder))
    icons = _BlindIcons()
    dialog.setIconProvider(icons)
    dialog.setProperty("icons", icons)  # the dialog does not keep it alive
    label = QFileDialog.DialogLabel
    for which, words in (
        (label.LookIn, _("Look in:")),
        (label.FileName, _("File name:")),
        (label.FileType, _("Files of type:")),
        (label.Accept, _("Open")),
        (label.Reject, _("Cancel")),
    ):
        dialog.setLabelText(which, words)
    return dialog


def _chosen(dialog: QFileDialog) -> str:
    accepted = dialog.exec()
    paths = dialog.selectedFiles() if accepted else []
    dialog.deleteLater()
    return paths[0] if paths else ""


def safe_name(name: str) -> str:
    """Return the name without the signs a file system refuses."""
    kept = "".join(" " if sign in '<>:"/\\|?*\n\r\t' else sign for sign in name)
    return " ".join(kept.split()).strip(". ")[:120] or "kartoteka"


def _filters(filters: Sequence[Filter]) -> list[str]:
    return [
        f"{words} ({' '.join(f'*.{ending}' for ending in endings)})" for words, endings in filters
    ]


def _remembered(preferences: Preferences, purpose: str, chosen: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    preferences.remember_folder(purpose, path.parent)
    return path
