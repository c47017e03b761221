"""The columns of Today's list; the last two are what can be done with a row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from db.domain.today import Touch
from db.queries.today.board import TodayRow
from ui.look.palette import Tone
from ui.models.column import Column
from ui.words import today as words
from ui.words.i18n import _

DONE, LATER = "done", "later"
_TONES = {
    Touch.WINBACK: Tone.DANGER,
    Touch.COMPLAINT: Tone.DANGER,
    Touch.TASK: Tone.INFO,
    Touch.OFFER: Tone.INFO,
    Touch.BIRTHDAY: Tone.INFO,
    Touch.OVERDUE: Tone.WARNING,
    Touch.DUE: Tone.ACCENT,
    Touch.GAPS: Tone.WARNING,
}


def columns(today: Callable[[], date], fields: Mapping[str, str]) -> Sequence[Column[TodayRow]]:
    """`fields` are the labels of the owner's own fields; it may be filled later."""

    def why(row: TodayRow) -> str:
        return words.why(row, today(), fields)

    return (
        Column(
            "kind",
            _("What"),
            lambda row: words.touch(row.touch),
            width=12,
            badge=lambda row: _TONES[row.touch],
        ),
        Column(
            "name",
            _("Client"),
            words.name,
            width=23,
            bold=lambda _row: True,
            icon=lambda row: "ban" if row.do_not_contact else None,
        ),
        Column("phone", _("Phone"), words.phone, width=16),
        Column("why", _("What to talk about"), why, width=30, stretch=True, tooltip=why),
        Column(
            "money",
            _("Profit a year"),
            words.money,
            align_right=True,
            width=12,
            tooltip=words.money_made_of,
        ),
        *_doings(),
    )


def _doings() -> Sequence[Column[TodayRow]]:
    return (
        Column(
            DONE,
            _("Done"),
            lambda row: words.done_verb(row.touch),
            width=14,
            badge=lambda _row: Tone.ACCENT,
            tooltip=lambda _row: _("Space"),
        ),
        Column(
            LATER,
            _("Later"),
            lambda _row: _("Put off…"),
            width=11,
            badge=lambda _row: Tone.MUTED,
            tooltip=lambda _row: _("Alt+1: until tomorrow, Alt+7: for a week"),
        ),
    )
