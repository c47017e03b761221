"""A damaged value is damage with its table and row, not a bug; the check goes on behind it."""

from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.demo import make_demo
from db.domain.fields import ClientKind
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file.care import DefectKind, check
from db.queries.cards.full_card import full_card
from db.queries.lists.clients import ListSpec, client_ids
from db.records.settings import settings
from db.schema.types import Code, DamagedValueError, Day, Exact, Moment

NOT_UTF8 = "cast(x'ff41' as text)"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("values") / "demo.kartoteka"
    make_demo(path, as_of=date(2026, 11, 22), clients=20)
    return path.read_bytes()


@pytest.fixture
def path(sample: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    path.write_bytes(sample)
    return path


def tamper(path: Path, statement: str) -> None:
    with dbapi2.connect(str(path)) as raw:
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Day(), "2026-13-01"),
        (Day(), 7),
        (Moment(), "yesterday"),
        (Code(ClientKind), "perzon"),
        (Exact(), "12x"),
    ],
)
def test_a_column_type_refuses_what_it_never_wrote(kind: object, raw: object) -> None:
    with pytest.raises(DamagedValueError) as caught:
        kind.process_result_value(raw, None)  # type: ignore[attr-defined]
    assert caught.value.raw == raw
    assert str(raw) not in str(caught.value)  # the log shows no value of a client


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("update client set kind = 'perzon' where id = 3", "client 3 kind"),
        (f"update client set name = {NOT_UTF8} where id = 3", "client 3 name"),
        ("update client set created_at = 'yesterday' where id = 3", "client 3 created_at"),
        ("update purchase set day = '2026-99-99' where id = 5", "purchase 5 day"),
        (f"update setting set value = {NOT_UTF8} where id = 1", "setting 1 value"),
        ("update setting set value = '{\"name\"' where id = 1", "setting 1 value"),
        ("update client set birthday = '19x0-01-01' where id = 3", "client 3 birthday"),
        (
            "update client_fact set cycle_basis = 'Own' where client_id = 3",
            "client_fact 3 cycle_basis",
        ),
        (
            "update offer set deadline_until = '2Z26-12-02T18:00' where id = 1",
            "offer 1 deadline_until",
        ),
        ("update offer set snapshot = '{\"ours\"' where id = 1", "offer 1 snapshot"),
    ],
)
def test_the_check_names_table_row_and_column(path: Path, statement: str, place: str) -> None:
    tamper(path, statement)
    assert (DefectKind.BAD_VALUE, place) in {(defect.kind, defect.place) for defect in check(path)}


def test_the_check_goes_on_behind_a_damaged_value(path: Path) -> None:
    tamper(path, "update purchase set day = '2026-99-99' where id = 5")
    tamper(path, "update client set kind = 'perzon' where id in (3, 4)")
    tamper(path, "delete from client where id = 7")
    tamper(path, "create table extra (id)")
    defects = check(path)
    places = [defect.place for defect in defects if defect.kind is DefectKind.BAD_VALUE]
    assert {"purchase 5 day", "client 3 kind", "client 4 kind"} <= set(places)
    assert {DefectKind.BROKEN_LINK, DefectKind.SCHEMA} <= {defect.kind for defect in defects}


@pytest.mark.parametrize(
    "statement",
    [
        "update client set kind = 'perzon' where id = 3",
        f"update client set name = {NOT_UTF8} where id = 3",
        "update client set created_at = 'x' where id = 3",
    ],
)
def test_a_card_with_a_damaged_value_is_damage(path: Path, statement: str) -> None:
    tamper(path, statement)
    with ClientBase(path) as base:
        with pytest.raises(TroubleError) as caught:
            base.ask(full_card, ClientId(3))
        assert caught.value.trouble is Trouble.DAMAGED
        assert caught.value.detail.startswith(f"{path}: client 3 ")
        assert base.ask(full_card, ClientId(2)).card.name
        assert base.ask(client_ids, ListSpec())


@pytest.mark.parametrize(
    "value", ['{"lost_months": "x"}', "[]", '{"lost_months": -4}', "nothing", '{"lost_months"']
)
def test_a_damaged_setting_is_damage(path: Path, value: str) -> None:
    tamper(path, "delete from setting where key = 'lifecycle'")
    tamper(path, f"insert into setting (key, value) values ('lifecycle', '{value}')")
    with ClientBase(path) as base, pytest.raises(TroubleError) as caught:
        base.ask(lambda reading: settings(reading.session))
    assert caught.value.trouble is Trouble.DAMAGED
    assert "setting" in caught.value.detail


def test_a_setting_of_a_newer_version_is_left_aside(path: Path) -> None:
    tamper(path, "insert into setting (key, value) values ('colour_of_the_moon', '\"blue\"')")
    with ClientBase(path) as base:
        assert base.ask(lambda reading: settings(reading.session)).company.name
    assert check(path) == ()


def test_a_bug_stays_a_bug(path: Path) -> None:
    def divide(_session: object) -> None:
        raise ZeroDivisionError("ours")

    with ClientBase(path) as base, pytest.raises(ZeroDivisionError):
        base.ask(divide)
