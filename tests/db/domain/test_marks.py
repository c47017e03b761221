"""Marks hold on every day what PRODUCT §3 to §5 say of that day."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.churn import ChurnThresholds, Definition, Loss
from db.domain.cycle import LONGEST_DAYS, Basis, Cycle, Timing
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.marks import (
    FOREVER,
    Facts,
    Marks,
    losses_on,
    marks_of,
    status_on,
    timing_on,
)
from tests.db.domain import old_readings

LIFECYCLE, CHURN = LifecycleThresholds(), ChurnThresholds()
TRIPLES = 201_600
DAYS_A_CLIENT = 14
SEEDS = (1, 2, 3, 4)  # the triples are shared out among the seeds, and so among the cores


def cycle_of_days(days: str, deviation: str = "0") -> Cycle:
    return Cycle(Decimal(days), Basis.OWN, 3, Decimal(deviation))


REGULAR = Facts(9, date(2024, 1, 10), date(2026, 8, 21), cycle_of_days("35", "2"))


# Status, timing, number of losses without and with an earlier episode.
Seen = tuple[Status, Timing | None, int, int]


@dataclass(frozen=True, slots=True)
class Case:
    facts: Facts
    lifecycle: LifecycleThresholds
    churn: ChurnThresholds

    @property
    def marks(self) -> Marks:
        return marks_of(self.facts, self.lifecycle, self.churn)

    def hold(self, marks: Marks, day: date, after: date) -> Seen:
        """Compare every reading of the marks with the oracle; return what the day was like."""
        facts, lifecycle, context = self.facts, self.lifecycle, (self, day, after)
        status = status_on(marks, day)
        assert status is old_readings.status_of(facts, lifecycle, day), context
        is_active = marks.active_until is not None and day <= marks.active_until
        assert is_active is old_readings.is_active(facts, lifecycle, day), context
        known = old_readings.as_of_day(facts, day)
        losses = losses_on(marks, day)
        assert losses == old_readings.losses(known, self.churn, day, None), context
        later = losses_on(marks, day, after)
        assert later == old_readings.losses(known, self.churn, day, after), context
        try:
            timing = old_readings.timing(facts, lifecycle, day)
        except OverflowError:
            return status, None, len(losses), len(later)
        assert timing_on(marks, day) is timing, context
        return status, timing, len(losses), len(later)


# Seeded examples: 200,000 and more triples of client, thresholds and day.


def random_facts(draw: random.Random) -> Facts:
    last = date(2020, 1, 1) + timedelta(days=draw.randrange(2600))
    if draw.random() < 0.2:  # the ends of months, where months back and months ahead differ
        last = last.replace(day=1) - timedelta(days=draw.randrange(4))
    enquiry_days = sorted(last + timedelta(days=draw.randrange(-300, 100)) for _ in range(5))
    complaint_on = draw.choice((None, last + timedelta(days=draw.randrange(-300, 100))))
    facts = Facts(
        nps=draw.choice((None, *range(11))),
        nps_on=last + timedelta(days=draw.randrange(-300, 100)),
        complaint_on=complaint_on,
        complaint_last_on=complaint_on and complaint_on + timedelta(days=draw.randrange(90)),
        enquiry_days=tuple(enquiry_days[: draw.randrange(6)]),
    )
    visits = draw.choice((0, 1, 2, 3, 4, 9))
    if not visits:
        return facts
    first = last - timedelta(days=draw.randrange(400)) if visits > 1 else last
    days = draw.choice((draw.randrange(1, 200), draw.randrange(1, 400) / 2, 0.0001, 24.5, 1096))
    deviation = draw.choice((0, 2.5, 3.5, 4, draw.randrange(60) / 2))
    cycle = draw.choice((None, *[cycle_of_days(str(days), str(deviation))] * 4))
    return facts._replace(visits=visits, first_on=first, last_on=last, cycle=cycle)


def random_thresholds(draw: random.Random) -> tuple[LifecycleThresholds, ChurnThresholds]:
    lifecycle = LifecycleThresholds(
        lost_months=draw.choice((1, 3, 6, 12)),
        lost_cycles=Decimal(draw.choice(("1", "2", "2.5", "3"))),
        risk_cycles=Decimal(draw.choice(("1", "1.5", "1.25", "2"))),
        new_visits=draw.choice((0, 1, 2, 3)),
        new_days=draw.choice((0, 30, 90)),
        active_months=draw.choice((1, 2, 12)),
    )
    on = [draw.random() < 0.8 for _ in Definition]
    churn = ChurnThresholds(
        silent=on[0],
        silent_months=draw.choice((1, 3, 6)),
        silent_cycles=Decimal(draw.choice(("1", "2", "2.5"))),
        low_nps=on[1],
        nps_at_most=draw.choice((0, 6, 9)),
        complaint=on[2],
        never_bought=on[3],
        enquiries_over=draw.choice((0, 1, 3, 4)),
    )
    return lifecycle, churn


def days_of_interest(draw: random.Random, facts: Facts, marks: Marks) -> list[date]:
    """Return days around the marks, where a wrong comparison shows, and some anywhere."""
    near = [mark for mark in marks if mark is not None and mark.year < 3000]
    around = facts.last_on or date(2023, 6, 1)
    return [
        draw.choice(near) + timedelta(days=draw.randrange(-1, 2))
        if near and draw.random() < 0.7
        else around + timedelta(days=draw.randrange(-60, 900))
        for _ in range(DAYS_A_CLIENT)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_marks_hold_on_random_clients_thresholds_and_days(seed: int) -> None:
    draw = random.Random(seed)
    seen: Counter[Seen] = Counter()
    for _ in range(TRIPLES // len(SEEDS) // DAYS_A_CLIENT):
        case = Case(random_facts(draw), *random_thresholds(draw))
        marks = case.marks
        for day in days_of_interest(draw, case.facts, marks):
            after = day - timedelta(days=draw.randrange(200))
            seen[case.hold(marks, day, after)] += 1
    assert sum(seen.values()) >= 200_000 / len(SEEDS)
    # A comparison of days on which nothing happens proves nothing, so each status, timing and
    # number of losses, without and with an earlier episode, must have come often.
    counts: Counter[object] = Counter()
    for (status, timing, losses, later), times in seen.items():
        for trait in (status, timing, (losses, later)):
            counts[trait] += times
    for trait in (*Status, *Timing, (0, 0), (1, 0), (1, 1), (2, 1), (2, 2)):
        assert counts[trait] > 100, trait


# Edges, shrunk by Hypothesis when they fail.

edges = st.sampled_from(
    [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
        date(2023, 2, 28),
        date(2026, 8, 31),
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2100, 2, 28),
        date(9999, 9, 30),
        date(9999, 12, 31),
    ]
)
days = edges | st.dates(date(1901, 1, 1), date(2040, 12, 31)) | st.dates(date(9400, 1, 1))
cycle_days = st.sampled_from(
    [Decimal("0.0001"), Decimal("24.5"), Decimal(1), Decimal("33.3333"), LONGEST_DAYS]
) | st.decimals(Decimal("0.0001"), LONGEST_DAYS, places=4)
deviations = st.decimals(0, 4000, places=1)
cycles = st.builds(Cycle, cycle_days, st.just(Basis.OWN), st.just(3), deviations)
factors = st.sampled_from([Decimal(1), Decimal("1.5"), Decimal(2), Decimal(100)])
lifecycles = st.builds(
    LifecycleThresholds,
    lost_months=st.integers(1, 120),
    lost_cycles=factors,
    risk_cycles=factors,
    new_visits=st.integers(0, 5),
    new_days=st.integers(0, 3660),
    active_months=st.integers(1, 120),
)
churns = st.builds(
    ChurnThresholds,
    silent=st.booleans(),
    silent_months=st.integers(1, 120),
    silent_cycles=factors,
    low_nps=st.booleans(),
    nps_at_most=st.integers(0, 10),
    complaint=st.booleans(),
    never_bought=st.booleans(),
    enquiries_over=st.integers(0, 5),
)


@st.composite
def clients(draw: st.DrawFn) -> Facts:
    complaints = sorted(draw(st.lists(days, max_size=2)))
    enquiries = sorted(draw(st.lists(days, max_size=6)))
    nps_on = draw(st.none() | days)
    facts = Facts(
        nps=draw(st.integers(0, 10)) if nps_on else None,
        nps_on=nps_on,
        complaint_on=complaints[0] if complaints else None,
        complaint_last_on=complaints[-1] if complaints else None,
        enquiry_days=tuple(enquiries),
    )
    visits = draw(st.integers(0, 5))
    if not visits:
        return facts
    first, last = sorted((draw(days), draw(days)))
    return facts._replace(
        visits=visits, first_on=first, last_on=last, cycle=draw(st.none() | cycles)
    )


@given(st.builds(Case, clients(), lifecycles, churns), days, days, st.integers(-1, 1))
def test_marks_hold_at_the_edges_of_the_calendar(
    case: Case, day: date, after: date, shift: int
) -> None:
    marks = case.marks
    case.hold(marks, day, after)
    for mark in marks:
        if mark is not None and date(1500, 1, 1) < mark < FOREVER:
            case.hold(marks, mark + timedelta(days=shift), after)


# Worked by hand.


def test_the_marks_of_a_regular_client() -> None:
    # Last visit on 21 August, a cycle of 35 days: expected on 25 September, three days around it.
    assert marks_of(REGULAR, LIFECYCLE, CHURN) == Marks(
        new_until=date(2024, 4, 9),  # 90 days after the first visit
        active_until=date(2026, 10, 12),  # 52 days: 1.5 cycles are 52.5
        due_on=date(2026, 9, 22),
        overdue_on=date(2026, 9, 29),
        risk_on=date(2026, 10, 13),
        lost_on=date(2026, 11, 22),  # three months end on 21 November; two cycles are 70 days
        silent_on=date(2026, 11, 22),
    )


@pytest.mark.parametrize(
    ("day", "status", "timing"),
    [
        (date(2024, 4, 9), Status.NEW, Timing.EARLY),
        (date(2024, 4, 10), Status.REGULAR, Timing.EARLY),
        (date(2026, 9, 14), Status.REGULAR, Timing.EARLY),
        (date(2026, 9, 15), Status.REGULAR, Timing.DUE_SOON),
        (date(2026, 9, 21), Status.REGULAR, Timing.DUE_SOON),
        (date(2026, 9, 22), Status.REGULAR, Timing.DUE),
        (date(2026, 9, 28), Status.REGULAR, Timing.DUE),
        (date(2026, 9, 29), Status.REGULAR, Timing.OVERDUE),
        (date(2026, 10, 12), Status.REGULAR, Timing.OVERDUE),
        (date(2026, 10, 13), Status.AT_RISK, Timing.AT_RISK),
        (date(2026, 11, 21), Status.AT_RISK, Timing.AT_RISK),
        (date(2026, 11, 22), Status.LOST, Timing.AT_RISK),
    ],
)
def test_the_days_of_a_regular_client(day: date, status: Status, timing: Timing) -> None:
    marks = marks_of(REGULAR, LIFECYCLE, CHURN)
    assert (status_on(marks, day), timing_on(marks, day)) == (status, timing)
    assert marks.active_until == date(2026, 10, 12)


def test_without_a_visit_a_client_is_potential_and_nothing_is_due() -> None:
    marks = marks_of(Facts(), LIFECYCLE, CHURN)
    assert marks == Marks()
    assert status_on(marks, FOREVER) is Status.POTENTIAL
    assert timing_on(marks, FOREVER) is None
    assert losses_on(marks, FOREVER) == ()


def test_one_visit_without_a_cycle_is_new_until_it_is_lost() -> None:
    day = date(2026, 1, 31)
    marks = marks_of(Facts(1, day, day), LIFECYCLE, CHURN)
    assert (marks.new_until, marks.lost_on) == (FOREVER, date(2026, 5, 1))
    # On 28 February a month back is 28 January; on 1 March it is 1 February, after the visit.
    assert marks.active_until == date(2026, 2, 28)
    assert (marks.due_on, marks.overdue_on, marks.risk_on) == (None, None, None)


def test_three_months_after_29_february_end_with_may() -> None:
    facts = Facts(3, date(2023, 1, 1), date(2024, 2, 29))
    # Three months before 30 and 31 May is 29 February as well, which is not before the visit.
    assert marks_of(facts, LIFECYCLE, CHURN).lost_on == date(2024, 6, 1)
    year = LifecycleThresholds(lost_months=12)
    # A year before 28 February 2025 is 28 February 2024, and before 1 March it is 1 March.
    assert marks_of(facts, year, CHURN).lost_on == date(2025, 3, 1)


def test_a_fraction_of_a_cycle_is_over_on_the_next_whole_day() -> None:
    day = date(2026, 1, 1)
    marks = marks_of(Facts(3, day, day, cycle_of_days("24.5")), LIFECYCLE, CHURN)
    assert marks.risk_on == date(2026, 2, 7)  # 36.75 days
    assert marks.active_until == date(2026, 2, 6)
    assert marks.due_on == date(2026, 1, 23)  # 25 days, less three


def test_a_whole_number_of_cycles_is_at_risk_on_the_last_active_day() -> None:
    day = date(2026, 1, 1)
    marks = marks_of(Facts(3, day, day, cycle_of_days("30")), LIFECYCLE, CHURN)
    assert marks.risk_on == marks.active_until == date(2026, 2, 15)


def test_a_cycle_beyond_the_calendar_never_ends() -> None:
    day = date(9800, 1, 1)
    facts = Facts(3, day, day, Cycle(LONGEST_DAYS, Basis.BY_HAND, 0, Decimal(0)))
    marks = marks_of(facts, LIFECYCLE, CHURN)
    assert marks == Marks(new_until=date(9800, 4, 1), active_until=FOREVER)
    assert status_on(marks, FOREVER) is Status.REGULAR
    assert timing_on(marks, FOREVER) is None


def test_the_calendar_ends_on_the_last_day_of_9999() -> None:
    last = FOREVER - timedelta(days=45)
    marks = marks_of(Facts(3, last, last, cycle_of_days("30")), LIFECYCLE, CHURN)
    assert marks.risk_on == marks.active_until == marks.new_until == FOREVER
    assert (marks.due_on, marks.lost_on) == (last + timedelta(days=27), None)
    # Three months after 30 September is 30 December, and 31 December is not beyond it either.
    last = date(9999, 9, 30)
    assert marks_of(Facts(3, last, last), LIFECYCLE, CHURN).lost_on is None
    assert marks_of(
        Facts(3, last, last), LifecycleThresholds(lost_months=2), CHURN
    ).lost_on == date(9999, 12, 1)


def test_a_window_never_opens_before_the_calendar() -> None:
    facts = Facts(4, date.min, date(1, 1, 2), cycle_of_days("1", "30"))
    assert marks_of(facts, LIFECYCLE, CHURN).due_on == date.min


def test_a_score_a_complaint_and_enquiries_begin_on_their_days() -> None:
    facts = Facts(
        nps=6,
        nps_on=date(2026, 3, 1),
        complaint_on=date(2026, 4, 1),
        complaint_last_on=date(2026, 6, 1),
        enquiry_days=tuple(date(2026, month, 5) for month in (1, 2, 3, 5)),
    )
    marks = marks_of(facts, LIFECYCLE, CHURN)
    low, complaint, never = (
        Loss(Definition.LOW_NPS, date(2026, 3, 1)),
        Loss(Definition.COMPLAINT, date(2026, 4, 1)),
        Loss(Definition.NEVER_BOUGHT, date(2026, 5, 5)),
    )
    assert losses_on(marks, date(2026, 2, 28)) == ()
    assert losses_on(marks, date(2026, 3, 1)) == (low,)
    assert losses_on(marks, date(2026, 5, 4)) == (low, complaint)
    assert losses_on(marks, date(2026, 5, 5)) == (low, complaint, never)
    assert losses_on(marks, date(2026, 7, 1), date(2026, 3, 31)) == (complaint, never)
    # The episode dealt with the older complaint; the later one counts by itself.
    again = Loss(Definition.COMPLAINT, date(2026, 6, 1))
    assert losses_on(marks, date(2026, 7, 1), date(2026, 4, 1)) == (again, never)
    assert losses_on(marks, date(2026, 7, 1), date(2026, 6, 1)) == ()


def test_a_definition_that_is_off_has_no_mark() -> None:
    off = ChurnThresholds(silent=False, low_nps=False, complaint=False, never_bought=False)
    facts = REGULAR._replace(nps=0, nps_on=date(2026, 9, 1), complaint_on=date(2026, 9, 2))
    marks = marks_of(facts, LIFECYCLE, off)
    assert losses_on(marks, FOREVER) == ()
    assert status_on(marks, FOREVER) is Status.LOST  # the status has thresholds of its own
    enquiries = Facts(enquiry_days=(date(2026, 1, 1),) * 9)
    assert marks_of(enquiries, LIFECYCLE, off) == Marks()
