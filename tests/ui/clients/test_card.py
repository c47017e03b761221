"""The card: typed into, saved, left, brought back; and what is written from it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import DeleteClients, UpdateClient
from db.commands.fields import AddField, SetRule
from db.commands.relations import AddAgreement
from db.domain.field_rules import GapAnswer, Level
from db.domain.fields import FieldKind
from db.domain.ids import ClientId
from db.queries.cards.full_card import full_card
from db.queries.cards.purchases import client_interactions, client_purchases
from tests.ui.clients.steps import Told, idle, type_into
from ui.clients.dialogs import PurchaseDialog, TalkDialog
from ui.clients.page import ClientsPage
from ui.clients.questions import ConflictDialog, GoneDialog, Leave
from ui.parts.context import Context
from ui.shell.host import ShellHost

Typing = Callable[[QWidget, str], None]
DAY = date(2026, 11, 22)


def test_an_edit_is_saved_with_the_way_back(
    page: ClientsPage, base: ClientBase, anna: ClientId, told: Told, qtbot: QtBot
) -> None:
    assert not page.panel.save.isEnabled()
    type_into(page, "birthday", "8.3.84")
    assert page.panel.save.isEnabled()
    assert page.panel.form.banner.keys() == []
    assert page.card.save()
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.values["birthday"] == "1984-03-08"
    assert not page.card.is_changed
    (text, undo), *_rest = told.quiet
    assert text
    assert undo is not None
    page.host.undo.take_back(undo)
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.values["birthday"] is None
    assert page.panel.form.slot("birthday").editor.text() == ""


def test_only_the_fields_that_were_changed_are_written(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    page.card.save()
    idle(qtbot, page.context)
    # The phone was shown tidied and stays as it was typed.
    assert base.ask(full_card, anna).card.values["phone"] == ("8 913 123-45-67",)


def test_a_value_nobody_can_read_is_told_at_its_field_and_kept(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "birthday", "31.02.1990")
    assert page.panel.form.slot("birthday").error
    assert not page.card.save()
    assert page.panel.form.slot("birthday").editor.text() == "31.02.1990"
    assert base.ask(full_card, anna).card.version == 1


def test_a_doubtful_phone_warns_and_is_saved(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "phone", "12")
    slot = page.panel.form.slot("phone")
    assert "12" in slot.message.text()
    assert slot.error is None
    page.card.save()
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.values["phone"] == ("12",)


def test_a_phone_is_made_tidy_on_leaving(page: ClientsPage) -> None:
    type_into(page, "phone", "89131234568, 8(903)1112233")
    shown = page.panel.form.slot("phone").editor.text().replace("\u00a0", " ")
    assert shown == "+7 913 123-45-68, +7 903 111-22-33"


def test_a_blocking_rule_is_told_at_the_field(
    page: ClientsPage, base: ClientBase, told: Told, qtbot: QtBot
) -> None:
    base.do(SetRule("phone", Level.BLOCK))
    page.new()
    idle(qtbot, page.context)
    type_into(page, "name", "Вера")
    page.card.save()
    idle(qtbot, page.context)
    assert page.panel.form.slot("phone").error
    assert page.panel.form.slot("name").editor.text() == "Вера"
    assert told.warnings
    assert page.card.is_changed


def test_wont_say_closes_the_gap_and_is_saved(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    slot = page.panel.form.slot("birthday")
    assert slot.menu_button.isVisible()
    slot.answer_actions(slot)[0].trigger()
    assert page.panel.form.banner.keys() == []
    page.card.save()
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.answers["birthday"].answer is GapAnswer.REFUSED
    type_into(page, "birthday", "8.3")
    page.card.save()
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.answers == {}


@pytest.mark.parametrize(
    ("choice", "kept", "shown"),
    [(Leave.SAVE, "Барнаул", "boris"), (Leave.DROP, None, "boris"), (Leave.STAY, None, "anna")],
)
def test_leaving_a_changed_card_asks_and_obeys(  # noqa: PLR0917 - fixtures
    choice: Leave, kept: str | None, shown: str, page: ClientsPage, base: ClientBase,
    anna: ClientId, boris: ClientId, qtbot: QtBot,
) -> None:  # fmt: skip
    asked: list[str] = []

    def ask(_parent: QWidget, name: str) -> Leave:
        asked.append(name)
        return choice

    page.ask_leave = ask
    type_into(page, "address", "Барнаул")
    page.list.table.select_id(boris)
    idle(qtbot, page.context)
    assert asked == ["Анна Ёлкина"]
    assert base.ask(full_card, anna).card.values["address"] == kept
    wanted = {"anna": anna, "boris": boris}[shown]
    assert page.card.client_id == wanted
    assert page.list.table.current_id() == wanted
    if choice is Leave.STAY:
        assert page.panel.form.slot("address").editor.text() == "Барнаул"


def test_a_card_that_cannot_be_saved_is_not_left(
    page: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    base.do(SetRule("phone", Level.BLOCK))
    page.ask_leave = lambda _parent, _name: Leave.SAVE
    type_into(page, "phone", "")
    page.list.table.select_id(boris)
    idle(qtbot, page.context)
    assert page.card.client_id == page.list.table.current_id() == anna
    assert page.panel.form.slot("phone").error


def test_the_page_may_be_left_once_the_card_is_saved(
    page: ClientsPage, base: ClientBase, anna: ClientId
) -> None:
    assert page.may_leave()
    type_into(page, "address", "Барнаул")
    page.ask_leave = lambda _parent, _name: Leave.STAY
    assert not page.may_leave()
    page.ask_leave = lambda _parent, _name: Leave.SAVE
    assert page.may_leave()
    assert base.ask(full_card, anna).card.values["address"] == "Барнаул"


def test_what_is_typed_while_saving_is_not_lost(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    page.card.save()
    type_into(page, "region", "Алтай")
    idle(qtbot, page.context)
    assert page.card.is_changed
    assert page.panel.form.slot("region").editor.value() == "Алтай"
    page.card.save()
    idle(qtbot, page.context)
    values = base.ask(full_card, anna).card.values
    assert (values["address"], values["region"]) == ("Барнаул", "Алтай")


def test_a_card_changed_meanwhile_asks_field_by_field(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    type_into(page, "region", "Алтай")
    base.do(UpdateClient(anna, None, {"address": "Бийск", "source": "сайт"}))
    page.card.save()
    idle(qtbot, page.context)
    (dialog,) = [d for d in page.findChildren(QDialog) if isinstance(d, ConflictDialog)]
    assert dialog.keys() == ["address"]
    dialog.choose("address", mine=False)
    dialog.accept()
    idle(qtbot, page.context)
    values = base.ask(full_card, anna).card.values
    assert (values["address"], values["region"], values["source"]) == ("Бийск", "Алтай", "сайт")
    assert page.panel.form.slot("address").editor.text() == "Бийск"
    assert not page.card.is_changed


def test_changes_of_other_fields_meanwhile_need_no_question(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    base.do(UpdateClient(anna, None, {"source": "сайт"}))
    page.card.save()
    idle(qtbot, page.context)
    values = base.ask(full_card, anna).card.values
    assert (values["address"], values["source"]) == ("Барнаул", "сайт")


def test_a_purchase_is_written_by_the_dialog_and_enter(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    page.doings.purchase()
    idle(qtbot, page.context)
    (dialog,) = page.findChildren(PurchaseDialog)
    dialog.accept()  # without an amount nothing happens
    assert dialog.isVisible()
    assert dialog.amount.error
    dialog.amount.editor.setText("1 200,50")
    dialog.product.set_value("Стрижка")
    qtbot.keyClick(dialog.amount.editor, Qt.Key.Key_Return)
    idle(qtbot, page.context)
    (row,) = base.ask(client_purchases, anna)
    assert (row.amount, row.product, row.day) == (Decimal("1200.50"), "Стрижка", base.as_of)
    assert page.panel.purchases.model.rowCount() == 1
    page.panel.purchases.delete_wanted.emit(row.id)
    idle(qtbot, page.context)
    assert base.ask(client_purchases, anna) == []


def test_a_complaint_stays_open_until_it_is_settled(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    page.doings.talk()
    (dialog,) = page.findChildren(TalkDialog)
    assert dialog.unsettled.isHidden()
    dialog.kind.set_value("complaint")
    dialog.kind.editor.edited.emit()
    dialog.text.set_value("перепутали цвет")
    dialog.accept()
    idle(qtbot, page.context)
    (talk,) = base.ask(client_interactions, anna)
    assert talk.is_open
    row = next(held for held in page.panel.history.model.rows() if held.is_open)
    page.panel.history.table.select_id(row.number)
    page.doings._settle.trigger()
    idle(qtbot, page.context)
    assert base.ask(client_interactions, anna)[0].closed_on == base.as_of


def test_a_rule_made_elsewhere_marks_the_open_card(
    page: ClientsPage, context: Context, qtbot: QtBot
) -> None:
    context.do(SetRule("address", Level.GAP))
    context.do(AddField("Краска", FieldKind.TEXT))
    idle(qtbot, context)
    assert set(page.panel.form.banner.keys()) == {"birthday", "address"}
    assert page.panel.form.slot("own_1").plain_label == "Краска"


def test_a_link_of_the_banner_puts_the_cursor_into_the_field(
    page: ClientsPage, qtbot: QtBot
) -> None:
    page.panel.form.banner.wanted.emit("birthday")
    editor = page.panel.form.slot("birthday").editor
    assert page.focusWidget() is editor


def test_a_card_that_was_being_typed_comes_back_after_a_crash(
    page: ClientsPage, host: ShellHost, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    page.card._keep_draft()
    idle(qtbot, page.context)
    again = ClientsPage(host)
    qtbot.addWidget(again)
    again.show()
    again.show_page()
    idle(qtbot, host.context)
    assert again._draft_notice.isVisible()
    again._take_draft()
    idle(qtbot, host.context)
    assert again.card.client_id == anna
    assert again.panel.form.slot("address").editor.text() == "Барнаул"
    again.card.save()
    idle(qtbot, host.context)
    assert again.card.draft() is None


def test_a_saved_card_leaves_no_draft(page: ClientsPage, qtbot: QtBot) -> None:
    type_into(page, "address", "Барнаул")
    page.card._keep_draft()
    page.card.save()
    idle(qtbot, page.context)
    assert page.card.draft() is None


def test_esc_in_a_changed_form_asks_once(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, name: str) -> Leave:
        asked.append(name)
        return Leave.DROP

    page.ask_leave = ask
    type_into(page, "address", "Барнаул")
    page.panel.form.slot("address").editor.setFocus()
    qtbot.keyClick(page.panel.form.slot("address").editor, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert not page.card.is_changed
    qtbot.keyClick(page.panel.form.slot("name").editor, Qt.Key.Key_Escape)
    assert len(asked) == 1


def test_a_doubtful_value_saved_from_within_its_field_carries_its_sign(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    slot = page.panel.form.slot("phone")
    slot.editor.setFocus()
    slot.editor.selectAll()
    qtbot.keyClicks(slot.editor, "12ab")
    assert "12ab" not in slot.message.text()  # never while typing
    page.card.save()
    idle(qtbot, page.context)
    assert slot.editor.hasFocus()
    assert base.ask(full_card, anna).card.values["phone"] == ("12ab",)
    assert "12ab" in slot.message.text()


def test_a_new_card_is_asked_about_by_the_name_typed(page: ClientsPage, qtbot: QtBot) -> None:
    page.new()
    idle(qtbot, page.context)
    unnamed = page.card.name()
    type_into(page, "name", "Вера")
    assert (unnamed, page.card.name()) == ("Новый клиент", "Вера")


def _gone_dialog(page: ClientsPage) -> GoneDialog:
    (dialog,) = page.findChildren(GoneDialog)
    return dialog


def test_a_card_in_the_bin_can_be_restored_and_saved(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    base.do(DeleteClients((anna,)))
    page.card.save()
    idle(qtbot, page.context)
    _gone_dialog(page).accept()
    idle(qtbot, page.context)
    idle(qtbot, page.context)
    card = base.ask(full_card, anna).card
    assert (card.values["address"], card.deleted_at) == ("Барнаул", None)
    assert not page.card.is_changed


def test_what_was_typed_into_a_deleted_card_can_become_a_new_one(
    page: ClientsPage, base: ClientBase, anna: ClientId, qtbot: QtBot
) -> None:
    type_into(page, "address", "Барнаул")
    base.do(DeleteClients((anna,)))
    page.card.save()
    idle(qtbot, page.context)
    _gone_dialog(page).new_wanted.emit()
    idle(qtbot, page.context)
    assert page.card.is_new
    page.card.save()
    idle(qtbot, page.context)
    made = page.card.client_id
    assert made not in {None, anna}
    values = base.ask(full_card, made).card.values
    assert (values["name"], values["address"]) == ("Анна Ёлкина", "Барнаул")


def test_the_tab_of_agreements_counts_those_of_the_card_shown(
    page: ClientsPage, base: ClientBase, anna: ClientId
) -> None:
    base.do(AddAgreement(anna, "discount", Decimal(7)))
    page.panel.show_records(None, {})  # they may be read before the head
    page.panel.show_head(base.ask(full_card, anna))
    place = page.panel.tabs.indexOf(page.panel.agreements)
    assert page.panel.tabs.tabText(place) == "Договорённости 1"
    page.panel.show_new()
    assert page.panel.tabs.tabText(place) == "Договорённости"
