# ruff: noqa: S608 - every name put into SQL here is ours
"""Finding damaged values: every stored value is decoded."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Text
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.types import TypeDecorator
from sqlcipher3 import dbapi2

from db.records.settings import read_setting
from db.schema import Setting, Table
from db.schema.types import UNREADABLE, DamagedValueError

_DIALECT = dialect()
_BATCH = 2000
_Decode = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class DamagedValue:
    """The place of an unreadable value: table, row id and column."""

    table: str
    row_id: int
    column: str

    def __str__(self) -> str:
        return f"{self.table} {self.row_id} {self.column}"


def damaged_values(opened: dbapi2.Connection) -> Generator[DamagedValue]:
    """Decode every value of every table; yield those that can't be read.

    Missing columns are ignored: the schema is checked elsewhere. Raises dbapi2.Error where pages
    can't be read.
    """
    text_factory = opened.text_factory
    opened.text_factory = bytes  # as text, one bad row would hide those after it
    try:
        for name, table in Table.metadata.tables.items():
            present = {
                row[0].decode()
                for row in opened.execute("select name from pragma_table_info(?)", (name,))
            }
            columns = [column for column in table.columns if column.name in present]
            if columns:
                yield from _of_table(opened, table, columns)
    finally:
        opened.text_factory = text_factory


def _of_table(
    opened: dbapi2.Connection, table: SqlTable, columns: list[Column[object]]
) -> Iterator[DamagedValue]:
    name = table.name
    decoders = [_decoder(column) for column in columns]
    names = ", ".join(column.name for column in columns)
    has_rowid = table.dialect_options["sqlite"]["with_rowid"]
    row_id = "rowid" if has_rowid else next(iter(table.primary_key)).name
    cursor = opened.execute(f"select {row_id}, {names} from {name} not indexed order by {row_id}")
    is_setting = name == Setting.__tablename__
    while rows := cursor.fetchmany(_BATCH):
        for row_id, *values in rows:
            for column, decode, value in zip(columns, decoders, values, strict=True):
                try:
                    decode(value)
                except (DamagedValueError, *UNREADABLE):
                    yield DamagedValue(name, row_id, column.name)
            if is_setting and not _is_setting(dict(zip(names.split(", "), values, strict=True))):
                yield DamagedValue(name, row_id, Setting.value.key)


def _decoder(column: Column[object]) -> _Decode:
    """Return a function that raises for a value the column can't hold."""
    kind = column.type
    stored = kind.impl if isinstance(kind, TypeDecorator) else kind
    expected = bytes if isinstance(stored, Text) else int
    result = kind.process_result_value if isinstance(kind, TypeDecorator) else None
    nullable = bool(column.nullable)

    def decode(value: object) -> object:
        if value is None:
            if not nullable:
                raise ValueError(column.name)
            return None
        if not isinstance(value, expected):
            raise TypeError(column.name)
        plain = value.decode() if isinstance(value, bytes) else value
        return plain if result is None else result(plain, _DIALECT)

    return decode


def _is_setting(row: dict[str, bytes]) -> bool:
    try:
        read_setting(row["key"].decode(), row["value"].decode())
    except (DamagedValueError, *UNREADABLE):
        return False
    return True
