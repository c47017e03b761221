"""What the system tells the program: its language, and whether there is a screen."""

import ctypes
import os
import sys

_RUSSIAN_READERS = frozenset({"ru", "be", "kk", "uk"})
_WINDOWS_LANGUAGES = {0x19: "ru", 0x23: "be", 0x3F: "kk", 0x22: "uk"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def system_language() -> str:
    """Return the language for an owner who has chosen none: Russian or English."""
    return "ru" if _code_of_system() in _RUSSIAN_READERS else "en"


def _code_of_system() -> str:
    for variable in _VARIABLES:
        if value := os.environ.get(variable):
            return value.replace("-", "_").split("_")[0].split(".")[0].casefold()
    if sys.platform == "win32":
        chosen = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return _WINDOWS_LANGUAGES.get(chosen, "en")
    return "en"


def has_screen() -> bool:
    """Say whether a window can be seen here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
