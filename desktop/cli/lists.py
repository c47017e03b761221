"""Commands that list clients to call: today, segments, win-back."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from db.domain.condition import has_status
from db.domain.today import Touch
from db.queries.lists.clients import ClientRow, ListSpec
from db.queries.segments.statuses import SegmentCount, segment_counts, segment_members, segment_of
from db.queries.setup import own_fields
from db.queries.today.board import LIMIT, TodayRow, today_board
from db.queries.winback.board import WinbackRow, winback_list
from db.queries.winback.numbers import LostBy, winback_stats
from desktop.cli.parser import wrong_value
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats, labels
from ui.words import segments as segment_words
from ui.words import today as today_words
from ui.words import winback as winback_words
from ui.words.i18n import _
from ui.words.presets import own_label


def add_parsers(commands: Subparsers) -> None:
    """Define `segments`, `segment`, `winback` and `today`."""
    segments = commands.add_parser("segments", help=_("segments with counts and sums of the year"))
    segments.set_defaults(run=list_segments)

    segment = commands.add_parser("segment", help=_("who is in a segment"))
    segment.add_argument("name", metavar="NAME", help=_("a code or a name: at_risk, lost, …"))
    segment.set_defaults(run=list_members)

    winback = commands.add_parser("winback", help=_("whom to win back, and why"))
    winback.add_argument(
        "what", nargs="?", choices=["stats"], metavar="stats", help=_("loss statistics")
    )
    winback.add_argument("--limit", metavar="N", type=_count, help=_("at most this many rows"))
    winback.set_defaults(run=list_lost)

    today = commands.add_parser("today", help=_("whom to call today"))
    today.add_argument(
        "--limit", metavar="N", type=_count, default=LIMIT, help=_("at most this many rows")
    )
    today.set_defaults(run=list_today)


def list_segments(call: Call) -> Answer:
    """List the segments with their counts and sums of the year."""
    counts = call.base.ask(segment_counts)
    document = [
        {
            "name": labels.status_of_many(one.status),
            "status": one.status,
            "count": one.count,
            "sum": _in_full(one.sum),
        }
        for one in counts
    ]
    return Answer(document, "\n".join(map(_segment_line, counts)))


def _segment_line(one: SegmentCount) -> str:
    name, count = labels.status_of_many(one.status), formats.number(one.count)
    return _("{name}: {count}, {sum} in a year").format(
        name=name, count=count, sum=formats.money(one.sum)
    )


def list_members(call: Call) -> Answer:
    """List the clients of a segment, named by its code or its name."""
    status = segment_of(segment_words.segment_named(call.args.name))
    members = call.base.ask(segment_members, ListSpec(condition=has_status(status)))
    document = [
        {
            "client_id": row.id,
            "name": row.name,
            "phone": row.phone,
            "last_purchase": row.last_on,
            "sum": _in_full(row.year_revenue),
            "cycle_days": _days(row.cycle_days),
        }
        for row in members
    ]

    def line(row: ClientRow) -> str:
        details = segment_words.member_line(row)
        return f"{row.id}  {row.name}  {formats.phone(row.phone)}  {details}"

    return Answer(document, _lines(members, line))


def list_lost(call: Call) -> Answer:
    """List lost clients, the most money a year first; with `stats`, count losses by month."""
    if call.args.what == "stats":
        return _stats(call)
    rows = call.base.ask(winback_list, call.args.limit)
    document = [_lost(row, call.as_of) for row in rows]

    def line(row: WinbackRow) -> str:
        reason = winback_words.why(row, call.as_of)
        if row.do_not_contact:
            reason += "; " + _("asked not to be contacted")
        return f"{row.client_id}  {row.name}  {winback_words.money(row)}  {reason}"

    return Answer(document, _lines(rows, line))


def _lost(row: WinbackRow, as_of: date) -> dict[str, Any]:
    return {
        "client_id": row.client_id,
        "name": row.name,
        "money_at_stake": row.stake.money,
        "estimated": row.stake.estimated,
        "definitions": [
            {
                "name": loss.definition,
                "since": loss.since,
                "text": winback_words.loss_text(loss, row, as_of),
            }
            for loss in row.losses
        ],
        "last_purchase": row.last_purchase,
        "cycle_days": _days(row.cycle_days),
        "state": row.state,
    }


def _stats(call: Call) -> Answer:
    stats = call.base.ask(winback_stats)
    document = {
        "by_month": [
            {"month": f"{one.month:%Y-%m}", "count": one.count, "money": _in_full(one.money)}
            for one in stats.by_month
        ],
        "by_reason": _sums(stats.by_reason, "reason"),
        "by_source": _sums(stats.by_source, "source"),
    }
    lines = [
        f"{formats.month(one.month)}: {formats.clients_count(one.count)}, "
        f"{formats.money(one.money)}"
        for one in stats.by_month
    ]
    lines += ["", *(_sum_line(one, winback_words.loss_reason(one.key)) for one in stats.by_reason)]
    lines += ["", *(_sum_line(one, winback_words.source(one.key)) for one in stats.by_source)]
    return Answer(document, "\n".join(lines))


def _sums(sums: Iterable[LostBy], name: str) -> list[dict[str, Any]]:
    return [
        {name: one.key or None, "count": one.count, "money": _in_full(one.money)} for one in sums
    ]


def _sum_line(one: LostBy, name: str) -> str:
    return f"{name}: {formats.clients_count(one.count)}, {formats.money(one.money)}"


def list_today(call: Call) -> Answer:
    """List whom to call today, the most urgent first."""
    board = call.base.ask(today_board, None, call.args.limit)
    fields = {field.key: own_label(field) for field in call.base.ask(own_fields)}

    def document_of(row: TodayRow) -> dict[str, Any]:
        return {
            "client_id": row.client_id,
            "name": today_words.name(row),
            "phone": row.phone,
            "kind": row.touch,
            "kinds": [reason.touch for reason in row.reasons],
            "text": today_words.why(row, call.as_of, fields),
            "money_a_year": row.money,
            "estimated": row.estimated,
            "due_on": min(reason.day for reason in row.reasons),
            "task_ids": [
                reason.item_id
                for reason in row.reasons
                if reason.touch in (Touch.TASK, Touch.OFFER)
            ],
            "do_not_contact": row.do_not_contact,
        }

    def line(row: TodayRow) -> str:
        head = f"[{today_words.touch(row.touch)}] {today_words.name(row)}"
        phone = today_words.phone(row)
        return "  ".join(filter(None, (head, phone, today_words.why(row, call.as_of, fields))))

    text = _lines(board.rows, line)
    if board.total > len(board.rows):
        text += "\n" + _("{shown} of {total} are shown.").format(
            shown=formats.number(len(board.rows)), total=formats.number(board.total)
        )
    return Answer([document_of(row) for row in board.rows], text)


def _lines(rows: Iterable[Any], line: Callable[[Any], str]) -> str:
    return "\n".join(map(line, rows)) or _("Nobody.")


def _days(days: Decimal | None) -> int | float | None:
    if days is None:
        return None
    return int(days) if days == days.to_integral_value() else float(days)


def _in_full(money: Decimal) -> Decimal:
    return money.quantize(Decimal("0.01"))


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 10**9:
        raise wrong_value(_("“{value}” is not a quantity"), text)
    return int(text)
