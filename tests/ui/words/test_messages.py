"""Every trouble has words in both languages, and none of them is left in English."""

import re
from pathlib import Path

import pytest

from db.domain.fields import Fault, FieldError
from db.errors import InvalidError, Trouble, TroubleError
from ui.words import i18n, labels
from ui.words.messages import fault, fault_words, trouble_words

SOURCES = sorted((Path(__file__).parents[3] / "db").rglob("*.py"))
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


@pytest.mark.parametrize(
    "key", sorted(set(re.findall(r'FieldError\(\s*"(\w+)"', "".join(map(Path.read_text, SOURCES)))))
)
def test_a_fault_of_a_command_names_what_it_was_given(key: str) -> None:
    assert CYRILLIC.match(fault_words(FieldError(key, Fault.REQUIRED)))


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
