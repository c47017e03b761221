"""Which module has which command. This file imports none of them: a call needs only its own."""

from collections.abc import Sequence

# In the order of the help.
COMMANDS = {
    "init": "bases",
    "demo": "bases",
    "presets": "bases",
    "client": "cards",
    "history": "cards",
    "undo": "cards",
    "redo": "cards",
    "purchase": "records",
    "interaction": "records",
    "rules": "rules",
    "fill-rate": "rules",
    "segments": "lists",
    "segment": "lists",
    "winback": "lists",
    "today": "lists",
    "import": "transfer",
    "undo-import": "transfer",
    "export": "transfer",
    "offer": "offers",
    "check": "care",
    "backup": "care",
    "backups": "care",
    "restore": "care",
    "bin": "erasing",
}
_WITH_VALUE = frozenset({"--base", "--as-of", "--lang"})
_HELP = frozenset({"-h", "--help"})


def modules_for(arguments: Sequence[str]) -> list[str]:
    """Return the modules whose commands a call may need: one, or all where it names no command."""
    module = COMMANDS.get(_command(arguments))
    return [module] if module else list(dict.fromkeys(COMMANDS.values()))


def _command(arguments: Sequence[str]) -> str:
    """Return the first word before --help; empty where there is none."""
    until = next((place for place, word in enumerate(arguments) if word in _HELP), None)
    return first_word(arguments[:until])


def first_word(arguments: Sequence[str]) -> str:
    """Return the first argument that is no option and no value of one; empty without one."""
    place = 0
    while place < len(arguments):
        argument = arguments[place]
        if not argument.startswith("-"):
            return argument
        place += 2 if argument in _WITH_VALUE else 1
    return ""
