"""Field rules: which field is mandatory for which clients, how strictly, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from re import fullmatch, sub

from db.domain.condition import (
    EVERYBODY,
    OF_THE_DAY,
    All,
    Comparison,
    Condition,
    Operator,
    Row,
    equals,
    holds,
    without,
)
from db.domain.fields import CardValue, ClientKind, FieldValue
from db.domain.text import fold, tidy


class Level(StrEnum):
    """BLOCK forbids saving a card without the field; GAP marks the field as empty."""

    BLOCK = "block"
    GAP = "gap"


class GapAnswer(StrEnum):
    """Answers that close a gap without a value."""

    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """An answer that closes a gap, and the day it was given."""

    answer: GapAnswer
    on: date


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field that must be filled on the cards of the clients who meet the condition."""

    id: int
    field_key: str
    level: Level
    purpose: str = ""
    condition: Condition = EVERYBODY

    def applies(self, row: Row) -> bool:
        """Say whether the field is mandatory for a client; `rule_row` makes the row."""
        return holds(self.condition, row)

    def on_some_day(self) -> "FieldRule":
        """Return the rule without the conditions that depend on the day, as the status does."""
        return replace(self, condition=without(self.condition, OF_THE_DAY))


def rule_row(values: Mapping[str, CardValue], status: str = "") -> Row:
    """Return the row that conditions of rules compare: a card with its status.

    A card without a kind is a person's.
    """
    return {**values, "kind": values.get("kind") or ClientKind.PERSON, "status": status}


# The condition of a rule in its simple form -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """A rule's condition as a form shows it; `others` are the parts the form has no input for."""

    kind: str | None = None
    status: str | None = None
    tag: str | None = None
    others: tuple[Condition, ...] = ()

    def condition(self) -> Condition:
        """Return the condition that joins all parts by and."""
        pairs = (("kind", self.kind), ("status", self.status), ("tags", self.tag))
        return All((*(equals(key, tidy(value)) for key, value in pairs if value), *self.others))


def scope_of(condition: Condition) -> Scope:
    """Split a condition into parts; `scope_of(condition).condition()` means the same."""
    parts = condition.conditions if isinstance(condition, All) else (condition,)
    simple: dict[str, str] = {}
    others = []
    for part in parts:
        match part:
            case Comparison("kind" | "status" | "tags" as key, Operator.EQUALS, str(value)) if (
                key not in simple
            ):
                simple[key] = value
            case _:
                others.append(part)
    return Scope(simple.get("kind"), simple.get("status"), simple.get("tags"), tuple(others))


# Gaps ------------------------------------------------------------------------------------------

_JUNK = frozenset(("-", "--", "—", "–", "нет", "не", "no", "none", "n/a", "na", "тест", "test", "123", "?", ".", "нет данных", "неизвестно", "unknown", "xxx", "qwerty"))  # fmt: skip  # noqa: E501


def is_junk(value: FieldValue) -> bool:
    """Say whether a text only pretends to be filled: "-", "нет", "тест", one digit repeated.

    0, "No" of a yes/no field and every date are values.
    """
    if not isinstance(value, str):
        return False
    plain = fold(value)
    if plain in _JUNK:
        return True
    if plain[:1].isalpha():
        return False  # a shortcut: most values begin with a letter
    signs = sub(r"[\W_]+", "", plain)
    return not signs or bool(fullmatch(r"(\d)\1+", signs))


def is_filled(value: object) -> bool:
    """Say whether a value fills its field. A list (phones, tags) needs one good entry."""
    if value is None or value in ("", (), []):
        return False
    if isinstance(value, tuple | list):
        return any(is_filled(entry) for entry in value)
    return not is_junk(value)  # type: ignore[arg-type]


def gaps(
    rules: Iterable[FieldRule], row: Row, answers: Mapping[str, DatedAnswer]
) -> tuple[FieldRule, ...]:
    """Return the rules that this card breaks, in their order; `rule_row` makes the row."""
    return tuple(
        rule
        for rule in rules
        if rule.applies(row)
        and not is_filled(row.get(rule.field_key))
        and rule.field_key not in answers
    )
