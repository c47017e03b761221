"""The list of the lost is found by SQL and decided by the rule: the two mean the same."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.settings import ChangeSettings
from db.domain.churn import ChurnRule, losses
from db.domain.ids import ClientId
from db.domain.settings import Settings
from db.domain.trade import InteractionKind
from db.file.create import create_base
from db.outcome import Reading
from db.queries.winback.board import (
    WinbackSpec,
    winback_board,
    winback_count,
    winback_list,
    winback_rows,
)
from db.queries.winback.losses import lost_clients, lost_count, standings
from tests.db.other_day import on_day

AS_OF = date(2026, 11, 22)

_PURCHASES = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.decimals(-50, 5000, places=2),
        st.none() | st.decimals(0, 3000, places=2),
    ),
    max_size=5,
)
_TALKS = st.lists(
    st.tuples(st.sampled_from(InteractionKind), st.integers(0, 60), st.integers(0, 10)), max_size=6
)
_CYCLES = st.none() | st.decimals(1, 90, places=1)
_RULES = st.builds(
    ChurnRule,
    silent=st.booleans(),
    silent_months=st.integers(1, 6),
    silent_cycles=st.decimals(1, 3, places=1),
    low_nps=st.booleans(),
    nps_at_most=st.integers(0, 10),
    complaint=st.booleans(),
    never_bought=st.booleans(),
    enquiries_over=st.integers(0, 4),
)
_CLIENTS = st.lists(st.tuples(_PURCHASES, _TALKS, _CYCLES), min_size=1, max_size=5)


@given(_CLIENTS, _RULES)
@settings(max_examples=40)
def test_sql_loses_nobody_and_adds_nobody(
    clients: list[
        tuple[
            list[tuple[int, Decimal, Decimal | None]],
            list[tuple[InteractionKind, int, int]],
            Decimal | None,
        ]
    ],
    rule: ChurnRule,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=AS_OF) as base:
            base.do(ChangeSettings(Settings(churn=rule)))
            ids = [_add(base, number, *client) for number, client in enumerate(clients)]
            by_sql = base.ask(_by_sql, rule)
            by_rule = base.ask(_by_rule, ids, rule)
            assert by_sql == by_rule
            _demand_same_money(base)


def _add(
    base: ClientBase,
    number: int,
    purchases: list[tuple[int, Decimal, Decimal | None]],
    talks: list[tuple[InteractionKind, int, int]],
    by_hand: Decimal | None,
) -> ClientId:
    values = {"name": f"Клиент {number}", "cycle_by_hand": by_hand}
    client = base.do(CreateClient(values)).value
    for ago, amount, cost in purchases:
        base.do(AddPurchase(client, AS_OF - timedelta(days=ago), amount, cost=cost))
    for kind, ago, nps in talks:
        day = AS_OF - timedelta(days=ago)
        survey, complaint = kind is InteractionKind.SURVEY, kind is InteractionKind.COMPLAINT
        base.do(AddInteraction(client, kind, day, nps=nps if survey else None, is_open=complaint))
    return client


def _by_sql(reading: Reading, rule: ChurnRule) -> dict[int, dict[str, date]]:
    found = lost_clients(reading, Settings(churn=rule), {})
    return {one.client_id: {str(k): day for k, day in one.since(rule).items()} for one in found}


def _by_rule(reading: Reading, ids: list[ClientId], rule: ChurnRule) -> dict[int, dict[str, date]]:
    standing = standings(reading, ids, rule)
    decided = {
        client_id: {str(loss.definition): loss.since for loss in losses(one, rule, AS_OF)}
        for client_id, one in standing.items()
    }
    return {client_id: fired for client_id, fired in decided.items() if fired}


def _demand_same_money(base: ClientBase) -> None:
    board = base.ask(winback_board, WinbackSpec())
    rows = base.ask(winback_rows, board.ids)
    known = [row.stake.money for row in rows.values() if row.stake.money is not None]
    assert board.at_stake == sum(known)
    assert base.ask(winback_count) == board.counts["all"] == len(board.ids)
    assert board.at_stake_known == len(known)
    assert board.estimated == sum(row.stake.estimated for row in rows.values())
    listed = base.ask(winback_list)
    order = [
        (row.stake.money is None, -(row.stake.money or 0), row.since, row.name) for row in listed
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("by_hand", [None, Decimal(30), Decimal("45.5"), Decimal(46), Decimal(60)])
def test_both_readings_find_silence_on_the_same_day(
    tmp_path: Path, by_hand: Decimal | None
) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=AS_OF) as base:
        client = base.do(CreateClient({"name": "Анна", "cycle_by_hand": by_hand})).value
        base.do(AddPurchase(client, date(2026, 8, 21), Decimal(100)))
        days = [date(2026, 11, 10) + timedelta(days=ahead) for ahead in range(40)]
        rule = ChurnRule()
        found = [base.ask(on_day, day, lost_count, rule) for day in days]
        decided = [
            len(losses(base.ask(on_day, day, standings, [client], rule)[client], rule, day))
            for day in days
        ]
    assert found == decided
    assert found == sorted(found)
    assert found[-1] == (1 if by_hand != 60 else 0)
