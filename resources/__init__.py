"""Data the program ships with: fonts, icons, catalogues, samples."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
FONT_FAMILY = "PT Sans"
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")


def font_files() -> tuple[Path, ...]:
    """Return the faces of the shipped font and the one that helps out where it has no sign."""
    faces = tuple(ROOT / "fonts" / f"PT_Sans-Web-{face}.ttf" for face in _FACES)
    return (*faces, ROOT / "fonts" / "DejaVuSans.ttf", ROOT / "fonts" / "DejaVuSans-Bold.ttf")


def icon_file(name: str) -> Path:
    return ROOT / "icons" / f"{name}.svg"


@cache
def icon_source(name: str) -> str:
    """Return an icon as SVG text drawn in `currentColor`."""
    return icon_file(name).read_text(encoding="utf-8")
