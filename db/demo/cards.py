"""Cards of the demonstration: mostly filled, with gaps and junk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from db.demo import people
from db.demo.dice import Dice
from db.demo.lives import Fate, Life
from db.demo.rows import Rows, moment
from db.demo.words import weights, words_of
from db.domain.field_rules import DatedAnswer, GapAnswer
from db.domain.fields import CardValue
from db.records.card_rows import CardContent
from db.records.cards import Person

NO_WORD = "-"
_ADULT, _OLD = 18, 74


@dataclass(frozen=True, slots=True)
class Known:
    """A client to write; `buyer` is f, m or c (a company), `form` the legal form."""

    id: int
    name: str
    buyer: str
    form: str = ""
    contact: people.Name | None = None

    @property
    def is_firm(self) -> bool:
        return self.buyer == "c"


def meet(dice: Dice, number: int, *, firm: bool) -> Known:
    """Invent the client with this number."""
    contact = people.person(dice)
    if not firm:
        return Known(number, contact.whole, contact.buyer, contact=contact)
    name, form = people.firm(dice, number)
    return Known(number, name, "c", form, contact)


class CardWriter:
    """Writes cards, with their agreements and relations, into `rows`."""

    def __init__(self, rows: Rows, dice: Dice, today: date) -> None:
        self._rows, self._dice, self._today = rows, dice, today

    def write(self, who: Known, life: Life) -> None:
        """Write the card of a client."""
        since = life.days[0] if life.days else self._today - timedelta(self._dice.between(3, 400))
        values = {**self._columns(who, life, since), **self._contacts(who)}
        values["tags"] = self._tags(who)
        persons: tuple[Person, ...] | None = None
        answers: dict[str, DatedAnswer] = {}
        if who.is_firm:
            persons = tuple(self._persons(who))
        else:
            own, answers = self._own_fields(who, life)
            values |= own
        at = moment(since, who.id % 500)
        self._rows.add_card(CardContent(values, persons, answers, created_at=at))
        self._ties(who, since)

    def _columns(self, who: Known, life: Life, since: date) -> dict[str, CardValue]:
        dice, words = self._dice, words_of("people")
        firm = "firm_" if who.is_firm else ""
        town, region, _ = dice.weighed([(town, town[2]) for town in words["towns"]])
        consent = dice.chance(0.6)
        share = dice.between(20, 400) * 500 if who.is_firm and dice.chance(0.4) else None
        full_name, inn, kpp, ogrn = self._papers(who)
        # The order of the calls of `dice` must stay: the same seed gives the same base.
        return {
            "name": who.name,
            "kind": "company" if who.is_firm else "person",
            "full_name": full_name,
            "inn": inn,
            "kpp": kpp,
            "ogrn": ogrn,
            "birthday": None if who.is_firm else self._birthday(who),
            "address": self._address(town) if who.is_firm or dice.chance(0.35) else None,
            "region": region if dice.chance(0.9) else None,
            "source": dice.weighed(weights("people", "sources")) if dice.chance(0.88) else None,
            "target_group": dice.weighed(weights("people", f"{firm}groups"))
            if dice.chance(0.7)
            else None,
            "warmth": _warmth(dice, life.fate),
            "responsible": dice.pick(words["masters"]),
            "job": dice.pick(words[f"{firm}jobs"]) if dice.chance(0.3) else None,
            "consent": consent if consent or dice.chance(0.1) else None,
            "consent_on": since if consent else None,
            "do_not_contact": True if dice.chance(0.01) else None,
            "share_of_wallet": Decimal(share) if share else None,
            "share_of_wallet_on": self._today - timedelta(dice.between(10, 200)) if share else None,
            "note": dice.pick(words[f"{firm}notes"]) if dice.chance(0.4) else None,
        }

    def _papers(self, who: Known) -> tuple[str | None, ...]:
        """Return full name, INN, KPP and OGRN."""
        dice = self._dice
        if not who.is_firm:
            return (None, None, None, None)
        forms = words_of("firms")["full_forms"]
        if who.form not in forms:
            inn = people.inn_of_person(dice) if dice.chance(0.85) else None
            return (None, inn, None, None)
        full = f"{forms[who.form]} {who.name.removeprefix(who.form).strip()}"
        inn = people.inn_of_firm(dice)
        if dice.chance(0.03):  # mistyped: stored and flagged
            inn = inn[:-1] + str((int(inn[-1]) + 3) % 10)
        return (full, inn if dice.chance(0.9) else None, f"{inn[:4]}01001", None)

    def _birthday(self, who: Known) -> str | None:
        dice, today = self._dice, self._today
        year = today.year - dice.between(_ADULT, _OLD)
        born = date(year, 1, 1) + timedelta(days=dice.between(0, 364))
        if who.id in {1, 2}:
            return _same_day(today, year)
        if who.id == 3:  # noqa: PLR2004 - the third one celebrates tomorrow
            return _same_day(today + timedelta(days=1), year)
        if dice.chance(0.24):
            return None
        return f"--{born:%m-%d}" if dice.chance(0.15) else born.isoformat()

    def _address(self, town: str) -> str:
        street = self._dice.pick(words_of("people")["streets"])
        return f"{town}, {street}, {self._dice.between(1, 140)}"

    def _contacts(self, who: Known) -> dict[str, CardValue]:
        dice, phones, emails = self._dice, [], []
        phone = people.as_typed(dice, people.mobile(dice))
        if dice.chance(0.012):
            phone = words_of("people")["no_phone"]
        if dice.chance(0.97):
            phones.append(phone)
            if dice.chance(0.08):
                phones.append(people.as_typed(dice, people.mobile(dice)))
        if dice.chance(0.8 if who.is_firm else 0.35):
            emails.append(people.email(dice, who.contact.surname if who.contact else who.name))
        return {"phone": tuple(phones), "email": tuple(emails)}

    def _tags(self, who: Known) -> tuple[str, ...]:
        if not self._dice.chance(0.3):
            return ()
        return (self._dice.weighed(weights("people", "firm_tags" if who.is_firm else "tags")),)

    def _persons(self, who: Known) -> Iterator[Person]:
        dice, roles = self._dice, words_of("people")["roles"]
        if dice.chance(0.12):
            return
        for person in (who.contact, people.person(dice) if dice.chance(0.35) else None):
            if person is not None:
                phone = people.as_typed(dice, people.mobile(dice))
                yield Person(person.whole, dice.pick(roles), phone)

    def _own_fields(
        self, who: Known, life: Life
    ) -> tuple[dict[str, CardValue], dict[str, DatedAnswer]]:
        """Return the values and the answers of the trade's own fields."""
        dice, words, female = self._dice, words_of("people"), who.buyer == "f"
        values: dict[str, CardValue] = {}
        answers: dict[str, DatedAnswer] = {}
        if life.last and dice.chance(0.88):
            values["last_haircut"] = life.last
        if dice.chance(0.68):
            others = words["adults"] if female else words["wives"]
            relatives = [
                dice.pick(others),
                *([dice.pick(words["children"])] if dice.chance(0.4) else []),
            ]
            values["relatives"] = ", ".join(relatives)
        elif dice.chance(0.25):
            answers["relatives"] = self._answer(GapAnswer.REFUSED)
        if female:
            if dice.chance(0.8):
                values["dye"] = NO_WORD if dice.chance(0.03) else dice.pick(words["dyes"])
        elif dice.chance(0.7):
            answers["dye"] = self._answer(GapAnswer.NONE)
        return values, answers

    def _answer(self, answer: GapAnswer) -> DatedAnswer:
        return DatedAnswer(answer, self._today - timedelta(days=self._dice.between(5, 300)))

    def _ties(self, who: Known, since: date) -> None:
        """Write agreements, and relations to clients written before."""
        dice, rows = self._dice, self._rows
        if who.id > 1 and dice.chance(0.07):
            kind = dice.pick(("colleague",) if who.is_firm else ("relative", "friend"))
            if dice.chance(0.5):
                kind = "recommended_by"
            rows.add("relationship", who.id, dice.between(1, who.id - 1), kind)
        if not dice.chance(0.5 if who.is_firm else 0.06):
            return
        kind = (
            dice.pick(("discount", "credit", "deferred", "fixed_price"))
            if who.is_firm
            else "discount"
        )
        terms: dict[str, tuple[Any, ...]] = {
            "discount": (dice.pick((3, 5, 7, 10)) * 10_000, None, None),
            "credit": (None, dice.between(2, 20) * 1_000_000, None),
            "deferred": (None, None, dice.pick((7, 14, 30))),
            "fixed_price": (None, None, None),
        }
        rows.add(
            "agreement", who.id, kind, *terms[kind], words_of("shop")["agreements"][kind], since
        )


def _warmth(dice: Dice, fate: Fate) -> str | None:
    if fate in {Fate.POTENTIAL, Fate.NEVER_BOUGHT}:
        return dice.pick(("cold", "warm", "hot", "warm"))
    return dice.pick(("warm", "hot")) if dice.chance(0.5) else None


def _same_day(day: date, year: int) -> str:
    return f"--{day:%m-%d}" if (day.month, day.day) == (2, 29) else f"{year:04d}-{day:%m-%d}"
