"""What a start does not import: libraries that cost it time and are seldom needed."""

import subprocess
import sys

import pytest

_ORM = {"sqlalchemy", "sqlcipher3"}
_CONTACTS = {"phonenumbers", "email_validator", "stdnum"}


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
    code = f"import sys, {imported}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert not left_out & set(done.stdout.split())
