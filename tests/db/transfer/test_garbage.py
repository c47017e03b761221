"""A file of many rows is planned without full collections, and they come back afterwards."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.file.create import create_base
from db.progress import CancelledError
from db.transfer.columns import TableKind, map_columns
from db.transfer.garbage import no_full_collections
from db.transfer.plan_purchases import plan_purchases
from db.transfer.sheet import Sheet

ROWS = 20_000


@contextmanager
def full_collections() -> Iterator[list[int]]:
    """Count the collections of the oldest generation."""
    seen: list[int] = []

    def hear(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            seen.append(1)

    gc.callbacks.append(hear)
    try:
        yield seen
    finally:
        gc.callbacks.remove(hear)


def sheet() -> Sheet:
    rows = tuple((f"Клиент {n}", "2026-11-01", str(n + 1)) for n in range(ROWS))
    header = ("Клиент", "Дата", "Сумма")
    return Sheet("a.csv", header, rows, tuple(range(2, ROWS + 2)))


def test_a_file_is_planned_without_full_collections(tmp_path: Path) -> None:
    create_base(tmp_path / "a.kartoteka")
    sales = sheet()
    targets = map_columns(TableKind.PURCHASES, sales.header, ())
    with ClientBase(tmp_path / "a.kartoteka") as base:
        gc.collect()
        with full_collections() as seen:
            plan = base.ask(plan_purchases, sales, targets, True)
    assert len(plan.purchases) == ROWS
    assert not seen


def test_what_fails_leaves_the_collections_as_they_were() -> None:
    before = gc.get_threshold()

    @no_full_collections()
    def fail() -> None:
        assert gc.get_threshold() != before
        raise CancelledError

    with pytest.raises(CancelledError):
        fail()
    assert gc.get_threshold() == before
