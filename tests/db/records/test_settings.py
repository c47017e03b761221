"""Settings as stored JSON: what is written is read, and what can't be read is damage."""

import json
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.churn import ChurnThresholds, LossReason
from db.domain.lifecycle import LifecycleThresholds
from db.domain.settings import Company, Settings
from db.records.settings import from_plain, read_setting, settings_of, to_plain
from db.schema.types import DamagedValueError

texts = st.text(max_size=20)
cycles = st.decimals(1, 100, places=2)


@st.composite
def all_settings(draw: st.DrawFn) -> Settings:
    return Settings(
        company=Company(name=draw(texts), inn=draw(texts)),
        trade_cycle_days=draw(st.none() | st.integers(1, 3660)),
        trade_margin_percent=draw(st.decimals(0, 100, places=2)),
        paper_language=draw(st.sampled_from(("", "ru", "en"))),
        lifecycle=LifecycleThresholds(
            lost_months=draw(st.integers(1, 120)), risk_cycles=draw(cycles)
        ),
        churn=ChurnThresholds(silent=draw(st.booleans()), silent_cycles=draw(cycles)),
        return_chances={reason: draw(st.decimals(0, 1, places=2)) for reason in LossReason},
    )


@given(all_settings())
def test_what_is_written_is_read(settings: Settings) -> None:
    plain = json.loads(json.dumps(to_plain(settings)))
    assert from_plain(plain) == settings
    assert settings_of((key, json.dumps(value)) for key, value in plain.items()) == settings


def test_without_rows_every_setting_is_the_default() -> None:
    assert settings_of(()) == Settings()


def test_one_stored_setting_leaves_the_others_as_they_are() -> None:
    stored = settings_of([("trade_margin_percent", '"45.5"')])
    assert stored == replace(Settings(), trade_margin_percent=Decimal("45.5"))


def test_a_setting_of_a_newer_version_is_left_alone() -> None:
    assert read_setting("colour_of_the_sky", '"blue"') == {}
    assert from_plain({"colour_of_the_sky": "blue"}) == Settings()
    lifecycle = {"lost_months": 5, "lost_weeks": 3}
    assert from_plain({"lifecycle": lifecycle}).lifecycle == LifecycleThresholds(lost_months=5)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("trade_margin_percent", "{"),
        ("trade_margin_percent", '"much"'),
        ("trade_margin_percent", "101"),
        ("trade_cycle_days", "0"),
        ("trade_cycle_days", '"35"'),
        ("lifecycle", "[]"),
        ("lifecycle", '{"lost_months": "3"}'),
        ("return_chances", '{"weather": "0.5"}'),
        ("return_chances", '{"price": "1.5"}'),
        ("paper_language", '"de"'),
        ("colour_of_the_sky", "{"),
    ],
)
def test_what_can_not_be_read_is_damage(key: str, value: str) -> None:
    with pytest.raises(DamagedValueError) as caught:
        read_setting(key, value)
    assert (caught.value.kind, caught.value.raw) == ("setting", value)


def test_every_setting_has_a_key_of_its_own() -> None:
    assert list(to_plain(Settings())) == [entry.name for entry in fields(Settings)]
