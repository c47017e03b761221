"""An import of a first file of sales, in a process of its own, beside csv and executemany.

Started by the benchmark: `python -m tests.speed.importing FOLDER PURCHASES CLIENTS` prints JSON.
"""

import csv
import json
import random
import resource
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from db.client_base import ClientBase
from db.commands.presets import ApplyPreset
from db.file.base_file import BaseFile
from db.file.create import create_base
from db.presets import preset
from db.queries.setup import own_fields
from db.transfer.columns import TableKind, map_columns
from db.transfer.commands import ImportPurchases
from db.transfer.reading.tables_in import read_table
from tests.speed.figure import Amount, Figure, at_most
from tests.speed.timing import Goal, figure, processor_ms

CLIENTS, PURCHASES = 23_570, 69_659
_FIRST = date(1997, 1, 1)
_DAYS = 545
_ROUNDS = 3
MEGABYTES = 256


def import_figures(folder: Path) -> list[Figure | Amount]:
    """Import in fresh processes, so that the peak of memory is that of the import alone."""
    runs = []
    for number in range(_ROUNDS):
        own = folder / f"import-{number}"
        own.mkdir()
        command = [sys.executable, "-m", "tests.speed.importing", str(own)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        runs.append(json.loads(done.stdout))
    name = f"import of {PURCHASES} purchases"
    return [
        figure(
            name, [run["taken"] for run in runs], [run["bare"] for run in runs], Goal(times_bare=10)
        ),
        at_most("its peak memory", MEGABYTES, "MB", max(run["peak"] for run in runs)),
    ]


def write_sales(path: Path, clients: int = CLIENTS, purchases: int = PURCHASES) -> None:
    """Write sales like those of a shop: every client buys once, a few buy often."""
    dice = random.Random(1)
    buyers = list(range(clients))
    buyers += [int(clients * dice.random() ** 3) for _ in range(purchases - clients)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["client", "date", "amount"])
        for buyer in sorted(buyers):
            day = _FIRST + timedelta(dice.randrange(_DAYS))
            amount = f"{dice.lognormvariate(3.2, 0.8):.2f}"
            writer.writerow([f"CD-{buyer:05d}", day.isoformat(), amount])


def make_base(path: Path) -> None:
    """Make an empty base with the fields and rules of a trade."""
    create_base(path)
    with ClientBase(path) as base:
        base.do(ApplyPreset(preset("hairdresser", "ru")))


def load(base: ClientBase, path: Path) -> None:
    """Import a file of sales as the command line does, making the clients it names."""
    sheet = read_table(path, base.ask(own_fields))
    targets = map_columns(TableKind.PURCHASES, sheet.header, base.ask(own_fields))
    base.do(ImportPurchases(sheet, targets, create_clients=True))


def load_bare(base: Path, path: Path) -> None:
    """Put the same rows into the same tables, with their indexes, and nothing else."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    ids = {name: number for number, name in enumerate(dict.fromkeys(row[0] for row in rows), 1)}
    with closing(BaseFile(base).connect()) as raw:
        raw.execute("begin immediate")
        raw.executemany(
            "insert into client (id, name, name_key, sort_key, kind, version, created_at,"
            " modified_at) values (?, ?, ?, ?, 'person', 1, '2026-01-01', '2026-01-01')",
            [(number, name, name.lower(), name.lower()) for name, number in ids.items()],
        )
        raw.executemany(
            "insert into purchase (client_id, day, amount) values (?, ?, ?)",
            [(ids[name], day, round(float(amount) * 100)) for name, day, amount in rows],
        )
        raw.execute("commit")


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    folder = Path(sys.argv[1])
    sales, ours, bare = folder / "sales.csv", folder / "ours.kartoteka", folder / "bare.kartoteka"
    write_sales(sales)
    make_base(ours)
    make_base(bare)
    with ClientBase(ours) as base:
        start = peak_megabytes()
        taken = processor_ms(lambda _: load(base, sales))
        peak = peak_megabytes() - start
    by_hand = processor_ms(lambda _: load_bare(bare, sales))
    print(json.dumps({"taken": taken, "bare": by_hand, "peak": peak}))


if __name__ == "__main__":
    main()
