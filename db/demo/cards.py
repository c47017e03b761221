"""Cards of the demonstration: well filled, with the gaps and the junk of a real base."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.demo import people
from db.demo.dice import Dice
from db.demo.lives import Fate, Life
from db.demo.rows import Rows, moment
from db.demo.words import held, weights
from db.domain.contacts import email_key, phone_key
from db.domain.text import fold, sort_key

NO_WORD = "-"
_ADULT, _OLD = 18, 74


@dataclass(frozen=True, slots=True)
class Known:
    """Who a client is, before anything is written down of him."""

    id: int
    name: str
    buyer: str
    form: str = ""
    contact: people.Name | None = None

    @property
    def is_firm(self) -> bool:
        return self.buyer == "c"


def meet(dice: Dice, number: int, *, firm: bool) -> Known:
    contact = people.person(dice)
    if not firm:
        return Known(number, contact.whole, contact.buyer, contact=contact)
    name, form = people.firm(dice, number)
    return Known(number, name, "c", form, contact)


class CardWriter:
    """Writes cards into `rows`; `fields` are the ids of the trade's own fields by key."""

    def __init__(self, rows: Rows, dice: Dice, today: date, fields: dict[str, int]) -> None:
        self._rows, self._dice, self._today, self._fields = rows, dice, today, fields

    def write(self, who: Known, life: Life) -> None:
        since = life.days[0] if life.days else self._today - timedelta(self._dice.between(3, 400))
        self._client(who, life, since)
        self._contacts(who)
        for tag in self._tags(who):
            self._rows.add("client_tag", who.id, tag, fold(tag))
        if who.is_firm:
            self._persons(who)
        else:
            self._own_fields(who, life)
        self._ties(who, since)

    def _client(self, who: Known, life: Life, since: date) -> None:
        dice, words = self._dice, held("people")
        firm = "firm_" if who.is_firm else ""
        town, region, _ = dice.weighed([(town, town[2]) for town in words["towns"]])
        at = moment(since, who.id % 500)
        consent = dice.chance(0.6)
        share = dice.between(20, 400) * 50_000 if who.is_firm and dice.chance(0.4) else None
        self._rows.add(
            "client",
            who.id,
            who.name,
            fold(who.name),
            sort_key(who.name),
            "company" if who.is_firm else "person",
            *self._papers(who),
            None if who.is_firm else self._birthday(who),
            self._address(town) if who.is_firm or dice.chance(0.35) else None,
            region if dice.chance(0.9) else None,
            dice.weighed(weights("people", "sources")) if dice.chance(0.88) else None,
            dice.weighed(weights("people", f"{firm}groups")) if dice.chance(0.7) else None,
            _warmth(dice, life.fate),
            dice.pick(words["masters"]),
            dice.pick(words[f"{firm}jobs"]) if dice.chance(0.3) else None,
            int(consent) if consent or dice.chance(0.1) else None,
            since if consent else None,
            1 if dice.chance(0.01) else None,
            share,
            self._today - timedelta(dice.between(10, 200)) if share else None,
            dice.pick(words[f"{firm}notes"]) if dice.chance(0.4) else None,
            1,
            at,
            at,
        )

    def _papers(self, who: Known) -> tuple[str | None, ...]:
        """Return full name, INN, KPP and OGRN."""
        dice = self._dice
        if not who.is_firm:
            return (None, None, None, None)
        forms = held("firms")["full_forms"]
        if who.form not in forms:
            inn = people.inn_of_person(dice) if dice.chance(0.85) else None
            return (None, inn, None, None)
        full = f"{forms[who.form]} {who.name.removeprefix(who.form).strip()}"
        inn = people.inn_of_firm(dice)
        if dice.chance(0.03):  # mistyped: kept, and flagged
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
        street = self._dice.pick(held("people")["streets"])
        return f"{town}, {street}, {self._dice.between(1, 140)}"

    def _contacts(self, who: Known) -> None:
        dice, rows = self._dice, self._rows
        phone = people.as_typed(dice, people.mobile(dice))
        if dice.chance(0.012):
            phone = held("people")["no_phone"]
        if dice.chance(0.97):
            rows.add("client_contact", who.id, "phone", phone, phone_key(phone), 0)
            if dice.chance(0.08):
                more = people.as_typed(dice, people.mobile(dice))
                rows.add("client_contact", who.id, "phone", more, phone_key(more), 1)
        if dice.chance(0.8 if who.is_firm else 0.35):
            known = who.contact.surname if who.contact else who.name
            address = people.email(dice, known)
            rows.add("client_contact", who.id, "email", address, email_key(address), 0)

    def _tags(self, who: Known) -> list[str]:
        if not self._dice.chance(0.3):
            return []
        return [self._dice.weighed(weights("people", "firm_tags" if who.is_firm else "tags"))]

    def _persons(self, who: Known) -> None:
        dice, roles = self._dice, held("people")["roles"]
        if dice.chance(0.12):
            return
        for person in (who.contact, people.person(dice) if dice.chance(0.35) else None):
            if person is not None:
                phone = people.as_typed(dice, people.mobile(dice))
                self._rows.add(
                    "contact_person", who.id, person.whole, dice.pick(roles), phone, None
                )

    def _own_fields(self, who: Known, life: Life) -> None:
        dice, words, female = self._dice, held("people"), who.buyer == "f"
        if life.last and dice.chance(0.88):
            self._value(who, "last_haircut", day=life.last)
        if dice.chance(0.68):
            others = words["adults"] if female else words["wives"]
            told = [
                dice.pick(others),
                *([dice.pick(words["children"])] if dice.chance(0.4) else []),
            ]
            self._value(who, "relatives", ", ".join(told))
        elif dice.chance(0.25):
            self._answer(who, "relatives", "refused")
        if female:
            if dice.chance(0.8):
                recipe = NO_WORD if dice.chance(0.03) else dice.pick(words["dyes"])
                self._value(who, "dye", recipe)
        elif dice.chance(0.7):
            self._answer(who, "dye", "none")

    def _value(
        self, who: Known, key: str, text: str | None = None, day: date | None = None
    ) -> None:
        folded = None if text is None else fold(text)
        self._rows.add("custom_value", who.id, self._fields[key], text, folded, day)

    def _answer(self, who: Known, key: str, answer: str) -> None:
        on = self._today - timedelta(days=self._dice.between(5, 300))
        self._rows.add("field_answer", who.id, key, answer, on)

    def _ties(self, who: Known, since: date) -> None:
        """Agreements, and relations to clients who were here before."""
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
        rows.add("agreement", who.id, kind, *terms[kind], held("shop")["agreements"][kind], since)


def _warmth(dice: Dice, fate: Fate) -> str | None:
    if fate in {Fate.POTENTIAL, Fate.NEVER_BOUGHT}:
        return dice.pick(("cold", "warm", "hot", "warm"))
    return dice.pick(("warm", "hot")) if dice.chance(0.5) else None


def _same_day(day: date, year: int) -> str:
    return f"--{day:%m-%d}" if (day.month, day.day) == (2, 29) else f"{year:04d}-{day:%m-%d}"
