"""Every trouble has words in both languages, and none of them is left in English."""

import ast
import re
from pathlib import Path

import pytest

import db.commands
from db.domain.fields import Fault, FieldError
from db.errors import InvalidError, Trouble, TroubleError
from ui.words import i18n, labels
from ui.words.messages import fault, fault_words, trouble_words

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_words(trouble: Trouble) -> None:
    words = trouble_words(TroubleError(trouble, "файл.kartoteka"))
    assert CYRILLIC.search(words.what)
    assert CYRILLIC.search(words.safe)
    i18n.use("en")
    assert not CYRILLIC.search(trouble_words(TroubleError(trouble, "x")).what)


@pytest.mark.parametrize("code", list(Fault))
def test_every_fault_has_words(code: Fault) -> None:
    assert fault(code, "123") != str(code)
    assert CYRILLIC.search(fault(code, "123"))


def test_a_fault_names_its_field() -> None:
    told = fault_words(FieldError("phone", Fault.BAD_PHONE, "12"))
    assert told == "Телефон: «12» не похоже на номер телефона"


def test_an_invalid_card_lists_all_its_faults() -> None:
    errors = (FieldError("phone", Fault.REQUIRED), FieldError("birthday", Fault.BAD_DATE))
    assert len(trouble_words(InvalidError(errors)).what.splitlines()) == 2


def test_a_bug_has_words_too() -> None:
    assert "ошибка" in trouble_words(ZeroDivisionError("oops")).what


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert labels.status("regular") == "постоянный"
    assert labels.status("hibernating") == "hibernating"
    assert labels.command("NoSuchCommand") == "последнее изменение"


def test_undo_can_name_every_command() -> None:
    named = {name for name in _commands() if labels.command(name) == "последнее изменение"}
    assert named == set()


def _commands() -> set[str]:
    """Every class of db.commands that runs in a session, but those that move through history."""
    folder = Path(db.commands.__file__).parent
    found = {
        node.name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        if any(isinstance(part, ast.FunctionDef) and part.name == "run" for part in node.body)
    }
    assert len(found) > 20
    return found - {"Undo", "Redo", "TakeBack"}
