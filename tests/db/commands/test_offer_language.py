"""The language of a paper: of the settings while it is a draft, kept once it was sent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.offers import SaveOffer, SetOfferState
from db.commands.settings import ChangeSettings
from db.domain.offers import Offer, OfferState
from db.errors import InvalidError
from db.file.create import create_base
from db.queries.offers.offers import new_sheet, stored_offer
from db.queries.setup import owner_settings
from tests.offer_sample import TODAY, greenhouse_offer


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        yield opened


@pytest.fixture
def offer() -> Offer:
    return replace(greenhouse_offer(), client_id=None)


def _use_language(base: ClientBase, language: str) -> None:
    base.do(ChangeSettings(replace(base.ask(owner_settings), paper_language=language)))


def test_a_draft_is_written_in_the_language_of_the_settings(base: ClientBase, offer: Offer) -> None:
    saved = base.do(SaveOffer(offer, TODAY)).value
    assert base.ask(stored_offer, saved.id).sheet.language == ""
    _use_language(base, "en")
    assert base.ask(stored_offer, saved.id).sheet.language == "en"
    assert base.ask(new_sheet).language == "en"


def test_a_sent_offer_keeps_its_language(base: ClientBase, offer: Offer) -> None:
    _use_language(base, "en")
    saved = base.do(SaveOffer(offer, TODAY)).value
    base.do(SetOfferState(saved.id, OfferState.SENT, TODAY))
    _use_language(base, "ru")
    assert base.ask(stored_offer, saved.id).sheet.language == "en"


def test_a_language_nobody_prints_is_refused(base: ClientBase) -> None:
    with pytest.raises(InvalidError):
        _use_language(base, "fr")
