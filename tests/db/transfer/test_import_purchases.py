"""Rows of purchases against the base: who bought, what is there already, what is refused."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase, SaveProduct
from db.commands.undo import TakeBack
from db.domain.fields import Fault
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.progress import CancelledError
from db.queries.cards.purchases import client_purchases, products
from db.records.cards import card_values
from db.schema import Client, Purchase
from db.transfer.columns import TableKind, map_columns
from db.transfer.commands import ImportPurchases
from db.transfer.plan import RowReason
from tests.db.base_content import content
from tests.db.importing import TODAY, counts, load, sheet

HEAD = "Дата;Клиент;ИНН;Товар;Сумма"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        yield opened


def _new(base: ClientBase, name: str, inn: str | None = None) -> ClientId:
    return base.do(CreateClient({"name": name, "inn": inn})).value


def _owners(base: ClientBase) -> list[int]:
    with Session(base._reader) as session:
        return list(session.scalars(select(Purchase.client_id).order_by(Purchase.id)))


def test_a_buyer_is_found_by_inn_then_by_name(base: ClientBase) -> None:
    _new(base, "ООО «Ёж»", "7707083893")
    _new(base, "ООО «Ёж»", "5401624541")
    _new(base, "ООО «Ёж»")
    _new(base, "Анна")
    load(
        base,
        sheet(
            HEAD,
            "1.2.2026;что угодно;5401624541;;1",
            '1.2.2026;ооо "еж";;;1',
            "1.2.2026;АННА;;;1",
            "1.2.2026;Анна;7736050003;;1",
        ),
    )
    assert _owners(base) == [2, 3, 4, 4]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("1.2.2026;Ёж;;;10", "Клиент", RowReason.AMBIGUOUS),
        ("1.2.2026;Уж;;;10", "Клиент", RowReason.UNKNOWN_CLIENT),
        ("1.2.2026;Ёж;7736050003;;10", "Клиент", RowReason.UNKNOWN_CLIENT),
        ("1.2.2026;;;;10", "Клиент", RowReason.NO_CLIENT),
        (";Анна;;;10", "Дата", RowReason.NO_DAY),
        ("31.02.2026;Анна;;;10", "Дата", Fault.BAD_DATE),
        ("-5;Анна;;;10", "Дата", Fault.BAD_DATE),
        ("+7;Анна;;;10", "Дата", Fault.BAD_DATE),
        ("1.5;Анна;;;10", "Дата", Fault.BAD_DATE),
        ("1.2.2026;Анна;;;", "Сумма", RowReason.NO_AMOUNT),
        ("1.2.2026;Анна;;;десять", "Сумма", Fault.BAD_NUMBER),
        (";;;Итого;1 200,50", "Товар", RowReason.TOTAL_LINE),
        (";Всего за февраль:;;;1 200,50", "Клиент", RowReason.TOTAL_LINE),
    ],
)
def test_a_row_is_rejected_with_its_reason(
    base: ClientBase, row: str, column: str, code: object
) -> None:
    _new(base, "Анна")
    _new(base, "Ёж", "7707083893")
    _new(base, "Ёж", "5401624541")
    done = load(base, sheet(HEAD, row)).value
    assert counts(done) == (1, 0, 0, 0, 1)
    assert [(p.row, p.column, p.code) for p in done.problems] == [(2, column, code)]


NAMESAKES = (
    "Дата;Клиент;Телефон;E-mail;Сумма",
    "1.2.2026;Иванов Пётр;89130000001;;10",
    "1.2.2026;Иванов Пётр;89130000002;;10",
    "1.2.2026;Иванов Пётр;;p@ya.ru;10",
    "2.2.2026;Иванов П.;+7 913 000-00-02;;10",
    "2.2.2026;Сидорова;+7 913 000-00-02;;10",
)


def test_namesakes_with_other_phones_are_different_people_once(base: ClientBase) -> None:
    table = sheet(NAMESAKES[0], *NAMESAKES[1:3], *NAMESAKES[4:])
    assert load(base, table, create_clients=True).value.clients_created == 3
    assert _owners(base) == [1, 2, 2, 3]
    again = load(base, table, create_clients=True).value
    assert (counts(again), again.clients_created) == ((4, 0, 0, 4, 0), 0)


def test_a_row_that_fits_two_namesakes_is_not_guessed(base: ClientBase) -> None:
    done = load(base, sheet(*NAMESAKES[:4]), create_clients=True).value
    assert counts(done) == (3, 2, 0, 0, 1)
    assert done.problems[0].code is RowReason.AMBIGUOUS


def test_a_card_of_the_base_is_not_two_people_at_once(base: ClientBase) -> None:
    _new(base, "Иванов Пётр")
    table = sheet(*NAMESAKES[:3])
    assert load(base, table, create_clients=True).value.clients_created == 1
    assert _owners(base) == [1, 2]
    assert counts(load(base, table, create_clients=True).value) == (2, 0, 0, 2, 0)


def test_a_row_loaded_before_is_known_though_a_namesake_came_since(base: ClientBase) -> None:
    _new(base, "Анна")
    table = sheet(HEAD, "1.2.2026;Анна;;Чай;10,00")
    load(base, table)
    _new(base, "Анна")
    assert counts(load(base, table).value) == (1, 0, 0, 1, 0)


def test_a_client_made_by_a_file_gets_what_its_later_rows_say(base: ClientBase) -> None:
    head = "Дата;Клиент;ИНН;Телефон;E-mail;Сумма"
    rows = ("1.2.2026;Ёж;;;;1", "2.2.2026;Ёж;;89130000001;e@ya.ru;2", "3.2.2026;Ёж;7707083893;;;3")
    load(base, sheet(head, *rows), create_clients=True)
    with Session(base._reader) as session:
        (held,) = (values for values, _ in card_values(session, [1, 2]).values())
    assert (held["inn"], held["kind"], held["phone"], held["email"]) == (
        "7707083893", "company", ("89130000001",), ("e@ya.ru",),
    )  # fmt: skip


def test_two_equal_rows_are_two_purchases_once(base: ClientBase) -> None:
    _new(base, "Анна")
    rows = ["1.2.2026;Анна;;Чай;10,00"] * 2
    assert load(base, sheet(HEAD, *rows)).value.created == 2
    assert counts(load(base, sheet(HEAD, *rows)).value) == (2, 0, 0, 2, 0)
    assert counts(load(base, sheet(HEAD, *rows, rows[0])).value) == (3, 1, 0, 2, 0)


def test_a_purchase_typed_by_hand_is_not_doubled_by_a_file(base: ClientBase) -> None:
    client_id = _new(base, "Анна")
    base.do(SaveProduct("Чай"))
    base.do(AddPurchase(client_id, date(2026, 2, 1), Decimal("10.00"), product="чай"))
    done = load(base, sheet(HEAD, *["1.2.2026;Анна;;ЧАЙ;10,00"] * 2)).value
    assert counts(done) == (2, 1, 0, 1, 0)


def test_a_loaded_purchase_is_known_after_it_was_mended(base: ClientBase) -> None:
    """What the owner has put right must not come back with the next file."""
    _new(base, "Анна")
    table = sheet(HEAD, "1.2.2026;Анна;;Чай;10,00")
    load(base, table)
    with Session(base._writer) as session, session.begin():
        session.scalars(select(Purchase)).one().amount = Decimal("12.00")
    assert counts(load(base, table).value) == (1, 0, 0, 1, 0)


def test_made_clients_are_made_once_with_what_the_file_says(base: ClientBase) -> None:
    done = load(
        base,
        sheet(
            "Дата;Клиент;ИНН;Телефон;Сумма;Менеджер;Источник",
            "1.2.2026;ООО Ёж;7707083893;;10;Пётр;Сайт",
            "вчера;ООО Ёж;7707083893;;-4;;",
            "2.2.2026;Анна;;89131234567;5;;",
            "3.2.2026;;;+7 913 123-45-67;5;;",
        ),
        create_clients=True,
    ).value
    assert counts(done) == (4, 4, 0, 0, 0)
    assert (done.clients_created, done.refunds) == (2, 1)
    with Session(base._reader) as session:
        found = session.execute(
            select(Client.name, Client.kind, Client.inn, Client.source, Client.responsible)
        )
        assert [tuple(row) for row in found] == [
            ("ООО Ёж", "company", "7707083893", None, None),
            ("Анна", "person", None, None, None),
        ]
    bought = base.ask(client_purchases, ClientId(1))
    assert bought[0].day == date(2026, 11, 21)
    assert (bought[1].responsible, bought[1].channel) == ("Пётр", "Сайт")
    assert len(base.ask(client_purchases, ClientId(2))) == 2


def test_a_rejected_buyer_makes_no_card(base: ClientBase) -> None:
    done = load(base, sheet(HEAD, "31.02.2026;Анна;;;10"), create_clients=True).value
    assert (done.rejected, done.clients_created) == (1, 0)


def test_a_cancelled_import_leaves_nothing(base: ClientBase) -> None:
    before = base.ask(content)
    table = sheet(HEAD, *(f"1.2.2026;Клиент {n};;Чай;{n}" for n in range(3000)))
    steps = iter(range(15))

    class Stop:
        def step(self, done: int, total: int) -> None:
            if next(steps, None) is None:
                raise CancelledError

    with pytest.raises(CancelledError):
        base.do(
            ImportPurchases(
                table,
                map_columns(TableKind.PURCHASES, table.header, ()),
                create_clients=True,
                progress=Stop(),
            )
        )
    assert base.ask(content) == before


def test_an_import_whose_product_was_sold_since_is_not_taken_back(base: ClientBase) -> None:
    client_id = _new(base, "Анна")
    done = load(base, sheet(HEAD, "1.2.2026;Анна;;Чай;10"))
    base.do(AddPurchase(client_id, date(2026, 3, 1), Decimal(10), product="Чай"))
    assert done.change_id is not None
    with pytest.raises(TroubleError) as caught:
        base.do(TakeBack(done.change_id))
    assert caught.value.trouble is Trouble.USED_LATER


def test_a_price_list_makes_and_changes_products(base: ClientBase) -> None:
    head = "Наименование;Ед. изм.;Цена;Себестоимость;Ритм, дней"
    done = load(base, sheet(head, "Стрижка;усл;1 500;700;35", "Чай;шт;100;;"), TableKind.PRODUCTS)
    assert counts(done.value) == (2, 2, 0, 0, 0)
    again = load(
        base,
        sheet(head, "СТРИЖКА;;1 600;;", "Чай;шт;100;;", "Сок;шт;дорого;;", ";шт;5;;"),
        TableKind.PRODUCTS,
    ).value
    assert counts(again) == (4, 0, 1, 1, 2)
    haircut = next(row for row in base.ask(products) if row.name == "Стрижка")
    assert (haircut.price, haircut.cost, haircut.usual_cycle_days) == (1600, 700, 35)
