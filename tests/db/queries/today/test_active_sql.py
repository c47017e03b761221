"""How many clients are active, counted by their marks."""

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
from db.domain.lifecycle import LifecycleThresholds
from db.domain.marks import Facts
from db.domain.settings import Settings
from db.file.create import create_base
from db.outcome import Reading
from db.queries.today.numbers import today_numbers
from db.schema import ClientFact
from tests.db.domain.by_marks import cycle_of_days
from tests.db.domain.old_readings import is_active

AS_OF = date(2026, 11, 22)

_CLIENTS = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(0, 120), st.integers(-5, 500)), max_size=4),
        st.none() | st.decimals(1, 90, places=1),
    ),
    min_size=1,
    max_size=6,
)
_LIFECYCLES = st.builds(
    LifecycleThresholds,
    risk_cycles=st.decimals(1, 3, places=1),
    active_months=st.integers(1, 4),
)


@given(_CLIENTS, _LIFECYCLES, st.integers(0, 40))
@settings(max_examples=40)
def test_the_marks_and_the_rule_agree_on_who_is_active(
    clients: list[tuple[list[tuple[int, int]], Decimal | None]],
    lifecycle: LifecycleThresholds,
    ahead: int,
) -> None:
    as_of = AS_OF + timedelta(days=ahead)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=as_of) as base:
            base.do(ChangeSettings(Settings(lifecycle=lifecycle)))
            for purchases, by_hand in clients:
                values = {"name": "Анна", "cycle_by_hand": by_hand}
                client = base.do(CreateClient(values)).value
                for ago, amount in purchases:
                    base.do(AddPurchase(client, AS_OF - timedelta(days=ago), Decimal(amount)))
            assert base.ask(today_numbers).active == len(base.ask(_active, lifecycle))


def _active(reading: Reading, lifecycle: LifecycleThresholds) -> set[int]:
    """Return who is active by the thresholds themselves."""
    return {
        fact.client_id
        for fact in reading.session.scalars(select(ClientFact))
        if is_active(
            Facts(fact.visits, fact.first_on, fact.last_on, cycle_of_days(fact.cycle_days)),
            lifecycle,
            reading.as_of,
        )
    }


def test_the_last_active_day(tmp_path: Path) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        base.do(ChangeSettings(Settings(lifecycle=LifecycleThresholds(risk_cycles=Decimal(1)))))
        for by_hand in (None, Decimal(30), Decimal("30.4"), Decimal(31)):
            client = base.do(CreateClient({"name": "Анна", "cycle_by_hand": by_hand})).value
            base.do(AddPurchase(client, date(2026, 10, 22), Decimal(100)))
    counts = []
    for ahead in range(-2, 4):
        day = AS_OF + timedelta(days=ahead)
        with ClientBase(tmp_path / "base.kartoteka", as_of=day) as base:
            counts.append(base.ask(today_numbers).active)
    assert counts == [4, 4, 2, 0, 0, 0]
