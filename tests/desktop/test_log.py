"""The log tells where an error was, and nothing of a client."""

import logging
import re
import stat
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.domain.fields import Fault, FieldError
from db.errors import InvalidError, Trouble, TroubleError
from desktop import log
from tests.desktop.command import ROOT

MOMENT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}", re.MULTILINE)
PRIVATE = ("Ivanova", "Иванова", "a.b@mail.ru", "913", "45-67", "4000", "secret")
SAID = "Ivanova Maria a.b@mail.ru +7 913 12 3\n  Иванова 45-67\nTraceback 4000.30\n\tsecret"

_log = logging.getLogger("kartoteka.test")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(log, "log_folder", lambda: tmp_path)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    level = logging.getLogger().level
    log.start()
    yield tmp_path / "kartoteka.log"
    log.stop()
    logging.getLogger().setLevel(level)


def _break(error: BaseException) -> None:
    try:
        {}[SAID]
    except KeyError:
        raise error from ValueError(SAID)


def _driver_error() -> dbapi2.Error:
    with closing(dbapi2.connect(":memory:")) as raw:
        raw.execute("create table t (id integer primary key)")
        with pytest.raises(dbapi2.Error) as caught:
            raw.execute("insert into t values (1), (1)")
    return caught.value


def _demand_discreet(text: str) -> None:
    without_moments = MOMENT.sub("", text)  # milliseconds may well be a part of the phone
    assert [word for word in PRIVATE if word in without_moments] == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError(SAID), "RuntimeError"),
        (TroubleError(Trouble.TAKEN_NAME, SAID), "TroubleError taken_name"),
        (InvalidError((FieldError("name", Fault.REQUIRED, SAID),)), "InvalidError required"),
        (OSError(28, SAID, "Ivanova.csv"), "OSError 28"),
        (ExceptionGroup(SAID, [LookupError(SAID)]), "LookupError"),
        (_driver_error(), "IntegrityError 19"),
        (dbapi2.Error(SAID), "Error"),
    ],
)
def test_of_an_error_places_and_codes_are_kept(
    written: Path, error: BaseException, told: str
) -> None:
    error.add_note(SAID)
    try:
        _break(error)
    except type(error):
        _log.exception("it broke")
    text = written.read_text("utf-8")
    _demand_discreet(text)
    assert told in text.splitlines()
    assert "ValueError" in text.splitlines()
    assert 'test_log.py", line' in text
    assert "in _break" in text
    assert "kartoteka.test: it broke" in text


def test_what_is_filled_into_a_message_is_left_out(written: Path) -> None:
    _log.warning("%s", f"QFont::setPointSize: {SAID}")
    _log.warning("%s and %s", SAID, 4000)
    _log.warning(RuntimeError(SAID))
    logging.getLogger("fontTools").warning(SAID)
    logging.getLogger("fontTools").warning("of %(who)s", {"who": SAID})
    spoken = warnings.formatwarning(SAID, UserWarning, "/opt/tables.py", 7)
    logging.getLogger("py.warnings").warning("%s", spoken)
    text = written.read_text("utf-8")
    _demand_discreet(text)
    assert "QFont::setPointSize" in text
    assert "/opt/tables.py:7: UserWarning" in text


def test_an_endless_recursion_is_told_in_short(written: Path) -> None:
    def deeper() -> None:
        deeper()

    try:
        deeper()
    except RecursionError:
        _log.exception("too deep")
    assert len(written.read_text("utf-8").splitlines()) < 100


def test_only_the_owner_reads_the_log(written: Path) -> None:
    written.touch(0o644)
    _log.warning("one")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            handler.doRollover()
    _log.warning("two")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    """Neither when a line is written nor when the log is closed or the program ends."""
    (tmp_path / "kartoteka.log").symlink_to("/dev/full")
    script = (
        "import logging, sys; from pathlib import Path; from desktop import log;"
        f"log.log_folder = lambda: Path({str(tmp_path)!r}); log._open_for_owner = os_open;"
        "log.start(); [logging.getLogger('db').warning('one') for _ in range(3)];"
        "log.stop(); print('done')"
    )
    script = "import os\nos_open = lambda path, flags: os.open(path, flags)\n" + script
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
