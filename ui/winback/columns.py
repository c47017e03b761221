"""The columns of the win-back list."""

from collections.abc import Callable, Sequence
from datetime import date

from db.domain.churn import LossState
from db.queries.winback.board import WinbackRow, WinbackSort
from ui.look.palette import Tone
from ui.models.column import Column
from ui.words import formats
from ui.words import winback as words
from ui.words.i18n import _

_TONES = {
    LossState.NEW: Tone.WARNING,
    LossState.IN_WORK: Tone.INFO,
    LossState.PROMISED: Tone.ACCENT,
    LossState.RETURNED: Tone.ACCENT,
}


def columns(today: Callable[[], date]) -> Sequence[Column[WinbackRow]]:
    """Return the columns of the win-back list; `today` is called for every cell."""
    return (*_why_columns(today), *_work_columns(today))


def _why_columns(today: Callable[[], date]) -> Sequence[Column[WinbackRow]]:
    return (
        Column(
            "client",
            _("Client"),
            lambda row: row.name,
            sort=WinbackSort.NAME,
            width=21,
            least=17,
            bold=lambda _row: True,
            icon=lambda row: "ban" if row.do_not_contact else None,
            tooltip=_contact,
        ),
        Column(
            "stake",
            _("At stake"),
            words.money,
            align_right=True,
            sort=WinbackSort.STAKE,
            width=11,
            least=11,
            tooltip=words.money_made_of,
        ),
        Column(
            "why",
            _("Why in the list"),
            lambda row: words.why(row, today()),
            sort=WinbackSort.SINCE,
            width=30,
            stretch=True,
            tooltip=_since,
        ),
    )


def _work_columns(today: Callable[[], date]) -> Sequence[Column[WinbackRow]]:
    return (
        Column(
            "reason",
            _("Reason"),
            _reason,
            width=16,
            hidden=True,  # beside the list it is seen anyway
        ),
        Column(
            "state",
            _("State"),
            words.standing,
            width=15,
            least=14,
            badge=lambda row: state_tone(row.state),
        ),
        Column(
            "next",
            _("Next step"),
            lambda row: words.next_step(row, today()),
            sort=WinbackSort.NEXT,
            tooltip=lambda row: words.next_step(row, today()),
            width=18,
            least=13,
            tone=lambda row: Tone.DANGER if _late(row, today()) else Tone.PLAIN,
        ),
    )


def state_tone(state: LossState) -> Tone:
    """Return the tone of the badge of a state."""
    return _TONES.get(state, Tone.MUTED)


def _contact(row: WinbackRow) -> str:
    phone = formats.phone(row.phone) if row.phone else _("no phone")
    return phone + "\n" + _("Asked not to be contacted.") if row.do_not_contact else phone


def _since(row: WinbackRow) -> str | None:
    return None if row.since is None else _("lost since {day}").format(day=formats.day(row.since))


def _reason(row: WinbackRow) -> str:
    reason = row.episode.reason if row.episode else None
    return words.loss_reason(reason) if reason else formats.DASH


def _late(row: WinbackRow, as_of: date) -> bool:
    return row.next_on is not None and row.next_on < as_of
