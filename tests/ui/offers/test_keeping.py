"""What is typed into an offer reaches the base: once, without waiting, and whatever happens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.offers import SavedOffer, SaveOffer
from db.commands.undo import Undo
from db.domain.offers import Offer, OfferLine, Tier
from db.file.create import create_base
from db.outcome import Outcome
from db.progress import Progress
from db.queries.offers.offers import offer_list, stored_offer
from tests.offer_sample import TODAY
from ui.offers.editor import OfferEditor
from ui.offers.page import OffersPage
from ui.shell.host import ShellHost

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        yield opened


@pytest.fixture
def page(host: ShellHost, qtbot: QtBot) -> OffersPage:
    made = OffersPage(host)
    qtbot.addWidget(made)
    made.show()
    made.show_page()
    return made


def titles(base: ClientBase) -> list[tuple[str, str]]:
    rows = base.ask(offer_list)
    return sorted((row.number, row.title) for row in rows)


def begun(page: OffersPage, qtbot: QtBot) -> OfferEditor:
    page.new()
    qtbot.waitUntil(lambda: "2026-00" in page.editor.head.title.text())
    return page.editor


def opened(page: OffersPage, base: ClientBase, qtbot: QtBot) -> tuple[OfferEditor, SavedOffer]:
    saved = base.do(SaveOffer(Offer(title="теплицы"), TODAY)).value
    page.focus_item(saved.id)
    qtbot.waitUntil(lambda: page.editor.offer_id() == saved.id)
    return page.editor, saved


def test_a_page_is_left_at_once_while_the_base_is_being_written(
    page: OffersPage, host: ShellHost, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    editor = begun(page, qtbot)
    may_go_on = Event()

    def long_write(_: Progress) -> Outcome[SavedOffer]:
        may_go_on.wait(20)
        return base.do(SaveOffer(Offer(title="другое"), TODAY))

    host.context.write(long_write)
    typing(editor.form.title, "Теплицы")
    editor.save()
    typing(editor.form.title, "!")
    assert page.may_leave()
    assert page.may_leave()
    assert not may_go_on.is_set()
    may_go_on.set()
    qtbot.waitUntil(lambda: not host.context.jobs.busy())
    assert titles(base) == [("2026-001", "другое"), ("2026-002", "Теплицы!")]
    assert not editor.is_changed()


def test_another_offer_is_shown_once_this_one_is_kept(
    page: OffersPage, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    other = base.do(SaveOffer(Offer(title="другое"), TODAY)).value
    editor = begun(page, qtbot)
    typing(editor.form.title, "Теплицы")
    page.focus_item(other.id)
    assert editor.form.title.text() == "Теплицы"
    typing(editor.form.title, "!")
    qtbot.waitUntil(lambda: editor.offer_id() == other.id)
    assert titles(base) == [("2026-001", "другое"), ("2026-002", "Теплицы!")]


def test_what_was_typed_over_a_change_from_elsewhere_is_kept_as_an_offer_of_its_own(
    page: OffersPage,
    base: ClientBase,
    qtbot: QtBot,
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor, saved = opened(page, base, qtbot)
    told: list[str] = []
    monkeypatch.setattr(page.host, "warn", told.append)
    base.do(SaveOffer(Offer(title="их слово"), TODAY, saved.id, saved.edition))
    typing(editor.form.title, "мои ")
    assert page.may_leave()
    qtbot.waitUntil(lambda: not editor.is_changed())
    assert titles(base) == [("2026-001", "их слово"), ("2026-002", "мои теплицы")]
    assert "2026-002" in told[0]


def test_what_was_typed_stays_when_undo_takes_the_offer_away(
    page: OffersPage, host: ShellHost, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    editor = begun(page, qtbot)
    typing(editor.form.title, "Теплицы")
    editor.save()
    qtbot.waitUntil(lambda: editor.offer_id() is not None)
    typing(editor.form.title, "!")
    host.context.do(Undo())
    qtbot.waitUntil(lambda: titles(base) == [("2026-002", "Теплицы!")])
    qtbot.waitUntil(lambda: not editor.is_changed())


def test_an_offer_beyond_all_prices_is_told_of_and_not_left(
    page: OffersPage,
    base: ClientBase,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = OfferLine("Завод", Decimal(999_999_999), {Tier.GOOD: Decimal(1)})
    saved = base.do(SaveOffer(Offer(title="завод", lines=(line,)), TODAY)).value
    page.focus_item(saved.id)
    qtbot.waitUntil(lambda: page.editor.offer_id() == saved.id)
    huge = replace(line, quantities={Tier.GOOD: Decimal(999_999)})
    page.editor.form.lines.show_lines((huge,), frozen=False)
    told: list[str] = []
    monkeypatch.setattr(page.host, "warn", told.append)
    assert page.editor.is_changed()
    assert not page.may_leave()
    page.editor.leave()
    page.editor.save()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert len(set(told)) == 1
    assert page.editor.form.offer().lines == (huge,)
    assert base.ask(stored_offer, saved.id).sheet.offer.lines == (line,)
    page.editor.form.lines.show_lines((line,), frozen=False)


def test_a_failed_save_is_told_of_and_tried_again(
    page: OffersPage,
    base: ClientBase,
    qtbot: QtBot,
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = begun(page, qtbot)
    typing(editor.form.title, "Теплицы")

    def full_disk(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(base, "do", full_disk)
        troubles: list[object] = []
        broken.setattr(page.host, "trouble", troubles.append)
        editor.leave()
        qtbot.waitUntil(lambda: len(troubles) == 1)
    assert editor.is_changed()
    assert page._is_editing()
    editor.leave()
    qtbot.waitUntil(lambda: not page._is_editing())
    assert titles(base) == [("2026-001", "Теплицы")]
