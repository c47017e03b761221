"""Laws of the cycle, PRODUCT §3."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.cycle import LONGEST_DAYS, Basis, Cycle, Timing, Usual, cycle_of, median
from tests.db.domain.by_marks import timing

gaps = st.lists(st.integers(1, 2000), max_size=10)
usual_days = st.none() | st.integers(1, 2000)
ORDER = tuple(Timing)


def visits_with(gaps: list[int]) -> list[date]:
    days = [date(2000, 1, 1)]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    return days


@given(gaps, usual_days, usual_days)
def test_the_basis_is_the_first_of_the_product_that_is_known(
    own: list[int], service: int | None, trade: int | None
) -> None:
    cycle = cycle_of(visits_with(own), Usual(service=service, trade=trade))
    if len(own) >= 3:
        expected = (median(own), Basis.OWN)
    elif own and service is not None:
        expected = ((median(own) + service) / 2, Basis.OWN_AND_SERVICE)
    elif own:
        expected = (median(own), Basis.OWN)
    elif service is not None:
        expected = (Decimal(service), Basis.SERVICE)
    elif trade is not None:
        expected = (Decimal(trade), Basis.TRADE)
    else:
        assert cycle is None
        return
    assert cycle is not None
    assert (cycle.days, cycle.basis) == expected
    assert cycle.gaps == len(own)


@given(gaps, usual_days, st.decimals("0.0001", LONGEST_DAYS, places=4))
def test_a_cycle_by_hand_beats_all_and_keeps_the_deviation_of_the_gaps(
    own: list[int], service: int | None, by_hand: Decimal
) -> None:
    visits = visits_with(own)
    cycle = cycle_of(visits, Usual(by_hand, service, 30))
    assert cycle is not None
    assert (cycle.days, cycle.basis) == (by_hand, Basis.BY_HAND)
    plain = cycle_of(visits, Usual(service=service, trade=30))
    assert plain is not None
    assert cycle.deviation_days == plain.deviation_days


@pytest.mark.parametrize(
    ("numbers", "middle"),
    [
        ([5], "5"),
        ([1, 9], "5"),
        ([1, 2], "1.5"),
        ([9, 1, 5], "5"),
        ([1, 1, 1, 100], "1"),
        ([4, 1, 3, 2], "2.5"),
    ],
)
def test_the_median_is_the_middle_or_the_mean_of_two(numbers: list[int], middle: str) -> None:
    assert median(numbers) == Decimal(middle)


def test_nothing_has_no_median() -> None:
    with pytest.raises(IndexError):
        median([])


@given(st.lists(st.integers(1, 2000), min_size=1), st.integers(1, 2000))
def test_one_far_gap_moves_a_median_no_further_than_its_neighbours(
    own: list[int], more: int
) -> None:
    assert min(own) <= median(own) <= max(own)
    ordered = sorted(own)
    nearest = [abs(median([*own, more]) - gap) for gap in ordered]
    assert min(nearest) <= max(abs(later - sooner) for sooner, later in pairwise([*ordered, more]))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("35", date(2026, 5, 21)),
        ("24.4", date(2026, 5, 10)),
        ("24.5", date(2026, 5, 11)),  # half a day goes up
        ("25.5", date(2026, 5, 12)),
        ("0.0001", date(2026, 4, 16)),
        ("1096", date(2029, 4, 16)),
    ],
)
def test_the_next_visit_is_on_a_whole_day(days: str, expected: date) -> None:
    cycle = Cycle(Decimal(days), Basis.OWN, 3, Decimal(0))
    assert cycle.next_after(date(2026, 4, 16)) == expected
    assert cycle.whole_days == (expected - date(2026, 4, 16)).days


@pytest.mark.parametrize(
    ("deviation", "window"),
    [("0", 3), ("2.9", 3), ("3", 3), ("3.4", 3), ("3.5", 4), ("4.5", 5), ("30", 30)],
)
def test_the_window_is_the_larger_of_three_days_and_the_deviation(
    deviation: str, window: int
) -> None:
    assert Cycle(Decimal(35), Basis.OWN, 3, Decimal(deviation)).window_days == window


@given(
    st.decimals("0.0001", 4000, places=4),
    st.decimals(0, 400, places=1),
    st.integers(0, 9000),
    st.sampled_from([Decimal(1), Decimal("1.5"), Decimal(3)]),
)
def test_time_goes_from_early_to_at_risk_and_never_back(
    days: Decimal, deviation: Decimal, silent: int, risk_cycles: Decimal
) -> None:
    cycle, last = Cycle(days, Basis.OWN, 3, deviation), date(2020, 2, 29)
    places = [
        ORDER.index(timing(cycle, last, last + timedelta(days=silent + more), risk_cycles))
        for more in range(3)
    ]
    assert places == sorted(places)
    at_risk = places[0] == ORDER.index(Timing.AT_RISK)
    assert at_risk is (silent >= days * risk_cycles)


def test_a_cycle_of_500_years_is_the_longest() -> None:
    visits = [date(2026, 1, 1)]
    assert cycle_of(visits, Usual(LONGEST_DAYS)) is not None
    assert cycle_of(visits, Usual(LONGEST_DAYS + Decimal("0.0001"))) is None
    assert cycle_of(visits, Usual(trade=0)) is None


def test_a_cycle_beyond_the_calendar_has_no_next_visit() -> None:
    cycle = Cycle(LONGEST_DAYS, Basis.BY_HAND, 0, Decimal(0))
    with pytest.raises(OverflowError):
        cycle.next_after(date(9600, 1, 1))
