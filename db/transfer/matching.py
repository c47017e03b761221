"""Whether a row of a file and a card are the same client.

Without a key a row is looked up in this order, and the first hit wins:

1. the INN. Among several cards of one INN, KPP decides, then the name; one card with another
   KPP and another name is another branch, so not a match;
2. a phone, then an e-mail, where the names agree as well: relatives and offices share both;
3. name and birthday;
4. the name alone, where nothing else contradicts.

At every step but the first a card with another INN is another client, and so is one with another
birthday. A row that fits two cards is AMBIGUOUS and rejected. With a key, only that key is
compared; a row without it is matched as if there were none. Buyers are looked up in the same way,
with an addition for namesakes: see `Register.buyer`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from db.domain.card import CardValues
from db.domain.contacts import email_key, phone_key
from db.domain.field_rules import is_junk
from db.domain.fields import CardValue
from db.domain.text import fold, words
from db.transfer.plan import MatchKey

_SHORTEST_PHONE, _LONGEST_PHONE = 5, 15


class AmbiguousError(Exception):
    """Several cards fit a row equally well."""


@dataclass(slots=True)
class Identity:
    """What a client is recognised by. `id` is negative for a card that the import will make."""

    id: int
    name: str = ""
    inn: str = ""
    kpp: str = ""
    birthday: str = ""
    phones: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    name_words: tuple[str, ...] = ()
    name_key: str = ""

    def __post_init__(self) -> None:
        self.call(self.name)

    def call(self, name: str) -> None:
        """Set the name, with the forms in which it is compared."""
        self.name, self.name_words = name, tuple(words(name) or filter(None, [fold(name)]))
        self.name_key = " ".join(self.name_words)


def identity_of(number: int, values: CardValues) -> Identity:
    """Return the identity in the values of a card or a row."""
    return Identity(
        number,
        _text(values.get("name")),
        _text(values.get("inn")),
        _text(values.get("kpp")),
        _text(values.get("birthday")),
        set(filter(None, map(sure_phone, _entries(values.get("phone"))))),
        set(filter(None, map(sure_email, _entries(values.get("email"))))),
    )


def _text(value: CardValue) -> str:
    return value if isinstance(value, str) and not is_junk(value) else ""


def _entries(value: CardValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def sure_phone(text: str) -> str:
    """Return the key of a phone that can identify a client; empty for other texts."""
    key = phone_key(text)
    one_digit = key == key[:1] * len(key)
    return key if _SHORTEST_PHONE <= len(key) <= _LONGEST_PHONE and not one_digit else ""


def sure_email(text: str) -> str:
    """Return the key of an e-mail address; empty for other texts."""
    key = email_key(text)
    return key if "@" in key else ""


class Register:
    """Known clients, looked up by what they are recognised by."""

    def __init__(self, known: Iterable[Identity] = ()) -> None:
        self._all: dict[int, Identity] = {}
        self._ids: dict[tuple[str, str], list[int]] = {}
        for entry in known:
            self.add(entry)

    def __getitem__(self, number: int) -> Identity:
        return self._all[number]

    def add(self, entry: Identity) -> None:
        """Add a client under all its keys."""
        self._all[entry.id] = entry
        for key in _keys(entry):
            self._ids.setdefault(key, []).append(entry.id)

    def learn(self, number: int, row: Identity) -> None:
        """Add the data of a row to a known client."""
        entry = self._all[number]
        before = set(_keys(entry))
        entry.inn, entry.kpp = entry.inn or row.inn, entry.kpp or row.kpp
        entry.birthday = entry.birthday or row.birthday
        entry.phones |= row.phones
        entry.emails |= row.emails
        if not entry.name_words:
            entry.call(row.name)
        for key in set(_keys(entry)) - before:
            self._ids.setdefault(key, []).append(number)

    def by(self, kind: str, key: str) -> list[Identity]:
        """Return the clients with a key (inn, phone, email, name, words); none for an empty key."""
        return [self._all[number] for number in self._ids.get((kind, key), ())] if key else []

    def match(self, row: Identity, key: MatchKey = MatchKey.AUTO) -> Identity | None:
        """Return the client of a row, None for a new one. Raises AmbiguousError."""
        if key is not MatchKey.AUTO:
            by_key = list(self._by_key(row, key))
            if by_key:
                return self._only(self._distinct(by_key), row)
            if _has_key(row, key):
                return None
        if row.inn and (by_inn := self._by_inn(row)) is not None:
            return by_inn
        for find, fits in self._steps(row):
            candidates = self._distinct(entry for entry in find() if fits(entry, row))
            if candidates:
                return self._only(candidates, row)
        return None

    def buyer(self, row: Identity) -> Identity | None:
        """Return the buyer. As `match`, but a bare name may mean the one card without INN.

        Lists of sales give the INN of every company that has one: of several cards with the name
        of a row without INN, the one without INN is meant. Raises AmbiguousError.
        """
        try:
            return self.match(row)
        except AmbiguousError:
            same_name = (e for e in self.by("name", row.name_key) if _nothing_contradicts(e, row))
            without_inn = [entry for entry in same_name if not entry.inn]
            if row.inn or len(without_inn) != 1:
                raise
            return without_inn[0]

    def _steps(
        self, row: Identity
    ) -> Iterator[tuple[Callable[[], Iterable[Identity]], Callable[[Identity, Identity], bool]]]:
        if row.phones:
            yield lambda: self._shared("phone", row.phones), _may_share_contact
        if row.emails:
            yield lambda: self._shared("email", row.emails), _may_share_contact
        if row.birthday:
            yield lambda: self._by_key(row, MatchKey.NAME_BIRTHDAY), _same_taxpayer
        yield lambda: self.by("name", row.name_key), _nothing_contradicts

    def _by_key(self, row: Identity, key: MatchKey) -> Iterable[Identity]:
        match key:
            case MatchKey.INN:
                return self.by("inn", row.inn)
            case MatchKey.PHONE:
                return self._shared("phone", row.phones)
            case MatchKey.EMAIL:
                return self._shared("email", row.emails)
            case MatchKey.NAME_BIRTHDAY if row.birthday:
                same = self.by("words", _any_order(row.name_words))
                return [e for e in same if e.birthday and _same_day(e.birthday, row.birthday)]
            case MatchKey.NAME:
                return self.by("name", row.name_key)
        return ()

    def _by_inn(self, row: Identity) -> Identity | None:
        candidates = self.by("inn", row.inn)
        if len(candidates) == 1:
            entry = candidates[0]
            other_branch = entry.kpp and row.kpp and entry.kpp != row.kpp
            return None if other_branch and not names_agree(entry, row) else entry
        for narrow in (_same_kpp, names_agree):
            narrowed = [entry for entry in candidates if narrow(entry, row)]
            if len(narrowed) == 1:
                return narrowed[0]
            candidates = narrowed or candidates
        if candidates:
            raise AmbiguousError
        return None

    def _shared(self, kind: str, keys: Iterable[str]) -> list[Identity]:
        return [entry for key in sorted(keys) for entry in self.by(kind, key)]

    @staticmethod
    def _distinct(entries: Iterable[Identity]) -> list[Identity]:
        return list({entry.id: entry for entry in entries}.values())

    @staticmethod
    def _only(candidates: list[Identity], row: Identity) -> Identity:
        for narrow in (_same_birthday, _same_name):
            narrowed = [entry for entry in candidates if narrow(entry, row)]
            candidates = narrowed or candidates
        if len(candidates) > 1:
            raise AmbiguousError
        return candidates[0]


def _keys(entry: Identity) -> Iterator[tuple[str, str]]:
    if entry.inn:
        yield "inn", entry.inn
    for phone in entry.phones:
        yield "phone", phone
    for email in entry.emails:
        yield "email", email
    if entry.name_words:
        yield "name", entry.name_key
        yield "words", _any_order(entry.name_words)


def _any_order(name_words: tuple[str, ...]) -> str:
    return " ".join(sorted(name_words))


def _has_key(row: Identity, key: MatchKey) -> bool:
    match key:
        case MatchKey.INN:
            return bool(row.inn)
        case MatchKey.PHONE:
            return bool(row.phones)
        case MatchKey.EMAIL:
            return bool(row.emails)
        case MatchKey.NAME_BIRTHDAY:
            return bool(row.birthday and row.name_words)
    return bool(row.name_words)


def names_agree(one: Identity, other: Identity) -> bool:
    """Say whether two names can be the same: fewer words, or initials, are allowed.

    An empty name agrees with any.
    """
    short, long = sorted((one.name_words, other.name_words), key=len)
    rest, unmatched = list(long), []
    for word in short:
        # Whole words first: an initial must not use up the word that another word equals.
        if word in rest:
            rest.remove(word)
        else:
            unmatched.append(word)
    for word in unmatched:
        hit = next((full for full in rest if _is_initial_of(word, full)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def _is_initial_of(one: str, other: str) -> bool:
    """Say whether one of two words is the first letter of the other."""
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _same_taxpayer(entry: Identity, row: Identity) -> bool:
    return not (entry.inn and row.inn and entry.inn != row.inn)


def _may_share_contact(entry: Identity, row: Identity) -> bool:
    unnamed = not entry.name_words or _is_named_by_contact(entry)
    return (
        _same_taxpayer(entry, row)
        and not (entry.birthday and row.birthday and not _same_day(entry.birthday, row.birthday))
        and (unnamed or names_agree(entry, row))
    )


def _is_named_by_contact(entry: Identity) -> bool:
    """Say whether the name of a card is its phone or e-mail, as of a card without a name."""
    return phone_key(entry.name) in entry.phones or email_key(entry.name) in entry.emails


def _nothing_contradicts(entry: Identity, row: Identity) -> bool:
    if not _same_taxpayer(entry, row) or (entry.kpp and row.kpp and entry.kpp != row.kpp):
        return False
    if entry.birthday and row.birthday and not _same_day(entry.birthday, row.birthday):
        return False
    for card_keys, row_keys in ((entry.phones, row.phones), (entry.emails, row.emails)):
        if card_keys and row_keys:
            return bool(card_keys & row_keys)
    return True


def _same_kpp(entry: Identity, row: Identity) -> bool:
    return bool(row.kpp) and entry.kpp == row.kpp


def _same_name(entry: Identity, row: Identity) -> bool:
    return entry.name_key == row.name_key


def _same_birthday(entry: Identity, row: Identity) -> bool:
    return bool(row.birthday and entry.birthday) and _same_day(entry.birthday, row.birthday)


def _same_day(one: str, other: str) -> bool:
    """Say whether two birthdays are equal; without a year, day and month decide."""
    if one.startswith("--") or other.startswith("--"):
        return one[-5:] == other[-5:]
    return one == other
