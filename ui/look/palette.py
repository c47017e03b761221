"""Colours of the two themes, by what they mean."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The meaning of a colour of a badge, a notice or a number; a text always says it too."""

    PLAIN = "plain"
    ACCENT = "accent"
    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, each as `#RRGGBB`."""

    dark: bool
    window: str
    panel: str
    header: str
    line: str
    text: str
    muted: str
    faint: str  # placeholder and disabled text
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    selected: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    on_danger: str
    info: str
    info_soft: str
    muted_soft: str

    def tone(self, tone: Tone) -> str:
        """Return the colour of text in this tone."""
        return {
            Tone.PLAIN: self.text,
            Tone.ACCENT: self.accent,
            Tone.INFO: self.info,
            Tone.WARNING: self.warning,
            Tone.DANGER: self.danger,
            Tone.MUTED: self.muted,
        }[tone]

    def soft(self, tone: Tone) -> str:
        """Return the quiet background on which text of this tone is legible."""
        return {
            Tone.PLAIN: self.muted_soft,
            Tone.ACCENT: self.accent_soft,
            Tone.INFO: self.info_soft,
            Tone.WARNING: self.warning_soft,
            Tone.DANGER: self.danger_soft,
            Tone.MUTED: self.muted_soft,
        }[tone]


LIGHT = Colours(
    dark=False,
    window="#F4F5F7",
    panel="#FFFFFF",
    header="#F9FAFC",
    line="#DFE3E8",
    text="#1D2630",
    muted="#5C6875",
    faint="#66717E",
    accent="#1F7A5C",
    accent_hover="#196A4F",
    on_accent="#FFFFFF",
    accent_soft="#E5F2ED",
    selected="#E2F1EA",
    warning="#8A5C00",
    warning_soft="#FCF2DA",
    danger="#B3261E",
    danger_soft="#FCE9E7",
    on_danger="#FFFFFF",
    info="#2660A4",
    info_soft="#E5EFFA",
    muted_soft="#ECEFF2",
)
DARK = Colours(
    dark=True,
    window="#171B20",
    panel="#1F242B",
    header="#1B2026",
    line="#333B45",
    text="#E6EAEE",
    muted="#98A4B1",
    faint="#8D99A6",
    accent="#3FAE86",
    accent_hover="#52BD97",
    on_accent="#0D1F18",
    accent_soft="#1D382F",
    selected="#1D3930",
    warning="#E0B04A",
    warning_soft="#3A2F14",
    danger="#F28B82",
    danger_soft="#43211F",
    on_danger="#2A0F0D",
    info="#8AB4F0",
    info_soft="#1D2E47",
    muted_soft="#2B323B",
)


_TONES = {
    "potential": Tone.MUTED,
    "new": Tone.INFO,
    "regular": Tone.ACCENT,
    "at_risk": Tone.WARNING,
    "lost": Tone.DANGER,
    # Offers
    "draft": Tone.MUTED,
    "sent": Tone.INFO,
    "accepted": Tone.ACCENT,
    "declined": Tone.DANGER,
    "superseded": Tone.MUTED,
    "expired": Tone.WARNING,
}


def tone_of(code: str) -> Tone:
    """Return the tone of the status of a client or an offer; MUTED for an unknown one."""
    return _TONES.get(code, Tone.MUTED)
