"""Time the program's queries and commands, beside bare SQLite doing the same work.

`python3 dev.py bench [--clients N] [--base FILE] [--json]`
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import UpdateClient
from db.commands.purchases import AddPurchase
from db.demo import make_demo
from db.domain.ids import ClientId
from db.file import backup
from db.file.base_file import BaseFile
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
from db.transfer.columns import TableKind, map_columns
from db.transfer.commands import ImportPurchases
from db.transfer.sheet import Sheet

_TIMES = 15  # how often the same is asked
_SEARCHES = 200
_WINDOW = 60  # rows a grid asks for at once
_IMPORTED = 5000
_A_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds: the middle of all tries and the slowest but one in a hundred.

    `raw` is what bare SQLite takes for the like, None where there is nothing to compare with.
    """

    name: str
    median: float
    p99: float
    raw: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    clients: int
    purchases: int
    figures: tuple[Figure, ...]


def bench(as_of: date, *, clients: int = 10_000, base: Path | None = None) -> Figures:
    """Measure on a copy of a base, or on a demonstration that is made for it and thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.kartoteka"
        if base is None:
            make_demo(path, as_of=as_of, clients=clients)
        else:
            path.touch()
            backup.copy_into(base, path)
        counts = backup.counts_of(path)
        with ClientBase(path, as_of=as_of) as opened, closing(BaseFile(path).connect()) as raw:
            figures = (*_reading(opened, raw), *_writing(opened, raw))
        return Figures(counts["client"], counts["purchase"], figures)


def _reading(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    ids = base.ask(client_ids, ListSpec())
    middle = ids[len(ids) // 2 : len(ids) // 2 + _WINDOW]
    some = [ClientId(client_id) for client_id in ids[:: max(1, len(ids) // _TIMES)]]
    board = WinbackSpec()
    by_name = "select id from client where deleted_at is null order by sort_key, id"
    return [
        _figure("list_ids", lambda _: base.ask(client_ids, ListSpec()), _sql(raw, by_name)),
        _figure(
            "list_ids_by_year",
            lambda _: base.ask(client_ids, ListSpec(sort=Sort.YEAR, descending=True)),
        ),
        _figure(
            "window_rows",
            lambda _: base.ask(client_rows, middle),
            _sql(raw, f"select * from client where id in ({','.join(map(str, middle))})"),
        ),
        _search(base, raw, some),
        _figure("card", lambda n: base.ask(full_card, some[n % len(some)])),
        _figure(
            "status_counts",
            lambda _: base.ask(client_counts),
            _sql(raw, "select count(*), sum(revenue), min(last_on) from client_fact"),
        ),
        _figure("segment_counts", lambda _: base.ask(segment_counts)),
        _figure("winback", lambda _: base.ask(winback_board, board)),
        _figure("today", lambda _: base.ask(today_board)),
    ]


def _search(base: ClientBase, raw: dbapi2.Connection, some: Sequence[ClientId]) -> Figure:
    asked = [
        word[:length]
        for row in base.ask(client_rows, some).values()
        for word in (*row.name.split(), (row.phone or "")[-5:])
        for length in (3, 5)
    ]
    by_index = "select rowid from client_search where client_search match '\"iva\"*' limit 20"
    return _figure(
        "search",
        lambda n: base.ask(find_clients, asked[n % len(asked)], 20),
        _sql(raw, by_index),
        times=_SEARCHES,
    )


def _writing(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    day = base.as_of
    ids = [ClientId(client_id) for client_id in base.ask(client_ids, ListSpec())]
    return [
        _figure(
            "save_card",
            lambda n: base.do(UpdateClient(ids[n], None, {"note": f"bench {time.time()}"})),
            lambda n: _raw_save(raw, ids[n]),
        ),
        _figure(
            "add_purchase", lambda n: base.do(AddPurchase(ids[n], day, Decimal(100), Decimal(50)))
        ),
        _figure(
            f"import_{_IMPORTED}_purchases",
            lambda n: _import(base, n),
            lambda _: _raw_import(raw, ids[0]),
            times=1,
        ),
    ]


def _import(base: ClientBase, number: int) -> None:
    header = ("client", "date", "amount")
    rows = tuple(
        (f"Bench {number} {place % 1000}", base.as_of.isoformat(), str(place + 1))
        for place in range(_IMPORTED)
    )
    sheet = Sheet("bench.csv", header, rows, tuple(range(2, _IMPORTED + 2)))
    targets = map_columns(TableKind.PURCHASES, header, ())
    base.do(ImportPurchases(sheet, targets, create_clients=True))


def _raw_save(raw: dbapi2.Connection, client_id: int) -> None:
    raw.execute("begin immediate")
    raw.execute("update client set note = ? where id = ?", (f"raw {time.time()}", client_id))
    raw.execute("commit")


def _raw_import(raw: dbapi2.Connection, client_id: int) -> None:
    raw.execute("begin immediate")
    raw.executemany(
        "insert into purchase (client_id, day, amount) values (?, '2020-01-01', ?)",
        [(client_id, place) for place in range(_IMPORTED)],
    )
    raw.execute("commit")


def _sql(raw: dbapi2.Connection, sql: str) -> Callable[[int], object]:
    return lambda _: raw.execute(sql).fetchall()


def _figure(
    name: str,
    do: Callable[[int], object],
    bare: Callable[[int], object] | None = None,
    *,
    times: int = _TIMES,
) -> Figure:
    taken = _times(do, times)
    raw = None if bare is None else round(statistics.median(_times(bare, times)), 2)
    place = min(len(taken) - 1, len(taken) * 99 // _A_PERCENT)
    return Figure(name, round(statistics.median(taken), 2), round(sorted(taken)[place], 2), raw)


def _times(do: Callable[[int], object], times: int) -> list[float]:
    found = []
    for number in range(times):
        started = time.perf_counter()
        do(number)
        found.append((time.perf_counter() - started) * 1000)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--clients", type=int, default=10_000, help="size of the demonstration")
    parser.add_argument("--base", type=Path, help="measure on a copy of this base instead")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    done = bench(date.today(), clients=args.clients, base=args.base)
    if args.json:
        print(json.dumps(asdict(done), indent=2))
        return
    print(f"{done.clients} clients, {done.purchases} purchases")
    for figure in done.figures:
        beside = "" if figure.raw is None else f"   SQLite {figure.raw:.2f}"
        print(f"{figure.name:<24}{figure.median:>10.2f} ms   p99 {figure.p99:>9.2f}{beside}")


if __name__ == "__main__":
    main()
