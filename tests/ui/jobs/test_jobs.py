"""Work away from the screen comes home once, in its lane, and never to a widget that died."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from db.progress import Progress
from ui.jobs.job import Job
from ui.jobs.latest import Latest
from ui.jobs.runner import JobRunner, Lane


def _wait(qtbot: QtBot, jobs: JobRunner) -> None:
    qtbot.waitUntil(lambda: not jobs.busy(), timeout=5000)


def test_an_answer_comes_to_the_window_thread(jobs: JobRunner, qtbot: QtBot) -> None:
    seen: list[object] = []
    job = jobs.start(lambda _: threading.current_thread().name, Lane.READ)
    job.succeeded.connect(lambda name: seen.append((name, threading.current_thread().name)))
    with qtbot.waitSignal(job.finished):
        pass
    ((worker, here),) = seen
    assert here == "MainThread"
    assert worker != here


def test_an_error_nobody_listens_to_reaches_the_shell(jobs: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.troubled) as told:
        jobs.start(_fail, Lane.READ)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_caught_error_does_not_reach_the_shell(jobs: JobRunner, qtbot: QtBot) -> None:
    caught: list[object] = []
    job = jobs.start(_fail, Lane.READ)
    job.failed.connect(caught.append)
    with qtbot.assertNotEmitted(jobs.troubled):
        _wait(qtbot, jobs)
    assert len(caught) == 1


def test_work_can_be_cancelled(jobs: JobRunner, qtbot: QtBot) -> None:
    started = threading.Event()

    def long_work(progress: Progress) -> None:
        for step in range(10_000):
            started.set()
            progress.step(step, 10_000)
            threading.Event().wait(0.001)

    job = jobs.start(long_work, Lane.FILE)
    qtbot.waitUntil(started.is_set)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()


def test_writes_follow_one_another(jobs: JobRunner, qtbot: QtBot) -> None:
    order: list[int] = []
    for number in range(20):
        jobs.start(lambda _, n=number: order.append(n), Lane.WRITE)
    _wait(qtbot, jobs)
    assert order == list(range(20))


def test_closing_carries_out_a_save_that_was_just_asked_for(jobs: JobRunner) -> None:
    saved: list[str] = []
    jobs.start(lambda _: saved.append("card"), Lane.WRITE)
    assert jobs.close()
    assert saved == ["card"]


def test_only_the_newest_answer_counts(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[object]()
    latest = Latest(owner)
    for text in ("а", "ал", "алё"):
        latest.take(jobs.start(lambda _, t=text: t, Lane.READ), seen.append)
    _wait(qtbot, jobs)
    assert seen == ["алё"]


def test_an_answer_to_a_page_that_is_gone_is_dropped(jobs: JobRunner, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[object]()
    Latest(owner).take(jobs.start(lambda _: "late", Lane.READ), seen.append)
    owner.deleteLater()
    del owner
    _wait(qtbot, jobs)
    assert seen == []


@pytest.mark.parametrize("fails", [True, False])
def test_every_job_ends_once(jobs: JobRunner, qtbot: QtBot, fails: bool) -> None:
    ends: list[Job] = []
    for _number in range(50):
        job = jobs.start(_fail if fails else (lambda _: 1), Lane.READ)
        job.failed.connect(lambda _error: None)
        job.finished.connect(lambda job=job: ends.append(job))
    _wait(qtbot, jobs)
    assert len(ends) == 50


def _fail(_progress: Progress) -> None:
    raise ZeroDivisionError


def test_idle_work_begins_when_all_that_is_read_has_come(jobs: JobRunner, qtbot: QtBot) -> None:
    order: list[str] = []
    go_on = threading.Event()

    def slow_read(_: Progress) -> None:
        go_on.wait(5)
        order.append("read")

    jobs.start(lambda _: order.append("idle"), Lane.IDLE)
    first = jobs.start(slow_read, Lane.READ)
    # The answer of a list asks for its rows: that is read before what nobody waits for.
    first.succeeded.connect(lambda _: jobs.start(lambda _: order.append("rows"), Lane.READ))
    qtbot.wait(50)
    assert order == []
    go_on.set()
    _wait(qtbot, jobs)
    assert order == ["read", "rows", "idle"]


def test_idle_work_that_has_not_begun_is_dropped_at_the_end(jobs: JobRunner, qtbot: QtBot) -> None:
    begun: list[str] = []
    jobs.start(lambda _: threading.Event().wait(0.1), Lane.READ)
    idle = jobs.start(lambda _: begun.append("idle"), Lane.IDLE)
    with qtbot.waitSignal(idle.cancelled):
        assert jobs.close()
    assert begun == []


def test_idle_work_asked_for_just_before_the_end_never_begins(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    begun: list[int] = []
    for number in range(3):
        jobs.start(lambda _, n=number: begun.append(n), Lane.IDLE)
    assert jobs.close()
    qtbot.wait(100)
    assert begun == []


def test_a_command_that_reports_is_told_of_once(jobs: JobRunner, qtbot: QtBot) -> None:
    told: list[object] = []
    jobs.write_reports.connect(told.append)

    def work(progress: Progress) -> None:
        progress.step(5, 5)
        progress.step(5, 5)

    jobs.start(work, Lane.READ)
    job = jobs.start(work, Lane.WRITE)
    _wait(qtbot, jobs)
    assert told == [job]
