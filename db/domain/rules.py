"""Field rules: which field is mandatory for whom, how strictly, and what for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from re import fullmatch, sub

from db.domain.fields import FieldValue
from db.domain.text import fold


class Level(StrEnum):
    BLOCK = "block"
    GAP = "gap"


class Answer(StrEnum):
    """Answers that close a gap without a value."""

    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Answered:
    answer: Answer
    on: date


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field that must be filled, for the cards that meet every condition given."""

    id: int
    field_key: str
    level: Level
    purpose: str = ""
    for_kind: str | None = None
    for_status: str | None = None
    for_tag: str | None = None

    def applies(self, kind: str, tags: Iterable[str], status: str | None = None) -> bool:
        """Say whether a card is asked. A status of None leaves that condition aside."""
        return (
            self.for_kind in (None, kind)
            and (self.for_tag is None or fold(self.for_tag) in map(fold, tags))
            and (status is None or self.for_status in (None, status))
        )


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
        return False  # most values: spares them the look at every sign
    signs = sub(r"[\W_]+", "", plain)
    return not signs or (bool(fullmatch(r"(\d)\1+", signs)) and len(signs) > 1)


def is_filled(value: object) -> bool:
    """Say whether a value answers its field. A list (phones, tags) needs one good entry."""
    if value is None or value in ("", (), []):
        return False
    if isinstance(value, tuple | list):
        return any(is_filled(entry) for entry in value)
    return not is_junk(value)  # type: ignore[arg-type]


def gaps(
    rules: Iterable[FieldRule],
    values: Mapping[str, object],
    answers: Mapping[str, Answered],
    *,
    status: str | None = None,
) -> tuple[FieldRule, ...]:
    """Return the rules that this card breaks, in their order."""
    kind = str(values.get("kind") or "person")
    tags = values.get("tags") or ()
    assert isinstance(tags, tuple | list)  # noqa: S101 - the shape of the card
    return tuple(
        rule
        for rule in rules
        if rule.applies(kind, tags, status)
        and not is_filled(values.get(rule.field_key))
        and rule.field_key not in answers
    )
