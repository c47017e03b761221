"""Who is active is decided by a rule and counted by SQL: the two mean the same."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase
from db.commands.settings import ChangeSettings
from db.domain.lifecycle import LifecycleRule, Rhythm, is_active
from db.domain.settings import Settings
from db.file.create import create_base
from db.outcome import Reading
from db.queries.today.numbers import active_expression, today_numbers
from db.schema import ClientFact

AS_OF = date(2026, 11, 22)

_CLIENTS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 120), st.integers(-5, 500)), max_size=4),
        st.none() | st.decimals(1, 90, places=1),
    ),
    min_size=1,
    max_size=6,
)
_RULES = st.builds(
    LifecycleRule,
    risk_cycles=st.decimals(1, 3, places=1),
    active_months=st.integers(1, 4),
)


@given(_CLIENTS, _RULES, st.integers(0, 40))
@settings(max_examples=40)
def test_sql_and_the_rule_agree_on_who_is_active(
    clients: list[tuple[list[tuple[int, int]], Decimal | None]], rule: LifecycleRule, ahead: int
) -> None:
    as_of = AS_OF + timedelta(days=ahead)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=as_of) as base:
            base.do(ChangeSettings(Settings(lifecycle=rule)))
            for purchases, by_hand in clients:
                values = {"name": "Анна", "cycle_by_hand": by_hand}
                client = base.do(CreateClient(values)).value
                for ago, amount in purchases:
                    base.do(AddPurchase(client, AS_OF - timedelta(days=ago), Decimal(amount)))
            by_rule, by_sql = base.ask(_both, rule, as_of)
            assert by_sql == by_rule
            assert base.ask(today_numbers).active == len(by_sql)


def _both(reading: Reading, rule: LifecycleRule, as_of: date) -> tuple[set[int], set[int]]:
    facts = reading.session.scalars(select(ClientFact)).all()
    by_rule = {
        fact.client_id
        for fact in facts
        if is_active(Rhythm(fact.visits, fact.first_on, fact.last_on, fact.cycle_days), rule, as_of)
    }
    asked = select(ClientFact.client_id).where(active_expression(rule, as_of))
    return by_rule, set(reading.session.scalars(asked))


def test_the_last_active_day_is_the_same_in_both(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        for by_hand in (None, Decimal(30), Decimal("30.4"), Decimal(31)):
            client = base.do(CreateClient({"name": "Анна", "cycle_by_hand": by_hand})).value
            base.do(AddPurchase(client, date(2026, 10, 22), Decimal(100)))
        rule = LifecycleRule(risk_cycles=Decimal(1))
        counts = []
        for ahead in range(-2, 4):
            by_rule, by_sql = base.ask(_both, rule, AS_OF + timedelta(days=ahead))
            assert by_sql == by_rule
            counts.append(len(by_sql))
    assert counts == [4, 4, 2, 0, 0, 0]
