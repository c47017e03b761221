"""A condition in SQL finds exactly the clients for whom it holds in Python."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField, ArchiveField, RenameChoice, SetRule
from db.commands.purchases import AddPurchase
from db.commands.undo import Undo
from db.derived.conditions import meets
from db.derived.status import status_now, statuses
from db.domain.condition import All, AnyOf, Comparison, Condition, Not, Operator, equals, holds
from db.domain.field_rules import Level, rule_row
from db.domain.fields import FieldKind
from db.domain.kinds import CUSTOM_KINDS
from db.domain.lifecycle import Status
from db.file.create import create_base
from db.outcome import Reading
from db.queries.cards.fields import field_list
from db.queries.setup import all_rules
from db.records.cards import card_values, fields_of_base
from db.schema import ClientFact

DAY = date(2026, 11, 22)
OWN = (
    FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.FLAG,
    FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PHONE,
    FieldKind.LONG_TEXT, FieldKind.EMAIL, FieldKind.LINK,
)  # fmt: skip
KEYS = ["kind", "status", "tags", "phone", "note", "region", "warmth", "consent", "consent_on",
        "birthday", "contact_person", "cycle_by_hand", "share_of_wallet", "name", "gone",
        *(f"own_{number}" for number in range(1, len(OWN) + 1))]  # fmt: skip
ENTRIES = st.one_of(
    st.sampled_from(["", "ёлка", "ЕЛ", "company", "lost", "potential", "опт", "hot", "Сухие", "12",
                     "--03-08", "Пётр", "+7 913", "%", "_"]),
    st.booleans(),
    st.sampled_from([Decimal(0), Decimal(1), Decimal(30), Decimal("1.5")]),
    st.sampled_from([DAY, date(2026, 3, 8)]),
)  # fmt: skip
CONDITIONS = st.recursive(
    st.builds(Comparison, st.sampled_from(KEYS), st.sampled_from(Operator), ENTRIES),
    lambda parts: st.one_of(
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClientBase]:
    path = tmp_path_factory.mktemp("conditions") / "base.kartoteka"
    create_base(path)
    with ClientBase(path, as_of=DAY) as opened:
        own = [opened.do(AddField(f"Поле {kind}", kind, ("Сухие", "Ёлка"))).value for kind in OWN]
        text, number, money, day, flag, choice, choices, phone, lines, email, link = own
        cards: tuple[dict[str, object], ...] = (
            {},
            {"phone": ("нет", "12"), "tags": ("Опт", "ёлка"), text: "Ель и ЁЛКА"},
            {"note": "100 %", number: Decimal(0), "consent": False, flag: False, "warmth": "hot"},
            {"kind": "company", "region": "Елка", flag: True, money: Decimal("1.5")},
            {"kind": "company", "contact_person": ("Пётр", "Анна"), choice: "Сухие"},
            {"birthday": "--03-08", "consent_on": DAY, choices: ("Сухие", "Ёлка")},
            {"birthday": "1990-03-08", day: DAY, "cycle_by_hand": Decimal(30)},
            {
                day: date(2026, 3, 8),
                phone: ("+7 913 123-45-67",),
                "share_of_wallet": Decimal(30),
                lines: "Ель\nЁЛКА",
                email: ("елка@example.ru", "12"),
                link: "Ёлка",
            },
        )
        for place, values in enumerate(cards):
            one = opened.do(CreateClient({"name": f"Ёлкин {place}", **values})).value  # type: ignore[dict-item]
            if place % 3 == 0:
                opened.do(AddPurchase(one, date(2026 - place % 2, 11, 1), Decimal(100)))
        yield opened


def in_sql(reading: Reading, condition: Condition) -> set[int]:
    where = meets(
        condition, ClientFact.client_id, fields_of_base(reading.session), status_now(reading)
    )
    return set(reading.session.scalars(select(ClientFact.client_id).where(where)))


def in_python(reading: Reading, condition: Condition) -> set[int]:
    ids = list(reading.session.scalars(select(ClientFact.client_id)))
    status = statuses(reading, ids)
    return {
        client_id
        for client_id, (values, _) in card_values(reading.session, ids).items()
        if holds(condition, rule_row(values, status[client_id]))
    }


def test_a_field_of_every_kind_is_compared() -> None:
    assert set(OWN) == set(CUSTOM_KINDS)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(CONDITIONS)
def test_sql_and_python_find_the_same_clients(base: ClientBase, condition: Condition) -> None:
    assert base.ask(in_sql, condition) == base.ask(in_python, condition)


@pytest.mark.parametrize(
    ("condition", "places"),
    [
        (equals("kind", "company"), {4, 5}),
        (Comparison("own_1", Operator.CONTAINS, "елка"), {2}),
        (equals("region", "ЁЛКА"), {4}),
        (equals("consent", value=False), {3}),
        (equals("own_5", value=True), {4}),
        (Comparison("cycle_by_hand", Operator.AT_LEAST, Decimal(30)), {7}),
        (Comparison("own_4", Operator.AT_MOST, date(2026, 6, 1)), {8}),
        (equals("own_7", "ёлка"), {6}),
        (Not(Comparison("tags", Operator.HAS_VALUE)), {1, 3, 4, 5, 6, 7, 8}),
        (Comparison("status", Operator.HAS_VALUE), {1, 2, 3, 4, 5, 6, 7, 8}),
        (equals("status", Status.POTENTIAL.value), {2, 3, 5, 6, 8}),
    ],
)
def test_whom_a_condition_finds(base: ClientBase, condition: Condition, places: set[int]) -> None:
    assert base.ask(in_sql, condition) == places


def test_a_rule_follows_a_renamed_value_and_goes_with_its_field(base: ClientBase) -> None:
    """Both can be undone; the base of the other tests stays as it was."""
    base.do(SetRule("note", Level.GAP, equals("own_6", "Сухие")))
    field = next(one for one in base.ask(field_list).fields if one.key == "own_6")
    base.do(RenameChoice(field.choices[0].id, "Ломкие"))
    (rule,) = base.ask(all_rules)
    assert rule.condition == equals("own_6", "Ломкие")
    assert base.ask(in_sql, rule.condition) == {5}
    base.do(ArchiveField("own_6"))
    assert base.ask(all_rules) == ()
    for _ in range(3):
        base.do(Undo())
    assert base.ask(all_rules) == ()
