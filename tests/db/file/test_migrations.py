"""Migrations lead to the schema that is declared, and a base survives them whole."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import UpdateClient
from db.commands.undo import Redo, TakeBack, Undo
from db.demo import make_demo
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file import backup, create, migrate
from db.file.base_file import memory_engine
from db.file.create import REVISION, SCHEMA_VERSION, create_base, create_schema
from db.file.schema import declared_schema, schema_of
from db.journal.history import UndoState, undo_state
from db.queries.cards.card_history import card_changes
from db.queries.cards.full_card import full_card

# A revision of a later version: a new column, and a table made anew under its children.
LATER = """
from alembic import op

revision = "9999"
down_revision = "{before}"
CHANGES = frozenset({changes})


def upgrade():
    op.execute("alter table client add column shoe_size integer")
    parts = op.get_bind().exec_driver_sql(
        "select sql from sqlite_master where tbl_name = 'loss_episode' and sql is not null"
        " order by type desc").scalars().all()
    op.execute(parts[0].replace("loss_episode", "anew", 1))
    op.execute("insert into anew select * from loss_episode")
    op.execute("drop table loss_episode")
    op.execute("alter table anew rename to loss_episode")
    for part in parts[1:]:
        op.execute(part)
    op.execute("alter table loss_episode add column mood text")
    {more}
"""
LATER_SCHEMA = (
    "alter table client add column shoe_size integer",
    "alter table loss_episode add column mood text",
)
RECREATE = """
    with op.batch_alter_table("client", recreate="always"):
        pass
"""


def later_schema() -> dict[str, str]:
    engine = memory_engine()
    with engine.connect() as connection:
        create_schema(connection)
        for statement in LATER_SCHEMA:
            connection.exec_driver_sql(statement)
        declared = schema_of(connection.connection.driver_connection)
    engine.dispose()
    return declared


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    make_demo(path, as_of=date(2026, 11, 22), clients=60)
    return path


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make this program the next version, with one revision more."""

    def make(more: str = "", changes: frozenset[str] = frozenset()) -> None:
        place = tmp_path / "versions"
        shutil.copytree(migrate.VERSIONS, place)
        (place / "v9999_later.py").write_text(
            LATER.format(before=REVISION, more=more, changes=set(changes))
        )
        monkeypatch.setattr(migrate, "VERSIONS", place)
        monkeypatch.setattr(migrate, "REVISION", "9999")
        monkeypatch.setattr(migrate, "declared_schema", later_schema)
        monkeypatch.setattr(migrate, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        monkeypatch.setattr(create, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        monkeypatch.setattr("db.client_base.SCHEMA_VERSION", SCHEMA_VERSION + 1)
        monkeypatch.setattr("db.journal.undo.SCHEMA_VERSION", SCHEMA_VERSION + 1)

    return make


def test_the_revisions_make_the_declared_schema(tmp_path: Path) -> None:
    path = tmp_path / "empty.kartoteka"
    path.touch()
    migrate.upgrade(path, date(2026, 11, 22))
    with closing(dbapi2.connect(str(path))) as raw:
        assert schema_of(raw) == declared_schema()
        assert raw.execute("select version_num from alembic_version").fetchall() == [(REVISION,)]
        assert raw.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_new_base_says_the_newest_revision(tmp_path: Path) -> None:
    create_base(tmp_path / "new.kartoteka")
    with closing(dbapi2.connect(str(tmp_path / "new.kartoteka"))) as raw:
        assert raw.execute("select version_num from alembic_version").fetchall() == [(REVISION,)]
        assert schema_of(raw) == declared_schema()


def test_there_is_one_revision_a_version() -> None:
    assert len(list(migrate.VERSIONS.glob("v*.py"))) == SCHEMA_VERSION


def test_an_older_base_is_brought_up_when_it_is_opened(older: Path, newer_program) -> None:
    before = backup.counts_of(older)
    with ClientBase(older) as base:
        name = base.ask(full_card, ClientId(1)).card.name
    newer_program()
    with ClientBase(older) as base:
        assert base.ask(full_card, ClientId(1)).card.name == name
    assert backup.counts_of(older) == before
    with closing(dbapi2.connect(str(older))) as raw:
        assert raw.execute("select count(shoe_size) from client").fetchone() == (0,)
        assert raw.execute("select count(*) from loss_attempt").fetchone()[0] > 0
        assert raw.execute("pragma user_version").fetchone() == (SCHEMA_VERSION + 1,)


def test_older_changes_are_read_and_neither_undone_nor_redone(older: Path, newer_program) -> None:
    with ClientBase(older) as base:
        done = base.do(UpdateClient(ClientId(1), None, {"note": "раз"})).change_id
        base.do(UpdateClient(ClientId(1), None, {"note": "два"}))
        base.do(Undo())
        changes = base.ask(card_changes, ClientId(1))
    newer_program()
    with ClientBase(older) as base:
        assert base.ask(undo_state) == UndoState(None, None, sealed=True)
        for command, trouble in (
            (Undo(), Trouble.NOTHING_TO_UNDO),
            (Redo(), Trouble.NOTHING_TO_REDO),
            (TakeBack(done), Trouble.SEALED),
        ):
            with pytest.raises(TroubleError) as caught:
                base.do(command)
            assert caught.value.trouble is trouble
        assert base.ask(card_changes, ClientId(1)) == changes


def test_the_base_of_before_is_kept_among_the_copies(older: Path, newer_program) -> None:
    newer_program()
    ClientBase(older).close()
    (kept,) = backup.copies(older)
    with closing(dbapi2.connect(str(kept.path))) as raw:
        assert raw.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.parametrize(
    "harm",
    [
        'op.execute("delete from purchase where id = 1")',
        'op.execute("update purchase set amount = amount + 1 where id = 1")',
        'op.execute("update purchase set client_id = 99999 where id = 1")',
        'op.execute("update client set note = 1 where id = 1")',
        'op.execute("delete from task")',
        'op.execute("no sql at all")',
    ],
)
def test_a_revision_that_loses_something_changes_nothing(
    older: Path,
    newer_program,
    harm: str,
) -> None:
    before = older.read_bytes()
    newer_program(harm)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the last one is a bug, not a trouble
        ClientBase(older)
    if "no sql" not in harm:
        assert isinstance(caught.value, TroubleError)
        assert caught.value.trouble is Trouble.DAMAGED
    # The first hundred bytes are a header that notes how the file was last read.
    assert older.read_bytes()[100:] == before[100:]
    assert not list(older.parent.glob(".*.part"))


def test_a_base_in_use_by_an_older_program_waits(older: Path, newer_program) -> None:
    with ClientBase(older) as held:
        held.ask(full_card, ClientId(1))
        newer_program()
        with pytest.raises(TroubleError) as caught:
            ClientBase(older)
        assert caught.value.trouble is Trouble.BUSY


def test_a_revision_may_change_the_rows_it_declares(older: Path, newer_program) -> None:
    """Sums and counts of a table differ afterwards, and that is what the revision is for."""
    newer_program(
        'op.execute("delete from snooze"); op.execute("update purchase set amount = amount + 100")',
        changes=frozenset({"purchase", "snooze"}),
    )
    with closing(dbapi2.connect(str(older))) as raw:
        sums = "select count(*), sum(amount) from purchase"
        count, before = raw.execute(sums).fetchone()
        (revenue,) = raw.execute("select sum(revenue) from client_fact").fetchone()
    ClientBase(older).close()
    with closing(dbapi2.connect(str(older))) as raw:
        assert raw.execute(sums).fetchone() == (count, before + 100 * count)
        # Derived tables were made again from the changed rows.
        assert raw.execute("select sum(revenue) from client_fact").fetchone()[0] > revenue


def test_what_a_revision_declares_excuses_no_other_table(older: Path, newer_program) -> None:
    newer_program(
        'op.execute("update purchase set amount = amount + 100");'
        ' op.execute("delete from interaction where id = 1")',
        changes=frozenset({"purchase"}),
    )
    with pytest.raises(TroubleError) as caught:
        ClientBase(older)
    assert caught.value.trouble is Trouble.DAMAGED
    assert "interaction" in str(caught.value.__cause__)
    assert "purchase" not in str(caught.value.__cause__)


def test_broken_links_are_refused_even_where_rows_may_change(older: Path, newer_program) -> None:
    newer_program(
        'op.execute("update purchase set client_id = 99999 where id = 1")',
        changes=frozenset({"purchase"}),
    )
    with pytest.raises(TroubleError) as caught:
        ClientBase(older)
    assert caught.value.trouble is Trouble.DAMAGED


@pytest.mark.parametrize(
    ("slip", "part"),
    [
        ('op.execute("drop index ix_client_in_use")', "ix_client_in_use"),
        ('op.execute("create table extra (id integer)")', "extra"),
        (RECREATE, "client"),
    ],
)
def test_a_schema_that_is_not_the_declared_one_is_a_bug(
    older: Path, newer_program, slip: str, part: str
) -> None:
    newer_program(slip)
    before = older.read_bytes()
    with pytest.raises(migrate.RevisionError, match=part):
        ClientBase(older)
    assert older.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_an_interrupted_upgrade_leaves_the_older_base(
    older: Path, newer_program, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    newer_program()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = older.read_bytes()
    backup.make_copy(older)
    monkeypatch.setattr(backup, "make_copy", lambda _: None)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", stop)
    else:
        monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        ClientBase(older)
    monkeypatch.undo()
    assert older.read_bytes()[100:] == before[100:]
    assert not list(older.parent.glob(".*.part*"))
    with ClientBase(older) as base:
        assert base.ask(full_card, ClientId(1)).card.name


def test_the_base_of_after_has_an_id_of_its_own(older: Path, newer_program) -> None:
    before = older.read_bytes()[72:92]
    newer_program()
    ClientBase(older).close()
    assert older.read_bytes()[72:92] not in {before, bytes(20)}


def test_a_disk_that_fails_while_the_copy_is_written_is_said(
    older: Path, newer_program, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program()
    full = dbapi2.OperationalError("database or disk is full")

    def fail(*_: object) -> None:
        raise OperationalError(None, None, full)  # as a commit of the engine does

    monkeypatch.setattr(migrate, "_demand_whole", fail)
    with pytest.raises(TroubleError) as caught:
        ClientBase(older)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.DISK_FULL, str(older))
