"""The language of a paper in the window: chosen per offer, shown at once, kept with the draft."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.offers import SaveOffer, SetOfferState
from db.commands.settings import ChangeSettings
from db.commands.undo import Undo
from db.domain.ids import OfferId
from db.domain.offers import OfferState
from db.file.create import create_base
from db.queries.offers.offers import offer_list, stored_offer
from db.queries.setup import owner_settings
from tests.offer_sample import TODAY, greenhouse_offer
from ui.offers import paper_pane
from ui.offers.editor import OfferEditor
from ui.offers.page import OffersPage
from ui.shell.host import ShellHost


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        use_language(opened, "ru")
        yield opened


@pytest.fixture
def page(host: ShellHost, qtbot: QtBot) -> OffersPage:
    made = OffersPage(host)
    qtbot.addWidget(made)
    made.resize(1186, 768)
    made.show()
    made.show_page()
    return made


@pytest.fixture
def editor(page: OffersPage, base: ClientBase, qtbot: QtBot) -> OfferEditor:
    saved = base.do(SaveOffer(replace(greenhouse_offer(), client_id=None), TODAY)).value
    page.focus_item(saved.id)
    qtbot.waitUntil(lambda: page.editor.offer_id() == saved.id)
    return page.editor


def use_language(base: ClientBase, language: str) -> None:
    base.do(ChangeSettings(replace(base.ask(owner_settings), paper_language=language)))


def stored_language(base: ClientBase, editor: OfferEditor) -> str | None:
    offer_id = editor.offer_id()
    assert offer_id is not None
    return base.ask(stored_offer, offer_id).sheet.offer.language


def words_on_paper(
    editor: OfferEditor, monkeypatch: pytest.MonkeyPatch, target: Path, qtbot: QtBot
) -> str:
    monkeypatch.setattr(paper_pane, "ask_save", lambda *_args: target)
    editor.save_pdf()
    qtbot.waitUntil(target.exists)
    return " ".join(PdfReader(target).pages[0].extract_text().split())


def choose(editor: OfferEditor, key: Qt.Key, qtbot: QtBot) -> None:
    editor.form.language.setFocus()
    qtbot.keyClick(editor.form.language, key)


def test_a_language_is_chosen_by_keyboard_and_the_paper_follows(
    editor: OfferEditor,
    base: ClientBase,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert editor.form.language.currentText() == "из настроек (русский)"
    qtbot.waitUntil(lambda: editor.paper.preview.page_count() == 1)
    before = editor.paper.preview._pages.grab().toImage()
    choose(editor, Qt.Key.Key_End, qtbot)
    assert editor.is_changed()
    qtbot.waitUntil(lambda: editor.paper.preview._pages.grab().toImage() != before)
    words = words_on_paper(editor, monkeypatch, tmp_path / "out.pdf", qtbot)
    assert "No. 2026-001 of 22 November 2026" in words
    assert "₽54,900" in words
    assert "fifty-four thousand" in words
    assert stored_language(base, editor) == "en"
    base.do(Undo())
    assert stored_language(base, editor) is None


def test_the_choice_follows_changed_settings(
    editor: OfferEditor, base: ClientBase, qtbot: QtBot
) -> None:
    use_language(base, "en")
    editor.look_again()
    qtbot.waitUntil(lambda: editor.form.language.currentText() == "из настроек (английский)")
    assert not editor.is_changed()
    assert stored_language(base, editor) is None
    choose(editor, Qt.Key.Key_End, qtbot)
    use_language(base, "ru")
    editor.look_again()
    qtbot.waitUntil(lambda: editor.form.language.itemText(0) == "из настроек (русский)")
    assert editor.form.language.value() == "en"


def test_a_copy_keeps_the_language_and_a_sent_offer_can_not_change_it(
    editor: OfferEditor, base: ClientBase, qtbot: QtBot
) -> None:
    first = editor.offer_id()
    assert first is not None
    choose(editor, Qt.Key.Key_End, qtbot)
    editor.copy()
    qtbot.waitUntil(lambda: editor.offer_id() not in (None, first))
    copied = editor.offer_id()
    assert copied is not None
    assert [stored_language(base, editor), editor.form.language.value()] == ["en", "en"]
    assert len(base.ask(offer_list)) == 2
    base.do(SetOfferState(OfferId(copied), OfferState.SENT, TODAY))
    editor.look_again()
    qtbot.waitUntil(lambda: editor.is_frozen)
    assert not editor.form.language.isEnabled()
    assert editor.form.language.value() == "en"
