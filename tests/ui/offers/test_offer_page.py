"""Offers in the window: made by keyboard, kept by themselves, frozen when sent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.offers import SavedOffer, SaveOffer, SetOfferState
from db.domain.offers import Block, Offer, OfferSheet, OfferState, OfferStatus, Tier
from db.domain.settings import Company
from db.file.create import create_base
from db.outcome import Writing
from db.queries.offers.offers import StoredOffer, offer_list, stored_offer
from db.schema import Client
from tests.offer_sample import TODAY, greenhouse_offer
from ui.documents.offer_pdf import offer_pdf
from ui.offers import editor as editor_module
from ui.offers import paper_pane
from ui.offers.editor import OfferEditor
from ui.offers.line_rows import Cell
from ui.offers.page import OffersPage
from ui.offers.preview import print_pdf
from ui.shell.host import ShellHost
from ui.words import i18n

Typing = Callable[[QWidget, str], None]
Looks = Callable[[str, int], None]


class AddPlainClient:
    def run(self, writing: Writing) -> None:
        writing.session.add(Client(id=7, name="ООО «Колорит-Алтай»", version=1))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        opened.do(AddPlainClient())
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
def offer() -> Offer:
    return replace(greenhouse_offer(), client_id=7, client_name="ООО «Колорит-Алтай»")


def save(base: ClientBase, offer: Offer) -> SavedOffer:
    return base.do(SaveOffer(offer, TODAY)).value


def opened(page: OffersPage, offer_id: int, qtbot: QtBot) -> OfferEditor:
    page.focus_item(offer_id)
    qtbot.waitUntil(lambda: page.editor.offer_id() == offer_id)
    return page.editor


def only(base: ClientBase) -> StoredOffer:
    (row,) = base.ask(offer_list)
    return base.ask(stored_offer, row.id)


def begun(page: OffersPage, qtbot: QtBot) -> OfferEditor:
    page.new()
    qtbot.waitUntil(lambda: "2026-001" in page.editor.head.title.text())
    return page.editor


def type_in_table(editor: OfferEditor, typing: Typing, words: list[str], qtbot: QtBot) -> None:
    """Type cells one after another with Enter between them, as at a spreadsheet."""
    table = editor.form.table
    table.go_to(table.model().rowCount() - 1, Cell.TEXT)
    for text in words:
        table.edit(table.currentIndex())
        line = table.findChildren(QLineEdit)[-1]  # the ones before are on their way out
        line.selectAll()
        typing(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()


def test_an_offer_is_made_by_keyboard_alone(
    page: OffersPage, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    editor = begun(page, qtbot)
    typing(editor.form.title, "Теплицы")
    type_in_table(editor, typing, ["Каркас", "шт", "100", "150", "", "1", "2", "3"], qtbot)
    totals = [panel._total.text() for panel in editor.form.tiers.panels.values()]
    assert totals == ["150\u00a0₽", "300\u00a0₽", "450\u00a0₽"]
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.offer_id() is not None)
    held = only(base).sheet
    assert (held.number, held.offer.title, len(held.offer.lines)) == ("2026-001", "Теплицы", 1)
    assert held.offer.lines[0].quantities == {Tier.GOOD: 1, Tier.BETTER: 2, Tier.BEST: 3}


def test_an_offer_begun_after_midnight_is_of_the_new_day(
    page: OffersPage, base: ClientBase, qtbot: QtBot, typing: Typing, midnight: Callable[[], date]
) -> None:
    today = midnight()
    editor = begun(page, qtbot)
    typing(editor.form.title, "Теплицы")
    typing(editor.form.valid_until, "завтра")
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: editor.offer_id() is not None)
    sheet = only(base).sheet
    assert (sheet.created_on, sheet.offer.valid_until) == (today, today + timedelta(days=1))


def test_an_offer_not_begun_leaves_no_trace(
    page: OffersPage, base: ClientBase, qtbot: QtBot
) -> None:
    editor = begun(page, qtbot)
    assert not editor.is_changed()
    editor.leave()
    assert base.ask(offer_list) == ()


def test_leaving_keeps_what_was_typed(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot, typing: Typing
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    area = editor.form.blocks[Block.BONUS]
    area.setFocus()
    typing(area, "Ёмкость в подарок")
    assert editor.is_changed()
    assert page.may_leave()
    qtbot.waitUntil(lambda: not editor.is_changed())
    assert only(base).sheet.offer.block(Block.BONUS) == "Ёмкость в подарок"
    assert only(base).sheet.offer.lines == offer.lines


def test_a_pause_keeps_the_draft(
    page: OffersPage, base: ClientBase, qtbot: QtBot, typing: Typing, offer: Offer
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    editor._keep_timer.setInterval(10)
    typing(editor.form.title, "!")
    qtbot.waitUntil(lambda: only(base).sheet.offer.title.startswith("!"))
    qtbot.waitUntil(lambda: not editor.is_changed())


def test_showing_an_offer_changes_nothing(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot
) -> None:
    for language in ("ru", "en"):
        i18n.use(language)
        editor = opened(page, save(base, offer).id, qtbot)
        assert not editor.is_changed()
        assert editor.form.offer() == replace(offer, tiers=dict(offer.tiers))


def test_what_cannot_be_read_is_shown_and_the_rest_is_saved(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot, typing: Typing
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    editor.form.valid_until.setText("31.02.2027")
    typing(editor.form.title, "!")
    editor.save_loudly()
    qtbot.waitUntil(lambda: only(base).sheet.offer.title.startswith("!"))
    assert editor.form.valid_until.text() == "31.02.2027"
    assert editor.form._fields["valid_until"].error


def test_leaving_unreadable_values_is_asked_once(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    editor.form.lines.setData(editor.form.lines.index(0, Cell.PRICE), "дорого")
    answers = iter([False, True])
    monkeypatch.setattr(editor_module, "confirm", lambda *_args: next(answers))
    assert not page.may_leave()
    assert editor.form.table.currentIndex().column() == Cell.PRICE
    assert page.may_leave()


def test_findings_lead_to_their_place(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot
) -> None:
    empty = replace(offer, blocks={}, deadline=None)
    editor = opened(page, save(base, empty).id, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    editor.form.findings.place_wanted.emit("blocks.call_to_action")
    assert editor.form.blocks[Block.CALL_TO_ACTION].hasFocus()
    for place in ("client", "valid_until", "deadline", "lines", "tiers.best"):
        editor.form.go_to(place)


def test_a_client_is_chosen_from_the_cards(
    page: OffersPage, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    editor = begun(page, qtbot)
    picker = editor.form.client
    picker.setFocus()
    typing(picker, "колор")
    qtbot.waitUntil(lambda: bool(picker._by_words))
    assert picker.value() == (None, "колор")
    picker._completer.activated.emit(next(iter(picker._by_words)))
    assert picker.value() == (7, "ООО «Колорит-Алтай»")
    typing(picker, "x")
    assert picker.value()[0] is None


def test_an_offer_is_begun_for_a_client(page: OffersPage, qtbot: QtBot) -> None:
    page.new_for(7)
    qtbot.waitUntil(lambda: page.editor.form.client.value() == (7, "ООО «Колорит-Алтай»"))
    assert not page.editor.is_changed()


def test_a_name_typed_in_full_finds_its_card(
    page: OffersPage, qtbot: QtBot, typing: Typing
) -> None:
    editor = begun(page, qtbot)
    typing(editor.form.client, "ооо «колорит-алтай»")
    qtbot.waitUntil(lambda: editor.form.client.value()[0] == 7)


def test_a_sent_offer_is_frozen_and_revised_as_version_two(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot
) -> None:
    saved = save(base, offer)
    editor = opened(page, saved.id, qtbot)
    editor.send()
    qtbot.waitUntil(lambda: editor.is_frozen)
    assert editor.form.title.isReadOnly()
    editor.revise()
    qtbot.waitUntil(lambda: editor.offer_id() not in (None, saved.id))
    assert not editor.is_frozen
    assert (only(base).sheet.version, only(base).sheet.offer) == (2, offer)


def test_sending_what_is_not_ready_is_asked(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = opened(page, save(base, replace(offer, deadline=None)).id, qtbot)
    asked: list[object] = []

    def no(*args: object) -> bool:
        asked.append(args)
        return False

    monkeypatch.setattr(editor_module, "confirm", no)
    editor.send()
    assert len(asked) == 1
    assert only(base).state is OfferState.DRAFT


def test_an_answer_is_taken_down(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot
) -> None:
    saved = save(base, offer)
    base.do(SetOfferState(saved.id, OfferState.SENT, TODAY))
    editor = opened(page, saved.id, qtbot)
    editor.accept()
    dialog = QApplication.activeModalWidget() or editor.findChild(editor_module.AcceptDialog)
    assert isinstance(dialog, editor_module.AcceptDialog)
    dialog.accept()
    qtbot.waitUntil(lambda: only(base).status is OfferStatus.ACCEPTED)
    assert only(base).accepted_tier is Tier.BETTER


def test_a_deleted_draft_leaves_the_editor(
    page: OffersPage, base: ClientBase, offer: Offer, qtbot: QtBot
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    editor.delete()
    qtbot.waitUntil(lambda: not page._is_editing())
    assert base.ask(offer_list) == ()


def test_the_preview_shows_the_paper_and_it_is_saved_under_its_name(  # noqa: PLR0917
    page: OffersPage,
    base: ClientBase,
    offer: Offer,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = opened(page, save(base, offer).id, qtbot)
    qtbot.waitUntil(lambda: editor.paper.preview.page_count() == 1)
    names: list[str] = []

    def place(*args: object) -> Path:
        names.append(str(args[-1]))
        return tmp_path / "out.pdf"

    monkeypatch.setattr(paper_pane, "ask_save", place)
    editor.save_pdf()
    qtbot.waitUntil((tmp_path / "out.pdf").exists)
    assert names == ["КП-2026-001 Колорит-Алтай.pdf"]
    text = PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert "54 900" in text.replace("\u00a0", " ")


def test_the_preview_is_white_in_the_dark(
    page: OffersPage,
    base: ClientBase,
    offer: Offer,
    qtbot: QtBot,
    looks: Looks,
) -> None:
    looks("dark", 100)
    editor = opened(page, save(base, offer).id, qtbot)
    qtbot.waitUntil(lambda: editor.paper.preview.page_count() == 1)
    pages = editor.paper.preview._pages
    picture = pages.grab().toImage()
    place = pages._places[0]
    assert picture.pixelColor(place.center().x(), place.bottom() - 3).name() == "#ffffff"


def test_all_pages_are_printed(qapp: QApplication, offer: Offer, tmp_path: Path) -> None:
    long = replace(offer, blocks=dict.fromkeys(Block, "длинный текст " * 300))
    printed = offer_pdf(OfferSheet(long, "1", 1, TODAY, Company(), ""))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(72)
    print_pdf(printed.data, printer)
    assert printed.pages > 1
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == printed.pages


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_nothing_makes_the_page_wider_than_the_window(  # noqa: PLR0917
    page: OffersPage,
    base: ClientBase,
    offer: Offer,
    qtbot: QtBot,
    looks: Looks,
    percent: int,
    language: str,
) -> None:
    i18n.use(language)
    looks("light", percent)
    editor = opened(page, save(base, offer).id, qtbot)
    page.resize(1186, 700)
    QApplication.processEvents()
    assert page.width() == 1186
    form = editor.form
    assert form.horizontalScrollBar().maximum() == 0
