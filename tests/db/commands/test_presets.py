"""Trade presets: what they bring, and that they add and never delete."""

from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, UpdateClient
from db.commands.presets import ApplyPreset
from db.commands.settings import ChangeSettings
from db.domain.fields import STANDARD_BY_KEY, FieldKind
from db.domain.kinds import CUSTOM_KINDS
from db.domain.settings import Settings
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.presets import preset, presets
from db.queries.cards.full_card import full_card
from db.queries.setup import all_fields, all_rules, owner_settings


@pytest.fixture
def base(tmp_path: Path) -> ClientBase:
    create_base(tmp_path / "base.kartoteka")
    return ClientBase(tmp_path / "base.kartoteka")


def test_the_trades_of_the_product_are_offered_in_its_order() -> None:
    keys = [entry.key for entry in presets("ru")]
    assert keys == [
        "hairdresser", "wholesale", "repair", "tutor", "dentist", "certificates", "cafe", "empty",
    ]  # fmt: skip


def test_a_hairdresser_asks_for_six_things(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    rules = base.ask(all_rules)
    assert [rule.field_key for rule in rules] == [
        "name", "birthday", "phone", "last_haircut", "relatives", "dye",
    ]  # fmt: skip
    assert all(rule.purpose for rule in rules)
    fields = base.ask(all_fields)
    assert (fields["last_haircut"].label, fields["last_haircut"].kind) == (
        "Дата последней стрижки",
        FieldKind.DATE,
    )
    assert (fields["relatives"].label, fields["relatives"].kind) == (
        "Родственники",
        FieldKind.LONG_TEXT,
    )
    assert fields["dye"].label == "Краска (рецепт)"


def test_the_words_are_those_of_the_language_in_which_it_was_made(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("hairdresser", "en")))
    assert base.ask(all_fields)["dye"].label == "Dye (recipe)"
    assert base.ask(all_rules)[1].purpose == "to congratulate and give a present"


@pytest.mark.parametrize("key", [entry.key for entry in presets("ru")])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_rule_finds_its_field(base: ClientBase, key: str, language: str) -> None:
    base.do(ApplyPreset(preset(key, language)))
    fields = base.ask(all_fields)
    assert {rule.field_key for rule in base.ask(all_rules)} <= fields.keys()
    own = [field for field in fields.values() if field.is_custom]
    assert all(field.kind in CUSTOM_KINDS and field.label for field in own)
    assert not {field.key for field in own} & STANDARD_BY_KEY.keys()
    assert all(field.choices for field in own if field.kind is FieldKind.CHOICE)


@pytest.mark.parametrize("key", ["hairdresser", "wholesale", "certificates"])
def test_a_second_time_adds_nothing(base: ClientBase, key: str) -> None:
    base.do(ApplyPreset(preset(key, "ru")))
    before = (base.ask(all_fields), base.ask(all_rules), base.ask(owner_settings))
    again = base.do(ApplyPreset(preset(key, "ru")))
    assert again.change_id is None
    assert (base.ask(all_fields), base.ask(all_rules), base.ask(owner_settings)) == before


def test_another_trade_deletes_nothing(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    fields, rules = base.ask(all_fields), base.ask(all_rules)
    base.do(ApplyPreset(preset("cafe", "ru")))
    assert fields.items() <= base.ask(all_fields).items()
    assert set(rules) <= set(base.ask(all_rules))


def test_a_certificate_of_three_years_is_the_cycle_of_its_trade(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("certificates", "ru")))
    assert base.ask(owner_settings).trade_cycle_days == 3 * 365


def test_numbers_the_owner_changed_stay(base: ClientBase) -> None:
    base.do(ChangeSettings(Settings(trade_cycle_days=20)))
    base.do(ApplyPreset(preset("dentist", "ru")))
    held = base.ask(owner_settings)
    assert held.trade_cycle_days == 20
    assert (held.preset, held.lifecycle.lost_months, held.churn.silent_months) == ("dentist", 6, 6)


def test_cards_of_before_get_gaps_and_are_not_blocked(base: ClientBase) -> None:
    before = base.do(CreateClient({"name": "Иванова Мария"})).value
    assert base.ask(full_card, before).gaps == ()
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    after = base.do(CreateClient({"name": "Петрова Анна"})).value
    gaps = [{rule.field_key for rule in base.ask(full_card, card).gaps} for card in (before, after)]
    assert gaps[0] == gaps[1] != set()
    assert base.do(UpdateClient(before, None, {"note": "постоянная"})).value == 2


def test_a_trade_nobody_knows_is_named() -> None:
    with pytest.raises(TroubleError) as caught:
        preset("astronaut", "ru")
    assert (caught.value.trouble, caught.value.detail) == (Trouble.NO_SUCH_PRESET, "astronaut")
