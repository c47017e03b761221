"""Lifecycle status, on days counted by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.domain.lifecycle import LifecycleThresholds, Status
from tests.db.domain.by_marks import Visited, is_active, status_of

AS_OF = date(2026, 11, 22)
LIFECYCLE = LifecycleThresholds()


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def status(visits: int, first: int, last: int, cycle: int | None) -> Status:
    days = None if cycle is None else Decimal(cycle)
    return status_of(Visited(visits, ago(first), ago(last), days), LIFECYCLE, AS_OF)


def test_without_a_purchase_a_client_is_potential() -> None:
    assert status_of(Visited(), LIFECYCLE, AS_OF) is Status.POTENTIAL


@pytest.mark.parametrize(
    ("visits", "first", "last", "cycle", "expected"),
    [
        (1, 10, 10, None, Status.NEW),
        (2, 200, 10, 30, Status.NEW),
        (3, 90, 5, 30, Status.NEW),
        (3, 91, 5, 30, Status.REGULAR),
        (9, 300, 44, 30, Status.REGULAR),
        (9, 300, 45, 30, Status.AT_RISK),
        (2, 300, 45, 30, Status.AT_RISK),
        (9, 300, 92, 30, Status.AT_RISK),  # since 22 August: three months, not more
        (9, 300, 93, 30, Status.LOST),
        (9, 900, 93, 46, Status.LOST),
        (9, 900, 93, 47, Status.AT_RISK),  # two cycles are 94 days
        (1, 93, 93, None, Status.LOST),
        (5, 900, 92, None, Status.REGULAR),
    ],
)
def test_lost_beats_at_risk_which_beats_regular_and_new(
    visits: int, first: int, last: int, cycle: int | None, expected: Status
) -> None:
    assert status(visits, first, last, cycle) is expected


def test_a_certificate_of_three_years_is_not_lost_after_six_months() -> None:
    assert status(1, 182, 182, 1096) is Status.NEW


def test_the_owner_may_give_half_a_year() -> None:
    half = LifecycleThresholds(lost_months=6)
    visited = Visited(9, ago(900), ago(150), Decimal(30))
    assert status_of(visited, half, AS_OF) is Status.AT_RISK


def test_active_is_within_one_and_a_half_cycles_or_a_month() -> None:
    assert is_active(Visited(3, ago(99), ago(45), Decimal(30)), LIFECYCLE, AS_OF)
    assert not is_active(Visited(3, ago(99), ago(46), Decimal(30)), LIFECYCLE, AS_OF)
    assert is_active(Visited(1, ago(31), ago(31), None), LIFECYCLE, AS_OF)
    assert not is_active(Visited(1, ago(32), ago(32), None), LIFECYCLE, AS_OF)
    assert not is_active(Visited(), LIFECYCLE, AS_OF)
