"""What "done" and "later" write for a row of Today. No Qt."""

from datetime import date

from db.commands.interactions import AddInteraction
from db.commands.tasks import CompleteTask, Congratulate, SnoozeClient, SnoozeTask
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.queries.today.board import TodayRow
from ui.words import today as words

Done = AddInteraction | CompleteTask | Congratulate
Later = SnoozeClient | SnoozeTask


def done(row: TodayRow, as_of: date) -> Done | None:
    """Return the command for a row that is done; None where a dialog must ask for more."""
    reason = row.reasons[0]
    if reason.touch in (Touch.TASK, Touch.OFFER) and reason.item_id is not None:
        talk = InteractionKind.CALL if reason.touch is Touch.OFFER else None
        return CompleteTask(reason.item_id, as_of, talk)
    if row.client_id is None or reason.touch in (Touch.WINBACK, Touch.GAPS):
        return None
    text = words.done_note(reason.touch)
    if reason.touch is Touch.BIRTHDAY:
        return Congratulate(row.client_id, InteractionKind.CALL, as_of, reason.day, text)
    return AddInteraction(row.client_id, InteractionKind.CALL, as_of, text)


def later(row: TodayRow, until: date) -> Later:
    """Return what puts every reason of the row off to a day."""
    tasks = tuple(
        reason.item_id
        for reason in row.reasons
        if reason.touch in (Touch.TASK, Touch.OFFER) and reason.item_id is not None
    )
    if row.client_id is None:
        return SnoozeTask(tasks[0], until)
    touches = tuple(dict.fromkeys(reason.touch for reason in row.reasons))
    return SnoozeClient(row.client_id, touches, until, tasks)
