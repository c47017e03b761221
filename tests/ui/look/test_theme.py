"""Both themes are legible, and everything is measured by the text."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.domain.lifecycle import Status
from db.domain.offers import OfferStatus
from ui.look import theme
from ui.look.icons import icon, pixmap
from ui.look.palette import DARK, LIGHT, Colours, Tone, tone_of
from ui.widgets.labels import title

Looks = Callable[[str, int], None]


def _luminance(colour: str) -> float:
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("colours", "tone"), list(product((LIGHT, DARK), Tone)))
def test_text_of_every_tone_is_legible(colours: Colours, tone: Tone) -> None:
    grounds = [colours.panel, colours.window, colours.selected, colours.soft(tone)]
    weak = {g: contrast(colours.tone(tone), g) for g in grounds}
    assert min(weak.values()) >= 4.5, weak


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_buttons_placeholders_and_links_are_legible(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_danger, colours.danger) >= 4.5
    assert contrast(colours.faint, colours.panel) >= 4.5
    for soft in (colours.accent_soft, colours.warning_soft, colours.info_soft):
        assert contrast(colours.accent, soft) >= 4.5
        assert contrast(colours.text, soft) >= 4.5


def test_the_theme_is_switched_live(qapp: QApplication, looks: Looks, qtbot: QtBot) -> None:
    label = QLabel("текст")
    qtbot.addWidget(label)
    looks("dark", 100)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)
    looks("light", 100)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.text)


def test_all_sizes_follow_the_text(looks: Looks, qtbot: QtBot) -> None:
    heading = title("Иванова")
    qtbot.addWidget(heading)
    before, height = theme.em(10), heading.sizeHint().height()
    looks("light", 200)
    assert theme.em(10) == pytest.approx(before * 2, rel=0.06)
    assert heading.sizeHint().height() == pytest.approx(height * 2, rel=0.1)


def test_the_shipped_font_is_used(qapp: QApplication) -> None:
    assert QLabel("a").fontInfo().family() == "PT Sans"


def test_an_icon_takes_the_colour_of_the_theme(looks: Looks) -> None:
    made = icon("users")
    looks("light", 100)
    light = made.pixmap(32, 32).toImage()
    looks("dark", 100)
    dark = made.pixmap(32, 32).toImage()
    assert light != dark
    assert pixmap("users", 20).width() == 20


def test_what_needs_the_owner_stands_out() -> None:
    tones = {code: tone_of(code) for code in (*Status, *OfferStatus)}
    assert {code for code, tone in tones.items() if tone is Tone.DANGER} == {"lost", "declined"}
    assert {code for code, tone in tones.items() if tone is Tone.WARNING} == {"at_risk", "expired"}
    assert tone_of("nonsense") is Tone.MUTED
