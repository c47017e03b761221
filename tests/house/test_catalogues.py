"""The check of the catalogues finds what a person would stumble over."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from tests.house import tree

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
PLURAL = 'msgid "{count} card"\nmsgid_plural "{count} cards"\n'


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    place = tree.ROOT / "resources/locale/catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    return module


def written(catalogues: ModuleType, body: str) -> Path:
    source: Path = catalogues.LOCALE / "ru/LC_MESSAGES/kartoteka.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(HEAD + body, "utf-8")
    return source


def asked(*texts: str | tuple[str, str]) -> Catalog:
    template = Catalog()
    for text in texts:
        template.add(text)
    return template


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ('msgid "Cards"\nmsgstr "Карточки"\n', []),
        ("", ["missing: 'Cards'"]),
        ('msgid "Cards"\nmsgstr ""\n', ["untranslated: 'Cards'"]),
        ('#, fuzzy\nmsgid "Cards"\nmsgstr "Карточки"\n', ["fuzzy: 'Cards'"]),
        (
            'msgid "Cards"\nmsgstr "Карточки"\n\nmsgid "Old"\nmsgstr "Старое"\n',
            ["no longer in the code: 'Old'"],
        ),
    ],
)
def test_a_text_and_its_translation_belong_together(
    catalogues: ModuleType, body: str, verdict: list[str]
) -> None:
    source = written(catalogues, body)
    assert list(catalogues.disagreements(source, asked("Cards"))) == verdict


def test_a_lost_placeholder_is_found(catalogues: ModuleType) -> None:
    source = written(catalogues, 'msgid "Saved {name}"\nmsgstr "Сохранено {nmae}"\n')
    verdict = list(catalogues.disagreements(source, asked("Saved {name}")))
    assert verdict == ["other placeholders: 'Saved {name}'"]


def test_every_plural_form_is_asked_for(catalogues: ModuleType) -> None:
    forms = 'msgstr[0] "{count} карточка"\nmsgstr[1] "{count} карточки"\nmsgstr[2] ""\n'
    source = written(catalogues, PLURAL + forms)
    verdict = list(catalogues.disagreements(source, asked(("{count} card", "{count} cards"))))
    assert verdict == ["untranslated: '{count} card'"]


def test_an_update_keeps_translations_drops_old_texts_and_settles(catalogues: ModuleType) -> None:
    source = written(catalogues, 'msgid "Cards"\nmsgstr "Карточки"\n\nmsgid "Old"\nmsgstr "А"\n')
    template = asked("Cards", "New")
    catalogues.update(source, template)
    once = source.read_text("utf-8")
    assert '"Карточки"' in once
    assert '"New"' in once
    assert '"Old"' not in once
    catalogues.update(source, template)
    assert source.read_text("utf-8") == once
