"""The language of a paper: of the offer, else of the settings; kept once it was sent."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from db.client_base import ClientBase
from db.commands.offers import SaveOffer, SetOfferState
from db.commands.settings import ChangeSettings
from db.commands.undo import Redo, Undo
from db.domain.ids import OfferId
from db.domain.offers import Offer, OfferFault, OfferRefusedError, OfferState
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Writing
from db.queries.offers.offers import new_sheet, offer_list, stored_offer
from db.queries.setup import owner_settings
from db.schema import OfferRow
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


def _languages(base: ClientBase, offer_id: OfferId) -> tuple[str | None, str]:
    sheet = base.ask(stored_offer, offer_id).sheet
    return sheet.offer.language, sheet.paper_language


def test_an_offer_has_a_language_of_its_own(base: ClientBase, offer: Offer) -> None:
    _use_language(base, "ru")
    saved = base.do(SaveOffer(replace(offer, language="en"), TODAY)).value
    assert _languages(base, saved.id) == ("en", "en")
    again = base.do(SaveOffer(offer, TODAY, saved.id, saved.edition)).value
    assert again.edition == saved.edition + 1
    assert _languages(base, saved.id) == (None, "ru")
    base.do(Undo())
    assert _languages(base, saved.id) == ("en", "en")
    base.do(Redo())
    assert _languages(base, saved.id) == (None, "ru")


def test_a_new_version_and_a_copy_keep_the_language(base: ClientBase, offer: Offer) -> None:
    saved = base.do(SaveOffer(replace(offer, language="en"), TODAY)).value
    base.do(SetOfferState(saved.id, OfferState.SENT, TODAY))
    sent = base.ask(stored_offer, saved.id)
    assert sent.sheet.paper_language == "en"
    for command in (
        SaveOffer(sent.sheet.offer, TODAY, saved.id, sent.edition),
        SaveOffer(sent.sheet.offer, TODAY),
    ):
        assert _languages(base, base.do(command).value.id) == ("en", "en")


def test_an_offer_in_a_language_nobody_prints_is_refused(base: ClientBase, offer: Offer) -> None:
    with pytest.raises(OfferRefusedError) as caught:
        base.do(SaveOffer(replace(offer, language="fr"), TODAY))
    assert caught.value.fault is OfferFault.NO_SUCH_LANGUAGE
    assert base.ask(offer_list) == ()


def test_a_stored_language_nobody_prints_is_damage(base: ClientBase, offer: Offer) -> None:
    saved = base.do(SaveOffer(offer, TODAY)).value

    class WriteWrongLanguage:
        def run(self, writing: Writing) -> None:
            writing.session.execute(update(OfferRow).values(language="fr"))

    base.do(WriteWrongLanguage())
    with pytest.raises(TroubleError) as caught:
        base.ask(stored_offer, saved.id)
    assert caught.value.trouble is Trouble.DAMAGED
