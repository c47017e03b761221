"""The words of a preset in every language, and an owner's own words beside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddChoice, AddField, RenameChoice, RenameField
from db.commands.presets import ApplyPreset
from db.domain.fields import Choice, Field, FieldKind
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Reading
from db.preset_words import preset_words
from db.presets import preset, presets
from db.queries.cards.full_card import full_card
from db.queries.setup import all_fields, own_fields
from db.schema import Product
from db.transfer.columns import TableKind, map_columns
from tests.db.importing import load, sheet

LANGUAGES = ("ru", "en")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka") as opened:
        yield opened


@pytest.mark.parametrize("stored", LANGUAGES)
@pytest.mark.parametrize("shown", LANGUAGES)
def test_every_word_of_every_preset_is_shown_in_the_language_asked_for(
    stored: str, shown: str
) -> None:
    words = preset_words()
    for here, there in zip(presets(stored), presets(shown), strict=True):
        for field, other in zip(here.fields, there.fields, strict=True):
            assert words.label(field.key, field.label, shown) == other.label
            for choice, same in zip(field.choices, other.choices, strict=True):
                assert words.choice(field.key, choice, shown) == same
        for rule, needed in zip(here.rules, there.rules, strict=True):
            assert words.purpose(rule.field_key, rule.purpose, shown) == needed.purpose


def test_a_renamed_label_stays_as_the_owner_named_it() -> None:
    assert preset_words().label("dye", "Формула краски", "en") == "Формула краски"
    # The word of another field is the owner's own word here.
    assert preset_words().label("dye", "Родственники", "en") == "Родственники"


@pytest.mark.parametrize("stored", LANGUAGES)
@pytest.mark.parametrize("label", ["Краска (рецепт)", "dye (recipe)", "DYE"])
def test_no_field_gets_a_name_that_another_is_shown_with(
    base: ClientBase, stored: str, label: str
) -> None:
    base.do(ApplyPreset(preset("hairdresser", stored)))
    for command in (AddField(label, FieldKind.TEXT), RenameField("relatives", label)):
        with pytest.raises(TroubleError) as caught:
            base.do(command)
        assert caught.value.trouble is Trouble.TAKEN_NAME
    base.do(RenameField("dye", "Формула"))
    base.do(AddField("Dye (recipe)", FieldKind.TEXT))  # it is not shown with this name any more


def test_a_field_may_be_named_in_the_other_language_of_its_own_preset(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    base.do(RenameField("dye", "Dye (recipe)"))
    assert {field.key: field.label for field in base.ask(own_fields)}["dye"] == "Dye (recipe)"


def test_no_field_of_a_preset_is_added_beside_one_that_looks_like_it(base: ClientBase) -> None:
    base.do(AddField("Краска (рецепт)", FieldKind.TEXT))
    with pytest.raises(TroubleError) as caught:
        base.do(AddField("Dye (recipe)", FieldKind.TEXT, key="dye"))
    assert caught.value.trouble is Trouble.TAKEN_NAME


def test_no_value_of_a_list_is_added_that_another_is_shown_with(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("repair", "ru")))
    with pytest.raises(TroubleError) as caught:
        base.do(AddChoice("repair_state", "ready"))
    assert caught.value.trouble is Trouble.TAKEN_NAME
    ready = next(
        choice
        for field in base.ask(own_fields)
        for choice in field.choices
        if choice.text == "Готов"
    )
    base.do(RenameChoice(ready.id, "Ready"))
    with pytest.raises(TroubleError):
        base.do(AddChoice("repair_state", "Готов"))


def test_a_purpose_written_by_an_earlier_version_is_known() -> None:
    assert preset_words().purpose("allergies", "не навредить", "en") == (
        "to respect contraindications in treatment"
    )


def _list_of(*texts: str) -> Field:
    choices = tuple(Choice(place, text) for place, text in enumerate(texts, 1))
    return Field("price_type", FieldKind.CHOICE, 1, "Тип цен", choices)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Retail", "Розница"), ("розница", "розница"), ("dealer", "Дилер"), ("лиловая", "лиловая")],
)
def test_a_value_of_a_list_is_understood_in_any_language(typed: str, stored: str) -> None:
    assert preset_words().stored_choice(_list_of("Розница", "Дилер"), typed) == stored


def test_a_value_the_owner_added_wins_over_a_translation() -> None:
    assert preset_words().stored_choice(_list_of("Розница", "Retail"), "Retail") == "Retail"


def test_a_heading_is_known_in_any_language(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("wholesale", "ru")))
    base.do(RenameField("delivery_place", "Куда везти"))
    own = base.ask(own_fields)
    header = ("Name", "Price list", "Тип цен", "Куда везти", "Delivery warehouse")
    assert map_columns(TableKind.CLIENTS, header[:2], own) == ("name", "price_type")
    assert map_columns(TableKind.CLIENTS, header[2:], own) == ("price_type", "delivery_place", None)


def test_a_file_in_another_language_fills_the_list(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("wholesale", "ru")))
    assert load(base, sheet("Name;Price list", "Alpha Ltd;Retail")).value.created == 1
    assert base.ask(full_card, ClientId(1)).card.values["price_type"] == "Розница"


def _products(reading: Reading) -> int:
    return len(reading.session.scalars(select(Product.id)).all())


@pytest.mark.parametrize("trade", ["hairdresser", "wholesale"])
def test_a_preset_in_another_language_adds_nothing_twice(base: ClientBase, trade: str) -> None:
    base.do(ApplyPreset(preset(trade, "ru")))
    base.do(CreateClient({"name": "Анна"}))
    before = (base.ask(all_fields), base.ask(_products))
    base.do(ApplyPreset(preset(trade, "en")))
    assert (base.ask(all_fields), base.ask(_products)) == before
