"""The commands that the guides show are carried out as they stand there."""

import json
import shlex
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.fields import AddField
from db.domain.fields import FieldKind
from desktop.cli.main import main

DOCS = Path(__file__).parents[2] / "docs"
BASES = {
    "мастерская": "repair",
    "салон": "hairdresser",
    "workshop": "repair",
    "salon": "hairdresser",
}
OWN_FIELD = {"ru": ("Пол", ("женский", "мужской")), "en": ("Sex", ("female", "male"))}


def commands(language: str) -> list[list[str]]:
    lines = (DOCS / f"guide.{language}.md").read_text("utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("kartoteka ")]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_rules_of_the_guide_are_set(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = commands(language)
    assert len(shown) == 3
    for base in {words[1] for words in shown}:
        place = tmp_path / base
        assert main(["--lang", language, "init", str(place), "--preset", BASES[place.stem]]) == 0
        with ClientBase(place) as opened:
            label, choices = OWN_FIELD[language]
            opened.do(AddField(label, FieldKind.CHOICE, choices))
    capsys.readouterr()
    rules: list[list[str]] = []
    for words in shown:
        words[1] = str(tmp_path / words[1])
        assert main(["--lang", language, "--json", *words]) == 0
        document = json.loads(capsys.readouterr().out)
        rules += [rule["for"] for rule in document if rule["for"]]
    assert len(rules) == 2
