"""The owner's own fields, their lists and rules: written, refused, and taken back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.fields import (
    AddChoice,
    AddField,
    ArchiveChoice,
    ArchiveField,
    ChangeChoices,
    OrderFields,
    RenameChoice,
    RenameField,
    SetRule,
)
from db.commands.purchases import AddPurchase
from db.commands.undo import Undo
from db.domain.card import CardValues
from db.domain.field_rules import DatedAnswer, GapAnswer, Level, Scope, scope_of
from db.domain.fields import Fault, FieldKind
from db.domain.ids import ClientId
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.queries.cards.fields import choice_counts, field_list, fill_rate
from db.queries.cards.full_card import full_card
from db.queries.setup import all_fields, all_rules, own_fields
from tests.db.base_content import content

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


def add(base: ClientBase, **values: object) -> ClientId:
    held: CardValues = {"name": "Анна", **values}  # type: ignore[dict-item]
    return base.do(CreateClient(held)).value


def gaps_of(base: ClientBase, client: ClientId) -> list[str]:
    return [rule.field_key for rule in base.ask(full_card, client).gaps]


def test_an_own_field_holds_a_value_of_each_kind(base: ClientBase) -> None:
    values: dict[FieldKind, object] = {
        FieldKind.TEXT: "Estel 7/44",
        FieldKind.LONG_TEXT: "две\nстроки",
        FieldKind.NUMBER: Decimal("1.5000"),
        FieldKind.DATE: date(2026, 11, 9),
        FieldKind.FLAG: False,
        FieldKind.CHOICE: "сухие",
    }
    keys = {
        kind: base.do(AddField(f"Поле {kind}", kind, ("сухие", "жирные"))).value for kind in values
    }
    client = add(base, **{keys[kind]: value for kind, value in values.items()})
    held = base.ask(full_card, client).card.values
    assert {kind: held[key] for kind, key in keys.items()} == values


def test_two_own_fields_are_never_called_alike(base: ClientBase) -> None:
    base.do(AddField("Краска", FieldKind.TEXT))
    with pytest.raises(TroubleError) as refused:
        base.do(AddField(" краска ", FieldKind.NUMBER))
    assert refused.value.trouble is Trouble.TAKEN_NAME
    other = base.do(AddField("Длина", FieldKind.NUMBER)).value
    with pytest.raises(TroubleError):
        base.do(RenameField(other, "КРАСКА"))
    base.do(RenameField(other, "длина"))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        (AddField("  ", FieldKind.TEXT), "label"),
        (AddField("Поле", FieldKind.TAGS), "kind"),
        (AddField("Поле", FieldKind.CHOICE, (" ",)), "choices"),
        (AddField("д" * 81, FieldKind.TEXT), "label"),
    ],
)
def test_a_field_without_sense_is_refused(base: ClientBase, field: AddField, wrong: str) -> None:
    with pytest.raises(InvalidError) as refused:
        base.do(field)
    assert [error.field_key for error in refused.value.errors] == [wrong]


def test_a_renamed_field_and_value_keep_their_cards(base: ClientBase) -> None:
    key = base.do(AddField("Волосы", FieldKind.CHOICE, ("сухие", "жирные", "сухие"))).value
    client = add(base, **{key: "сухие"})
    dry, oily = base.ask(own_fields)[0].choices
    base.do(RenameField(key, "Тип волос"))
    base.do(RenameChoice(dry.id, "очень сухие"))
    assert base.ask(full_card, client).card.values[key] == "очень сухие"
    with pytest.raises(TroubleError):
        base.do(RenameChoice(oily.id, "Очень Сухие"))


def test_a_value_taken_out_of_a_list_moves_its_cards_or_keeps_them(base: ClientBase) -> None:
    key = base.do(AddField("Волосы", FieldKind.CHOICE, ("сухие", "жирные"))).value
    client = add(base, **{key: "сухие"})
    field = base.ask(own_fields)[0]
    dry, oily = field.choices
    base.do(ArchiveChoice(dry.id))
    assert base.ask(full_card, client).card.values[key] == "сухие"
    with pytest.raises(InvalidError):
        add(base, **{key: "красные"})
    assert base.do(ArchiveChoice(dry.id, move_to=oily.id)).value == 1
    assert base.ask(full_card, client).card.values[key] == "жирные"
    assert base.ask(choice_counts, field.id) == {oily.id: 1}
    base.do(Undo())
    assert base.ask(full_card, client).card.values[key] == "сухие"
    base.do(AddChoice(key, "нормальные"))
    assert [choice.text for choice in base.ask(own_fields)[0].choices][-1] == "нормальные"


def test_values_of_a_list_change_together_or_not_at_all(base: ClientBase) -> None:
    key = base.do(AddField("Волосы", FieldKind.CHOICE, ("сухие", "жирные"))).value
    before = base.ask(own_fields)[0].choices
    renaming, archiving = RenameChoice(before[0].id, "ломкие"), ArchiveChoice(before[1].id)
    with pytest.raises(TroubleError):
        base.do(ChangeChoices((renaming, archiving, AddChoice(key, "Ломкие"))))
    assert base.ask(own_fields)[0].choices == before
    base.do(ChangeChoices((renaming, archiving, AddChoice(key, "седые"))))
    after = base.ask(own_fields)[0].choices
    assert [(choice.text, choice.archived) for choice in after] == [
        ("ломкие", False), ("жирные", True), ("седые", False),
    ]  # fmt: skip
    base.do(Undo())
    assert base.ask(own_fields)[0].choices == before


def test_an_archived_field_leaves_the_card_and_its_rules_and_comes_back(base: ClientBase) -> None:
    key = base.do(AddField("Краска", FieldKind.TEXT)).value
    base.do(SetRule(key, Level.GAP))
    client = add(base, phone=("8 913 123-45-67",))
    filled = add(base, **{key: "Estel"})
    assert gaps_of(base, client) == [key]
    before = base.ask(content)
    base.do(ArchiveField(key))
    assert key not in base.ask(all_fields)
    assert base.ask(field_list).archived[0].key == key
    assert gaps_of(base, client) == []
    base.do(Undo())
    assert base.ask(content) == before
    base.do(ArchiveField(key))
    base.do(ArchiveField(key, archived=False))
    assert base.ask(full_card, filled).card.values[key] == "Estel"


def test_own_fields_stand_in_the_order_given(base: ClientBase) -> None:
    keys = [base.do(AddField(label, FieldKind.TEXT)).value for label in ("А", "Б", "В")]
    base.do(OrderFields((keys[2], keys[0])))
    assert [field.label for field in base.ask(own_fields)] == ["В", "А", "Б"]


def test_a_rule_is_changed_where_its_conditions_are_the_same(base: ClientBase) -> None:
    base.do(SetRule("birthday", Level.GAP, Scope(kind="person").condition(), purpose="поздравить"))
    base.do(SetRule("birthday", Level.BLOCK, Scope(kind="person").condition()))
    base.do(SetRule("birthday", Level.GAP, Scope(tag=" VIP ").condition()))
    told = [(rule.level, scope_of(rule.condition), rule.purpose) for rule in rules(base)]
    assert told == [
        (Level.BLOCK, Scope(kind="person"), "поздравить"),
        (Level.GAP, Scope(tag="VIP"), ""),
    ]
    base.do(SetRule("birthday", None, Scope(tag="vip").condition()))
    assert [scope_of(rule.condition) for rule in rules(base)] == [Scope(kind="person")]
    base.do(
        SetRule("birthday", Level.GAP, Scope(status="lost").condition(), rule_id=rules(base)[0].id)
    )
    assert [scope_of(rule.condition) for rule in rules(base)] == [Scope(status="lost")]
    base.do(SetRule("birthday", None))
    assert rules(base) == ()


def rules(base: ClientBase) -> tuple:  # type: ignore[type-arg]
    return base.ask(all_rules)


@pytest.mark.parametrize(
    "rule",
    [
        SetRule("hat", Level.GAP),
        SetRule("phone", Level.GAP, Scope(kind="robot").condition()),
        SetRule("phone", Level.GAP, Scope(status="asleep").condition()),
    ],
)
def test_a_rule_about_nothing_known_is_refused(base: ClientBase, rule: SetRule) -> None:
    with pytest.raises(InvalidError):
        base.do(rule)


def test_a_new_rule_never_blocks_old_cards_but_makes_gaps(base: ClientBase) -> None:
    old = add(base)
    base.do(SetRule("phone", Level.BLOCK))
    assert gaps_of(base, old) == ["phone"]
    base.do(UpdateClient(old, None, {"note": "звонить после 12"}))
    with pytest.raises(InvalidError) as refused:
        add(base)
    assert [error.fault for error in refused.value.errors] == [Fault.REQUIRED]
    base.do(UpdateClient(old, None, {"phone": ("8 913 123-45-67",)}))
    with pytest.raises(InvalidError):
        base.do(UpdateClient(old, None, {"phone": ()}))


def test_a_blocking_rule_for_another_status_does_not_block(base: ClientBase) -> None:
    base.do(SetRule("birthday", Level.BLOCK, Scope(status="regular").condition()))
    assert gaps_of(base, add(base)) == []


def test_the_fill_rate_tells_filled_refused_none_junk_and_wrong_apart(base: ClientBase) -> None:
    base.do(SetRule("phone", Level.GAP))
    refused = DatedAnswer(GapAnswer.REFUSED, DAY)
    none = DatedAnswer(GapAnswer.NONE, DAY)
    rich = add(base, phone=("8 913 123-45-67",))
    base.do(AddPurchase(rich, DAY, Decimal(620)))
    add(base, phone=("12",), kind="company")
    poor = add(base, phone=("нет",))
    base.do(AddPurchase(poor, DAY, Decimal(380)))
    add(base)
    base.do(CreateClient({"name": "Молчит"}, answers={"phone": refused}))
    base.do(CreateClient({"name": "Без телефона"}, answers={"phone": none}))
    base.do(CreateClient({"name": "Сказал потом", "phone": ("+7 913 1234568",)},
                         answers={"phone": refused}))  # fmt: skip
    base.do(DeleteClients((add(base),)))
    rate = base.ask(fill_rate)
    (row,) = rate.rules
    assert (row.applies, row.filled, row.refused, row.none) == (7, 3, 1, 1)
    assert (row.gaps, row.junk, row.wrong) == (2, 1, 1)
    assert row.percent == Decimal("42.9")
    assert (rate.clients, rate.with_gaps, rate.revenue_percent) == (7, 2, Decimal("38.0"))


def test_the_fill_rate_asks_only_those_a_rule_is_for(base: ClientBase) -> None:
    base.do(SetRule("inn", Level.GAP, Scope(kind="company").condition()))
    base.do(SetRule("birthday", Level.GAP, Scope(status="new").condition()))
    base.do(SetRule("address", Level.GAP, Scope(tag="опт").condition()))
    add(base, tags=("Опт",), address="Барнаул")
    add(base, kind="company", inn="7707083894")
    base.do(AddPurchase(add(base), DAY, Decimal(100)))
    inn, birthday, address = base.ask(fill_rate).rules
    assert (inn.applies, inn.filled, inn.wrong) == (1, 1, 1)
    assert (birthday.applies, birthday.filled, birthday.gaps) == (1, 0, 1)
    assert (address.applies, address.percent) == (1, Decimal("100.0"))


def test_a_base_without_sales_has_no_share_of_revenue(base: ClientBase) -> None:
    base.do(SetRule("inn", Level.GAP, Scope(kind="company").condition()))
    add(base)
    rate = base.ask(fill_rate)
    assert (rate.revenue_percent, rate.rules[0].percent) == (None, None)
