"""When a client counts as lost and what leaves with them, on days and sums counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.churn import ChurnThresholds, Definition, Loss, profit_a_visit
from tests.db.domain.by_marks import Standing, losses, silent_since, stake

AS_OF = date(2026, 11, 22)
CHURN = ChurnThresholds()


def test_silence_must_exceed_both_the_months_and_the_cycles() -> None:
    last = date(2026, 8, 21)
    # Three months end on 21 November; the day after is the first of silence.
    assert silent_since(Standing(last, 3, Decimal(31)), CHURN) == date(2026, 11, 22)
    # Two cycles of 50 days are 100 days: the 101st is the first beyond them.
    assert silent_since(Standing(last, 3, Decimal(50)), CHURN) == date(2026, 11, 30)
    assert silent_since(Standing(last, 3, Decimal("50.3")), CHURN) == date(2026, 11, 30)
    assert silent_since(Standing(last, 1, None), CHURN) == date(2026, 11, 22)


def test_the_end_of_a_short_month_is_no_trap() -> None:
    # On 31 May three months back is 28 February: a purchase of that day is not yet beyond.
    assert silent_since(Standing(date(2026, 2, 28), 1), CHURN) == date(2026, 6, 1)


@given(
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    st.none() | st.decimals(1, 400, places=2),
    st.integers(0, 13),
    st.decimals(0, 4, places=1),
)
def test_the_first_day_of_silence_is_the_first_on_which_it_is_found(
    last: date, day: date, cycle: Decimal | None, months: int, cycles: Decimal
) -> None:
    churn = ChurnThresholds(silent_months=months, silent_cycles=cycles)
    standing = Standing(last, 2, cycle)
    since = silent_since(standing, churn)
    assert since is not None
    assert (day >= since) is any(
        loss.definition is Definition.SILENT for loss in losses(standing, churn, day)
    )


@pytest.mark.parametrize(("nps", "fires"), [(0, True), (6, True), (7, False), (10, False)])
def test_a_score_up_to_six_is_a_loss(nps: int, fires: bool) -> None:
    found = losses(Standing(nps=nps, nps_on=date(2026, 11, 1)), CHURN, AS_OF)
    assert found == ((Loss(Definition.LOW_NPS, date(2026, 11, 1)),) if fires else ())


def test_an_open_complaint_is_a_loss_since_its_day() -> None:
    found = losses(Standing(complaint_on=date(2026, 11, 10)), CHURN, AS_OF)
    assert found == (Loss(Definition.COMPLAINT, date(2026, 11, 10)),)


@pytest.mark.parametrize(("enquiries", "visits", "fires"), [(3, 0, 0), (4, 0, 1), (4, 1, 0)])
def test_more_than_three_enquiries_and_not_one_purchase(
    enquiries: int, visits: int, fires: int
) -> None:
    last_on = date(2026, 11, 20) if visits else None
    asked = Standing(last_on, visits, enquiries=enquiries, enquiry_lost_on=date(2026, 11, 3))
    assert len(losses(asked, CHURN, AS_OF)) == fires


def test_every_definition_can_be_switched_off() -> None:
    standing = Standing(date(2026, 1, 1), 3, Decimal(30), 2, date(2026, 11, 1), date(2026, 11, 2))
    assert len(losses(standing, CHURN, AS_OF)) == 3
    off = ChurnThresholds(silent=False, low_nps=False, complaint=False, never_bought=False)
    assert losses(standing, off, AS_OF) == ()


def test_money_at_stake_is_profit_a_visit_by_visits_a_year_by_chance() -> None:
    # 5 visits brought 10 000 at a cost of 6 000: 800 a visit; every 36,5 days is 10 a year.
    assert profit_a_visit((1_000_000, 1_000_000, 600_000), 5, Decimal(30)) == 80_000
    assert stake(Decimal(4000), 5, Decimal("36.5"), Decimal("0.3")) == Decimal("2400.00")


def test_where_a_cost_is_not_known_the_margin_of_the_trade_stands_in() -> None:
    # 10 000 of which 6 000 cost 4 500; the other 4 000 bring 30 %.
    assert profit_a_visit((1_000_000, 600_000, 450_000), 1, Decimal(30)) == 270_000
    assert profit_a_visit((1_000_000, 600_000, 450_000), 4, Decimal(30)) == 67_500


def test_without_a_visit_there_is_no_profit_a_visit() -> None:
    assert profit_a_visit((0, 0, 0), 0, Decimal(30)) is None


@pytest.mark.parametrize(("revenue", "kopecks"), [(1, 1), (-1, -1), (3, 2), (-3, -2), (0, 0)])
def test_half_a_kopeck_of_a_visit_is_rounded_away_from_zero(revenue: int, kopecks: int) -> None:
    assert profit_a_visit((revenue, revenue, 0), 2, Decimal(0)) == kopecks


@pytest.mark.parametrize(("visits", "cycle"), [(0, Decimal(30)), (3, None)])
def test_no_visit_or_no_cycle_is_no_figure(visits: int, cycle: Decimal | None) -> None:
    assert stake(Decimal(100), visits, cycle, Decimal(1)) is None


def test_half_a_kopeck_is_rounded_up_once() -> None:
    # 0,03 over 3 visits every 365 days with an even chance: exactly half a kopeck.
    assert stake(Decimal("0.03"), 3, Decimal(365), Decimal("0.5")) == Decimal("0.01")
