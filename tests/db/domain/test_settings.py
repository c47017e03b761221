"""Settings of a base: what they begin with, and which numbers are refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from db.domain.churn import ChurnThresholds, LossReason
from db.domain.fields import Fault
from db.domain.lifecycle import LifecycleThresholds
from db.domain.settings import Settings, faults

USUAL = Settings()


def paths(settings: Settings) -> list[str]:
    found = faults(settings)
    assert all(error.fault is Fault.BAD_NUMBER for error in found)
    return [error.field_key for error in found]


def test_a_base_begins_with_the_numbers_of_the_product() -> None:
    assert USUAL.lifecycle == LifecycleThresholds(3, Decimal(2), Decimal("1.5"), 2, 90, 1)
    assert USUAL.churn.silent_months == 3
    assert USUAL.churn.silent_cycles == 2
    assert USUAL.churn.nps_at_most == 6
    assert USUAL.churn.enquiries_over == 3
    assert USUAL.churn.return_days == 60
    assert (USUAL.preset, USUAL.vat_mode, USUAL.trade_cycle_days) == ("empty", "none", None)
    assert faults(USUAL) == ()


def test_every_reason_has_a_chance() -> None:
    assert set(USUAL.return_chances) == set(LossReason)
    assert all(0 <= chance <= 1 for chance in USUAL.return_chances.values())


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("lost_months", 1, 120),
        ("lost_cycles", 1, 100),
        ("risk_cycles", 1, 100),
        ("new_visits", 0, 1000),
        ("new_days", 0, 3660),
        ("active_months", 1, 120),
    ],
)
def test_a_number_of_the_lifecycle_has_its_limits(name: str, least: int, most: int) -> None:
    for value, path in (
        (least - 1, [f"lifecycle.{name}"]),
        (least, []),
        (most, []),
        (most + 1, [f"lifecycle.{name}"]),
    ):
        usual = LifecycleThresholds()
        lifecycle = replace(usual, **{name: type(getattr(usual, name))(value)})
        assert paths(replace(USUAL, lifecycle=lifecycle)) == path


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("silent_months", 1, 120),
        ("silent_cycles", 1, 100),
        ("nps_at_most", 0, 10),
        ("enquiries_over", 0, 1000),
        ("return_days", 1, 3660),
    ],
)
def test_a_number_of_a_definition_has_its_limits(name: str, least: int, most: int) -> None:
    for value, path in (
        (least - 1, [f"churn.{name}"]),
        (least, []),
        (most, []),
        (most + 1, [f"churn.{name}"]),
    ):
        usual = ChurnThresholds()
        churn = replace(usual, **{name: type(getattr(usual, name))(value)})
        assert paths(replace(USUAL, churn=churn)) == path


@pytest.mark.parametrize(
    ("days", "path"),
    [
        (None, []),
        (1, []),
        (3660, []),
        (0, ["trade_cycle_days"]),
        (3661, ["trade_cycle_days"]),
    ],
)
def test_a_trade_may_have_no_usual_cycle(days: int | None, path: list[str]) -> None:
    assert paths(replace(USUAL, trade_cycle_days=days)) == path


@pytest.mark.parametrize(
    ("percent", "path"),
    [
        ("0", []),
        ("100", []),
        ("-0.01", ["trade_margin_percent"]),
        ("101", ["trade_margin_percent"]),
    ],
)
def test_a_margin_is_between_nothing_and_the_whole_price(percent: str, path: list[str]) -> None:
    assert paths(replace(USUAL, trade_margin_percent=Decimal(percent))) == path


def test_a_chance_is_between_0_and_1_and_the_fault_names_its_reason_and_value() -> None:
    chances = {
        **USUAL.return_chances,
        LossReason.PRICE: Decimal("1.01"),
        LossReason.MOVED: Decimal(1),
        LossReason.CLOSED: Decimal(0),
    }
    (fault,) = faults(replace(USUAL, return_chances=chances))
    assert (fault.field_key, fault.value) == ("return_chances.price", "1.01")
    chances = {LossReason.PRICE: Decimal("-0.01")}
    assert paths(replace(USUAL, return_chances=chances)) == ["return_chances.price"]


def test_all_faults_are_named_at_once() -> None:
    wrong = replace(
        USUAL, lifecycle=LifecycleThresholds(lost_months=0), churn=ChurnThresholds(return_days=0)
    )
    assert paths(wrong) == ["lifecycle.lost_months", "churn.return_days"]
