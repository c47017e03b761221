"""The life of an offer: its states, its last day, the day to ask for an answer."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.offers import (
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferFault,
    OfferLine,
    OfferRefusedError,
    OfferState,
    OfferStatus,
    Tier,
    TierTerms,
    follow_up_on,
    may_become,
    number_text,
    status,
    why_not,
)

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday: Thursday
        (date(2026, 11, 24), date(2026, 11, 27)),  # Tuesday: Friday
        (date(2026, 11, 25), date(2026, 11, 30)),  # Wednesday: Monday
        (date(2026, 11, 26), date(2026, 12, 1)),
        (date(2026, 11, 27), date(2026, 12, 2)),
        (date(2026, 11, 28), date(2026, 12, 2)),  # Saturday: Wednesday
        (date(2026, 11, 29), date(2026, 12, 2)),  # Sunday: Wednesday
    ],
)
def test_an_answer_is_asked_for_after_three_working_days(sent: date, asked: date) -> None:
    assert follow_up_on(sent) == asked


@given(days)
def test_an_answer_is_asked_for_on_a_working_day_with_three_behind_it(sent: date) -> None:
    asked = follow_up_on(sent)
    between = [sent + timedelta(days=place) for place in range(1, (asked - sent).days + 1)]
    assert asked.weekday() < 5
    assert sum(day.weekday() < 5 for day in between) == 3


@given(st.sampled_from(OfferState), st.none() | days, days)
def test_only_a_sent_offer_expires_and_only_after_its_last_day(
    state: OfferState, last: date | None, day: date
) -> None:
    expired = state is OfferState.SENT and last is not None and day > last
    assert status(state, last, day) == ("expired" if expired else state)


@pytest.mark.parametrize(
    ("now", "wanted", "fault"),
    [
        (OfferState.DRAFT, OfferState.SENT, None),
        (OfferState.SENT, OfferState.ACCEPTED, None),
        (OfferState.SENT, OfferState.DECLINED, None),
        (OfferState.DRAFT, OfferState.ACCEPTED, OfferFault.NOT_SENT),
        (OfferState.DRAFT, OfferState.DECLINED, OfferFault.NOT_SENT),
        (OfferState.SENT, OfferState.SENT, OfferFault.ALREADY_SENT),
        (OfferState.ACCEPTED, OfferState.DECLINED, OfferFault.ANSWERED),
        (OfferState.DECLINED, OfferState.ACCEPTED, OfferFault.ANSWERED),
        (OfferState.DECLINED, OfferState.SENT, OfferFault.ANSWERED),
        (OfferState.SUPERSEDED, OfferState.SENT, OfferFault.SUPERSEDED),
        (OfferState.SUPERSEDED, OfferState.ACCEPTED, OfferFault.SUPERSEDED),
    ],
)
def test_what_keeps_an_offer_from_a_state_is_named(
    now: OfferState, wanted: OfferState, fault: OfferFault | None
) -> None:
    assert why_not(now, wanted) is fault
    assert may_become(now, wanted) is (fault is None)


def test_every_state_is_shown_and_one_more() -> None:
    assert {str(state) for state in OfferState} | {"expired"} == {str(one) for one in OfferStatus}


@pytest.mark.parametrize(
    ("deadline", "is_set"),
    [
        (Deadline(DeadlineKind.TIME, datetime(2027, 1, 1)), True),
        (Deadline(DeadlineKind.TIME, quantity=3), False),
        (Deadline(DeadlineKind.QUANTITY, quantity=3), True),
        (Deadline(DeadlineKind.QUANTITY, datetime(2027, 1, 1)), False),
        (Deadline(DeadlineKind.FIRST_BUYERS, quantity=1), True),
        (Deadline(DeadlineKind.FIRST_BUYERS), False),
    ],
)
def test_a_deadline_is_set_by_what_its_kind_needs(deadline: Deadline, is_set: bool) -> None:
    assert deadline.is_set is is_set


def test_what_an_offer_does_not_say_has_its_usual_value() -> None:
    offer = Offer(blocks={Block.TASK: " task \n"})
    assert offer.tier(Tier.BEST) == TierTerms()
    assert (offer.block(Block.TASK), offer.block(Block.BONUS)) == ("task", "")
    assert OfferLine("x", Decimal(1), {Tier.GOOD: Decimal(2)}).quantity(Tier.BEST) == 0


@pytest.mark.parametrize(
    ("serial", "text"), [(1, "2026-001"), (41, "2026-041"), (999, "2026-999"), (1000, "2026-1000")]
)
def test_a_number_has_at_least_three_digits(serial: int, text: str) -> None:
    assert number_text(2026, serial) == text


def test_a_refusal_carries_its_fault() -> None:
    error = OfferRefusedError(OfferFault.TOO_BIG)
    assert error.fault is OfferFault.TOO_BIG
    assert str(error) == "too_big"
