"""A form that was opened before an undo is told from the card after it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.offers import SaveOffer
from db.commands.undo import Redo, Undo
from db.domain.ids import ClientId
from db.domain.offers import Offer
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.queries.offers.offers import stored_offer
from db.records.cards import ClientCard, client_card
from db.schema import Client

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


def card(base: ClientBase, client_id: ClientId) -> ClientCard:
    return base.ask(lambda reading: client_card(reading.session, client_id))


def version(base: ClientBase, client_id: ClientId) -> int:
    return base.ask(
        lambda reading: reading.session.scalars(
            select(Client.version).where(Client.id == client_id)
        ).one()
    )


def test_undo_does_not_let_a_stale_save_pass(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value
    opened_first = version(base, client)
    base.do(UpdateClient(client, opened_first, {"note": "вторая версия"}))
    opened_second = version(base, client)
    base.do(Undo())
    base.do(UpdateClient(client, None, {"note": "третий человек"}))
    with pytest.raises(TroubleError) as caught:
        base.do(UpdateClient(client, opened_second, {"note": "старый текст"}))
    assert caught.value.trouble is Trouble.CHANGED_MEANWHILE
    assert card(base, client).values["note"] == "третий человек"


def test_a_version_never_goes_back(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value
    seen = [version(base, client)]
    for command in (
        UpdateClient(client, None, {"note": "раз"}), Undo(), Redo(), Undo(),
        DeleteClients((client,)), Undo(), Redo(), Undo(),
    ):  # fmt: skip
        base.do(command)  # type: ignore[arg-type]
        seen.append(version(base, client))
    assert seen == sorted(set(seen))


def test_a_card_that_is_made_again_by_redo_has_a_later_version(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value
    first = version(base, client)
    base.do(Undo())
    base.do(Redo())
    assert version(base, client) > first


def test_undo_does_not_let_a_stale_offer_pass(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value

    def save(title: str, edition: int) -> int:
        return base.do(SaveOffer(Offer(client, title=title), DAY, first.id, edition)).value.edition

    first = base.do(SaveOffer(Offer(client, title="раз"), DAY)).value
    stale = save("два", first.edition)
    base.do(Undo())
    save("три", base.ask(stored_offer, first.id).edition)
    with pytest.raises(TroubleError) as caught:
        save("старый текст", stale)
    assert caught.value.trouble is Trouble.CHANGED_MEANWHILE
    assert base.ask(stored_offer, first.id).sheet.offer.title == "три"
