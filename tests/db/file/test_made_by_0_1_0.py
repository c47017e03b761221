"""A base that version 0.1.0 made opens, with nothing lost."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import UpdateClient
from db.commands.undo import TakeBack, Undo
from db.domain.field_rules import Scope, scope_of
from db.domain.ids import ChangeId, ClientId
from db.domain.lifecycle import Status
from db.errors import Trouble, TroubleError
from db.file.backup import copies
from db.file.care import check
from db.journal.history import undo_state
from db.queries.cards.card_history import card_changes
from db.queries.cards.full_card import full_card
from db.queries.offers.offers import offer_list
from db.queries.segments.statuses import segment_counts
from db.queries.setup import all_rules

DAY = date(2026, 11, 22)
PACKED = Path(__file__).resolve().parents[2] / "data/made_by_0_1_0.kartoteka.gz"
ANNA, PETER = ClientId(1), ClientId(2)
# Recorded tables whose rows the upgrade may not touch; `change` and its rows are read otherwise.
UNTOUCHED = (
    "client", "client_contact", "client_tag", "contact_person", "custom_field", "field_choice",
    "field_answer", "relationship", "agreement", "product", "purchase",
    "purchase_line", "interaction", "task", "snooze", "loss_episode", "loss_attempt", "offer_tier",
    "offer_line", "offer_block", "offer_counter", "setting", "import_run",
)  # fmt: skip


RULES = "select id, field_key, level, purpose, position from field_rule"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.kartoteka"
    with gzip.open(PACKED) as packed, path.open("wb") as target:
        shutil.copyfileobj(packed, target)
    return path


@pytest.fixture
def base(old: Path) -> Iterator[ClientBase]:
    with ClientBase(old, as_of=DAY) as opened:
        yield opened


def rows(path: Path, tables: tuple[str, ...]) -> dict[str, list[tuple[object, ...]]]:
    with closing(dbapi2.connect(str(path))) as raw:
        return {
            table: sorted(raw.execute(f"select * from {table}").fetchall(), key=repr)
            for table in tables
        }


def test_every_row_is_there_value_by_value(old: Path) -> None:
    before = rows(old, UNTOUCHED)
    with closing(dbapi2.connect(str(old))) as raw:
        values = raw.execute("select id, client_id, text, number, day from custom_value").fetchall()
        offers = raw.execute("select id, number, version, state, total, edition from offer")
        papers = offers.fetchall()
        rules = raw.execute(RULES).fetchall()
        changes = raw.execute("select id, command, who, at from change").fetchall()
        images = raw.execute("select change_id, row_id, client_id, image from change_row")
        kept = sorted(images.fetchall(), key=repr)
    ClientBase(old, as_of=DAY).close()
    assert rows(old, UNTOUCHED) == before
    with closing(dbapi2.connect(str(old))) as raw:
        select = "select id, client_id, text, number, day from custom_value"
        assert raw.execute(select).fetchall() == values
        select = "select id, number, version, state, total, edition from offer"
        assert raw.execute(select).fetchall() == papers
        assert raw.execute(RULES).fetchall() == rules
        assert raw.execute("select id, command, who, at from change").fetchall() == changes
        images = raw.execute("select change_id, row_id, client_id, image from change_row")
        assert sorted(images.fetchall(), key=repr) == kept


def test_the_check_finds_nothing_and_the_old_base_is_kept(old: Path) -> None:
    ClientBase(old, as_of=DAY).close()
    assert check(old) == ()
    (kept,) = copies(old)
    with closing(dbapi2.connect(str(kept.path))) as raw:
        assert raw.execute("pragma user_version").fetchone() == (1,)


def test_cards_offers_and_statuses_are_as_they_were(base: ClientBase) -> None:
    card = base.ask(full_card, ANNA).card
    assert card.values["name"] == "Ёлкина Анна Петровна"
    assert card.values["own_4"] == "Ирина"
    assert (card.values["own_5"], card.values["own_6"]) == (Decimal("7.5"), True)
    counts = {one.status: one.count for one in base.ask(segment_counts)}
    assert counts == {
        Status.POTENTIAL: 23, Status.NEW: 1, Status.REGULAR: 0, Status.AT_RISK: 0, Status.LOST: 6,
    }  # fmt: skip
    assert {row.number for row in base.ask(offer_list)} == {"2026-001", "2026-002"}


def test_older_changes_can_be_read_and_not_undone(base: ClientBase) -> None:
    assert len(base.ask(card_changes, ANNA)) == 11
    state = base.ask(undo_state)
    assert (state.undo, state.redo, state.sealed) == (None, None, True)
    for command, trouble in (
        (Undo(), Trouble.NOTHING_TO_UNDO),
        (TakeBack(ChangeId(12)), Trouble.SEALED),
    ):
        with pytest.raises(TroubleError) as caught:
            base.do(command)
        assert caught.value.trouble is trouble


def test_what_is_done_after_the_upgrade_can_be_undone(base: ClientBase) -> None:
    before = base.ask(full_card, PETER).card.values
    base.do(UpdateClient(PETER, None, {"note": "после обновления"}))
    base.do(Undo())
    assert base.ask(full_card, PETER).card.values == before
    assert base.ask(undo_state).sealed


def test_an_id_is_not_given_again_after_the_upgrade(old: Path) -> None:
    def sequence() -> dict[str, int]:
        with closing(dbapi2.connect(str(old))) as raw:
            return dict(raw.execute("select name, seq from sqlite_sequence"))

    before = sequence()
    ClientBase(old, as_of=DAY).close()
    after = sequence()
    assert {name: after.get(name) for name in before} == before


def test_whom_a_field_rule_is_for_becomes_its_condition(old: Path) -> None:
    scopes = (("company", None, None), (None, "lost", None), ("person", "new", 'Опт "А"'))
    with closing(dbapi2.connect(str(old))) as raw:
        raw.executemany(
            "insert into field_rule (field_key, level, purpose, for_kind, for_status, for_tag,"
            " position) values ('inn', 'gap', 'для договора', ?, ?, ?, 90)",
            scopes,
        )
        raw.commit()
    with ClientBase(old, as_of=DAY) as base:
        moved = [rule for rule in base.ask(all_rules) if rule.purpose == "для договора"]
    assert [scope_of(rule.condition) for rule in moved] == [Scope(*scope) for scope in scopes]


def put_in(path: Path, statement: str) -> None:
    with closing(dbapi2.connect(str(path))) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger evil after insert on client begin delete from purchase; end",
        "create trigger evil before update on change begin select raise(abort, 'no'); end",
        "create unique index evil on client (note)",
        "create table evil (id integer, client_id references client (id))",
    ],
)
def test_what_another_program_put_in_and_would_act_stops_the_upgrade(
    old: Path, statement: str
) -> None:
    put_in(old, statement)
    before = old.read_bytes()
    with pytest.raises(TroubleError) as caught:
        ClientBase(old)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.FOREIGN, f"{old}: evil")
    assert old.read_bytes()[100:] == before[100:]


def test_what_another_program_put_in_without_harm_stays(old: Path) -> None:
    put_in(old, "create table notes (text)")
    put_in(old, "insert into notes values ('kept')")
    put_in(old, "create view mine as select name from client")
    put_in(old, "create index lookup on client (note)")
    ClientBase(old).close()
    with closing(dbapi2.connect(str(old))) as raw:
        assert raw.execute("select text from notes").fetchall() == [("kept",)]
        (count,) = raw.execute("select count(*) from client").fetchone()
        assert raw.execute("select count(*) from mine").fetchone() == (count,)
        names = raw.execute("select name from sqlite_master where type = 'index'").fetchall()
        assert ("lookup",) in names


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("alter table client add column mine text", "client"),
        ("drop index ix_client_inn", "ix_client_inn"),
        ("update alembic_version set version_num = '7001'", "alembic_version"),
    ],
)
def test_a_part_of_ours_that_was_changed_is_named(old: Path, statement: str, part: str) -> None:
    put_in(old, statement)
    with pytest.raises(TroubleError) as caught:
        ClientBase(old)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.DAMAGED, f"{old}: {part}")


def test_a_base_of_before_is_checked_as_it_is(old: Path) -> None:
    assert check(old) == ()
    put_in(old, "update purchase set client_id = 999 where id = 1")
    assert check(old) != ()
