"""Settings that no list could be made with are refused, whoever asks for them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.settings import ChangeSettings
from db.domain.churn import ChurnThresholds, LossReason
from db.domain.lifecycle import LifecycleThresholds
from db.domain.settings import Settings
from db.errors import InvalidError
from db.file.create import create_base
from db.queries.setup import owner_settings


@pytest.mark.parametrize(
    "wrong",
    [
        Settings(lifecycle=LifecycleThresholds(lost_months=-3)),
        Settings(lifecycle=LifecycleThresholds(lost_months=99999)),
        Settings(churn=ChurnThresholds(silent_cycles=Decimal(0))),
        Settings(trade_cycle_days=-5),
        Settings(trade_margin_percent=Decimal(500)),
        Settings(return_chances={LossReason.PRICE: Decimal(2)}),
    ],
)
def test_a_number_no_list_could_be_made_with_is_refused(tmp_path: Path, wrong: Settings) -> None:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka") as base:
        good = replace(Settings(), trade_cycle_days=30)
        base.do(ChangeSettings(good))
        with pytest.raises(InvalidError):
            base.do(ChangeSettings(wrong))
        assert base.ask(owner_settings) == good
