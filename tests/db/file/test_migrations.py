"""Migrations lead to the schema that is declared, and a base survives them whole."""

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.demo import make_demo
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file import backup, create, migrate
from db.file.care import declared_schema, schema_of
from db.file.create import REVISION, SCHEMA_VERSION, create_base
from db.queries.cards.full_card import full_card

# A revision of a later version: a new column, and a table made anew under its children.
LATER = """
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.add_column("client", sa.Column("shoe_size", sa.Integer))
    with op.batch_alter_table("loss_episode", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text))
    {more}
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    make_demo(path, as_of=date(2026, 11, 22), clients=60)
    return path


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make this program the next version, with one revision more."""

    def make(more: str = "") -> None:
        place = tmp_path / "versions"
        shutil.copytree(migrate.VERSIONS, place)
        (place / "v9999_later.py").write_text(LATER.format(before=REVISION, more=more))
        monkeypatch.setattr(migrate, "VERSIONS", place)
        monkeypatch.setattr(migrate, "REVISION", "9999")
        monkeypatch.setattr(migrate, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        monkeypatch.setattr(create, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        monkeypatch.setattr("db.client_base.SCHEMA_VERSION", SCHEMA_VERSION + 1)

    return make


def test_the_revisions_make_the_declared_schema(tmp_path: Path) -> None:
    path = tmp_path / "empty.kartoteka"
    path.touch()
    migrate.upgrade(path)
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
