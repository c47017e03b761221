"""Whether a row of a file and a card are the same client.

With no key given a row is looked up by what names a client most surely, first hit wins:

1. the INN. Several cards of one INN are told apart by KPP, then by name; one card with another
   KPP and another name is another branch, so not a match;
2. a phone, then an e-mail, where the names agree as well: relatives and offices share both;
3. name and birthday;
4. the name alone, where nothing else contradicts.

At every step but the first a card with another INN is another client, and so is one with another
birthday. What fits two cards is AMBIGUOUS, and the row is rejected rather than guessed. A key that
was given is the only one asked; a row without it is matched as if none was given. Buyers are looked
up in the same way, with one rule more for namesakes: see `Register.buyer`.
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
    """What a client is known by. `id` is negative for a card that an import is about to make."""

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
        """Give a name, with the forms in which it is compared."""
        self.name, self.name_words = name, tuple(words(name) or filter(None, [fold(name)]))
        self.name_key = " ".join(self.name_words)


def identity_of(number: int, values: CardValues) -> Identity:
    """Return what the values of a card, or of a row, say of who it is."""
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
    """Return the key of a phone that can tell a client; empty for anything else."""
    key = phone_key(text)
    one_digit = key == key[:1] * len(key)
    return key if _SHORTEST_PHONE <= len(key) <= _LONGEST_PHONE and not one_digit else ""


def sure_email(text: str) -> str:
    key = email_key(text)
    return key if "@" in key else ""


class Register:
    """Everyone who is known, found by what he is known by."""

    def __init__(self, known: Iterable[Identity] = ()) -> None:
        self._all: dict[int, Identity] = {}
        self._found: dict[tuple[str, str], list[int]] = {}
        for entry in known:
            self.add(entry)

    def __getitem__(self, number: int) -> Identity:
        return self._all[number]

    def add(self, entry: Identity) -> None:
        self._all[entry.id] = entry
        for key in _keys(entry):
            self._found.setdefault(key, []).append(entry.id)

    def learn(self, number: int, row: Identity) -> None:
        """Add what a row of the file says of somebody known."""
        entry = self._all[number]
        before = set(_keys(entry))
        entry.inn, entry.kpp = entry.inn or row.inn, entry.kpp or row.kpp
        entry.birthday = entry.birthday or row.birthday
        entry.phones |= row.phones
        entry.emails |= row.emails
        if not entry.name_words:
            entry.call(row.name)
        for key in set(_keys(entry)) - before:
            self._found.setdefault(key, []).append(number)

    def by(self, kind: str, key: str) -> list[Identity]:
        return [self._all[number] for number in self._found.get((kind, key), ())] if key else []

    def match(self, row: Identity, key: MatchKey = MatchKey.AUTO) -> Identity | None:
        """Return who a row is about, None for somebody new. Raises AmbiguousError."""
        if key is not MatchKey.AUTO:
            given = list(self._by_key(row, key))
            if given:
                return self._only(self._distinct(given), row)
            if _has_key(row, key):
                return None
        if row.inn and (held := self._by_inn(row)) is not None:
            return held
        for find, fits in self._steps(row):
            found = self._distinct(entry for entry in find() if fits(entry, row))
            if found:
                return self._only(found, row)
        return None

    def buyer(self, row: Identity) -> Identity | None:
        """Return who bought. As `match`, but a bare name may be the one card without INN.

        Lists of sales give the INN of every firm that has one: where namesakes share the name of
        a row without INN, the one without INN is meant. Raises AmbiguousError.
        """
        try:
            return self.match(row)
        except AmbiguousError:
            named = (e for e in self.by("name", row.name_key) if _nothing_contradicts(e, row))
            untaxed = [entry for entry in named if not entry.inn]
            if row.inn or len(untaxed) != 1:
                raise
            return untaxed[0]

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
        found = self.by("inn", row.inn)
        if len(found) == 1:
            entry = found[0]
            other_branch = entry.kpp and row.kpp and entry.kpp != row.kpp
            return None if other_branch and not names_agree(entry, row) else entry
        for narrow in (_same_kpp, names_agree):
            narrowed = [entry for entry in found if narrow(entry, row)]
            if len(narrowed) == 1:
                return narrowed[0]
            found = narrowed or found
        if found:
            raise AmbiguousError
        return None

    def _shared(self, kind: str, keys: Iterable[str]) -> list[Identity]:
        return [entry for key in sorted(keys) for entry in self.by(kind, key)]

    @staticmethod
    def _distinct(found: Iterable[Identity]) -> list[Identity]:
        return list({entry.id: entry for entry in found}.values())

    @staticmethod
    def _only(found: list[Identity], row: Identity) -> Identity:
        for narrow in (_same_birthday, _same_name):
            narrowed = [entry for entry in found if narrow(entry, row)]
            found = narrowed or found
        if len(found) > 1:
            raise AmbiguousError
        return found[0]


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
    """Say whether two names can be one: the same words, fewer of them, initials for some.

    A card without a name agrees with any.
    """
    short, long = sorted((one.name_words, other.name_words), key=len)
    rest, unheard = list(long), []
    for word in short:
        # Whole words first: an initial must not take the word another one stands for.
        if word in rest:
            rest.remove(word)
        else:
            unheard.append(word)
    for word in unheard:
        hit = next((held for held in rest if _is_initial_of(word, held)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def _is_initial_of(word: str, held: str) -> bool:
    """Say whether one of two words is the first letter of the other."""
    return 1 in (len(word), len(held)) and word[0] == held[0]


def _same_taxpayer(entry: Identity, row: Identity) -> bool:
    return not (entry.inn and row.inn and entry.inn != row.inn)


def _may_share_contact(entry: Identity, row: Identity) -> bool:
    unnamed = not entry.name_words or _is_called_by_contact(entry)
    return (
        _same_taxpayer(entry, row)
        and not (entry.birthday and row.birthday and not _same_day(entry.birthday, row.birthday))
        and (unnamed or names_agree(entry, row))
    )


def _is_called_by_contact(entry: Identity) -> bool:
    """A card without a name is called by its phone or e-mail."""
    return phone_key(entry.name) in entry.phones or email_key(entry.name) in entry.emails


def _nothing_contradicts(entry: Identity, row: Identity) -> bool:
    if not _same_taxpayer(entry, row) or (entry.kpp and row.kpp and entry.kpp != row.kpp):
        return False
    if entry.birthday and row.birthday and not _same_day(entry.birthday, row.birthday):
        return False
    for mine, theirs in ((entry.phones, row.phones), (entry.emails, row.emails)):
        if mine and theirs:
            return bool(mine & theirs)
    return True


def _same_kpp(entry: Identity, row: Identity) -> bool:
    return bool(row.kpp) and entry.kpp == row.kpp


def _same_name(entry: Identity, row: Identity) -> bool:
    return entry.name_key == row.name_key


def _same_birthday(entry: Identity, row: Identity) -> bool:
    return bool(row.birthday and entry.birthday) and _same_day(entry.birthday, row.birthday)


def _same_day(one: str, other: str) -> bool:
    """Compare birthdays; where a year is not known, day and month decide."""
    if one.startswith("--") or other.startswith("--"):
        return one[-5:] == other[-5:]
    return one == other
