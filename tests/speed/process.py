"""Processes of the program that are measured."""

import os


def environment(**more: str) -> dict[str, str]:
    """Return the environment of the program as its owner starts it: from the second start on its
    modules are found compiled, whatever the developer's shell says. Start it once uncounted.
    """
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}
