"""The language of the program, and the one a paper is made in beside it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from ui.words import i18n
from ui.words.i18n import _


def test_a_block_speaks_another_language_and_the_program_its_own_again() -> None:
    i18n.use("ru")
    with i18n.speaking("en"):
        assert (_("Clients"), i18n.language()) == ("Clients", "en")
        with i18n.speaking("ru"):
            assert _("Clients") == "Клиенты"
        assert _("Clients") == "Clients"
    assert (_("Clients"), i18n.language()) == ("Клиенты", "ru")


def test_no_language_is_the_one_in_use() -> None:
    for language in i18n.LANGUAGES:
        i18n.use(language)
        with i18n.speaking(""):
            assert i18n.language() == language


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"), i18n.speaking("fr"):
        pass


def test_two_threads_speak_two_languages_at_once() -> None:
    i18n.use("ru")
    together = Barrier(2)

    def word(language: str) -> str:
        with i18n.speaking(language):
            together.wait()
            said = _("Clients")
            together.wait()
            return said

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(word, ("en", "ru"))) == ["Clients", "Клиенты"]
    assert _("Clients") == "Клиенты"
