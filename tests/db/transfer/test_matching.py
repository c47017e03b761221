"""Who is meant: when a row and a card are one client, and when that cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.transfer.matching import (
    AmbiguousError,
    Identity,
    Register,
    identity_of,
    names_agree,
    sure_email,
    sure_phone,
)
from db.transfer.plan import MatchKey

INN, OTHER_INN = "7707083893", "0274062111"
PHONE, OTHER_PHONE = "79131234567", "79139999999"


def who(
    number: int, name: str = "", *, phones: str = "", emails: str = "", **known: str
) -> Identity:
    """Phones and e-mails are given with blanks between them."""
    return Identity(number, name, phones=set(phones.split()), emails=set(emails.split()), **known)


def matched(row: Identity, *known: Identity, key: MatchKey = MatchKey.AUTO) -> int | str | None:
    """Return the id of the card, None for somebody new, "?" where it cannot be told."""
    try:
        match = Register(known).match(row, key)
    except AmbiguousError:
        return "?"
    return None if match is None else match.id


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("И. Иванов", "Иванов Игорь", True),
        ("Иванов И.", "Игорь Иванов", True),
        ("Иванов И. П.", "Иванов Пётр Игоревич", True),
        ("Иванов", "Иванов Игорь", True),
        ("", "Иванов Игорь", True),
        ("П. Иванов", "Иванов Игорь", False),
        ("И. Петров", "Иванов Игорь", False),
        ("Иванова", "Иванов Игорь", False),
    ],
)
def test_names_agree_in_any_order(one: str, other: str, agree: bool) -> None:
    for left, right in ((one, other), (other, one)):
        assert names_agree(Identity(1, left), Identity(2, right)) is agree


names = st.lists(st.sampled_from(["Иванов", "Игорь", "И", "П", "Пётр", "Ёж"]), max_size=4)


@given(names, names)
def test_agreement_of_names_looks_at_neither_side_nor_order(
    one: list[str], other: list[str]
) -> None:
    left, right = Identity(1, " ".join(one)), Identity(2, " ".join(other))
    assert names_agree(left, right) is names_agree(right, left)
    assert names_agree(left, left)
    assert names_agree(left, Identity(3, " ".join(reversed(one))))


@pytest.mark.parametrize(
    ("row", "card", "same"),
    [
        # A phone or an e-mail tells a client where the names agree.
        (who(-1, "Анна", phones=PHONE), who(1, "Петрова Анна", phones=PHONE), True),
        (who(-1, "Борис", phones=PHONE), who(1, "Петрова Анна", phones=PHONE), False),
        (who(-1, "Анна", emails="a@b.ru"), who(1, "Анна П.", emails="a@b.ru"), True),
        (who(-1, "Анна", phones=PHONE), who(1, phones=PHONE), True),
        (who(-1, "Анна", phones=PHONE), who(1, "8 913 123-45-67", phones=PHONE), True),
        # Another INN or birthday is another client.
        (who(-1, "Ёж", phones=PHONE, inn=INN), who(1, "Ёж", phones=PHONE, inn=OTHER_INN), False),
        (who(-1, "Анна", phones=PHONE, birthday="1990-01-01"),
         who(1, "Анна", phones=PHONE, birthday="1991-01-01"), False),
        (who(-1, "Анна", phones=PHONE, birthday="--01-01"),
         who(1, "Анна", phones=PHONE, birthday="1991-01-01"), True),
        # A name with a birthday, in any order of its words.
        (who(-1, "Анна Петрова", birthday="1990-01-01", phones=PHONE),
         who(1, "Петрова Анна", birthday="1990-01-01", phones=OTHER_PHONE), True),
        (who(-1, "Анна Петрова", birthday="1990-01-01"),
         who(1, "Петрова Анна", birthday="1990-01-02"), False),
        # A bare name, where nothing contradicts.
        (who(-1, "анна  ПЕТРОВА"), who(1, "Анна Петрова"), True),
        (who(-1, "Петрова Анна"), who(1, "Анна Петрова"), False),
        (who(-1, "Анна", phones=PHONE), who(1, "Анна"), True),
        (who(-1, "Анна", phones=PHONE), who(1, "Анна", phones=OTHER_PHONE), False),
        (who(-1, "Ёж", kpp="1"), who(1, "Ёж", kpp="2"), False),
        # The INN beats all; another branch has another KPP and another name.
        (who(-1, "Any name", inn=INN), who(1, "Ёж", inn=INN), True),
        (who(-1, "Ёж", inn=INN, kpp="1"), who(1, "Ёж", inn=INN, kpp="2"), True),
        (who(-1, "Ёж-Омск", inn=INN, kpp="1"), who(1, "Лис", inn=INN, kpp="2"), False),
        (who(-1), who(1, "Анна"), False),
    ],
)  # fmt: skip
def test_a_row_is_a_card_where_something_sure_agrees_and_nothing_contradicts(
    row: Identity, card: Identity, same: bool
) -> None:
    assert matched(row, card) == (1 if same else None)
    assert matched(row, card, who(2, "Nobody", phones="70000000001", birthday="1900-01-01")) == (
        1 if same else None
    )


@pytest.mark.parametrize(
    ("row", "cards", "match"),
    [
        # Several cards of one INN: by KPP, then by name.
        (who(-1, inn=INN, kpp="2"), (who(1, inn=INN, kpp="1"), who(2, inn=INN, kpp="2")), 2),
        (who(-1, "Лис", inn=INN), (who(1, "Ёж", inn=INN), who(2, "Лис", inn=INN)), 2),
        (who(-1, "Волк", inn=INN), (who(1, "Ёж", inn=INN), who(2, "Лис", inn=INN)), "?"),
        # Namesakes: by birthday, then by the whole name.
        (who(-1, "Анна", birthday="1990-01-01"),
         (who(1, "Анна", birthday="1990-01-01"), who(2, "Анна")), 1),
        (who(-1, "Анна"), (who(1, "Анна"), who(2, "Анна")), "?"),
        (who(-1, "Анна", phones=PHONE),
         (who(1, "Анна П.", phones=PHONE), who(2, "Анна", phones=PHONE)), 2),
        (who(-1, "Анна", phones=PHONE, birthday="1990-01-01"),
         (who(1, "Анна", phones=PHONE, birthday="1990-01-01"), who(2, "Анна", phones=PHONE)), 1),
        # One phone in a family: the name says who.
        (who(-1, "Борис", phones=PHONE),
         (who(1, "Анна", phones=PHONE), who(2, "Борис", phones=PHONE)), 2),
        # A phone is asked before an e-mail.
        (who(-1, "Анна", phones=PHONE, emails="a@b.ru"),
         (who(1, "Анна", emails="a@b.ru"), who(2, "Анна", phones=PHONE)), 2),
        # One card by two phones is one card.
        (who(-1, "Анна", phones=f"{PHONE} {OTHER_PHONE}"),
         (who(1, "Анна", phones=f"{PHONE} {OTHER_PHONE}"),), 1),
    ],
)  # fmt: skip
def test_of_several_cards_the_one_that_agrees_most_is_meant(
    row: Identity, cards: tuple[Identity, ...], match: int | str
) -> None:
    assert matched(row, *cards) == match
    assert matched(row, *reversed(cards)) == match


def test_a_key_that_was_given_is_the_only_one_asked() -> None:
    row = who(-1, "Борис", phones=PHONE, emails="a@b.ru")
    anna, boris = who(1, "Анна", phones=PHONE), who(2, "Борис")
    assert matched(row, anna, boris, key=MatchKey.PHONE) == 1
    assert matched(row, anna, boris, key=MatchKey.NAME) == 2
    assert matched(row, anna, boris, key=MatchKey.EMAIL) is None
    # A row without it is matched as if none was given.
    assert matched(row, anna, boris, key=MatchKey.INN) == 2
    born = who(-1, "Анна Петрова", birthday="1990-01-01")
    card = who(3, "Петрова Анна", birthday="--01-01")
    assert matched(born, card, key=MatchKey.NAME_BIRTHDAY) == 3


def test_a_bare_name_of_a_buyer_is_the_one_without_inn() -> None:
    firm, person = Identity(1, "Ёж", inn=INN), Identity(2, "Ёж")
    known = Register([firm, person])
    assert known.buyer(Identity(-1, "Ёж")) is person
    with pytest.raises(AmbiguousError):
        known.match(Identity(-1, "Ёж"))
    known.add(Identity(3, "Ёж"))
    with pytest.raises(AmbiguousError):
        known.buyer(Identity(-1, "Ёж"))


def test_what_a_row_says_of_a_client_is_known_for_the_next_row() -> None:
    known = Register([who(1, "Анна", inn=INN)])
    known.learn(1, who(-1, "Ann", inn=OTHER_INN, phones=PHONE, emails="a@b.ru", birthday="--01-01"))
    entry = known[1]
    assert (entry.name, entry.inn, entry.birthday) == ("Анна", INN, "--01-01")
    assert known.match(who(-2, "Анна", phones=PHONE)) is entry
    assert known.match(who(-3, emails="a@b.ru")) is entry
    assert known.by("inn", OTHER_INN) == []


def test_a_card_without_a_name_takes_that_of_the_row() -> None:
    known = Register([who(1, phones=PHONE)])
    known.learn(1, who(-1, "Петрова Анна", phones=PHONE))
    assert known[1].name == "Петрова Анна"
    assert known.match(who(-2, "петрова анна")) is known[1]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("8 (913) 123-45-67", PHONE),
        ("222-33", "22233"),
        ("1234", ""),  # too short to tell anybody
        ("1" * 11, ""),  # one digit repeated
        ("1" * 16, ""),
        ("нет", ""),
    ],
)
def test_only_a_phone_that_can_be_one_tells_a_client(typed: str, key: str) -> None:
    assert sure_phone(typed) == key


def test_only_an_address_with_its_sign_tells_a_client() -> None:
    assert [sure_email(" A@B.ru "), sure_email("нет"), sure_email("-")] == ["a@b.ru", "", ""]


def test_junk_of_a_card_tells_nothing() -> None:
    values = {"name": "нет", "inn": "-", "phone": ("123", "8 913 123 45 67"), "email": ("-",)}
    identity = identity_of(5, values)
    assert (identity.name, identity.inn, identity.name_words) == ("", "", ())
    assert (identity.phones, identity.emails) == ({PHONE}, set())
