"""Gaps of a whole rule, set by set, mean what the rule means card by card."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients
from db.commands.fields import AddField, SetRule
from db.commands.undo import Redo, Undo
from db.derived import gaps, rule_gaps
from db.domain.condition import (
    EVERYBODY,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    equals,
    has_status,
)
from db.domain.contacts import is_email, is_phone
from db.domain.field_rules import DatedAnswer, GapAnswer, Level
from db.domain.fields import STANDARD_BY_KEY, FieldKind
from db.domain.lifecycle import Status
from db.file.create import create_base
from db.outcome import Reading, Writing
from db.records.cards import rules_of_base
from db.schema import ClientGap

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        own = {
            kind: opened.do(AddField(f"Поле {kind}", kind, ("нет", "сухие"))).value
            for kind in (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.FLAG,
                         FieldKind.CHOICE, FieldKind.LONG_TEXT)
        }  # fmt: skip
        refused = DatedAnswer(GapAnswer.REFUSED, DAY)
        for number, values in enumerate(
            (
                {},
                {"phone": ("нет", "12"), "tags": ("vip",), own[FieldKind.TEXT]: "-"},
                {"phone": ("тест",), own[FieldKind.NUMBER]: Decimal(0), "consent": False},
                {"kind": "company", "inn": "1111111111", own[FieldKind.FLAG]: False},
                {"kind": "company", "contact_person": ("Пётр",), own[FieldKind.CHOICE]: "нет"},
                {"birthday": "--03-08", "consent_on": DAY, own[FieldKind.CHOICE]: "сухие"},
                {own[FieldKind.DATE]: DAY, own[FieldKind.LONG_TEXT]: "да\nда", "warmth": "hot"},
                {"email": ("a@b.ru",), "cycle_by_hand": Decimal(30), "tags": ("-",)},
            )
        ):
            given_values = {"name": f"Клиент {number}", **values}
            answers = {"phone": refused} if number == 2 else {}
            opened.do(CreateClient(given_values, answers=answers))
        opened.do(DeleteClients((1,)))  # type: ignore[arg-type]
        yield opened


def held(reading: Reading) -> set[tuple[int, int]]:
    return {
        tuple(row)
        for row in reading.session.execute(select(ClientGap.client_id, ClientGap.rule_id))
    }


def card_by_card(reading: Reading) -> set[tuple[int, int]]:
    reading.session.execute(delete(ClientGap))
    gaps.make(reading.session, None)
    return held(reading)


@pytest.mark.parametrize(
    "condition",
    [
        EVERYBODY,
        equals("kind", "company"),
        equals("tags", "VIP"),
        Not(AnyOf((equals("tags", "vip"), Comparison("phone", Operator.HAS_VALUE)))),
        All((has_status(Status.LOST), equals("kind", "person"))),
        Not(has_status(Status.POTENTIAL)),
    ],
)
def test_both_readings_of_a_rule_agree_on_every_field(
    base: ClientBase, condition: Condition
) -> None:
    own = [f"own_{number}" for number in range(1, 7)]
    for key in (*STANDARD_BY_KEY, *own):
        base.do(SetRule(key, Level.GAP, condition))
    set_by_set = base.ask(held)

    class Compare:
        def run(self, writing: Writing) -> tuple[object, object]:
            session, reading = writing.session, writing.reading
            alone = card_by_card(reading)
            rule_gaps.make(session, [rule.id for rule in rules_of_base(session)])
            return alone, held(reading)

    alone, again = base.do(Compare()).value
    assert set_by_set == alone == again
    assert set_by_set


def test_undo_and_redo_of_a_rule_bring_its_gaps_along(base: ClientBase) -> None:
    base.do(SetRule("phone", Level.GAP))
    with_rule = base.ask(held)
    assert with_rule
    base.do(SetRule("phone", None))
    assert base.ask(held) == set()
    base.do(Undo())
    assert base.ask(held) == with_rule
    base.do(Redo())
    assert base.ask(held) == set()


@given(st.from_regex(r"[a-z0-9_.-]{1,12}@[a-z0-9.-]{1,10}\.(ru|com|net|org|su)", fullmatch=True))
def test_the_quick_look_at_an_address_says_what_the_library_says(text: str) -> None:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        assert not is_email(text)
    else:
        assert is_email(text)


@given(st.from_regex(r"7[0-9]{10}", fullmatch=True))
def test_the_quick_look_at_a_number_says_what_the_library_says(key: str) -> None:
    assert is_phone("+" + key)
    assert phonenumbers.is_possible_number(phonenumbers.parse("+" + key))
