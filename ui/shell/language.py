"""The language of our texts and of Qt's own: file dialogs, menus of a text line."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from ui.words import i18n

_COUNTRIES = {
    "ru": (QLocale.Language.Russian, QLocale.Country.Russia),
    "en": (QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class QtTexts(QObject):
    """Holds Qt's catalogue of the language in use."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Show everything made from now on in this language."""
        i18n.use(language)
        QLocale.setDefault(QLocale(*_COUNTRIES[language]))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator(self)
        # The texts of Qt are English without a translator.
        if language != "en" and translator.load(f"qtbase_{language}", place):
            self._app.installTranslator(translator)
            self._translator = translator
