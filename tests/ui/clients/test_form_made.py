"""The form is made before the first card is wanted, and never over one that is open."""

from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.fields import AddField
from db.domain.fields import STANDARD, FieldKind
from db.domain.ids import ClientId
from db.queries.setup import all_fields, all_rules
from tests.ui.clients.steps import idle
from ui.clients.field_slot import FieldSlot
from ui.clients.page import ClientsPage
from ui.parts.context import Context
from ui.shell.host import ShellHost


def test_the_form_is_there_before_the_first_card(host: ShellHost, qtbot: QtBot) -> None:
    page = ClientsPage(host)
    qtbot.addWidget(page)
    page.show()
    page.show_page()
    idle(qtbot, host.context)
    assert page.card.client_id is None
    assert not page.panel.form.slot("name").is_changed


def test_fields_that_come_late_do_not_touch_an_open_card(
    page: ClientsPage, base: ClientBase, anna: ClientId, context: Context, qtbot: QtBot
) -> None:
    late = base.ask(all_fields), base.ask(all_rules)
    context.do(AddField("Размер", FieldKind.TEXT))
    idle(qtbot, context)
    page.card._prepare(late)
    assert page.card.client_id == anna
    assert page.panel.form.slot("phone").editor.value() == ("+7 913 123-45-67",)
    assert not page.card.is_changed


def test_a_field_that_was_just_made_is_not_changed(qtbot: QtBot) -> None:
    for field in STANDARD:
        slot = FieldSlot(field, "Поле", lambda: None)  # type: ignore[arg-type,return-value]
        qtbot.addWidget(slot)
        assert not slot.is_changed, field.key
