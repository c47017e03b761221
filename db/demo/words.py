"""The words of the demonstration: names, goods, texts of contacts."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words_of(name: str) -> dict[str, Any]:
    """Return the content of a file of words: people, firms, shop."""
    place = files("resources") / "demo" / f"{name}.json"
    words: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return words


@cache
def weights(name: str, key: str) -> tuple[tuple[str, float], ...]:
    """Return words that are not equally frequent, with their weights."""
    return tuple((word, weight) for word, weight, *_ in words_of(name)[key])


@dataclass(frozen=True, slots=True)
class Good:
    """A product or service: money in kopecks; `buyer` is f, m or c (a company)."""

    id: int
    name: str
    unit: str
    price: int
    cost: int
    cycle_days: int
    weight: int
    buyer: str


@cache
def goods() -> tuple[Good, ...]:
    """Return the products and services, with ids from 1."""
    return tuple(
        Good(number, name, unit, price * 100, cost * 100, days, weight, buyer)
        for number, (name, unit, price, cost, days, weight, buyer) in enumerate(
            words_of("shop")["products"], 1
        )
    )


@cache
def goods_for(buyer: str) -> tuple[tuple[Good, float], ...]:
    """Return what a buyer (f, m, c) may buy, with weights."""
    return tuple((good, good.weight) for good in goods() if good.buyer == buyer)
