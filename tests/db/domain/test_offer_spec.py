"""An offer as a document: what is written is read back, and what is refused is named."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.offer_spec import SpecFault, read_spec, write_spec
from db.domain.offers import (
    MAX_LINES,
    MAX_PRICE,
    MAX_QUANTITY,
    ROUNDINGS,
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferLine,
    Tier,
    TierTerms,
    Vat,
)
from db.domain.settings import LANGUAGES
from db.domain.vat import VatMode

AS_OF = date(2026, 11, 22)
# Read texts are trimmed, with single blanks; those of blocks keep their lines.
words = st.text(alphabet="абв xyz1«»%", min_size=1, max_size=20).map(lambda t: " ".join(t.split()))
named = words.filter(bool)
blocks_text = st.lists(named, min_size=1, max_size=3).map("\n".join)
percents = st.decimals(0, 100, places=4)
quantities = st.dictionaries(
    st.sampled_from(Tier), st.decimals("0.0001", MAX_QUANTITY, places=4), max_size=3
)
lines = st.builds(
    OfferLine,
    text=named,
    price=st.decimals(0, MAX_PRICE, places=2),
    quantities=quantities,
    unit=words,
    cost=st.none() | st.decimals(0, MAX_PRICE, places=2),
    discount_percent=percents,
    product_id=st.none() | st.integers(0, 2**53),
)
terms = st.builds(TierTerms, name=words, note=words, discount_percent=percents)
deadlines = st.builds(
    Deadline,
    st.sampled_from(DeadlineKind),
    st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    st.none() | st.integers(0, 1_000_000),
)
offers = st.builds(
    Offer,
    title=words,
    valid_until=st.none() | st.dates(),
    vat=st.builds(Vat, st.sampled_from(VatMode), percents),
    rounding=st.sampled_from(ROUNDINGS),
    lines=st.lists(lines, max_size=3).map(tuple),
    tiers=st.dictionaries(st.sampled_from(Tier), terms, max_size=3),
    blocks=st.dictionaries(st.sampled_from(Block), blocks_text, max_size=4),
    deadline=st.none() | deadlines,
    language=st.none() | st.sampled_from(LANGUAGES),
)


@given(offers)
def test_an_offer_written_and_read_is_the_same_offer(offer: Offer) -> None:
    document = json.loads(json.dumps(write_spec(offer), ensure_ascii=False))
    again = read_spec(document, AS_OF)
    assert again.problems == ()
    assert again.offer == offer
    assert write_spec(again.offer) == document


def read_line(**keys: object) -> OfferLine:
    spec = read_spec({"lines": [{"text": "a", "price": 1, **keys}]}, AS_OF)
    assert spec.problems == ()
    return spec.offer.lines[0]


@pytest.mark.parametrize(
    ("client", "read"),
    [
        ("Колорит-Алтай", "Колорит-Алтай"),
        ("  Колорит \n Алтай ", "Колорит Алтай"),
        (17, 17),
        ("17", "17"),  # a name that looks like a number is a name
        ("", None),
        (None, None),
    ],
)
def test_a_client_is_a_name_or_an_id(client: object, read: int | str | None) -> None:
    assert read_spec({"client": client}, AS_OF).client == read


@pytest.mark.parametrize(
    ("as_of", "rate"), [(date(2025, 12, 31), 20), (date(2026, 1, 1), 22), (AS_OF, 22)]
)
def test_a_rate_that_is_not_given_is_that_of_the_day(as_of: date, rate: int) -> None:
    assert read_spec({"vat": {"mode": "included"}}, as_of).offer.vat == Vat(
        VatMode.INCLUDED, Decimal(rate)
    )
    assert read_spec({"vat": {"rate": 0}}, as_of).offer.vat.rate == 0


@pytest.mark.parametrize(
    ("until", "read"),
    [
        ("2027-01-31", datetime(2027, 1, 31, 23, 59)),  # a day counts to its end
        ("2027-01-31T18:00", datetime(2027, 1, 31, 18, 0)),
        ("2027-01-31T18:00:59", datetime(2027, 1, 31, 18, 0)),
        ("", None),
        (None, None),
    ],
)
def test_a_deadline_is_a_day_or_a_moment(until: object, read: datetime | None) -> None:
    spec = read_spec({"deadline": {"kind": "time", "until": until}}, AS_OF)
    assert spec.problems == ()
    assert spec.offer.deadline == Deadline(DeadlineKind.TIME, read)


@pytest.mark.parametrize("rounding", [0, 1, 10, 50, 100, 500, 1000, 900, None, "10"])
def test_the_roundings_of_the_product_are_read(rounding: object) -> None:
    spec = read_spec({"rounding": rounding}, AS_OF)
    assert spec.problems == ()
    assert spec.offer.rounding == int(str(rounding or 0))


@pytest.mark.parametrize(
    ("value", "number"),
    [("1200.00", "1200"), (1200, "1200"), (0.1, "0.1"), (" 5 ", "5"), ("1E+2", "100"), ("", None)],
)
def test_a_cost_is_a_number_or_unknown(value: object, number: str | None) -> None:
    cost = read_line(cost=value).cost
    assert cost == (None if number is None else Decimal(number))


def test_a_quantity_of_nothing_leaves_the_tier_out() -> None:
    line = read_line(quantity={"good": 0, "better": "0.5", "best": None})
    assert line.quantities == {Tier.BETTER: Decimal("0.5")}


@pytest.mark.parametrize(
    ("keys", "path", "fault"),
    [
        ({"price": "1000000000"}, "price", SpecFault.TOO_BIG),
        ({"price": "999999999.991"}, "price", SpecFault.TOO_BIG),
        ({"price": "0.001"}, "price", SpecFault.TOO_PRECISE),
        ({"cost": -0.01}, "cost", SpecFault.NEGATIVE),
        ({"cost": "-Infinity"}, "cost", SpecFault.NOT_A_NUMBER),
        ({"cost": []}, "cost", SpecFault.WRONG_TYPE),
        ({"quantity": {"good": "1000000"}}, "quantity.good", SpecFault.TOO_BIG),
        ({"quantity": {"good": "0.00001"}}, "quantity.good", SpecFault.TOO_PRECISE),
        ({"quantity": 5}, "quantity", SpecFault.WRONG_TYPE),
        ({"discount_percent": "100.01"}, "discount_percent", SpecFault.TOO_BIG),
        ({"unit": "x" * 21}, "unit", SpecFault.TOO_LONG),
        ({"text": "x" * 2001}, "text", SpecFault.TOO_LONG),
        ({"product_id": 1.5}, "product_id", SpecFault.TOO_PRECISE),
        ({"colour": "red"}, "colour", SpecFault.UNKNOWN_KEY),
    ],
)
def test_a_fault_of_a_line_is_named_by_its_path(
    keys: dict[str, object], path: str, fault: SpecFault
) -> None:
    spec = read_spec(
        {"lines": [{"text": "a", "price": 1}, {"text": "a", "price": 1, **keys}]}, AS_OF
    )
    assert [(problem.path, problem.fault) for problem in spec.problems] == [
        (f"lines[1].{path}", fault)
    ]


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"name": "x" * 61}, "name"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_text_of_a_tier_has_its_length(keys: dict[str, object], path: str) -> None:
    (problem,) = read_spec({"tiers": {"good": keys}}, AS_OF).problems
    assert (problem.path, problem.fault) == (f"tiers.good.{path}", SpecFault.TOO_LONG)


def test_of_two_recommended_tiers_the_first_stays() -> None:
    tiers = {tier: {"recommended": True} for tier in ("best", "better")}
    spec = read_spec({"tiers": tiers}, AS_OF)
    assert [problem.fault for problem in spec.problems] == [SpecFault.TWO_RECOMMENDED]
    assert spec.offer.tier(Tier.BETTER).recommended
    assert not spec.offer.tier(Tier.BEST).recommended


def test_lines_beyond_the_limit_are_left_out_and_said_so() -> None:
    most = [{"text": "a", "price": 1}] * MAX_LINES
    assert read_spec({"lines": most}, AS_OF).problems == ()
    spec = read_spec({"lines": [*most, most[0]]}, AS_OF)
    assert len(spec.offer.lines) == MAX_LINES
    (problem,) = spec.problems
    assert (problem.path, problem.fault, problem.value) == ("lines", SpecFault.TOO_LONG, "301")


def test_texts_are_made_safe_and_blocks_keep_their_lines() -> None:
    blocks = {"task": " one\n two\x00\n", "terms": "  "}
    spec = read_spec({"title": " a\n b\ud800\x00 ", "blocks": blocks}, AS_OF)
    assert spec.offer.title == "a b?"
    assert spec.offer.blocks == {Block.TASK: "one\n two"}
    assert spec.problems == ()


def test_a_recommended_that_is_no_yes_or_no_is_refused() -> None:
    (problem,) = read_spec({"tiers": {"good": {"recommended": "yes"}}}, AS_OF).problems
    assert (problem.path, problem.fault) == ("tiers.good.recommended", SpecFault.WRONG_TYPE)


@pytest.mark.parametrize("language", ["fr", "RU", "", 1, ["ru"], {"ru": 1}])
def test_a_language_that_no_paper_is_written_in_is_named(language: object) -> None:
    spec = read_spec({"language": language}, AS_OF)
    assert spec.offer.language is None
    (problem,) = spec.problems
    assert (problem.path, problem.fault) == ("language", SpecFault.NOT_A_CHOICE)


def test_every_fault_of_a_document_is_named_at_once() -> None:
    document = {"title": 1, "rounding": 3, "vat": [], "lines": "none", "blocks": {"task": 5}}
    assert [problem.path for problem in read_spec(document, AS_OF).problems] == [
        "title", "vat", "rounding", "lines", "blocks.task",
    ]  # fmt: skip


def test_a_long_value_is_shortened_in_its_problem() -> None:
    (problem,) = read_spec({"valid_until": "x" * 500}, AS_OF).problems
    assert problem.value == "x" * 80
