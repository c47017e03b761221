"""What a start does not import: libraries that cost it time and are seldom needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.commands import COMMANDS
from tests.desktop.command import surroundings

_ORM = {"sqlalchemy", "sqlcipher3"}
_CONTACTS = {"phonenumbers", "email_validator", "stdnum"}
_PAPERS = {"reportlab", "xlsxwriter", "python_calamine", "charset_normalizer"}


@pytest.mark.parametrize(
    ("imported", "left_out"),
    [
        ("db.errors, db.outcome, ui.words.messages, ui.words.formats", _ORM | _CONTACTS),
        ("ui.parts.context, ui.parts.page, ui.shell.actions, ui.jobs.runner", _ORM | _CONTACTS),
        ("desktop.startup, desktop.run", _ORM | _CONTACTS | {"reportlab", "xlsxwriter"}),
        ("db.client_base, db.queries.lists.clients", _CONTACTS | {"alembic", "reportlab"}),
        ("ui.shell.host, ui.clients.page", _CONTACTS | {"alembic", "reportlab", "xlsxwriter"}),
    ],
)
def test_modules_of_a_start_import_no_library_before_it_is_needed(
    imported: str, left_out: set[str]
) -> None:
    assert not left_out & _loaded_by(f"import {imported}")


def test_a_search_from_the_command_line_imports_its_own_group_alone() -> None:
    loaded = _loaded_by(
        "import contextlib, os; from desktop.startup import start\n"
        "with contextlib.redirect_stderr(open(os.devnull, 'w')): start(['client', 'find', 'x'])"
    )
    own = {"desktop.cli.cards", "desktop.cli.erasing"}  # a client is erased by a command of cards
    others = {f"desktop.cli.{module}" for module in COMMANDS.values()} - own
    left_out = others | {"db.demo", "db.transfer", "ui.documents", "PySide6", "alembic"}
    assert own <= loaded
    assert not (left_out | _CONTACTS | _PAPERS) & loaded


def _loaded_by(code: str) -> set[str]:
    """Return the names of all modules that a process has loaded after this code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


_UNTIL_PAINTED = """
import os, sys
from desktop import app
from desktop.startup import start
def tell(program):
    print(*sys.modules, flush=True)
    os._exit(0)
app.Program._begin_once = tell
start([sys.argv[1]])
"""


def test_the_window_is_painted_before_the_orm_is_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED, str(tmp_path / "base.kartoteka")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**surroundings(tmp_path), "DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"},
    )
    modules = set(done.stdout.split())
    assert "ui.shell.window" in modules
    assert not (_ORM | _CONTACTS | {"reportlab", "xlsxwriter"}) & modules
