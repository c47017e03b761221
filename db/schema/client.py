"""The tables of a client card."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.domain.fields import ClientKind, Warmth
from db.domain.text import fold, sort_key
from db.schema.base import COUNTER, STRICT, Stamped, Table
from db.schema.types import Checked, Code, Exact, read_birthday


class Client(Stamped, Table):
    """One card; `deleted_at` is set while it is in the bin. Other parts are in the tables below."""

    __tablename__ = "client"
    __table_args__ = (
        # Serves the default order of lists: clients in use by name.
        Index("ix_client_in_use", "sort_key", "id", sqlite_where=text("deleted_at IS NULL")),
        Index(
            "ix_client_created",
            text("created_at DESC"),
            "sort_key",
            "id",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_client_bin", "deleted_at", sqlite_where=text("deleted_at IS NOT NULL")),
        Index("ix_client_name_key", "name_key"),
        Index("ix_client_inn", "inn", sqlite_where=text("inn IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    sort_key: Mapped[str]
    kind: Mapped[ClientKind] = mapped_column(Code(ClientKind), default=ClientKind.PERSON)
    full_name: Mapped[str | None]
    inn: Mapped[str | None]
    kpp: Mapped[str | None]
    ogrn: Mapped[str | None]
    # YYYY-MM-DD, or --MM-DD where the year is not known.
    birthday: Mapped[str | None] = mapped_column(Checked("birthday", read_birthday))
    address: Mapped[str | None]
    region: Mapped[str | None]
    source: Mapped[str | None]
    target_group: Mapped[str | None]
    warmth: Mapped[Warmth | None] = mapped_column(Code(Warmth))
    responsible: Mapped[str | None]
    job: Mapped[str | None]
    consent: Mapped[bool | None]
    consent_on: Mapped[date | None]
    do_not_contact: Mapped[bool | None]
    share_of_wallet: Mapped[Decimal | None]
    share_of_wallet_on: Mapped[date | None]
    cycle_by_hand: Mapped[Decimal | None] = mapped_column(Exact)
    note: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(info=COUNTER)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @validates("name")
    def _keep_keys(self, _: str, name: str) -> str:
        self.name_key, self.sort_key = fold(name), sort_key(name)
        return name


class ClientContact(Table):
    """A phone, e-mail or messenger: `value` as typed, `key` the form in which two are equal."""

    __tablename__ = "client_contact"
    __table_args__ = (
        Index("ix_client_contact_client", "client_id", "kind", "position"),
        Index("ix_client_contact_key", "kind", "key"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str]  # phone, email, messenger: the key of the standard field
    value: Mapped[str]
    key: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class ContactPerson(Table):
    """A contact person of a company."""

    __tablename__ = "contact_person"
    __table_args__ = (Index("ix_contact_person_client", "client_id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    name: Mapped[str]
    role: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    note: Mapped[str | None]


class ClientTag(Table):
    """A tag of a client; `key` is the folded tag."""

    __tablename__ = "client_tag"
    __table_args__ = (
        Index("uq_client_tag_client_key", "client_id", "key", unique=True),
        Index("ix_client_tag_key", "key"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    tag: Mapped[str]
    key: Mapped[str]


class Relationship(Table):
    """A relationship of a client to another one, or to a person without a card, in `text`."""

    __tablename__ = "relationship"
    __table_args__ = (
        Index("ix_relationship_client", "client_id"),
        Index("ix_relationship_other", "other_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str]
    text: Mapped[str | None]
