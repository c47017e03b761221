"""The fields of a card: the standard ones, the owner's own ones, and what is wrong with a value.

Values by kind: text and codes `str`; numbers and money `Decimal`; dates `date`; birthdays
`YYYY-MM-DD` or `--MM-DD`; flags `bool`; a choice of the owner's list its text; kinds with several
entries, as phones and tags, tuples of `str`. An empty value is None or ().
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Entry = str | Decimal | date | bool
FieldValue = Entry | None
CardValue = Entry | tuple[str, ...] | None


class FieldKind(StrEnum):
    """What the values of a field are; `db.domain.kinds` says how they are read and stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BIRTHDAY = "birthday"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    MESSENGER = "messenger"
    TAGS = "tags"
    PERSONS = "persons"


class ClientKind(StrEnum):
    """What a client is."""

    PERSON = "person"
    COMPANY = "company"


class Warmth(StrEnum):
    """How interested a client is."""

    COLD = "cold"
    WARM = "warm"
    HOT = "hot"


class Fault(StrEnum):
    """Why a value can't be stored, or looks wrong. The words are in ui.words.messages."""

    REQUIRED = "required"
    WRONG_KIND = "wrong_kind"
    NOT_A_CHOICE = "not_a_choice"
    TOO_LONG = "too_long"
    NO_SUCH_FIELD = "no_such_field"
    NO_NAME_OR_CONTACT = "no_name_or_contact"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_LINK = "bad_link"
    BAD_INN = "bad_inn"
    BAD_KPP = "bad_kpp"
    BAD_OGRN = "bad_ogrn"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong value: the key of its field, why, and the value as text."""

    field_key: str
    fault: Fault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list; cards store its id, so renaming it changes no card."""

    id: int
    text: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A standard field (id 0, label empty: ui.words.labels has the words) or one of the owner's."""

    key: str
    kind: FieldKind
    id: int = 0
    label: str = ""
    choices: tuple[Choice, ...] = ()
    company_only: bool = False
    max_length: int = 500
    # A standard choice is one of these codes.
    codes: tuple[str, ...] = ()

    @property
    def is_custom(self) -> bool:
        return self.id != 0


_LONG = 20_000

STANDARD: tuple[Field, ...] = (
    Field("name", FieldKind.TEXT),
    Field("kind", FieldKind.CHOICE, codes=tuple(ClientKind)),
    Field("phone", FieldKind.PHONE),
    Field("email", FieldKind.EMAIL),
    Field("messenger", FieldKind.MESSENGER),
    Field("birthday", FieldKind.BIRTHDAY),
    Field("address", FieldKind.TEXT),
    Field("region", FieldKind.TEXT),
    Field("source", FieldKind.TEXT),
    Field("target_group", FieldKind.TEXT),
    Field("warmth", FieldKind.CHOICE, codes=tuple(Warmth)),
    Field("responsible", FieldKind.TEXT),
    Field("tags", FieldKind.TAGS),
    Field("job", FieldKind.TEXT, max_length=_LONG),
    Field("full_name", FieldKind.TEXT, company_only=True),
    Field("inn", FieldKind.TEXT, company_only=True, max_length=12),
    Field("kpp", FieldKind.TEXT, company_only=True, max_length=9),
    Field("ogrn", FieldKind.TEXT, company_only=True, max_length=15),
    Field("contact_person", FieldKind.PERSONS, company_only=True),
    Field("consent", FieldKind.FLAG),
    Field("consent_on", FieldKind.DATE),
    Field("do_not_contact", FieldKind.FLAG),
    Field("share_of_wallet", FieldKind.MONEY),
    Field("share_of_wallet_on", FieldKind.DATE),
    Field("cycle_by_hand", FieldKind.NUMBER),
    Field("note", FieldKind.LONG_TEXT, max_length=_LONG),
)
STANDARD_BY_KEY: Mapping[str, Field] = {field.key: field for field in STANDARD}
