"""Money that leaves with a lost client, PRODUCT §5, and the laws of the four definitions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.churn import (
    ENDED,
    ChurnThresholds,
    Definition,
    Loss,
    LossReason,
    LossState,
    default_chances,
    first_day_beyond,
    money_at_stake,
    profit_a_visit,
    profit_a_year,
)
from db.domain.days import add_months
from tests.db.domain.by_marks import Standing, losses, stake

CHURN = ChurnThresholds()
AS_OF = date(2026, 11, 22)
days = st.dates(date(2020, 1, 1), date(2026, 11, 22))
amounts = st.decimals(-(10**6), 10**6, places=2)
kopecks = st.integers(-(10**8), 10**8)
percents = st.decimals(0, 100, places=1)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    complaints = sorted(draw(st.lists(days, max_size=2)))
    nps = draw(st.none() | st.integers(0, 10))
    visits = draw(st.integers(0, 5))
    enquiries = draw(st.integers(0, 6))
    return Standing(
        last_on=draw(days) if visits else None,
        visits=visits,
        cycle_days=draw(st.none() | st.decimals(1, 400, places=1)) if visits else None,
        nps=nps,
        nps_on=draw(days) if nps is not None else None,
        complaint_on=complaints[0] if complaints else None,
        complaint_last_on=complaints[-1] if complaints else None,
        enquiries=enquiries,
        enquiry_lost_on=draw(days) if enquiries > CHURN.enquiries_over else None,
    )


@given(standings(), st.sets(st.sampled_from(Definition)))
def test_a_definition_switched_off_takes_its_loss_away_and_no_other(
    standing: Standing, off: set[Definition]
) -> None:
    churn = replace(CHURN, **{str(definition): False for definition in off})
    kept = [loss for loss in losses(standing, CHURN, AS_OF) if loss.definition not in off]
    assert losses(standing, churn, AS_OF) == tuple(kept)


@given(standings(), days)
def test_what_began_before_the_end_of_an_episode_is_dealt_with(
    standing: Standing, ended: date
) -> None:
    every = losses(standing, CHURN, AS_OF)
    later = losses(standing, CHURN, AS_OF, ended)
    assert all(loss.since > ended for loss in later)
    assert {loss for loss in every if loss.since > ended} <= set(later)
    # Only a complaint can begin again while it goes on.
    assert {loss.definition for loss in set(later) - set(every)} <= {Definition.COMPLAINT}


@given(standings())
def test_losses_come_in_the_order_of_the_product_and_once_each(standing: Standing) -> None:
    fired = [loss.definition for loss in losses(standing, CHURN, AS_OF)]
    assert fired == [definition for definition in Definition if definition in fired]


def test_a_later_complaint_counts_though_an_older_one_is_still_open() -> None:
    standing = Standing(complaint_on=date(2026, 3, 1), complaint_last_on=date(2026, 6, 1))
    (first,) = losses(standing, CHURN, AS_OF)
    assert first == Loss(Definition.COMPLAINT, date(2026, 3, 1))
    (again,) = losses(standing, CHURN, AS_OF, date(2026, 3, 1))
    assert again == Loss(Definition.COMPLAINT, date(2026, 6, 1))
    assert losses(standing, CHURN, AS_OF, date(2026, 6, 1)) == ()


@given(days, st.integers(0, 24))
def test_the_first_day_beyond_months_is_one_and_the_day_before_is_none(
    last: date, months: int
) -> None:
    day = first_day_beyond(last, months)
    assert add_months(day, -months) > last
    assert add_months(day - timedelta(days=1), -months) <= last


@pytest.mark.parametrize(
    ("profit", "visits", "cycle", "chance", "expected"),
    [
        ("4000", 5, "36.5", "1", "8000.00"),  # 800 a visit, 10 visits a year
        ("4000", 5, "36.5", "0.3", "2400.00"),
        ("1000", 3, "30", "0.35", "1419.44"),  # 333.33… × 12.1666… × 0.35, rounded once
        ("0", 3, "30", "0.35", "0.00"),
        ("-600", 2, "73", "0.5", "-750.00"),  # what brought losses is no money to win back
        ("0.01", 1, "365", "0.5", "0.01"),  # exactly half a kopeck
        ("100", 1, "0.5", "0.1", "7300.00"),
    ],
)
def test_money_at_stake_by_hand(
    profit: str, visits: int, cycle: str, chance: str, expected: str
) -> None:
    money = stake(Decimal(profit), visits, Decimal(cycle), Decimal(chance))
    assert money == Decimal(expected)


@given(amounts, st.integers(1, 50), st.decimals(1, 400, places=1), st.decimals(0, 1, places=2))
def test_a_chance_is_a_part_of_the_profit_of_a_year(
    profit: Decimal, visits: int, cycle: Decimal, chance: Decimal
) -> None:
    part, whole = (stake(profit, visits, cycle, share) for share in (chance, Decimal(1)))
    assert part is not None
    assert whole is not None
    assert abs(part - whole * chance) <= Decimal("0.01")


@given(kopecks, st.integers(1, 50), percents)
def test_without_a_known_cost_profit_is_the_margin_of_the_trade(
    revenue: int, visits: int, margin: Decimal
) -> None:
    profit = profit_a_visit((revenue, 0, 0), visits, margin)
    assert profit is not None
    assert abs(profit - revenue * margin / 100 / visits) <= Decimal("0.5")


@given(kopecks, kopecks, percents)
def test_with_every_cost_known_the_margin_of_the_trade_plays_no_part(
    revenue: int, cost: int, margin: Decimal
) -> None:
    assert profit_a_visit((revenue, revenue, cost), 1, margin) == revenue - cost


@given(kopecks, kopecks, kopecks, st.integers(1, 50), percents)
def test_a_year_of_one_visit_a_year_is_the_profit_of_a_visit(
    revenue: int, costed: int, cost: int, visits: int, margin: Decimal
) -> None:
    sums = (revenue, costed, cost)
    year = money_at_stake(profit_a_year(sums, visits, Decimal(365), margin), Decimal(1))
    assert year == profit_a_visit(sums, visits, margin)


def test_an_outcome_ends_an_episode_and_a_decision_not_to_return_does_not() -> None:
    assert {LossState.RETURNED, LossState.REFUSED} == ENDED


def test_a_closed_business_comes_back_least_often() -> None:
    chances = default_chances()
    assert min(chances, key=chances.__getitem__) is LossReason.CLOSED
    chances[LossReason.PRICE] = Decimal(0)
    assert default_chances()[LossReason.PRICE] == Decimal("0.35")
