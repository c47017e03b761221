"""Language, colours and text size: of this device, applied at once."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from ui.parts.page import PageHost
from ui.preferences import SYSTEM, TEXT_SIZES
from ui.widgets.cards import FramedPanel, ScrollColumn
from ui.widgets.choices import ChoiceBox
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words import formats
from ui.words.i18n import LANGUAGES, _


class LooksSection(ScrollColumn):
    """Three choices; none of them needs a restart."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = host.preferences
        self.language = LabelledField(_("&Language"), ChoiceBox(_languages()))
        self.theme = LabelledField(_("&Colours"), ChoiceBox(_themes()))
        self.text_size = LabelledField(_("&Text size"), ChoiceBox(_sizes()))
        self.language.set_value(self._preferences.language)
        self.theme.set_value(self._preferences.theme)
        self.text_size.set_value(self._preferences.text_size)
        panel = FramedPanel(_("How the program looks"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=9)
        for field in (self.language, self.theme, self.text_size):
            grid.add(field)
        panel.column.addWidget(box)
        panel.column.addWidget(note(_("Applies to this computer only, at once.")))
        self.column.addWidget(panel)
        self.column.addStretch()
        self.language.editor.edited.connect(self._change_language)
        self.theme.editor.edited.connect(self._change_theme)
        self.text_size.editor.edited.connect(self._change_size)

    def _change_language(self) -> None:
        self._preferences.language = self.language.filled()

    def _change_theme(self) -> None:
        self._preferences.theme = self.theme.filled()

    def _change_size(self) -> None:
        self._preferences.text_size = self.text_size.filled()


def _languages() -> list[tuple[str, str]]:
    return [(SYSTEM, _("As in the system")), *[(code, _by_itself(code)) for code in LANGUAGES]]


def _by_itself(code: str) -> str:
    """Return a language as it calls itself, "English" and not "American English"."""
    return QLocale(code).nativeLanguageName().rpartition(" ")[2].capitalize()


def _themes() -> list[tuple[str, str]]:
    return [(SYSTEM, _("As in the system")), ("light", _("Light")), ("dark", _("Dark"))]


def _sizes() -> list[tuple[int, str]]:
    return [(size, formats.percent(size)) for size in TEXT_SIZES]
