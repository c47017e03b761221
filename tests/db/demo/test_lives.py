"""The visits of the demonstration lead to the status they were made for, by the domain's rules."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from db.demo.dice import Dice
from db.demo.lives import LONG_AGO, Fate, Life, fates, life
from db.domain.churn import ChurnThresholds
from db.domain.cycle import Usual, cycle_of
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.marks import Facts, marks_of, status_on

TODAY = date(2026, 11, 22)
STATUSES = {
    Fate.POTENTIAL: {Status.POTENTIAL},
    Fate.NEVER_BOUGHT: {Status.POTENTIAL},
    Fate.NEW: {Status.NEW},
    Fate.LOST: {Status.LOST},
}


def status_of(lived: Life) -> Status:
    days = lived.days
    usual = Usual(None, lived.good.cycle_days, None)
    facts = Facts(
        len(days),
        days[0] if days else None,
        days[-1] if days else None,
        cycle_of(list(days), usual),
    )
    return status_on(marks_of(facts, LifecycleThresholds(), ChurnThresholds()), TODAY)


def lives(fate: Fate) -> list[Life]:
    return [life(Dice(seed), fate, "fm"[seed % 2], TODAY) for seed in range(60)]


@pytest.mark.parametrize("fate", STATUSES)
def test_visits_lead_to_the_status_of_the_fate(fate: Fate) -> None:
    assert {status_of(lived) for lived in lives(fate)} == STATUSES[fate]


@pytest.mark.parametrize("fate", Fate)
def test_visits_are_in_order_and_none_is_in_the_future(fate: Fate) -> None:
    for lived in lives(fate):
        assert all(one < later for one, later in pairwise(lived.days))
        assert all(day <= TODAY and (TODAY - day).days <= LONG_AGO for day in lived.days)


def test_who_came_back_was_away_long_enough_to_be_lost() -> None:
    for lived in lives(Fate.RETURNED):
        assert lived.away_since is not None
        assert lived.last is not None
        back = lived.days[lived.days.index(lived.away_since) + 1]
        assert back == lived.last
        assert (back - lived.away_since).days > 95


def test_every_fate_comes_among_the_first_nine_and_then_by_its_share() -> None:
    some = fates(Dice(1), 1000)
    assert set(some[: len(Fate)]) == set(Fate)
    counts = Counter(some)
    assert counts.total() == 1000
    assert counts[Fate.REGULAR] > counts[Fate.POTENTIAL] > counts[Fate.COMPLAINT] > 0
    assert fates(Dice(1), 3) == list(Fate)[:3]


def test_a_cycle_of_a_week_at_least() -> None:
    gaps = [
        (later - one).days for lived in lives(Fate.REGULAR) for one, later in pairwise(lived.days)
    ]
    assert min(gaps) >= 3
    assert Decimal(sum(gaps)) / len(gaps) >= 7
