"""The call list of a segment, for the page and the command line. No Qt."""

from dataclasses import replace

from db.client_base import ClientBase
from db.domain.condition import has_status
from db.domain.lifecycle import Status
from db.queries.lists.calls import segment_calls
from db.queries.lists.clients import ListSpec
from db.queries.setup import owner_settings
from ui.documents.call_file import CallList, CallRow
from ui.words import labels
from ui.words import segments as words
from ui.words.i18n import _


def segment_call_list(base: ClientBase, status: Status, spec: ListSpec) -> CallList:
    """Return the clients of a segment who may be called, as `spec` narrows and orders it."""
    calls = base.ask(segment_calls, replace(spec, condition=has_status(status)))
    return CallList(
        labels.status_of_many(status),
        words.segment_meaning(status, base.ask(owner_settings).lifecycle),
        _("In a year"),
        [
            CallRow(row.name, row.phone or "", words.member_line(row), row.year_revenue)
            for row in calls.rows
        ],
        base.as_of,
        calls.asked_not,
        calls.left_alone,
    )
