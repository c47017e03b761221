"""The life of an offer, and what its document may hold."""

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.offer_spec import SpecFault, read_spec, write_spec
from db.domain.offers import (
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferState,
    OfferStatus,
    Tier,
    may_become,
    number_text,
    status,
)
from tests.offer_sample import GREENHOUSE, TODAY, greenhouse_offer


@pytest.fixture
def greenhouse() -> Offer:
    return greenhouse_offer()


def test_the_last_day_counts_to_its_end() -> None:
    last = date(2027, 1, 31)
    assert status(OfferState.SENT, last, last) is OfferStatus.SENT
    assert status(OfferState.SENT, last, date(2027, 2, 1)) is OfferStatus.EXPIRED


@pytest.mark.parametrize("state", [OfferState.ACCEPTED, OfferState.DECLINED, OfferState.DRAFT])
def test_an_outcome_never_expires(state: OfferState) -> None:
    assert status(state, date(2020, 1, 1), TODAY) == str(state)


def test_an_answer_needs_a_sent_offer_and_is_final() -> None:
    allowed = {
        (now, wanted) for now in OfferState for wanted in OfferState if may_become(now, wanted)
    }
    assert allowed == {
        (OfferState.DRAFT, OfferState.SENT),
        (OfferState.SENT, OfferState.ACCEPTED),
        (OfferState.SENT, OfferState.DECLINED),
    }


def test_numbers_grow_beyond_three_digits() -> None:
    assert [number_text(2026, 41), number_text(2026, 1234)] == ["2026-041", "2026-1234"]


def test_the_sample_is_read_whole(greenhouse: Offer) -> None:
    assert greenhouse.deadline == Deadline(
        DeadlineKind.QUANTITY,
        datetime(2027, 1, 31, 18, 0),
        40,
    )
    assert greenhouse.tier(Tier.BETTER).recommended
    assert greenhouse.vat.rate == 22
    assert greenhouse.lines[4].quantities == {Tier.BETTER: 2, Tier.BEST: 2}
    assert greenhouse.block(Block.GUARANTEE).count("\n") == 1


def test_a_written_spec_is_read_back_as_the_same_offer(greenhouse: Offer) -> None:
    again = read_spec(json.loads(json.dumps(write_spec(greenhouse))), TODAY)
    assert (again.offer, again.problems) == (greenhouse, ())


def test_a_written_spec_keeps_the_lines_as_they_were_given(greenhouse: Offer) -> None:
    given_lines = json.loads(GREENHOUSE.read_text(encoding="utf-8"))["lines"]
    assert write_spec(greenhouse)["lines"] == given_lines


def test_a_shown_offer_can_be_read_again() -> None:
    shown = {"number": "2026-041", "state": "sent", "totals": {}, "findings": [], "title": "a"}
    assert read_spec(shown, TODAY).problems == ()


@pytest.mark.parametrize(
    ("spec", "path", "fault"),
    [
        ([], "$", SpecFault.WRONG_TYPE),
        ({"tittle": "x"}, "tittle", SpecFault.UNKNOWN_KEY),
        ({"title": 5}, "title", SpecFault.WRONG_TYPE),
        ({"title": "x" * 301}, "title", SpecFault.TOO_LONG),
        ({"client": True}, "client", SpecFault.WRONG_TYPE),
        ({"valid_until": "31.02.2027"}, "valid_until", SpecFault.NOT_A_DATE),
        ({"valid_until": "2027-02-31"}, "valid_until", SpecFault.NOT_A_DATE),
        ({"vat": {"mode": "maybe"}}, "vat.mode", SpecFault.NOT_A_CHOICE),
        ({"vat": {"rate": 101}}, "vat.rate", SpecFault.TOO_BIG),
        ({"rounding": 7}, "rounding", SpecFault.NOT_A_CHOICE),
        ({"lines": {}}, "lines", SpecFault.WRONG_TYPE),
        ({"lines": [7]}, "lines[0]", SpecFault.WRONG_TYPE),
        ({"lines": [{"text": "a"}]}, "lines[0].price", SpecFault.REQUIRED),
        ({"lines": [{"price": 1}]}, "lines[0].text", SpecFault.REQUIRED),
        ({"lines": [{"text": "a", "price": "NaN"}]}, "lines[0].price", SpecFault.NOT_A_NUMBER),
        ({"lines": [{"text": "a", "price": "ten"}]}, "lines[0].price", SpecFault.NOT_A_NUMBER),
        ({"lines": [{"text": "a", "price": -1}]}, "lines[0].price", SpecFault.NEGATIVE),
        ({"lines": [{"text": "a", "price": 1e300}]}, "lines[0].price", SpecFault.TOO_BIG),
        ({"lines": [{"text": "a", "price": "1.005"}]}, "lines[0].price", SpecFault.TOO_PRECISE),
        ({"lines": [{"text": "a", "price": True}]}, "lines[0].price", SpecFault.WRONG_TYPE),
        (
            {"lines": [{"text": "a", "price": 1, "quantity": {"good": float("inf")}}]},
            "lines[0].quantity.good",
            SpecFault.NOT_A_NUMBER,
        ),
        ({"tiers": {"gold": {}}}, "tiers.gold", SpecFault.UNKNOWN_KEY),
        (
            {"tiers": {"good": {"recommended": True}, "best": {"recommended": True}}},
            "tiers",
            SpecFault.TWO_RECOMMENDED,
        ),
        ({"blocks": {"song": "la"}}, "blocks.song", SpecFault.UNKNOWN_KEY),
        ({"deadline": {"until": "2027-01-31"}}, "deadline.kind", SpecFault.REQUIRED),
        ({"deadline": {"kind": "soon"}}, "deadline.kind", SpecFault.NOT_A_CHOICE),
        (
            {"deadline": {"kind": "time", "until": "2027-01-31T18:00+03:00"}},
            "deadline.until",
            SpecFault.NOT_A_DATE,
        ),
    ],
)
def test_a_wrong_spec_says_what_and_where(spec: object, path: str, fault: SpecFault) -> None:
    problems = read_spec(spec, TODAY).problems
    assert [(problem.path, problem.fault) for problem in problems] == [(path, fault)]


numbers = st.one_of(st.floats(), st.integers(), st.decimals(), st.text())
junk = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["client", "title", "lines", "price", "text", "quantity", "good", "tiers", "vat",
                 "rate", "deadline", "kind", "until", "blocks", "x"]
            ),
            inner,
            max_size=6,
        ),
    ),
)  # fmt: skip


@given(junk)
def test_no_document_raises(spec: object) -> None:
    offer = read_spec(spec, TODAY).offer
    assert all(line.price.is_finite() for line in offer.lines)


def test_a_decimal_may_be_text_or_number() -> None:
    for price in ("1900.50", 1900.5, Decimal("1900.5")):
        spec = {"lines": [{"text": "a", "price": price}]}
        assert read_spec(spec, TODAY).offer.lines[0].price == Decimal("1900.50")


@pytest.mark.parametrize("language", [None, "ru", "en"])
def test_the_language_of_the_paper_is_kept(greenhouse: Offer, language: str | None) -> None:
    spec = write_spec(replace(greenhouse, language=language))
    assert spec["language"] == language
    assert read_spec(spec, TODAY).offer.language == language


@pytest.mark.parametrize("language", ["fr", "", 7, ["ru"]])
def test_a_language_nobody_prints_is_named(greenhouse: Offer, language: object) -> None:
    read = read_spec({**write_spec(greenhouse), "language": language}, TODAY)
    assert [(found.path, found.fault) for found in read.problems] == [
        ("language", SpecFault.NOT_A_CHOICE)
    ]
    assert read.offer.language is None
