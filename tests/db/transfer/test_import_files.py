"""Real files of a salon and of a wholesaler: every row accounted for, to the kopeck."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.client_base import ClientBase
from db.commands.presets import ApplyPreset
from db.commands.undo import Redo, TakeBack, Undo
from db.domain.fields import Fault
from db.domain.text import fold
from db.file.create import create_base
from db.outcome import Reading
from db.presets import preset
from db.queries.lists.clients import find_clients
from db.records.cards import card_values
from db.schema import Agreement, Client, Product, Purchase
from db.transfer.known import import_run
from db.transfer.plan import RowReason
from tests.db.base_content import content
from tests.db.importing import TODAY, counts, load, read


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        yield opened


@pytest.fixture
def salon(base: ClientBase) -> ClientBase:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    return base


def _values(reading: Reading, name: str) -> dict[str, object]:
    (row,) = (row for row in find_clients(reading, name, 100) if fold(row.name) == fold(name))
    return dict(card_values(reading.session, [row.id])[row.id][0])


def _sum(reading: Reading) -> tuple[int, Decimal]:
    row = reading.session.execute(select(func.count(), func.sum(Purchase.amount))).one()
    return row[0], row[1]


def test_the_salon_gives_157_clients(salon: ClientBase) -> None:
    done = load(salon, read(salon, "salon_clients_cp1251.csv")).value
    assert counts(done) == (160, 157, 0, 1, 2)
    assert done.ignored == ()
    assert {(p.row, p.column, p.code, p.value) for p in done.problems} == {
        (25, "День рождения", Fault.BAD_DATE, "31.02.1990"),
        (62, "ФИО", Fault.NO_NAME_OR_CONTACT, ""),
    }


def test_cells_of_the_salon_land_on_their_fields(salon: ClientBase) -> None:
    load(salon, read(salon, "salon_clients_cp1251.csv"))
    quoted = salon.ask(_values, 'Иванова "Аня" Петровна; мастер')
    assert quoted["birthday"] == "1996-06-23"
    assert quoted["phone"] == ("9152323697",)
    two = salon.ask(_values, "Гусев Михаил Иванович")
    assert two["phone"] == ("+7 926 238-39-36", "89860232137")
    assert two["relatives"] == "мама Евгений 9799388699"
    yesterday = salon.ask(_values, "Морозова Любовь Андреевна")
    assert str(yesterday["last_haircut"]) == "2026-11-21"
    assert yesterday["dye"] == "Wella 2/36"
    assert salon.ask(_values, "Семёнов Олег Алексеевич")["phone"] == ("нет",)
    assert salon.ask(_values, "Кузнецова Нина Андреевна")["name"] == "КУЗНЕЦОВА НИНА АНДРЕЕВНА"


def test_without_its_fields_the_columns_of_the_salon_are_reported(base: ClientBase) -> None:
    done = load(base, read(base, "salon_clients_cp1251.csv")).value
    assert done.ignored == ("Дата последней стрижки", "Родственники", "Краска (рецепт)")
    assert done.created == 157


def test_the_contractors_are_320_companies(base: ClientBase) -> None:
    done = load(base, read(base, "contractors.xlsx")).value
    assert counts(done) == (320, 320, 0, 0, 0)
    card = base.ask(_values, "ИП Алексеева О. А.")
    assert (card["inn"], card["kind"]) == ("546056075696", "company")
    with Session(base._reader) as session:
        kinds = Counter(session.execute(select(Agreement.kind)).scalars())
        assert kinds == {"discount": 210, "deferred": 173, "credit": 139}
        same = session.scalars(select(Client.inn).where(Client.name == 'АО "МастерГранит"'))
        assert set(same) == {"5492308519", "5411746267", "5432587201"}


def test_the_sales_find_their_contractors(base: ClientBase) -> None:
    load(base, read(base, "contractors.xlsx"))
    done = load(base, read(base, "sales.csv")).value
    assert counts(done) == (6071, 6018, 0, 0, 53)
    assert (done.refunds, done.products_created, done.clients_created) == (1, 8, 0)
    assert Counter(problem.code for problem in done.problems) == {
        RowReason.AMBIGUOUS: 50,
        RowReason.TOTAL_LINE: 1,
        RowReason.UNKNOWN_CLIENT: 1,
        Fault.BAD_DATE: 1,
    }
    ambiguous = {p.value for p in done.problems if p.code is RowReason.AMBIGUOUS}
    assert ambiguous == {'ООО "КолоритТекстиль"'}
    assert base.ask(_sum) == (6018, Decimal("132644556.25"))


def test_a_refund_brings_its_cost_back(base: ClientBase) -> None:
    load(base, read(base, "contractors.xlsx"))
    load(base, read(base, "sales.csv"))
    with Session(base._reader) as session:
        refund = session.execute(
            select(Purchase.amount, Purchase.cost, Purchase.channel, Product.name)
            .join(Product, Product.id == Purchase.product_id)
            .where(Purchase.amount < 0)
        ).one()
    assert tuple(refund) == (
        Decimal("-48870.07"), Decimal("-37821.49"), "Холодный звонок", "Монтаж",
    )  # fmt: skip


def test_what_a_sale_says_of_source_and_manager_stays_with_the_sale(base: ClientBase) -> None:
    load(base, read(base, "contractors.xlsx"))
    before = base.ask(_values, "ИП Соколова Н. М.")
    load(base, read(base, "sales.csv"))
    assert base.ask(_values, "ИП Соколова Н. М.") == before


def test_cdnow_makes_2357_clients_and_6919_purchases(base: ClientBase) -> None:
    done = load(base, read(base, "cdnow_sample.csv"), create_clients=True).value
    assert counts(done) == (6919, 6919, 0, 0, 0)
    assert done.clients_created == 2357
    assert base.ask(_sum) == (6919, Decimal("244091.94"))


def test_without_leave_to_make_clients_cdnow_is_rejected(base: ClientBase) -> None:
    done = load(base, read(base, "cdnow_sample.csv")).value
    assert counts(done) == (6919, 0, 0, 0, 6919)
    assert {problem.code for problem in done.problems} == {RowReason.UNKNOWN_CLIENT}
    assert base.ask(_sum)[0] == 0


def test_the_same_files_again_add_nothing(base: ClientBase) -> None:
    load(base, read(base, "contractors.xlsx"))
    load(base, read(base, "sales.csv"))
    before = base.ask(content)
    assert counts(load(base, read(base, "contractors.xlsx")).value) == (320, 0, 0, 320, 0)
    again = load(base, read(base, "sales.csv"))
    assert counts(again.value) == (6071, 0, 0, 6018, 53)
    assert again.change_id is None
    assert base.ask(content) == before


def test_taking_an_import_back_leaves_the_base_as_it_was(salon: ClientBase) -> None:
    load(salon, read(salon, "salon_clients_cp1251.csv"))
    before = salon.ask(content)
    sales = load(salon, read(salon, "cdnow_sample.csv"), create_clients=True)
    after = salon.ask(content)
    assert sales.change_id is not None
    salon.do(TakeBack(sales.change_id))
    assert salon.ask(content) == before
    assert sales.value.import_id is not None
    assert salon.ask(import_run, sales.value.import_id).undone
    salon.do(Redo())
    assert salon.ask(content) == after
    salon.do(Undo())
    assert salon.ask(content) == before
