"""Facts of clients: what SQL says is what the domain says, kept row by row or made at once."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase, SaveProduct
from db.commands.settings import ChangeSettings
from db.commands.undo import Undo
from db.derived.refresh import rebuild
from db.derived.status import status_expression
from db.domain.condition import has_status
from db.domain.cycle import Usual, cycle_of
from db.domain.ids import ClientId
from db.domain.lifecycle import LifecycleThresholds
from db.domain.settings import Settings
from db.domain.trade import InteractionKind
from db.file.create import create_base
from db.outcome import Reading
from db.queries.cards.head import client_head
from db.queries.lists.clients import ListSpec, client_counts, client_ids, client_rows
from db.schema import ClientFact
from tests.db.base_content import content
from tests.db.domain.by_marks import Visited, status_of

AS_OF = date(2026, 11, 22)


def test_facts_of_a_past_day_are_those_of_that_day(tmp_path: Path) -> None:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    with ClientBase(path, as_of=AS_OF) as now:
        client = now.do(CreateClient({"name": "Анна"})).value
        for day in (date(2026, 1, 1), date(2026, 2, 5), date(2026, 3, 10), date(2026, 4, 16)):
            now.do(AddPurchase(client, day, Decimal(1000)))
        now.do(AddInteraction(client, InteractionKind.SURVEY, date(2026, 5, 1), nps=4))
        head = now.ask(client_head, client)
        assert (head.visits, head.status, head.nps) == (4, "lost", 4)
        assert head.next_on == date(2026, 5, 21)
    past = date(2026, 2, 20)
    with ClientBase(path, as_of=past) as then:
        head = then.ask(client_head, client)
        assert (head.visits, head.status, head.nps) == (2, "new", None)
        then.do(AddPurchase(client, date(2026, 2, 19), Decimal(7)))
        assert then.ask(client_head, client).visits == 3


def test_refunds_are_no_visits_and_one_day_is_one_visit(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        client = base.do(CreateClient({"name": "Анна"})).value
        for day, amount in ((1, 100), (1, 50), (5, -30), (9, 10)):
            base.do(AddPurchase(client, date(2026, 11, day), Decimal(amount), cost=Decimal(1)))
        head = base.ask(client_head, client)
        assert (head.visits, head.purchases, head.revenue) == (2, 4, Decimal(130))
        assert head.cycle is not None
        assert head.cycle.days == 8


@pytest.mark.parametrize("cost", [3000, -3000])
def test_a_refund_typed_by_hand_brings_its_cost_back(tmp_path: Path, cost: int) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        client = base.do(CreateClient({"name": "Анна"})).value
        base.do(AddPurchase(client, AS_OF, Decimal(10_000), cost=Decimal(6000)))
        base.do(AddPurchase(client, AS_OF, Decimal(-5000), cost=Decimal(cost)))
        with Session(base._reader) as session:
            fact = session.get_one(ClientFact, client)
            assert (fact.costed_revenue, fact.cost) == (5000, 3000)


def test_the_usual_cycle_of_a_service_reaches_who_bought_it(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        client = base.do(CreateClient({"name": "Анна"})).value
        base.do(AddPurchase(client, date(2026, 11, 1), Decimal(5), product="Стрижка"))
        assert base.ask(client_head, client).next_on is None
        base.do(SaveProduct("стрижка", usual_cycle_days=30))
        assert base.ask(client_head, client).next_on == date(2026, 12, 1)
        base.do(ChangeSettings(Settings(trade_cycle_days=7)))
        assert base.ask(client_head, client).next_on == date(2026, 12, 1)
        base.do(SaveProduct("Стрижка", usual_cycle_days=None))
        assert base.ask(client_head, client).next_on == date(2026, 11, 8)


_PURCHASES = st.lists(st.tuples(st.integers(0, 400), st.decimals(-50, 500, places=2)), max_size=8)
_LIFECYCLES = st.builds(
    LifecycleThresholds,
    st.integers(1, 8),
    st.decimals(1, 3, places=1),
    st.decimals(1, 2, places=2),
    st.integers(0, 4),
    st.integers(0, 120),
)


@given(
    st.lists(st.tuples(_PURCHASES, st.none() | st.decimals(1, 90, places=1)), max_size=5),
    _LIFECYCLES,
)
@settings(max_examples=40)
def test_status_in_sql_means_what_it_means_in_the_domain(
    clients: list[tuple[list[tuple[int, Decimal]], Decimal | None]], lifecycle: LifecycleThresholds
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=AS_OF) as base:
            base.do(ChangeSettings(Settings(lifecycle=lifecycle)))
            expected = {}
            for number, (purchases, by_hand) in enumerate(clients):
                values = {"name": f"Клиент {number}", "cycle_by_hand": by_hand}
                client = base.do(CreateClient(values)).value
                for ago, amount in purchases:
                    base.do(AddPurchase(client, AS_OF - timedelta(days=ago), amount))
                visits = sorted(
                    {AS_OF - timedelta(days=ago) for ago, amount in purchases if amount >= 0}
                )
                cycle = cycle_of(visits, Usual(by_hand=by_hand))
                visited = Visited(
                    len(visits),
                    visits[0] if visits else None,
                    visits[-1] if visits else None,
                    cycle.days if cycle else None,
                )
                expected[client] = status_of(visited, lifecycle, AS_OF)
            assert base.ask(_statuses) == expected
            counts = base.ask(client_counts)
            assert sum(counts.by_status.values()) == counts.all == len(clients)
            for status, number in counts.by_status.items():
                listed = base.ask(client_ids, ListSpec(condition=has_status(status)))
                assert len(listed) == number
            rows = base.ask(client_rows, list(expected))
            assert {key: row.status for key, row in rows.items()} == expected
            assert {key: base.ask(client_head, key).status for key in expected} == expected


def _statuses(reading: Reading) -> dict[ClientId, str]:
    asked = select(ClientFact.client_id, status_expression(AS_OF))
    return {ClientId(client): status for client, status in reading.session.execute(asked)}


def test_facts_made_at_once_equal_those_kept_row_by_row(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        with Session(base._writer) as session, session.begin():
            rebuild(session, AS_OF)
        for number in range(5):
            client = base.do(CreateClient({"name": f"Клиент {number}"})).value
            for ago in range(0, 40 * number, 17):
                base.do(AddPurchase(client, AS_OF - timedelta(days=ago), Decimal(ago)))
            base.do(AddInteraction(client, InteractionKind.ENQUIRY, AS_OF))
        kept = base.ask(content)
        with Session(base._writer) as session, session.begin():
            rebuild(session, AS_OF)
        assert base.ask(content) == kept


def test_what_lies_in_the_future_counts_when_its_day_has_come(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        anna = base.do(CreateClient({"name": "Анна"})).value
        boris = base.do(CreateClient({"name": "Борис"})).value
        assert base.ask(client_head, anna).visits == 0
        base.do(AddPurchase(anna, AS_OF + timedelta(days=5), Decimal(100)))
        assert base.ask(client_head, anna).visits == 0
        base.do(AddPurchase(boris, AS_OF, Decimal(100)))
        assert base.ask(client_head, boris).status == "new"
        base.do(Undo())
        assert base.ask(client_head, boris).visits == 0


def test_midnight_brings_the_facts_of_the_new_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_base(tmp_path / "base.kartoteka")
    today = AS_OF
    monkeypatch.setattr(ClientBase, "as_of", property(lambda _: today))
    with ClientBase(tmp_path / "base.kartoteka") as base:
        anna = base.do(CreateClient({"name": "Анна"})).value
        base.do(AddPurchase(anna, AS_OF + timedelta(days=1), Decimal(100)))
        assert base.ask(client_head, anna).visits == 0
        today = AS_OF + timedelta(days=1)
        assert base.ask(client_head, anna).visits == 1
