"""Invented people and companies: names that agree in gender, phones, valid tax numbers."""

from dataclasses import dataclass

from db.demo.dice import Dice
from db.demo.words import weights, words_of

_FEMALE_SHARE = 0.72
_INN_FIRM = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_PERSON = ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `buyer` is f or m."""

    surname: str
    first: str
    patronymic: str
    buyer: str

    @property
    def whole(self) -> str:
        return f"{self.surname} {self.first} {self.patronymic}"

    @property
    def short(self) -> str:
        return f"{self.surname} {self.first[0]}. {self.patronymic[0]}."


def person(dice: Dice) -> Name:
    """Invent the name of a person."""
    words = words_of("people")
    surname, father = dice.pick(words["surnames"]), dice.pick(words["male"])
    if dice.chance(_FEMALE_SHARE):
        return Name(female_surname(surname), dice.pick(words["female"]), father[2], "f")
    return Name(surname, dice.pick(words["male"])[0], father[1], "m")


def female_surname(surname: str) -> str:
    """Return the female form of a male surname."""
    for ending, female in words_of("people")["female_endings"]:
        if surname.endswith(ending):
            return f"{surname.removesuffix(ending)}{female}"
    return surname


def mobile(dice: Dice) -> str:
    """Return ten digits of a mobile number."""
    return f"{dice.pick(words_of('people')['phones'])}{dice.between(1_000_000, 9_999_999)}"


def as_typed(dice: Dice, ten: str) -> str:
    """Return ten digits in one of the usual notations of a phone number."""
    code, first, second, third = ten[:3], ten[3:6], ten[6:8], ten[8:]
    return dice.weighed(
        (
            (f"+7 {code} {first}-{second}-{third}", 7.0),
            (f"8 ({code}) {first}-{second}-{third}", 2.0),
            (f"8{ten}", 1.0),
        )
    )


def email(dice: Dice, words: str) -> str:
    """Return an address in the reserved domain .example."""
    signs = words_of("people")["latin"]
    latin = "".join(signs.get(letter, "-") for letter in words.casefold()).strip("-")
    return f"{latin}{dice.between(1, 99)}@{dice.pick(('mail', 'post', 'box'))}.example"


def firm(dice: Dice, number: int) -> tuple[str, str]:
    """Return the name of company `number` and its legal form."""
    words = words_of("firms")
    form = dice.weighed(weights("firms", "forms"))
    if form == words["forms"][1][0]:
        return f"{form} {person(dice).short}", form
    first, second = dice.pick(words["first"]), dice.pick(words["second"])
    name = first if first == second or dice.chance(0.3) else f"{first}-{second}"
    # A number tells apart companies that would have the same name.
    distant = f" {number}" if number > len(words["first"]) * len(words["second"]) else ""
    return f"{form} «{name}{distant}»", form


def inn_of_firm(dice: Dice) -> str:
    """Return a valid INN of a company, 10 digits."""
    head = f"22{dice.between(0, 9_999_999):07d}"
    return head + _check(head, _INN_FIRM)


def inn_of_person(dice: Dice) -> str:
    """Return a valid INN of a person, 12 digits."""
    head = f"22{dice.between(0, 99_999_999):08d}"
    for factors in _INN_PERSON:
        head += _check(head, factors)
    return head


def _check(head: str, factors: tuple[int, ...]) -> str:
    total = sum(int(digit) * factor for digit, factor in zip(head, factors, strict=True))
    return str(total % 11 % 10)
