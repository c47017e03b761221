"""Random choices of the demonstration: within their bounds, and the same for a seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.demo.dice import Dice

seeds = st.integers(0, 2**32)


def test_a_seed_gives_these_numbers_on_every_system() -> None:
    """A demonstration made elsewhere, or by another Python, must be the same."""
    dice = Dice(1)
    assert [dice.between(1, 6) for _ in range(10)] == [1, 6, 5, 2, 3, 3, 4, 5, 1, 1]


@given(seeds, st.integers(-50, 50), st.integers(0, 50))
def test_a_number_is_between_both_ends(seed: int, least: int, more: int) -> None:
    assert least <= Dice(seed).between(least, least + more) <= least + more


def test_both_ends_come() -> None:
    dice = Dice(7)
    assert {dice.between(1, 3) for _ in range(100)} == {1, 2, 3}


@given(seeds, st.floats(1, 1000), st.floats(0, 1))
def test_a_number_around_the_middle_stays_within_its_share(
    seed: int, middle: float, share: float
) -> None:
    assert abs(Dice(seed).around(middle, share) - middle) <= middle * share * 1.000001


@given(seeds)
def test_what_is_certain_happens_and_what_is_impossible_does_not(seed: int) -> None:
    dice = Dice(seed)
    assert dice.chance(1.0)
    assert not dice.chance(0.0)


def test_a_weight_decides_how_often() -> None:
    dice = Dice(3)
    counts = Counter(dice.weighed((("often", 9.0), ("seldom", 1.0))) for _ in range(1000))
    assert 850 <= counts["often"] <= 950
    assert counts.total() == 1000


@given(seeds, st.lists(st.integers(), max_size=20))
def test_mixing_loses_nothing(seed: int, numbers: list[int]) -> None:
    assert sorted(Dice(seed).mixed(numbers)) == sorted(numbers)


@pytest.mark.parametrize("seed", range(3))
def test_mixing_is_the_same_for_a_seed(seed: int) -> None:
    assert Dice(seed).mixed(range(50)) == Dice(seed).mixed(range(50))
    assert Dice(seed).mixed(range(50)) != Dice(seed + 1).mixed(range(50))
