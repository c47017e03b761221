"""Labels of a preset follow the language in use; what the owner renamed does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.fields import RenameChoice, RenameField, SetRule
from db.commands.presets import ApplyPreset
from db.domain.field_rules import Level
from db.domain.fields import FieldKind
from db.file.create import create_base
from db.presets import preset
from db.queries.setup import all_fields, all_rules
from db.transfer.columns import TableKind
from ui.words import i18n
from ui.words import transfer as wording
from ui.words.clients import field_value
from ui.words.fields import field_label
from ui.words.presets import purpose


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka") as opened:
        opened.do(ApplyPreset(preset("wholesale", "ru")))
        yield opened


def test_a_base_made_in_russian_is_shown_in_english(base: ClientBase) -> None:
    i18n.use("en")
    fields, rules = base.ask(all_fields), base.ask(all_rules)
    field = fields["price_type"]
    assert field.kind is FieldKind.CHOICE
    assert field_label(fields, "price_type") == "Price list"
    assert field_value(field, "Розница") == "Retail"
    assert wording.target_name(TableKind.CLIENTS, "price_type", fields) == "Price list"
    assert purpose(rules[1]) == "to agree on the order"
    i18n.use("ru")
    assert field_label(fields, "price_type") == "Тип цен"
    assert field_value(field, "Розница") == "Розница"


def test_a_renaming_wins_in_every_language(base: ClientBase) -> None:
    choice = base.ask(all_fields)["price_type"].choices[0]
    base.do(RenameField("price_type", "Прайс"))
    base.do(RenameChoice(choice.id, "Розничный"))
    base.do(SetRule("price_type", Level.GAP, purpose="чтобы знать цену"))
    fields = base.ask(all_fields)
    rule = next(rule for rule in base.ask(all_rules) if rule.purpose == "чтобы знать цену")
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert field_label(fields, "price_type") == "Прайс"
        assert field_value(fields["price_type"], "Розничный") == "Розничный"
        assert purpose(rule) == "чтобы знать цену"
