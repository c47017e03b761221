"""The business settings of a base: the defaults, replaced by stored values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.churn import LossReason
from db.domain.settings import Settings, faults
from db.schema import Setting
from db.schema.types import UNREADABLE, DamagedValueError

T = TypeVar("T")
_HINTS = get_type_hints(Settings)


def settings(session: Session) -> Settings:
    """Return the settings of a base. Raises DamagedValueError when one can't be read."""
    rows = session.execute(select(Setting.key, Setting.value))
    return settings_of((key, value) for key, value in rows)


def settings_of(rows: Iterable[tuple[str, str]]) -> Settings:
    """Return the settings of rows of key and JSON. Raises DamagedValueError."""
    return _settings_of(tuple(rows))


@lru_cache(maxsize=8)  # the same rows are read several times in every save
def _settings_of(rows: tuple[tuple[str, str], ...]) -> Settings:
    values: dict[str, Any] = {}
    for key, value in rows:
        values |= read_setting(key, value)
    return Settings(**values)


def read_setting(key: str, value: str) -> dict[str, Any]:
    """Read one stored setting; an unknown key, from a newer version, gives nothing.

    Raises DamagedValueError.
    """
    try:
        plain = json.loads(value)
        if key not in _HINTS:
            return {}
        read = from_plain({key: plain})
        wrong = faults(read)
    except UNREADABLE as error:
        raise DamagedValueError("setting", value) from error
    if wrong:
        raise DamagedValueError("setting", value)
    return {key: getattr(read, key)}


def to_plain(settings: Settings) -> dict[str, object]:
    """Return settings as JSON values, by the name of the top-level field."""
    return {entry.name: _plain(getattr(settings, entry.name)) for entry in fields(settings)}


def from_plain(plain: Mapping[str, Any]) -> Settings:
    """Read what `to_plain` returned; unknown keys, from a newer version, are ignored."""
    return _read(Settings, plain)


def _plain(value: Any) -> object:
    if is_dataclass(value):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(entry_value) for key, entry_value in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def _read(kind: type[T], plain: Mapping[str, Any]) -> T:
    if not isinstance(plain, Mapping):
        raise TypeError(kind.__name__)
    hints = get_type_hints(kind)
    values = {
        entry.name: _value(hints[entry.name], plain[entry.name])
        for entry in fields(kind)  # type: ignore[arg-type]
        if entry.name in plain
    }
    return kind(**values)


def _value(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        return _read(kind, plain)
    if kind is Decimal:
        return Decimal(plain)
    if kind == dict[LossReason, Decimal]:
        return {LossReason(key): Decimal(chance) for key, chance in plain.items()}
    if not isinstance(plain, get_args(kind) or kind):
        raise TypeError(str(kind))
    return plain
