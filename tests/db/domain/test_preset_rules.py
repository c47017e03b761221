"""The shipped presets hold what PRODUCT §2 says of them."""

from collections import Counter

import pytest

from db.domain.field_rules import Level
from db.domain.fields import STANDARD_BY_KEY, FieldKind
from db.domain.kinds import CUSTOM_KINDS
from db.domain.presets import Preset
from db.domain.settings import Settings, faults
from db.presets import preset, presets

KEYS = [entry.key for entry in presets("ru")]
LANGUAGES = ("ru", "en")


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_hold_the_same_trade(key: str) -> None:
    russian, english = (preset(key, language) for language in LANGUAGES)
    assert [(one.key, one.kind, len(one.choices)) for one in russian.fields] == [
        (one.key, one.kind, len(one.choices)) for one in english.fields
    ]
    assert [(one.field_key, one.level, one.condition) for one in russian.rules] == [
        (one.field_key, one.level, one.condition) for one in english.rules
    ]
    assert [one.usual_cycle_days for one in russian.products] == [
        one.usual_cycle_days for one in english.products
    ]
    assert russian.trade_cycle_days == english.trade_cycle_days


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_field_has_words_and_a_key_of_its_own(key: str, language: str) -> None:
    trade = preset(key, language)
    keys = [one.key for one in trade.fields]
    assert max(Counter(keys).values(), default=1) == 1
    assert not set(keys) & set(STANDARD_BY_KEY)
    for one in trade.fields:
        assert one.kind in CUSTOM_KINDS
        assert one.label.strip() == one.label != ""
        assert bool(one.choices) is (one.kind is FieldKind.CHOICE)
        assert len(set(one.choices)) == len(one.choices)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_rule_says_why_and_names_a_field_that_is_there(key: str, language: str) -> None:
    trade = preset(key, language)
    known = {*STANDARD_BY_KEY, *(one.key for one in trade.fields)}
    for rule in trade.rules:
        assert rule.field_key in known
        assert rule.purpose
        # PRODUCT: only the name, or one way to reach the client, blocks by default.
        assert rule.level is Level.GAP


@pytest.mark.parametrize("key", KEYS)
def test_the_numbers_of_a_trade_are_ones_that_settings_take(key: str) -> None:
    trade = preset(key, "ru")
    usual = Settings()
    settings = Settings(
        trade_cycle_days=trade.trade_cycle_days,
        trade_margin_percent=trade.trade_margin_percent or usual.trade_margin_percent,
    )
    assert faults(settings) == ()
    assert trade.lost_months in (None, 3, 6)  # PRODUCT §4: 3 or 6 months by preset


@pytest.mark.parametrize("trade", presets("ru"), ids=KEYS)
def test_a_product_comes_again_after_some_days(trade: Preset) -> None:
    assert all(1 <= one.usual_cycle_days <= 3660 for one in trade.products)
    assert all(one.name and one.unit for one in trade.products)


def test_a_certificate_is_of_three_years() -> None:
    trade = preset("certificates", "ru")
    assert trade.trade_cycle_days == 3 * 365
    assert [one.usual_cycle_days for one in trade.products] == [3 * 365]


def test_the_empty_preset_brings_nothing() -> None:
    assert preset("empty", "ru") == Preset("empty")
