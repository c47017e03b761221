"""The words of the demonstration: names of people and firms, what is sold, what is said."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def held(name: str) -> dict[str, Any]:
    """Return one of the files of words: people, firms, shop."""
    place = files("resources") / "demo" / f"{name}.json"
    words: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return words


@cache
def weights(name: str, key: str) -> tuple[tuple[str, float], ...]:
    """Return words that are not equally frequent, with their weights."""
    return tuple((word, weight) for word, weight, *_ in held(name)[key])


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
    return tuple(
        Good(number, name, unit, price * 100, cost * 100, days, weight, buyer)
        for number, (name, unit, price, cost, days, weight, buyer) in enumerate(
            held("shop")["products"], 1
        )
    )


@cache
def goods_for(buyer: str) -> tuple[tuple[Good, float], ...]:
    return tuple((good, good.weight) for good in goods() if good.buyer == buyer)
