"""A field of each kind in a real window: made, filled, saved, opened again, and taken back."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.fields import AddField
from db.commands.undo import Undo
from db.domain.fields import CardValue, FieldKind
from db.domain.ids import ClientId
from db.domain.kinds import CUSTOM_KINDS
from db.queries.cards.full_card import full_card
from tests.ui.clients.steps import idle, type_into
from ui.clients.field_editors import EDITORS
from ui.clients.page import ClientsPage
from ui.parts.context import Context
from ui.widgets.choices import ChipsChoice, ChoiceBox
from ui.words.clients import field_value
from ui.words.kinds import KIND_WORDS, kind_name

HAIR = ("сухие", "жирные & ломкие")
# What a person types, what the card then holds, and how it is told elsewhere.
TYPED: dict[FieldKind, tuple[str, CardValue, str]] = {
    FieldKind.TEXT: ("Estel 7/44", "Estel 7/44", "Estel 7/44"),
    FieldKind.LONG_TEXT: ("две\nстроки", "две\nстроки", "две\nстроки"),
    FieldKind.NUMBER: ("1,5", Decimal("1.5"), "1,5"),
    FieldKind.MONEY: ("1200,5", Decimal("1200.50"), "1 200,50 ₽"),
    FieldKind.DATE: ("8.3.26", date(2026, 3, 8), "08.03.2026"),
    FieldKind.FLAG: ("Нет", False, "Нет"),
    FieldKind.CHOICE: ("сухие", "сухие", "сухие"),
    FieldKind.CHOICES: ("\n".join(HAIR), HAIR, "сухие, жирные & ломкие"),
    FieldKind.PHONE: ("89131234567", ("+7 913 123-45-67",), "+7 913 123-45-67"),
    FieldKind.EMAIL: ("a@ya.ru, b@ya.ru", ("a@ya.ru", "b@ya.ru"), "a@ya.ru, b@ya.ru"),
    FieldKind.LINK: ("example.ru/price", "example.ru/price", "example.ru/price"),
}


def plain(value: CardValue) -> CardValue:
    if isinstance(value, tuple):
        return tuple(entry.replace("\u00a0", " ") for entry in value)
    return value.replace("\u00a0", " ") if isinstance(value, str) else value


def test_every_kind_has_an_editor_and_words() -> None:
    assert set(EDITORS) == set(KIND_WORDS) == set(FieldKind)
    assert set(TYPED) == set(CUSTOM_KINDS)
    assert len({kind_name(kind) for kind in FieldKind}) == len(FieldKind)
    assert kind_name(FieldKind.CHOICES) == "несколько из списка"


@pytest.mark.parametrize("kind", CUSTOM_KINDS)
def test_a_field_of_each_kind_is_typed_saved_opened_again_and_undone(  # noqa: PLR0917
    page: ClientsPage,
    base: ClientBase,
    context: Context,
    anna: ClientId,
    boris: ClientId,
    kind: FieldKind,
    qtbot: QtBot,
) -> None:
    typed, value, told = TYPED[kind]
    key = context.do(AddField("Новое поле", kind, HAIR)) and "own_1"
    idle(qtbot, context)
    page.card.open(anna)
    idle(qtbot, context)
    slot = page.panel.form.slot(key)
    if isinstance(slot.editor, ChipsChoice | ChoiceBox) or kind is FieldKind.LONG_TEXT:
        slot.editor.set_typed(typed)
        slot.editor.edited.emit()
        slot.editor.left.emit()
    else:
        type_into(page, key, typed)
    assert slot.is_changed
    page.card.save()
    idle(qtbot, context)
    held = base.ask(full_card, anna).card.values[key]
    assert plain(held) == value
    assert plain(field_value(slot.field, held)) == told
    page.card.open(boris)
    idle(qtbot, context)
    assert not page.panel.form.slot(key).is_filled
    page.card.open(anna)
    idle(qtbot, context)
    assert page.panel.form.slot(key).card_value() == held
    assert not page.panel.form.is_changed
    base.do(Undo())
    assert base.ask(full_card, anna).card.values.get(key) is None


def test_a_doubtful_link_is_flagged_and_kept(
    page: ClientsPage, base: ClientBase, context: Context, anna: ClientId, qtbot: QtBot
) -> None:
    context.do(AddField("Сайт", FieldKind.LINK))
    idle(qtbot, context)
    page.card.open(anna)
    idle(qtbot, context)
    type_into(page, "own_1", "где-то там")
    assert page.panel.form.slot("own_1").message.text() == (
        "«где-то там» не похоже на адрес страницы"
    )
    page.card.save()
    idle(qtbot, context)
    assert base.ask(full_card, anna).card.values["own_1"] == "где-то там"


def test_chips_are_clicked_and_left(qtbot: QtBot) -> None:
    chips = ChipsChoice([("a", "R&D"), ("b", "б")])
    qtbot.addWidget(chips)
    chips.show()
    first, second = chips._chips["a"], chips._chips["b"]
    assert first.text() == "R&&D"
    with qtbot.waitSignal(chips.edited):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert chips.value() == ("b",)
    assert chips.focusProxy() is first
