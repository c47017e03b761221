"""How a file is read and loaded: what was detected, and controls to correct it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from db.transfer.columns import TableKind
from db.transfer.plan import MatchKey
from db.transfer.reading.csv_in import DELIMITERS
from db.transfer.reading.encodings import ENCODINGS
from ui.look.theme import em
from ui.transfer.steps import ReadFile
from ui.widgets.choices import CheckLine, ChoiceBox
from ui.widgets.flow import FlowLayout
from ui.words import transfer as wording
from ui.words.i18n import _

_HEADER_LINES = 30


class ReadOptionsBar(QWidget):
    """Kind, encoding, delimiter, line of the headings; key, and whether to make clients."""

    read_again = Signal()  # encoding or delimiter
    cut_again = Signal()  # kind or headings
    plan_again = Signal()  # key, make clients

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._pairs: dict[QWidget, _Pair] = {}
        self.kind = ChoiceBox([(kind, wording.file_kind_name(kind)) for kind in TableKind])
        self.encoding: ChoiceBox[str] = ChoiceBox()
        self.delimiter: ChoiceBox[str] = ChoiceBox()
        self.header: ChoiceBox[int] = ChoiceBox()
        self.key = ChoiceBox([(key, wording.key_name(key)) for key in MatchKey])
        self.key.set_value(MatchKey.AUTO)
        self.making = CheckLine(_("Create clients that are not in the base"))
        for box, text, signal in (
            (self.kind, _("What is in the &file"), self.cut_again),
            (self.encoding, _("&Encoding"), self.read_again),
            (self.delimiter, _("&Delimiter"), self.read_again),
            (self.header, _("&Headings in line"), self.cut_again),
            (self.key, _("&Match clients by"), self.plan_again),
        ):
            self._add(box, text)
            box.edited.connect(signal)
        self.making.edited.connect(self.plan_again)
        self._flow.addWidget(self.making)

    def _add(self, box: QWidget, text: str) -> None:
        self._pairs[box] = _Pair(text, box)
        self._flow.addWidget(self._pairs[box])

    def show_file(self, file: ReadFile) -> None:
        """Show how the file was read."""
        self.kind.set_value(file.kind)
        encoding = "utf-8" if file.sheet.encoding == "utf-8-sig" else file.sheet.encoding
        known = [*ENCODINGS, *([encoding] if encoding not in ENCODINGS else [])]
        self.encoding.set_choices([(name, wording.encoding_name(name)) for name in known])
        self.encoding.set_value(encoding)
        marks = list(dict.fromkeys([*DELIMITERS, file.sheet.delimiter]))
        self.delimiter.set_choices([(mark, _delimiter(mark)) for mark in marks])
        self.delimiter.set_value(file.sheet.delimiter)
        lines = max(_HEADER_LINES, file.sheet.header_line)
        lines = min(lines, len(file.raw.rows))
        self.header.set_choices([(0, _("none")), *((n, str(n)) for n in range(1, lines + 1))])
        self.header.set_value(file.sheet.header_line)
        is_text = bool(file.sheet.delimiter)
        for box, shown in (
            (self.encoding, is_text),
            (self.delimiter, is_text),
            (self.key, file.kind is TableKind.CLIENTS),
        ):
            self._pairs[box].setVisible(shown)
        self.making.setVisible(file.kind is TableKind.PURCHASES)
        self._flow.invalidate()
        self.updateGeometry()


def _delimiter(mark: str) -> str:
    name = wording.delimiter_name(mark)
    return name if mark in (name, "\t") else f"{name} {mark}"


class _Pair(QWidget):
    """A box with its words before it; they wrap to the next line together."""

    def __init__(self, text: str, box: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, em(0.6), 0)
        row.setSpacing(em(0.4))
        label = QLabel(text)
        label.setBuddy(box)
        box.setAccessibleName(text.replace("&", ""))
        row.addWidget(label)
        row.addWidget(box)
