"""The call list of the lost, for the page and the command line. No Qt."""

from db.client_base import ClientBase
from db.queries.lists.calls import winback_calls
from db.queries.winback.board import WinbackSpec
from ui.documents.call_file import CallList, CallRow
from ui.words import winback as words
from ui.words.i18n import _


def winback_call_list(base: ClientBase, spec: WinbackSpec) -> CallList:
    """Return the clients of this part of the list who may be called, in its order."""
    as_of, calls = base.as_of, base.ask(winback_calls, spec)
    return CallList(
        _("Win-back: {part}").format(part=words.view(spec.view).lower()),
        "",
        _("At stake"),
        [
            CallRow(row.name, row.phone or "", words.why(row, as_of), row.stake.money)
            for row in calls.rows
        ],
        as_of,
        calls.asked_not,
        calls.left_alone,
    )
