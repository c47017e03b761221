"""Custom fields, their values on cards, and the rules that make a field mandatory."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.condition import from_json
from db.domain.field_rules import GapAnswer, Level
from db.domain.fields import FieldKind
from db.schema.base import DERIVED, STRICT, Table
from db.schema.types import Checked, Code, Exact

_WITHOUT_ROWID = {**DERIVED, "sqlite_with_rowid": False}


class CustomField(Table):
    """A field that the owner or a preset added."""

    __tablename__ = "custom_field"
    __table_args__ = (Index("uq_custom_field_key", "key", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    label: Mapped[str]
    kind: Mapped[FieldKind] = mapped_column(Code(FieldKind))
    position: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)


class FieldChoice(Table):
    """A value of the list of a custom field."""

    __tablename__ = "field_choice"
    __table_args__ = (Index("ix_field_choice_field", "field_id", "position"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("custom_field.id"))
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)


class CustomValue(Table):
    """One entry of a custom field; `position` orders the entries of a field with several.

    It is in the column of its kind (`db.domain.kinds`), which can be indexed. Yes and no are the
    numbers 1 and 0; a value of a list is the id of its choice.
    """

    __tablename__ = "custom_value"
    __table_args__ = (
        Index("uq_custom_value_client_field", "client_id", "field_id", "position", unique=True),
        Index("ix_custom_value_text", "field_id", "text_key", "client_id"),
        Index("ix_custom_value_number", "field_id", "number", "client_id"),
        Index("ix_custom_value_day", "field_id", "day", "client_id"),
        Index("ix_custom_value_choice", "field_id", "choice_id", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("custom_field.id"))
    text: Mapped[str | None]
    text_key: Mapped[str | None]
    number: Mapped[Decimal | None] = mapped_column(Exact)
    day: Mapped[date | None]
    choice_id: Mapped[int | None] = mapped_column(ForeignKey("field_choice.id"))
    position: Mapped[int] = mapped_column(default=0, server_default=sql("0"))


class FieldRuleRow(Table):
    """Makes a field mandatory for clients who meet a condition, in JSON (db.domain.condition)."""

    __tablename__ = "field_rule"
    __table_args__ = (STRICT,)

    id: Mapped[int] = mapped_column(primary_key=True)
    field_key: Mapped[str]
    level: Mapped[Level] = mapped_column(Code(Level))
    purpose: Mapped[str] = mapped_column(default="")
    condition: Mapped[str] = mapped_column(Checked("condition", from_json))
    position: Mapped[int] = mapped_column(default=0)


class FieldAnswer(Table):
    """An answer that closes a gap without a value, with its day."""

    __tablename__ = "field_answer"
    __table_args__ = (
        Index("uq_field_answer_client_field", "client_id", "field_key", unique=True),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    field_key: Mapped[str]
    answer: Mapped[GapAnswer] = mapped_column(Code(GapAnswer))
    answered_on: Mapped[date]


class ClientGap(Table):
    """Derived: the gaps of a card. Conditions on the status are compared when it is read."""

    __tablename__ = "client_gap"
    __table_args__ = (Index("ix_client_gap_rule", "rule_id", "client_id"), _WITHOUT_ROWID)

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
    rule_id: Mapped[int] = mapped_column(
        ForeignKey("field_rule.id", ondelete="CASCADE"), primary_key=True
    )
