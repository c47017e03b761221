"""Commands: a card, a purchase, many cards at once, marks, beside bare statements and a commit."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import update
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import UpdateClient
from db.commands.purchases import AddPurchase
from db.commands.settings import ChangeSettings
from db.commands.undo import Undo
from db.domain.ids import ClientId
from db.outcome import Writing
from db.queries.lists.clients import ListSpec, client_ids
from db.queries.setup import owner_settings
from db.schema import Client
from tests.speed.figure import Figure
from tests.speed.timing import Goal, figure, measure, processor_ms

_SHARE = 5  # a fifth of the cards is changed at once: 20,000 of 100,000
_SAVES = 100
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class MoveClients:
    """Write one column, which no derived table reads, of many cards."""

    client_ids: tuple[int, ...]
    region: str

    def run(self, writing: Writing) -> None:
        writing.session.execute(
            update(Client)
            .where(Client.id.between(self.client_ids[0], self.client_ids[-1]))
            .values(region=self.region)
            .execution_options(synchronize_session=False)
        )


class Heard:
    """Progress that counts how often it was told something."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: int, total: int) -> None:
        self.steps += 1


def writing_figures(base: ClientBase, raw: dbapi2.Connection) -> list[Figure]:
    ids = [ClientId(client_id) for client_id in base.ask(client_ids, ListSpec())]
    return [*_saves(base, raw, ids), *_many(base, raw, ids), _marks(base)]


def _saves(base: ClientBase, raw: dbapi2.Connection, ids: list[ClientId]) -> list[Figure]:
    def save_bare(number: int) -> None:
        raw.execute("begin immediate")
        raw.execute(
            "update client set note = ? where id = ?", (f"bare {number}", ids[-number % len(ids)])
        )
        raw.execute("commit")

    def buy_bare(number: int) -> None:
        raw.execute("begin immediate")
        raw.execute(
            "insert into purchase (client_id, day, amount, cost) values (?, ?, 10000, 5000)",
            (ids[-number % len(ids)], base.as_of.isoformat()),
        )
        raw.execute("commit")

    return [
        measure(
            "a card saved",
            lambda n: base.do(UpdateClient(ids[n % len(ids)], None, {"note": f"bench {n}"})),
            save_bare,
            times=_SAVES,
        ),
        measure(
            "a purchase saved",
            lambda n: base.do(
                AddPurchase(ids[n % len(ids)], base.as_of, Decimal(100), Decimal(50))
            ),
            buy_bare,
            times=_SAVES,
            goal=Goal(above_bare_ms=1),
        ),
    ]


def _many(base: ClientBase, raw: dbapi2.Connection, ids: list[ClientId]) -> list[Figure]:
    chosen = tuple(sorted(ids)[: len(ids) // _SHARE])
    changed, undone, bare, back = [], [], [], []
    raw.execute("create temp table image (id integer primary key, was text)")
    for number in range(_ROUNDS):
        command = MoveClients(chosen, f"bench {number}")
        changed.append(processor_ms(lambda _, command=command: base.do(command)))
        undone.append(processor_ms(lambda _: base.do(Undo())))
        bare.append(processor_ms(lambda n: _change_bare(raw, chosen, f"bare {n}"), number))
        back.append(processor_ms(lambda _: _undo_bare(raw)))
    return [
        figure("a fifth of the cards changed", changed, bare, Goal(times_bare=3)),
        figure("their change undone", undone, back, Goal(times_bare=3)),
    ]


def _change_bare(raw: dbapi2.Connection, ids: tuple[int, ...], region: str) -> None:
    """Keep an image of the two columns of each row as a JSON text, and update them."""
    among = "id between ? and ?"
    ends = (ids[0], ids[-1])
    raw.execute("begin immediate")
    raw.execute(
        "insert into image select id, json_object('region', region, 'modified_at', modified_at)"
        f" from client where {among}",
        ends,
    )
    raw.execute(
        f"update client set region = ?, modified_at = ? where {among}",
        (region, datetime.now(UTC).isoformat(), *ends),
    )
    raw.execute("commit")


def _undo_bare(raw: dbapi2.Connection) -> None:
    raw.execute("begin immediate")
    raw.execute(
        "update client set region = json_extract(i.was, '$.region'),"
        " modified_at = json_extract(i.was, '$.modified_at') from temp.image i"
        " where i.id = client.id"
    )
    raw.execute("delete from temp.image")
    raw.execute("commit")


def _marks(base: ClientBase) -> Figure:
    kept = base.ask(owner_settings)
    heard = Heard()

    def remake(number: int) -> None:
        churn = replace(kept.churn, silent_months=kept.churn.silent_months + 1 + number)
        base.do(ChangeSettings(replace(kept, churn=churn)), heard)

    figure_of_marks = measure("marks of everybody remade", remake, times=2, goal=Goal(10_000))
    return figure_of_marks if heard.steps else replace(figure_of_marks, met=False)
