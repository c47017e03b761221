"""How a file comes to the import window: chosen, dropped, or named."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.parts.page import PageHost
from ui.transfer.dialog import ImportDialog
from ui.widgets.files import FileKind, ask_open
from ui.words.i18n import _


def open_import(window: QWidget, host: PageHost, path: str = "") -> ImportDialog | None:
    """Show the import window for a file; without one, let the person choose it first."""
    chosen = Path(path) if path else ask_table(window, host)
    if chosen is None:
        return None
    dialog = ImportDialog(host, chosen, window)
    dialog.other_file_wanted.connect(lambda: open_import(window, host))
    dialog.open()
    return dialog


def ask_table(window: QWidget, host: PageHost) -> Path | None:
    """Let the person choose a table; None when they changed their mind."""
    kind = FileKind(
        "import",
        [
            (_("Tables"), ["csv", "xlsx", "xls", "txt", "tsv"]),
            (_("All files"), ["*"]),
        ],
    )
    return ask_open(window, host.preferences, kind, _("Load a file"))
