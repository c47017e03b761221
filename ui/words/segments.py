"""Segments in words, for the page, the papers and the command line. No Qt."""

from decimal import Decimal

from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.text import fold
from db.queries.lists.clients import ClientRow
from db.queries.segments.statuses import Membership
from ui.words import formats, i18n, labels
from ui.words.i18n import _, ngettext


def segment_named(written: str) -> str:
    """Return the code of a segment from its code or its name in either language."""
    wanted = fold(written)
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            for status in Status:
                names = (status.value, labels.status_of_many(status), labels.status(status))
                if wanted in set(map(fold, names)):
                    return status.value
    return written


def segment_meaning(status: Status, lifecycle: LifecycleThresholds) -> str:
    """Say which clients are in a segment."""
    match status:
        case Status.POTENTIAL:
            return _("No purchases so far.")
        case Status.NEW:
            return _("{visits} or fewer, or the first within the last {days}.").format(
                visits=_visits(lifecycle.new_visits), days=formats.days_count(lifecycle.new_days)
            )
        case Status.REGULAR:
            return _("{visits} or more, the last one not long ago.").format(
                visits=_visits(lifecycle.new_visits + 1)
            )
        case Status.AT_RISK:
            return _("Own cycles since the last visit: {cycles} or more.").format(
                cycles=formats.number(lifecycle.risk_cycles, None)
            )
        case Status.LOST:
            return _(
                "No purchases for more than {months}, and for more own cycles than {cycles}."
            ).format(
                months=_months(lifecycle.lost_months),
                cycles=formats.number(lifecycle.lost_cycles, None),
            )


def why_here(member: Membership) -> str:
    """Explain why a client is in their segment: the visits, the cycle, and who belongs to it."""
    if member.status is Status.POTENTIAL or member.last_on is None:
        return segment_meaning(Status.POTENTIAL, member.lifecycle)
    known = _("{visits}, the last one {ago}").format(
        visits=_visits(member.visits), ago=formats.days_ago(member.last_on, member.as_of)
    )
    if member.cycle_days is None:
        cycle = _("the cycle is not known")
    else:
        days = member.cycle_days
        cycle = _("usually every {days}, {cycles} cycles since the last visit").format(
            days=days_words(days),
            cycles=formats.number(Decimal(member.silent_days or 0) / days, 1),
        )
    return f"{known}; {cycle}. " + _("The rule: {rule}").format(
        rule=segment_meaning(member.status, member.lifecycle)
    )


def days_words(days: Decimal | None) -> str:
    """Return a cycle as whole days."""
    return formats.DASH if days is None else formats.days_count(round(days))


def member_line(row: ClientRow) -> str:
    """Return what a call list says of a client."""
    if row.last_on is None:
        return _("has not bought yet")
    last = _("last purchase {day}").format(day=formats.day(row.last_on))
    if row.cycle_days is None:
        return last
    return f"{last}, " + _("every {days}").format(days=days_words(row.cycle_days))


def _visits(count: int) -> str:
    return ngettext("{count} visit", "{count} visits", count).format(count=formats.number(count))


def _months(count: int) -> str:
    return ngettext("{count} month", "{count} months", count).format(count=formats.number(count))
