"""The cycle, on examples worked by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.cycle import Basis, Cycle, Timing, Usual, cycle_of, median
from tests.db.domain.by_marks import timing

VISITS = [date(2026, 1, 1), date(2026, 2, 5), date(2026, 3, 10), date(2026, 4, 16)]


def test_four_visits_give_35_days_and_21_may() -> None:
    cycle = cycle_of(VISITS, Usual())
    assert cycle == Cycle(Decimal(35), Basis.OWN, 3, Decimal(2))
    assert cycle.next_after(VISITS[-1]) == date(2026, 5, 21)


def test_one_visit_and_no_default_gives_no_date() -> None:
    assert cycle_of(VISITS[:1], Usual()) is None


def test_nobody_without_visits_has_a_cycle() -> None:
    assert cycle_of([], Usual(Decimal(10), 20, 30)) is None


def test_one_or_two_gaps_are_averaged_with_the_usual_cycle_of_the_service() -> None:
    cycle = cycle_of(VISITS[:2], Usual(service=25, trade=90))
    assert cycle is not None
    assert (cycle.days, cycle.basis, cycle.gaps) == (Decimal(30), Basis.OWN_AND_SERVICE, 1)


def test_one_or_two_gaps_stand_alone_where_the_service_has_no_usual_cycle() -> None:
    cycle = cycle_of(VISITS[:3], Usual(trade=90))
    assert cycle is not None
    assert (cycle.days, cycle.basis) == (Decimal(34), Basis.OWN)


def test_three_gaps_need_nobody_elses_cycle() -> None:
    cycle = cycle_of(VISITS, Usual(service=7, trade=90))
    assert cycle is not None
    assert cycle.days == 35


@pytest.mark.parametrize(
    ("usual", "days", "basis"),
    [
        (Usual(service=1096, trade=30), 1096, Basis.SERVICE),
        (Usual(trade=30), 30, Basis.TRADE),
        (Usual(Decimal(12), 1096, 30), 12, Basis.BY_HAND),
    ],
)
def test_one_visit_takes_the_service_then_the_trade_and_by_hand_beats_all(
    usual: Usual, days: int, basis: Basis
) -> None:
    cycle = cycle_of(VISITS[:1], usual)
    assert cycle is not None
    assert (cycle.days, cycle.basis) == (days, basis)


def test_by_hand_beats_own_gaps_too() -> None:
    cycle = cycle_of(VISITS, Usual(by_hand=Decimal(50)))
    assert cycle is not None
    assert (cycle.days, cycle.basis) == (50, Basis.BY_HAND)


@pytest.mark.parametrize("days", [Decimal(0), Decimal(-3), Decimal(10**9)])
def test_a_senseless_cycle_by_hand_is_no_forecast(days: Decimal) -> None:
    assert cycle_of(VISITS, Usual(by_hand=days)) is None


def test_the_window_is_at_least_three_days() -> None:
    assert Cycle(Decimal(35), Basis.OWN, 3, Decimal(2)).window_days == 3
    assert Cycle(Decimal(35), Basis.OWN, 3, Decimal(8)).window_days == 8


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 5, 10), Timing.EARLY),
        (date(2026, 5, 11), Timing.DUE_SOON),
        (date(2026, 5, 17), Timing.DUE_SOON),
        (date(2026, 5, 18), Timing.DUE),
        (date(2026, 5, 24), Timing.DUE),
        (date(2026, 5, 25), Timing.OVERDUE),
        (date(2026, 6, 7), Timing.OVERDUE),
        (date(2026, 6, 8), Timing.AT_RISK),  # 53 days: 1.5 cycles are 52.5
    ],
)
def test_timing_goes_from_early_to_at_risk(as_of: date, expected: Timing) -> None:
    cycle = cycle_of(VISITS, Usual())
    assert cycle is not None
    assert timing(cycle, VISITS[-1], as_of, Decimal("1.5")) is expected


def test_a_certificate_of_three_years_raises_no_alarm_after_six_months() -> None:
    cycle = cycle_of([date(2026, 1, 10)], Usual(trade=1096))
    assert cycle is not None
    late = timing(cycle, date(2026, 1, 10), date(2026, 7, 10), Decimal("1.5"))
    assert late is Timing.EARLY


@given(st.lists(st.integers(1, 400), min_size=3, max_size=12))
def test_half_of_the_gaps_lie_on_either_side_of_the_cycle(gaps: list[int]) -> None:
    visits = [date(2020, 1, 1)]
    for gap in gaps:
        visits.append(visits[-1] + timedelta(days=gap))
    cycle = cycle_of(visits, Usual())
    assert cycle is not None
    assert cycle.days == median(gaps)
    assert 2 * sum(gap < cycle.days for gap in gaps) <= len(gaps)
    assert 2 * sum(gap > cycle.days for gap in gaps) <= len(gaps)
