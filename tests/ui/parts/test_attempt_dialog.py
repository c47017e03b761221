"""An attempt to win a client back: the whole of it, and the short form for a step done today."""

from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from db.commands.winback import LogAttempt
from db.domain.churn import Result, Way
from db.domain.ids import ClientId
from ui.parts.attempt_dialog import AttemptDialog

TODAY = date(2026, 3, 2)


def test_what_is_proposed_is_a_call_today_and_a_step_in_three_days(qtbot: QtBot) -> None:
    dialog = AttemptDialog(ClientId(7), "Анна", lambda: TODAY, "напомнить")
    qtbot.addWidget(dialog)
    dialog.note.set_value("придёт в среду")
    assert dialog.command() == LogAttempt(
        ClientId(7),
        Way.CALL,
        TODAY,
        Result.TALKED,
        None,
        "напомнить",
        TODAY + timedelta(days=3),
        "придёт в среду",
    )


def test_an_attempt_needs_its_day(qtbot: QtBot) -> None:
    dialog = AttemptDialog(ClientId(7), "Анна", lambda: TODAY)
    qtbot.addWidget(dialog)
    assert dialog.day is not None
    dialog.day.set_value(None)
    dialog.accept()
    assert dialog.day.error
    dialog.day.set_value(TODAY)
    dialog.accept()
    assert dialog.result() == dialog.DialogCode.Accepted


def test_who_refused_is_not_called_again(qtbot: QtBot) -> None:
    dialog = AttemptDialog(ClientId(7), "Анна", lambda: TODAY, "напомнить")
    qtbot.addWidget(dialog)
    dialog.ended.set_value(Result.REFUSED)
    dialog.ended.editor.edited.emit()
    assert not dialog.next_step.isEnabled()
    command = dialog.command()
    assert (command.next_step, command.next_on) == (None, None)


def test_a_step_is_of_today_and_has_no_cost(qtbot: QtBot) -> None:
    days = [TODAY]
    dialog = AttemptDialog(ClientId(7), "Анна", lambda: days[-1], step=True)
    qtbot.addWidget(dialog)
    assert (dialog.day, dialog.cost) == (None, None)
    days.append(TODAY + timedelta(days=1))  # midnight passes
    assert dialog.command().day == days[-1]
