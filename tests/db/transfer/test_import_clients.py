"""Rows of clients against cards: who is who, what changes, what is refused."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.fields import AddField, SetRule
from db.commands.settings import ChangeSettings
from db.commands.undo import TakeBack
from db.domain.field_rules import Level
from db.domain.fields import Fault, FieldKind
from db.domain.ids import ClientId, ImportId
from db.domain.settings import Settings
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.progress import CancelledError
from db.queries.setup import own_fields, owner_settings
from db.records.cards import card_values
from db.schema import Agreement, Client, Setting
from db.transfer.columns import ColumnError, TableKind, change_targets, map_columns
from db.transfer.commands import ImportClients
from db.transfer.known import import_run, proposed_mapping
from db.transfer.plan import Difference, MatchKey, Plan, RowReason, Verdict
from db.transfer.plan_clients import plan_clients
from db.transfer.sheet import Sheet
from tests.db.base_content import content
from tests.db.importing import TODAY, counts, load, sheet


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        yield opened


def _plan(base: ClientBase, table: Sheet, key: MatchKey = MatchKey.AUTO) -> Plan:
    targets = base.ask(proposed_mapping, TableKind.CLIENTS, table.header).targets
    return base.ask(plan_clients, table, targets, key)


def _verdicts(base: ClientBase, table: Sheet, key: MatchKey = MatchKey.AUTO) -> list[str]:
    return [row.verdict.value for row in _plan(base, table, key).rows]


def _values(base: ClientBase, client_id: int) -> dict[str, object]:
    return base.ask(lambda reading: dict(card_values(reading.session, [client_id])[client_id][0]))


def _new(base: ClientBase, **values: object) -> ClientId:
    return base.do(CreateClient(values)).value  # type: ignore[arg-type]


HEAD = "Имя;Телефон;E-mail;День рождения;ИНН;КПП"


@pytest.mark.parametrize(
    ("card", "row", "verdict"),
    [
        # The INN decides, whatever the name.
        ({"name": "Ромашка", "inn": "7707083893"}, "Сбербанк;;;;7707083893;", "update"),
        ({"name": "Ромашка", "inn": "7707083893"}, "Ромашка;;;;5401624541;", "create"),
        # Another branch: another KPP and another name.
        ({"name": "Омск", "inn": "7707083893", "kpp": "540101001"},
         "Томск;;;;7707083893;700101001", "create"),
        # One number in three forms; full names, short names, initials.
        ({"name": "Орлова Мария", "phone": ("+7 913 123-45-67",)}, "Орлова Мария;89131234567;;;;",
         "skip"),
        ({"name": "Орлова Мария", "phone": ("8 913 1234567",)},
         "Мария Орлова Петровна;9131234567;;;;", "update"),
        ({"name": "Орлова М. П.", "phone": ("8 913 1234567",)},
         "Орлова Мария Петровна;9131234567;;;;", "update"),
        # Relatives share a phone.
        ({"name": "Орлова Мария", "phone": ("89131234567",)}, "Орлов Пётр;89131234567;;;;",
         "create"),
        ({"name": "Орлова Мария", "phone": ("89131234567",), "birthday": "1990-01-02"},
         "Орлова Мария;89131234567;;03.04.2015;;", "create"),
        # A card called by its phone gets its name.
        ({"phone": ("89131234567",)}, "Орлова Мария;89131234567;;;;", "update"),
        ({"name": "ООО Ёж", "email": ("a@mail.ru",)}, "Ёж;;A@mail.ru;;;", "skip"),
        ({"name": "ООО Ёж", "email": ("a@mail.ru",)}, "ООО Уж;;a@mail.ru;;;", "create"),
        # Name and birthday; a new phone is added.
        ({"name": "Орлова Мария", "birthday": "1990-01-02", "phone": ("89130000001",)},
         "МАРИЯ ОРЛОВА;89139999999;;02.01.1990;;", "update"),
        ({"name": "Орлова Мария", "birthday": "1990-01-02"}, "Орлова Мария;;;02.01;;", "skip"),
        ({"name": "Орлова Мария", "birthday": "1990-01-02"}, "Орлова Мария;;;05.05.1991;;",
         "create"),
        # The name alone, where nothing contradicts.
        ({"name": "Семёнов Пётр"}, "СЕМЕНОВ  ПЕТР;89131234567;;;;", "update"),
        ({"name": "Орлова Мария", "phone": ("89130000001",)}, "Орлова Мария;89139999999;;;;",
         "create"),
    ],
)  # fmt: skip
def test_who_is_who(base: ClientBase, card: dict[str, object], row: str, verdict: str) -> None:
    _new(base, **card)
    assert _verdicts(base, sheet(HEAD, row)) == [verdict]


def test_two_namesakes_fit_a_row_that_says_no_more(base: ClientBase) -> None:
    for phone in ("89130000001", "89130000002"):
        _new(base, name="Орлова Мария", phone=(phone,))
    plan = _plan(base, sheet(HEAD, "Орлова Мария;;;;;"))
    assert plan.problems[0].code is RowReason.AMBIGUOUS
    assert _verdicts(base, sheet(HEAD, "Орлова Мария;89130000002;;;;")) == ["skip"]


def test_a_key_that_is_given_is_the_only_one_asked(base: ClientBase) -> None:
    _new(base, name="Орлова Мария", phone=("89131234567",))
    row = sheet(HEAD, "Смирнова Мария;89131234567;;;;")
    assert _verdicts(base, row) == ["create"]
    (verdict,) = _plan(base, row, MatchKey.PHONE).rows
    assert verdict.differences == (Difference("name", "Орлова Мария", "Смирнова Мария"),)
    named = sheet(HEAD, "Орлова Мария;89139999999;;;;")
    assert _verdicts(base, named, MatchKey.NAME) == ["update"]
    assert _verdicts(base, named, MatchKey.PHONE) == ["create"]


def test_cards_in_the_bin_are_left_there(base: ClientBase) -> None:
    client_id = _new(base, name="Орлова Мария", phone=("89131234567",))
    base.do(DeleteClients((client_id,)))
    assert _verdicts(base, sheet(HEAD, "Орлова Мария;89131234567;;;;")) == ["create"]


def test_the_second_row_of_a_client_adds_to_the_first(base: ClientBase) -> None:
    done = load(
        base,
        sheet(
            HEAD,
            "Орлова Мария;89131234567;;;;",
            "Орлова Мария;89131234567;m@mail.ru;02.01.1990;;",
            "Мария Орлова;+7 913 123-45-67;;;;",
        ),
    ).value
    assert counts(done) == (3, 1, 1, 1, 0)
    assert _values(base, 1)["email"] == ("m@mail.ru",)


@pytest.mark.parametrize("row", [";89131234567;;;;", ";;10 %;;;", "нет;;почта;;;"])
def test_a_row_with_hardly_a_name_is_known_when_it_comes_again(base: ClientBase, row: str) -> None:
    assert load(base, sheet(HEAD, row)).value.created == 1
    assert counts(load(base, sheet(HEAD, row, row)).value) == (2, 0, 0, 2, 0)


def test_an_empty_cell_erases_nothing_and_phones_add_up(base: ClientBase) -> None:
    client_id = _new(
        base, name="Орлова Мария", phone=("89131234567",), email=("m@mail.ru",), birthday="--01-02"
    )
    done = load(base, sheet(HEAD, "Орлова Мария;8-913-123-45-67, 89137654321;;;;"))
    assert done.value.updated == 1
    values = _values(base, client_id)
    assert values["phone"] == ("89131234567", "89137654321")
    assert (values["email"], values["birthday"]) == (("m@mail.ru",), "--01-02")


def test_a_changed_card_counts_as_saved(base: ClientBase) -> None:
    """A form that has the card open must learn that the card has changed."""
    client_id = _new(base, name="Орлова Мария")
    load(base, sheet(HEAD, "Орлова Мария;89131234567;;;;"))
    with pytest.raises(TroubleError) as caught:
        base.do(UpdateClient(client_id, 1, {"note": "из окна"}))
    assert caught.value.trouble is Trouble.CHANGED_MEANWHILE


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("Анна;31.02.1990;;", "День рождения", Fault.BAD_DATE),
        ("Анна;01.01.2090;;", "День рождения", Fault.BAD_DATE),
        (";01.01.1990;;", "Имя", Fault.NO_NAME_OR_CONTACT),
        ("-;01.01.1990;;", "Имя", Fault.NO_NAME_OR_CONTACT),
        ("Анна;;сто;", "Скидка, %", Fault.BAD_NUMBER),
        ("Анна;;120;", "Скидка, %", Fault.BAD_NUMBER),
        ("Анна;;;лиловая", "Теплота", Fault.NOT_A_CHOICE),
        ("Анна;;;;лишнее", None, RowReason.TOO_MANY_CELLS),
        ("Итого;;15;", "Имя", RowReason.TOTAL_LINE),
        ("Б" * 600 + ";;;", "Имя", Fault.TOO_LONG),
    ],
)
def test_a_row_is_rejected_with_its_reason(
    base: ClientBase, row: str, column: str | None, code: object
) -> None:
    table = sheet("Имя;День рождения;Скидка, %;Теплота", row)
    done = load(base, table, TableKind.CLIENTS).value
    assert counts(done) == (1, 0, 0, 0, 1)
    assert [(p.row, p.column, p.code) for p in done.problems] == [(2, column, code)]


def test_a_blocking_field_keeps_a_row_out_and_a_gap_does_not(base: ClientBase) -> None:
    base.do(SetRule("phone", Level.BLOCK))
    base.do(SetRule("email", Level.GAP))
    done = load(base, sheet("Имя;Телефон", "Анна;", "Пётр;89131234567")).value
    assert counts(done) == (2, 1, 0, 0, 1)
    assert done.problems[0].code is Fault.REQUIRED


def test_codes_and_flags_are_read_in_words(base: ClientBase) -> None:
    load(
        base,
        sheet(
            "Имя;Вид;Теплота;Не беспокоить;Метки",
            "Анна;физ. лицо;Тёплая;да;vip, новые",
            "ООО Ёж;;горячий;нет;",
        ),
    )
    anna, hedgehog = _values(base, 1), _values(base, 2)
    assert (anna["kind"], anna["warmth"], anna["do_not_contact"]) == ("person", "warm", True)
    assert anna["tags"] == ("vip", "новые")
    assert (hedgehog["kind"], hedgehog["do_not_contact"]) == ("company", False)


def test_agreements_are_made_and_then_changed(base: ClientBase) -> None:
    head = "Имя;Скидка, %;Отсрочка, дней;Лимит кредита"
    load(base, sheet(head, "Анна;7,5;14;50 000,00"))
    again = load(base, sheet(head, "Анна;10;14;")).value
    assert counts(again) == (1, 0, 1, 0, 0)
    with Session(base._reader) as session:
        held = session.execute(
            select(Agreement.kind, Agreement.percent, Agreement.days, Agreement.amount)
        ).all()
    assert set(map(tuple, held)) == {
        ("discount", Decimal(10), None, None),
        ("deferred", None, 14, None),
        ("credit", None, None, Decimal(50000)),
    }


def test_own_fields_take_values_and_change_them(base: ClientBase) -> None:
    base.do(AddField("Любимый цвет (краска)", FieldKind.TEXT))
    base.do(AddField("Рост", FieldKind.NUMBER))
    head = "Имя;ЛЮБИМЫЙ ЦВЕТ КРАСКА;рост"
    load(base, sheet(head, "Анна;синий;170,5"))
    done = load(base, sheet(head, "Анна;белый;")).value
    assert counts(done) == (1, 0, 1, 0, 0)
    values = _values(base, 1)
    assert [values[field.key] for field in base.ask(own_fields)] == ["белый", Decimal("170.5")]


def test_a_column_can_become_a_new_field_and_its_mapping_is_remembered(base: ClientBase) -> None:
    table = sheet("Имя;Кличка собаки;Телефон", "Анна;Рекс;89131234567")
    targets = map_columns(TableKind.CLIENTS, table.header, ())
    wanted = {"Кличка собаки": "new", "C": "note"}
    chosen = change_targets(TableKind.CLIENTS, table, targets, wanted, ())
    outcome = base.do(ImportClients(table, chosen))
    (field,) = base.ask(own_fields)
    assert field.label == "Кличка собаки"
    assert _values(base, 1)[field.key] == "Рекс"
    proposed = base.ask(proposed_mapping, TableKind.CLIENTS, table.header)
    assert proposed.remembered
    assert proposed.targets == ("name", field.key, "note")
    assert base.ask(owner_settings) == Settings()
    base.do(ChangeSettings(Settings(trade_cycle_days=30)))
    assert base.ask(proposed_mapping, TableKind.CLIENTS, table.header).remembered
    assert outcome.change_id is not None


def test_a_mapping_may_be_told_either_way_round(base: ClientBase) -> None:
    table = sheet("А;Б", "Анна;8913")
    for wanted in ({"А": "name", "Б": "phone"}, {"name": "А", "phone": "Б"}, {"1": "Имя", "B": "тел"}):  # fmt: skip  # noqa: E501
        assert change_targets(TableKind.CLIENTS, table, (None, None), wanted, ()) == (
            "name",
            "phone",
        )
    with pytest.raises(ColumnError):
        change_targets(TableKind.CLIENTS, table, (None, None), {"Я": "name"}, ())
    with pytest.raises(ColumnError):
        change_targets(TableKind.CLIENTS, table, (None, None), {"А": "цвет глаз"}, ())


def test_a_file_without_any_known_column_is_refused(base: ClientBase) -> None:
    with pytest.raises(TroubleError) as caught:
        load(base, sheet("Порода;Вес", "лайка;20"), TableKind.CLIENTS)
    assert caught.value.trouble is Trouble.NO_COLUMNS


class _Stop:
    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, total: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise CancelledError


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_a_cancelled_import_leaves_nothing(base: ClientBase, after: int) -> None:
    _new(base, name="Анна")
    before = base.ask(content)
    table = sheet("Имя;Телефон", *(f"Клиент {n};8913000{n:04d}" for n in range(900)))
    targets = map_columns(TableKind.CLIENTS, table.header, ())
    with pytest.raises(CancelledError):
        base.do(ImportClients(table, targets, progress=_Stop(after)))
    assert base.ask(content) == before
    with pytest.raises(TroubleError) as caught:
        base.ask(import_run, ImportId(1))
    assert caught.value.trouble is Trouble.NO_SUCH_IMPORT


def test_the_trial_and_the_import_say_the_same(base: ClientBase) -> None:
    _new(base, name="Анна", phone=("89131234567",))
    table = sheet("Имя;Телефон;Заметка", "Анна;89131234567;мастер", "Пётр;;", ";;нет")
    plan = _plan(base, table)
    done = load(base, table).value
    assert plan.problems == done.problems
    assert [plan.count(verdict) for verdict in Verdict] == [
        done.created, done.updated, done.skipped, done.rejected,
    ]  # fmt: skip


def test_an_update_is_taken_back_whole(base: ClientBase) -> None:
    base.do(AddField("Цвет", FieldKind.TEXT))
    (field,) = base.ask(own_fields)
    _new(base, name="Анна", phone=("89131234567",), **{field.key: "синий"})
    before = base.ask(content)
    done = load(
        base,
        sheet(
            "Имя;Телефон;E-mail;Цвет;Скидка;Метки;Контактное лицо",
            "Анна;89131234567, 8913;a@mail.ru;белый;5;vip;Пётр",
        ),
    )
    assert done.change_id is not None
    base.do(TakeBack(done.change_id))
    assert base.ask(content) == before


def test_an_import_others_built_on_is_not_taken_back(base: ClientBase) -> None:
    done = load(base, sheet("Имя;Телефон", "Анна;89131234567"))
    assert done.change_id is not None
    assert done.value.import_id is not None
    base.do(UpdateClient(ClientId(1), None, {"note": "была вчера"}))
    with pytest.raises(TroubleError) as caught:
        base.do(TakeBack(done.change_id))
    assert caught.value.trouble is Trouble.USED_LATER
    assert not base.ask(import_run, done.value.import_id).undone


def test_names_are_kept_with_the_keys_they_are_found_by(base: ClientBase) -> None:
    load(base, sheet("Имя", "Ёлкина Анна"))
    with Session(base._writer) as session:
        row = session.scalars(select(Client)).one()
        held = (row.name_key, row.sort_key)
        session.execute(update(Client).values(name_key="", sort_key=""))
        session.expire_all()
        row.name = "Ёлкина Анна"
        assert held == (row.name_key, row.sort_key)
        session.rollback()


def test_mappings_are_json_lists_of_targets(base: ClientBase) -> None:
    table = sheet("А", "Анна")
    base.do(ImportClients(table, ("name",)))
    with Session(base._reader) as session:
        (value,) = session.scalars(select(Setting.value).where(Setting.key.like("mapping:%")))
    assert json.loads(value) == ["name"]
