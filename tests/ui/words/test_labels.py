"""Every code of the base has words in both languages; an unknown code is shown as it is."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

import pytest

import db.commands
from db.domain.churn import Definition, LossReason, LossState, Result, Way
from db.domain.cycle import Basis, Timing
from db.domain.field_rules import GapAnswer, Level
from db.domain.fields import STANDARD, ClientKind, Warmth
from db.domain.lifecycle import Status
from db.domain.offers import OfferStatus, Tier
from db.domain.trade import InteractionKind
from db.domain.vat import VatMode
from db.journal.tables import recorded_columns
from db.presets import presets
from db.schema import Agreement, Interaction, LossAttempt, Purchase
from ui.words import i18n, labels

Say = Callable[[str], str]
CODES: list[tuple[Say, type[StrEnum]]] = [
    (labels.status, Status),
    (labels.status_of_many, Status),
    (labels.kind, ClientKind),
    (labels.warmth, Warmth),
    (labels.interaction, InteractionKind),
    (labels.loss_state, LossState),
    (labels.definition, Definition),
    (labels.loss_reason, LossReason),
    (labels.way, Way),
    (labels.result, Result),
    (labels.level, Level),
    (labels.answer, GapAnswer),
    (labels.basis, Basis),
    (labels.timing, Timing),
    (labels.offer_state, OfferStatus),
    (labels.tier, Tier),
    (labels.vat_mode, VatMode),
]
# What undoes a change is never the change that is undone.
_WAYS_BACK = {"Undo", "Redo", "TakeBack"}


def commands() -> Iterator[str]:
    """Yield the names of the classes that have `run`, as the journal keeps them."""
    names = [f"db.commands.{module.name}" for module in iter_modules(db.commands.__path__)]
    for name in (*names, "db.transfer.commands"):
        module = import_module(name)
        for entry in vars(module).values():
            if isinstance(entry, type) and entry.__module__ == name and hasattr(entry, "run"):
                yield entry.__name__


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(("say", "members"), CODES, ids=lambda each: getattr(each, "__name__", ""))
def test_every_member_has_words_of_its_own(say: Say, members: type[StrEnum], language: str) -> None:
    i18n.use(language)
    words = [say(member) for member in members]
    assert all(words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("say", "members"), CODES, ids=lambda each: getattr(each, "__name__", ""))
def test_russian_words_are_no_codes(say: Say, members: type[StrEnum]) -> None:
    assert [member for member in members if say(member) == member.value] == []


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    assert {say("nonsense") for say, _members in CODES} == {"nonsense"}


def test_every_standard_field_has_a_label() -> None:
    assert [field.key for field in STANDARD if labels.standard_field(field.key) == field.key] == []


def test_every_command_is_named_in_the_history() -> None:
    unknown = labels.command("nonsense")
    names = set(commands()) - _WAYS_BACK
    assert len(names) > 40
    assert {name for name in names if labels.command(name) == unknown} == set()


def test_every_preset_has_a_name() -> None:
    keys = [preset.key for preset in presets("ru")]
    assert [key for key in keys if labels.preset(key) == key] == []


@pytest.mark.parametrize("model", [Purchase, Interaction, Agreement, LossAttempt])
def test_every_column_that_the_history_shows_has_a_label(model: type) -> None:
    table = model.__table__  # type: ignore[attr-defined]
    assert labels.table(table.name) != table.name
    hidden = {"client_id", "product_id", "episode_id", "import_key", "created_at", "modified_at"}
    names = {column.name for column in recorded_columns(table)} - hidden
    assert {name for name in names if labels.column(name) == name} == set()
