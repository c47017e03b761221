"""Creating the demonstration base."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from db.commands.presets import ApplyPreset
from db.commands.settings import ChangeSettings
from db.demo.cards import CardWriter, Known, meet
from db.demo.dice import Dice
from db.demo.lives import Fate, fates, life
from db.demo.losses import LossWriter
from db.demo.papers import OfferWriter
from db.demo.rows import Rows
from db.demo.sales import SalesWriter
from db.demo.talks import TalkWriter
from db.demo.words import goods, words_of
from db.derived.refresh import rebuild
from db.domain.condition import Condition, to_json
from db.domain.field_rules import Level, Scope
from db.domain.fields import ClientKind
from db.domain.settings import Company
from db.file.create import create_base
from db.presets import first_writing, preset
from db.progress import SILENT, Progress
from db.records.settings import settings
from db.schema import FieldRuleRow, Product, Purchase

TRADE = "hairdresser"
_FIRM_EVERY = 7
_REPORT_EVERY = 200
# Fields whose rules apply to persons only.
_OF_PERSONS = ("birthday", "last_haircut", "relatives", "dye")


@dataclass(frozen=True, slots=True)
class Demo:
    """The number of clients and purchases in the demonstration."""

    clients: int
    purchases: int


def make_demo(  # noqa: PLR0913 - what makes two demonstrations differ
    target: Path,
    *,
    as_of: date,
    clients: int = 300,
    seed: int = 1,
    language: str = "ru",
    progress: Progress = SILENT,
) -> Demo:
    """Create a base of invented data, the same for the same seed, day and number of clients.

    `language` is that of the custom fields; the people are Russian. The file appears whole or not
    at all. Raises TroubleError EXISTS, and CancelledError when `progress` is asked to stop.
    """
    demos: list[Demo] = []

    def fill(connection: Connection) -> None:
        with Session(connection) as session:
            demos.append(_DemoWriter(session, Dice(seed), as_of, progress).make(clients, language))
            session.flush()

    create_base(target, fill)
    return demos[0]


class _DemoWriter:
    def __init__(self, session: Session, dice: Dice, today: date, progress: Progress) -> None:
        self._session, self._dice, self._today = session, dice, today
        self._progress = progress
        self._writing = first_writing(session, today)

    def make(self, clients: int, language: str) -> Demo:
        ApplyPreset(preset(TRADE, language)).run(self._writing)
        self._company()
        self._goods()
        self._rules(language)
        self._session.flush()
        rows = Rows(self._session)
        firms = self._clients(rows, clients)
        OfferWriter(self._writing, self._dice).write(clients, firms)
        self._session.flush()
        rebuild(self._session, self._today)
        self._progress.step(clients, clients)
        purchases = self._session.scalar(select(func.count()).select_from(Purchase))
        return Demo(clients, purchases or 0)

    def _clients(self, rows: Rows, clients: int) -> list[int]:
        dice, today = self._dice, self._today
        cards = CardWriter(rows, dice, today)
        sales, talks = SalesWriter(rows, dice, today), TalkWriter(rows, dice, today)
        losses = LossWriter(rows, dice, today)
        firms: list[int] = []
        for number, fate in enumerate(fates(dice, clients), 1):
            who = self._somebody(number, fate)
            story = life(dice, fate, who.buyer, today)
            cards.write(who, story)
            sales.write(who, story)
            talks.write(who, story)
            losses.write(who, story)
            if who.is_firm:
                firms.append(number)
            if not number % _REPORT_EVERY:
                rows.write()
                self._progress.step(number, clients + 1)
        rows.write(enough=0)
        return firms

    def _somebody(self, number: int, fate: Fate) -> Known:
        # New clients, some with a birthday today, are persons.
        firm = number % _FIRM_EVERY == 0 and fate is not Fate.NEW
        return meet(self._dice, number, firm=firm)

    def _company(self) -> None:
        own = words_of("shop")["company"]
        current = settings(self._session)
        changed = replace(
            current,
            company=Company(**own),
            trade_margin_percent=Decimal(60),
            vat_mode="none",
            paper_language="ru",  # that of the offers' texts
        )
        ChangeSettings(changed).run(self._writing)

    def _goods(self) -> None:
        """Replace the products of the preset by those of the demonstration, with fixed ids."""
        self._session.execute(delete(Product))
        self._session.add_all(
            Product(
                id=good.id,
                name=good.name,
                unit=good.unit,
                price=Decimal(good.price) / 100,
                cost=Decimal(good.cost) / 100,
                usual_cycle_days=good.cycle_days,
            )
            for good in goods()
        )

    def _rules(self, language: str) -> None:
        self._session.execute(
            update(FieldRuleRow)
            .where(FieldRuleRow.field_key.in_(_OF_PERSONS))
            .values(condition=to_json(_of(ClientKind.PERSON)))
        )
        purposes = {
            rule.field_key: rule.purpose
            for rule in preset("wholesale", language).rules
            if rule.condition == _of(ClientKind.COMPANY)
        }
        self._session.add_all(
            FieldRuleRow(
                field_key=key,
                level=Level.GAP,
                purpose=purpose,
                condition=to_json(_of(ClientKind.COMPANY)),
                position=10 + place,
            )
            for place, (key, purpose) in enumerate(purposes.items())
        )


def _of(kind: ClientKind) -> Condition:
    return Scope(kind).condition()
