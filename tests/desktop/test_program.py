"""The program around the window: bases opened, made, refused; one window a base; crashes."""

import gc
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.queries.lists.clients import client_counts
from db.queries.setup import all_fields
from desktop import opening
from desktop.app import Program, example_place
from desktop.crash import CrashHook
from desktop.garbage import GarbageCollection
from desktop.single import OneWindow, raise_first
from desktop.startup import start
from tests.desktop.command import surroundings
from tests.desktop.windows import AS_OF, names_of_pages, opened, settle, trouble, visible_dialogs
from ui.jobs.runner import Lane
from ui.preferences import Preferences
from ui.welcome.page import WelcomePage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_first_start_shows_the_beginning(program: Program) -> None:
    assert program.base_path is None
    assert program.window.page() is None


def test_a_base_that_is_made_has_the_fields_of_its_trade(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    program.make_base(str(tmp_path / "salon.kartoteka"), "hairdresser")
    path = opened(program, qtbot)
    program.window.close()
    with ClientBase(path) as base:
        assert "dye" in base.ask(all_fields)


def test_the_example_is_made_once_and_opened_again(program: Program, qtbot: QtBot) -> None:
    program.show_example()
    path = opened(program, qtbot)
    assert path == example_place()
    before = path.stat().st_ino
    assert program.window.host is not None
    counts = program.window.host.context.base.ask(client_counts)
    assert counts.all == 300
    program.show_example()
    settle(program, qtbot)
    assert path.stat().st_ino == before


def test_the_last_base_is_opened_at_the_next_start(
    program: Program, preferences: Preferences, path: Path, qtbot: QtBot
) -> None:
    program.open_base(path)
    opened(program, qtbot)
    program.window.close()
    again = Program(preferences, AS_OF)
    again.start()
    assert opened(again, qtbot) == path
    again.window.close()


@pytest.mark.parametrize("how", ["missing", "empty", "foreign"])
def test_what_can_not_be_opened_is_said_with_ways_out(
    program: Program, path: Path, how: str, qtbot: QtBot
) -> None:
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"a picture" * 1000)
    program.open_base(path)
    dialog = trouble(program, qtbot)
    assert program.base_path is None
    dialog.reject()


def test_a_start_paints_the_names_of_the_pages_before_the_base_is_opened(
    preferences: Preferences, path: Path, qtbot: QtBot
) -> None:
    preferences.remember_base(path)
    preferences.last_page = "offers"
    program = Program(preferences, AS_OF)
    seen: list[tuple[bool, list[str]]] = []
    program.window.painted.connect(
        lambda: seen.append((program.base_path is None, names_of_pages(program)))
    )
    program.start()
    opened(program, qtbot)
    ((was_closed, names),) = seen
    assert was_closed
    assert names[:2] == ["today", "clients"]
    page = program.window.page()
    assert page is not None
    assert type(page).__name__ == "OffersPage"
    program.window.close()


def test_a_window_that_is_not_painted_opens_its_base_too(
    preferences: Preferences, path: Path, qtbot: QtBot
) -> None:
    program = Program(preferences, AS_OF)
    program.window.painted.disconnect()
    program.start(path)
    assert opened(program, qtbot) == path
    program.window.close()


def test_after_a_base_that_can_not_be_opened_the_beginning_is_shown(
    preferences: Preferences, path: Path, qtbot: QtBot
) -> None:
    path.write_bytes(b"a picture" * 1000)
    program = Program(preferences, AS_OF)
    program.start(path)
    trouble(program, qtbot).reject()
    assert names_of_pages(program) == []
    assert program.window.findChild(WelcomePage) is not None
    settle(program, qtbot)
    program.window.close()


def test_the_base_that_was_open_stays_open_when_another_fails(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.open_base(path)
    opened(program, qtbot)
    program.open_base(tmp_path / "missing.kartoteka")
    trouble(program, qtbot).reject()
    assert program.base_path == path
    assert program.window.host is not None


def test_going_from_base_to_base_lets_go_of_the_first(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.kartoteka"
    create_base(other)
    program.open_base(path)
    opened(program, qtbot)
    program.open_base(other)
    qtbot.waitUntil(lambda: program.base_path == other, timeout=20000)
    one = OneWindow(path)
    one.take()
    one.leave()
    assert not path.with_name(path.name + "-wal").exists()


def test_an_open_base_that_was_moved_is_opened_under_its_new_name(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.open_base(path)
    opened(program, qtbot)
    assert program.window.host is not None
    program.window.host.context.base.do(CreateClient({"name": "Анна"}))
    target = path.with_name("moved.kartoteka")
    path.rename(target)
    program.want_base(str(target))
    qtbot.waitUntil(lambda: program.base_path == target, timeout=20000)
    settle(program, qtbot)
    assert program.window.host is not None
    assert program.window.host.context.base.ask(client_counts).all == 1
    assert visible_dialogs(program) == []


def test_a_base_that_was_put_back_is_opened_again(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.open_base(path)
    opened(program, qtbot)
    assert program.window.host is not None
    first = program.window.host.context.base
    first.do(CreateClient({"name": "Анна"}))
    aside = path.with_name("aside.kartoteka")
    path.rename(aside)
    with pytest.raises(TroubleError):
        first.do(CreateClient({"name": "Борис"}))
    aside.rename(path)
    program.want_base(str(path))
    opened(program, qtbot)
    second = program.window.host.context.base
    assert second is not first
    second.do(CreateClient({"name": "Борис"}))
    assert second.ask(client_counts).all == 2


def test_a_base_open_elsewhere_is_not_opened_twice(
    path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first, second = OneWindow(path), OneWindow(path)
    first.take()
    with pytest.raises(TroubleError) as caught:
        second.take()
    assert caught.value.trouble is Trouble.OPEN_ELSEWHERE
    first.leave()
    second.take()
    second.leave()


def test_a_second_start_raises_the_first_window(path: Path, qtbot: QtBot, tmp_path: Path) -> None:
    first = OneWindow(path)
    first.take()
    asks = "import sys, pathlib; from desktop.single import raise_first; "
    asks += "sys.exit(0 if raise_first(pathlib.Path(sys.argv[1])) else 3)"
    with qtbot.waitSignal(first.raise_wanted, timeout=20000):
        second = subprocess.Popen(
            [sys.executable, "-c", asks, str(path)], env=surroundings(tmp_path)
        )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20000)
    assert second.returncode == 0
    first.leave()


def test_nobody_answers_for_a_base_that_is_not_open(path: Path) -> None:
    assert raise_first(path) is False


def test_the_program_says_so_when_another_computer_has_the_base(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    elsewhere = OneWindow(path)
    elsewhere.take()
    elsewhere._server.close()
    program.open_base(path)
    dialog = trouble(program, qtbot)
    assert program.base_path is None
    dialog.reject()
    elsewhere.leave()


def test_an_error_nobody_caught_is_told_calmly_and_logged(
    program: Program, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    hook = CrashHook(program.tell_crash, program)
    hook.install()
    try:
        with caplog.at_level(logging.CRITICAL):
            error = ZeroDivisionError()
            sys.excepthook(type(error), error, error.__traceback__)
        dialog = trouble(program, qtbot)
        assert "uncaught error" in caplog.text
        dialog.reject()
    finally:
        hook.remove()


def test_an_error_in_a_thread_is_told_as_well(program: Program, qtbot: QtBot) -> None:
    hook = CrashHook(program.tell_crash, program)
    hook.install()
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        trouble(program, qtbot).reject()
    finally:
        hook.remove()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["presets"], 0),
        (["--lang", "ru", "presets", "--json"], 0),
        (["nonsense"], 2),
        (["--base"], 2),
        (["--as-of", "never"], 2),
        (["missing.kartoteka"], 1),
        (["--base", "missing.kartoteka"], 1),
    ],
)
def test_a_start_without_a_screen(
    arguments: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert start(arguments) == code
    assert capsys.readouterr().err.count("\n") == (1 if code else 0)


def test_a_base_without_a_screen_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert start([str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_garbage_is_collected_in_the_window_thread_while_no_job_runs(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: collected.append(threading.current_thread().name))
    settle(program, qtbot)
    gc.enable()
    try:
        garbage = GarbageCollection(program.jobs, program)
        assert not gc.isenabled()
        kept = [[] for _ in range(6000)]
        job = program.jobs.start(lambda _: None, Lane.READ)
        garbage.collect()
        assert collected == []
        qtbot.waitSignal(job.finished).wait()
        garbage.collect()
        assert collected == ["MainThread"]
        del kept
    finally:
        gc.disable()


def test_what_the_first_page_did_not_need_is_loaded_once(
    preferences: Preferences, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading ends garbage collection for all that is there: the pages of one base at most."""
    loaded: list[object] = []
    monkeypatch.setattr(opening, "load_all", lambda pages, _progress: loaded.append(pages))
    program = Program(preferences, AS_OF)
    program.start(path)
    opened(program, qtbot)
    other = path.with_name("other.kartoteka")
    create_base(other)
    program.open_base(other)
    qtbot.waitUntil(lambda: program.base_path == other, timeout=20000)
    settle(program, qtbot)
    program.window.close()
    assert len(loaded) == 1
