"""How everything looks: Fusion, own palettes, a style sheet from palette and font metrics.

Nothing here is a fixed pixel size: all lengths come from the font, which the owner may enlarge.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.look.palette import DARK, LIGHT, Colours, Tone
from ui.look.stylesheet import style_sheet
from ui.preferences import Preferences

__all__ = [
    "Colours", "Tone", "apply", "colours", "em", "follow", "prepare", "scaled_font", "small_font",
]  # fmt: skip

BASE_POINTS = 10.5


class _Applied:
    colours: Colours = LIGHT
    text_height: int | None = None  # of the program's font, once it is known


def colours() -> Colours:
    """Return the colours in effect. Ask when painting, never keep them."""
    return _Applied.colours


def em(share: float = 1.0) -> int:
    """Return a length in pixels as a share of the text height."""
    height = _Applied.text_height or QFontMetrics(QApplication.font()).height()
    return max(1, round(height * share))


def scaled_font(share: float, *, bold: bool = False) -> QFont:
    """Return the program's font at this share of its size."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * share)
    font.setBold(bold)
    return font


def small_font() -> QFont:
    """Return the program's font at nine tenths of its size."""
    return scaled_font(0.9)


def prepare(app: QApplication) -> None:
    """Load the shipped font and take Fusion; once, before the first window."""
    app.setStyle("Fusion")
    for file in resources.font_files():
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, theme: str, text_percent: int) -> None:
    """Show everything in this theme (light, dark or system) and text size, at once."""
    dark = theme == "dark" or (theme == "system" and _system_is_dark(app))
    _Applied.colours = DARK if dark else LIGHT
    font = QFont([resources.FONT_FAMILY, "DejaVu Sans"])
    font.setPointSizeF(BASE_POINTS * text_percent / 100)
    app.setFont(font)
    _Applied.text_height = QFontMetrics(font).height()
    app.setPalette(_palette(_Applied.colours))
    app.setStyleSheet(style_sheet(_Applied.colours, em()))


def follow(app: QApplication, preferences: Preferences) -> None:
    """Apply the preferences now and whenever they or the system's looks change."""

    def renew() -> None:
        apply(app, preferences.theme, preferences.text_size)

    def renew_with_system() -> None:
        if preferences.theme == "system":
            renew()

    renew()
    preferences.looks_changed.connect(renew)
    app.styleHints().colorSchemeChanged.connect(renew_with_system)


def _system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: c.window, role.WindowText: c.text, role.Base: c.panel, role.Text: c.text,
        role.AlternateBase: c.header, role.Button: c.panel, role.ButtonText: c.text,
        role.BrightText: c.danger, role.ToolTipBase: c.panel, role.ToolTipText: c.text,
        role.PlaceholderText: c.faint, role.Highlight: c.accent,
        role.HighlightedText: c.on_accent, role.Accent: c.accent, role.Link: c.accent,
        role.LinkVisited: c.accent, role.Light: c.panel, role.Midlight: c.line, role.Mid: c.line,
        role.Dark: c.muted, role.Shadow: "#000000",
    }.items():  # fmt: skip
        palette.setColor(which, QColor(colour))
    off = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(off, which, QColor(c.faint))
    palette.setColor(off, role.Highlight, QColor(c.line))
    palette.setColor(off, role.HighlightedText, QColor(c.faint))
    return palette
