"""Queries: counts, lists, search, cards and boards, beside the SQL that is written by hand."""

import random
from collections.abc import Sequence

from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.derived.search import match
from db.domain.days import add_months
from db.domain.ids import ClientId
from db.queries.cards.full_card import full_card
from db.queries.lists.clients import (
    ListSpec,
    Sort,
    client_counts,
    client_ids,
    client_rows,
    find_clients,
)
from db.queries.segments.statuses import segment_counts
from db.queries.today.board import today_board
from db.queries.winback.board import WinbackSpec, winback_board
from tests.speed.figure import Figure
from tests.speed.timing import Goal, Step, measure

WINDOW = 60  # rows a grid asks for at once
SEARCHES = 600
SHOWN = 20  # clients a picker shows
LONGEST_PREFIX = 6

_ALL = "from client c left join client_fact f on f.client_id = c.id where c.deleted_at is null"
# The orders of the list, by hand: what is not known stands last, equals by name.
_ORDERS = {
    Sort.NAME: "c.sort_key, c.id",
    Sort.STATUS: "f.lost_on <= :day, f.risk_on <= :day, f.new_until, c.sort_key, c.id",
    Sort.LAST: "f.last_on is null, f.last_on desc, c.sort_key, c.id",
    Sort.YEAR: "f.year_revenue desc, c.sort_key, c.id",
    Sort.GAPS: (
        "(select count(*) from client_gap g where g.client_id = c.id) desc, c.sort_key, c.id"
    ),
    Sort.CREATED: "c.created_at desc, c.sort_key, c.id",
}
_CARD = (
    "select * from client where id = ?",
    "select * from client_fact where client_id = ?",
    "select * from client_contact where client_id = ?",
    "select * from client_tag where client_id = ?",
    "select * from contact_person where client_id = ?",
    "select * from custom_value where client_id = ?",
    "select * from field_answer where client_id = ?",
    "select * from purchase where client_id = ? order by day desc limit 60",
    "select * from interaction where client_id = ? order by day desc limit 60",
)


def reading_figures(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    return [*_lists(base, raw), *_search(base, raw), *_cards(base, raw), *_boards(base, raw)]


def _by_hand(base: ClientBase, raw: dbapi2.Connection, sql: str) -> Step:
    given = {
        "day": base.as_of.isoformat(),
        "year": add_months(base.as_of, -12).isoformat(),
    }
    given = {name: value for name, value in given.items() if f":{name}" in sql}
    return lambda _: raw.execute(sql, given).fetchall()


def _lists(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    counts = (
        "select f.new_until is null, f.lost_on <= :day, f.risk_on <= :day, f.new_until >= :day,"
        f" count(*) {_ALL} group by 1, 2, 3, 4"
    )
    figures = [
        measure(
            "status counts",
            lambda _: base.ask(client_counts),
            _by_hand(base, raw, counts),
            goal=Goal(60),
        )
    ]
    for sort in Sort:
        spec = ListSpec(sort=sort, descending=sort is not Sort.NAME)
        figures.append(
            measure(
                f"first rows by {sort}",
                lambda _, spec=spec: _first_rows(base, spec),
                _by_hand(base, raw, f"select c.id {_ALL} order by {_ORDERS[sort]}"),
                goal=Goal(100),
            )
        )
    return figures


def _first_rows(base: ClientBase, spec: ListSpec) -> object:
    return base.ask(client_rows, base.ask(client_ids, spec)[:WINDOW])


def _search(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    typed = prefixes(base)
    rare = rarest(raw, typed)
    statement = f"select rowid from client_search where client_search match ? limit {SHOWN}"

    def bare(text: str) -> object:
        return raw.execute(statement, [match(text)]).fetchall()

    return [
        measure(
            "search, a prefix",
            lambda n: base.ask(find_clients, typed[n], SHOWN),
            lambda n: bare(typed[n]),
            times=len(typed),
            goal=Goal(p99_ms=16),
        ),
        measure(
            "search, a rare word",
            lambda _: base.ask(find_clients, rare, SHOWN),
            lambda _: bare(rare),
        ),
        measure(
            "search, the ids of a rare word",
            lambda _: base.ask(client_ids, ListSpec(text=rare)),
            lambda _: bare(rare),
        ),
    ]


def prefixes(base: ClientBase) -> list[str]:
    """Return beginnings, of one to six signs, of names and phones; the same for the same base."""
    dice = random.Random(1)
    ids = base.ask(client_ids, ListSpec())
    rows = base.ask(client_rows, dice.sample(list(ids), min(len(ids), 200))).values()
    words = [word for row in rows for word in (*row.name.split(), _number(row.phone)) if word]
    typed = [dice.choice(words)[: n % LONGEST_PREFIX + 1] for n in range(SEARCHES)]
    return [text for text in typed if match(text)]


def _number(phone: str | None) -> str:
    digits = "".join(filter(str.isdigit, phone or ""))
    return digits[-10:]


def rarest(raw: dbapi2.Connection, typed: Sequence[str]) -> str:
    """Return the text of four signs and more that fewest clients have."""
    statement = "select count(*) from client_search where client_search match ?"
    hits = {text: raw.execute(statement, [match(text)]).fetchone()[0] for text in typed}
    return min((text for text in hits if len(text) >= 4), key=lambda text: hits[text])


def _cards(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    ids = base.ask(client_ids, ListSpec())
    window = ids[len(ids) // 2 : len(ids) // 2 + WINDOW]
    some = [ClientId(client_id) for client_id in ids[:: max(1, len(ids) // 100)]]
    among = ",".join(map(str, window))
    return [
        measure(
            "a window of rows",
            lambda _: base.ask(client_rows, window),
            _by_hand(base, raw, f"select c.*, f.* {_ALL} and c.id in ({among})"),
            times=50,
        ),
        measure(
            "a card opened",
            lambda n: base.ask(full_card, some[n % len(some)]),
            lambda n: [raw.execute(sql, [some[n % len(some)]]).fetchall() for sql in _CARD],
            times=100,
        ),
    ]


def _boards(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    sums = (
        "select f.lost_on <= :day, f.risk_on <= :day, count(*), sum(f.year_revenue)"
        f" {_ALL} group by 1, 2"
    )
    lost = (
        f"select c.id, f.profit_a_year, f.silent_on {_ALL} and (f.silent_on <= :day"
        " or f.low_nps_on <= :day or f.complaint_on <= :day or f.enquiry_on <= :day)"
        " order by f.profit_a_year desc"
    )
    due = f"select c.id, f.next_on {_ALL} and f.due_on <= :day and f.lost_on > :day"
    gaps = "select rule_id, count(*) from client_gap group by rule_id"
    spec = WinbackSpec()
    return [
        measure("segments", lambda _: base.ask(segment_counts), _by_hand(base, raw, sums)),
        measure("lost clients", lambda _: base.ask(winback_board, spec), _by_hand(base, raw, lost)),
        measure("Today", lambda _: base.ask(today_board), _by_hand(base, raw, due)),
        measure(
            "list of gaps",
            lambda _: _first_rows(base, ListSpec(with_gaps=True)),
            _by_hand(base, raw, gaps),
        ),
    ]
