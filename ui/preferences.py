"""What this device remembers: looks, window places, columns, the last base. Not business data."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QObject, QSettings, QStandardPaths, Signal

from ui.words.i18n import LANGUAGES

SYSTEM = "system"
LANGUAGE_CHOICES = (SYSTEM, *LANGUAGES)
THEME_CHOICES = (SYSTEM, "light", "dark")
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)  # percent
RECENT = 8


class Preferences(QObject):
    """Reads and writes QSettings; wrong or foreign values count as not set."""

    language_changed = Signal()
    looks_changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or QSettings()

    @property
    def language(self) -> str:
        """One of LANGUAGE_CHOICES."""
        return self._one_of("language", LANGUAGE_CHOICES)

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)
        self.language_changed.emit()

    def language_in_effect(self) -> str:
        """Return one of LANGUAGES: the chosen one, else the system's, English for any other."""
        if self.language != SYSTEM:
            return self.language
        system = QLocale.system().name().split("_")[0]
        return "ru" if system in {"ru", "be", "kk", "uk"} else "en"

    @property
    def theme(self) -> str:
        """One of THEME_CHOICES."""
        return self._one_of("theme", THEME_CHOICES)

    @theme.setter
    def theme(self, theme: str) -> None:
        self._settings.setValue("theme", theme)
        self.looks_changed.emit()

    @property
    def text_size(self) -> int:
        """Percent of the usual size, 80 to 200."""
        try:
            size = int(str(self._settings.value("text_size", 100)))
        except ValueError:
            return 100
        return min(max(size, TEXT_SIZES[0]), TEXT_SIZES[-1])

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._settings.setValue("text_size", percent)
        self.looks_changed.emit()

    @property
    def last_base(self) -> Path | None:
        recent = self.recent_bases()
        return recent[0] if recent else None

    def recent_bases(self) -> tuple[Path, ...]:
        """Return the bases opened lately, newest first, those that are still there."""
        return tuple(place for place in map(Path, self._texts("recent_bases")) if place.is_file())

    def remember_base(self, path: Path) -> None:
        others = [text for text in self._texts("recent_bases") if text != str(path)]
        self._settings.setValue("recent_bases", [str(path), *others][:RECENT])

    def forget_base(self, path: Path) -> None:
        others = [text for text in self._texts("recent_bases") if text != str(path)]
        self._settings.setValue("recent_bases", others)

    @property
    def last_page(self) -> str:
        return self.text("last_page")

    @last_page.setter
    def last_page(self, key: str) -> None:
        self.set_text("last_page", key)

    def folder(self, purpose: str) -> Path:
        """Return the folder last used for this purpose; at first, Documents."""
        remembered = self.text(f"folder/{purpose}")
        if remembered and Path(remembered).is_dir():
            return Path(remembered)
        return documents_folder()

    def remember_folder(self, purpose: str, folder: Path) -> None:
        self.set_text(f"folder/{purpose}", str(folder))

    def text(self, key: str, default: str = "") -> str:
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        self._settings.setValue(key, value)

    def state(self, key: str) -> QByteArray:
        """Return a saved geometry, splitter or header; empty when none."""
        value = self._settings.value(f"state/{key}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, state: QByteArray) -> None:
        self._settings.setValue(f"state/{key}", state)

    def save(self) -> None:
        self._settings.sync()

    def _texts(self, key: str) -> list[str]:
        value = self._settings.value(key, [])
        if isinstance(value, str):  # the INI form of a list of one
            return [value]
        texts = value if isinstance(value, list) else []
        return [text for text in texts if isinstance(text, str)]

    def _one_of(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.text(key, SYSTEM)
        return value if value in choices else SYSTEM


def documents_folder() -> Path:
    """Return the folder of documents of the system, else the home folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place)
    return folder if folder.is_dir() else Path.home()
