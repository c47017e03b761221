"""Rows in parts that fit into one statement, with a report and a way to stop before each."""

import pytest

from db.progress import CancelledError, in_batches


class Counting:
    def __init__(self, most: int = 100) -> None:
        self.steps: list[tuple[int, int]] = []
        self._most = most

    def step(self, done: int, total: int) -> None:
        if done >= self._most:
            raise CancelledError
        self.steps.append((done, total))


def test_every_row_comes_once_and_in_order() -> None:
    assert list(in_batches([1, 2, 3, 4, 5], size=2)) == [[1, 2], [3, 4], [5]]
    assert list(in_batches([], size=2)) == []


def test_how_many_are_done_is_told_before_each_part() -> None:
    progress = Counting()
    list(in_batches(range(5), progress, size=2))
    assert progress.steps == [(0, 5), (2, 5), (4, 5)]


def test_the_work_stops_where_it_is_asked_to() -> None:
    parts = in_batches(range(5), Counting(most=2), size=2)
    assert next(parts) == range(2)
    with pytest.raises(CancelledError):
        next(parts)
