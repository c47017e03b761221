"""What the journal adds to the file after 100,000 purchases."""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.file.base_file import BaseFile
from tests.speed.figure import Amount, at_most
from tests.speed.importing import load, make_base, write_sales

CLIENTS, PURCHASES = 20_000, 100_000
PERCENT = 15


def journal_figures(folder: Path) -> list[Amount]:
    """Import the purchases, then weigh the file with its journal and without."""
    sales, path = folder / "many.csv", folder / "many.kartoteka"
    write_sales(sales, CLIENTS, PURCHASES)
    make_base(path)
    with ClientBase(path) as base:
        load(base, sales)
    with closing(BaseFile(path).connect()) as raw:
        whole = _bytes(raw)
        for table in ("change_client", "change_row", "change"):
            raw.execute(f"delete from {table}")
        share = 100 * (whole - _bytes(raw)) / _bytes(raw)
    return [at_most(f"journal after {PURCHASES} purchases", PERCENT, "%", share)]


def _bytes(raw: dbapi2.Connection) -> int:
    raw.execute("vacuum")
    pages, size = (
        raw.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    return int(pages * size)
