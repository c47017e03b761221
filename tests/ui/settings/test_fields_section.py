"""Fields and rules in Settings: each change at once, each with the way back."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField, SetRule
from db.commands.undo import Undo
from db.domain.condition import EVERYBODY, All, Comparison, Operator, equals, meaning
from db.domain.field_rules import FieldRule, Level, Scope, scope_of
from db.domain.fields import Entry, FieldKind
from db.queries.cards.full_card import full_card
from db.queries.setup import all_rules, own_fields
from ui.parts.context import Context
from ui.settings.field_dialogs import ChoicesDialog, NewFieldDialog, RuleDialog
from ui.settings.fields_section import FieldsSection
from ui.shell.host import ShellHost


def idle(qtbot: QtBot, context: Context) -> None:
    for pause in (20, 20, 20):
        qtbot.wait(pause)
        qtbot.waitUntil(lambda: not context.jobs.busy(), timeout=5000)


@pytest.fixture
def section(host: ShellHost, qtbot: QtBot) -> Iterator[FieldsSection]:
    base = host.context.base
    base.do(SetRule("phone", Level.GAP, purpose="напомнить"))
    base.do(AddField("Волосы", FieldKind.CHOICE, ("сухие", "жирные")))
    base.do(AddField("Краска", FieldKind.TEXT))
    base.do(CreateClient({"name": "Анна", "own_1": "сухие"}))
    made = FieldsSection(host)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    idle(qtbot, host.context)
    yield made
    idle(qtbot, host.context)


def choose(section: FieldsSection, label: str) -> None:
    row = next(row for row in section.model.rows() if row.label == label)
    section.table.select_id(row.number)


def test_every_field_stands_in_the_list_with_its_rule(section: FieldsSection) -> None:
    rows = {row.field.key: row for row in section.model.rows()}
    assert rows["phone"].rule is not None
    assert rows["phone"].fill is not None
    assert (rows["phone"].fill.filled, rows["phone"].fill.applies) == (0, 1)
    assert rows["address"].rule is None
    assert rows["own_2"].label == "Краска"


def test_a_new_field_is_made_with_its_rule(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    section.add()
    (dialog,) = section.findChildren(NewFieldDialog)
    dialog.accept()
    assert dialog.label.error  # a field without a name is none
    dialog.label.set_value("Аллергии")
    dialog.rule.level.set_value(Level.GAP)
    dialog.rule.purpose.set_value("чтобы не навредить")
    dialog.accept()
    idle(qtbot, section._context)
    assert [field.label for field in base.ask(own_fields)][-1] == "Аллергии"
    rule = base.ask(all_rules)[-1]
    assert (rule.field_key, rule.purpose) == ("own_3", "чтобы не навредить")


def test_a_rule_is_changed_and_taken_away(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    for level, left in ((Level.BLOCK, 1), (None, 0)):
        choose(section, "Телефон" if section.model.rows()[2].label == "Телефон" else "Phone")
        section.change()
        dialog = section.findChildren(RuleDialog)[-1]
        dialog.rule.level.set_value(level)
        dialog.rule.kind.set_value("person")
        dialog.accept()
        idle(qtbot, section._context)
        assert len(base.ask(all_rules)) == left
        if left:
            (rule,) = base.ask(all_rules)
            assert (rule.level, scope_of(rule.condition)) == (Level.BLOCK, Scope(kind="person"))
            assert rule.purpose == "напомнить"


def test_own_fields_move_and_go_into_the_archive_and_back(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    choose(section, "Краска")
    section._move(-1)
    idle(qtbot, section._context)
    assert [field.label for field in base.ask(own_fields)] == ["Краска", "Волосы"]
    section.archive()
    idle(qtbot, section._context)
    assert [field.label for field in base.ask(own_fields)] == ["Волосы"]
    choose(section, "Краска")
    assert not section._buttons["change"].isEnabled()
    section.archive()
    idle(qtbot, section._context)
    assert len(base.ask(own_fields)) == 2


def test_a_value_of_a_list_moves_its_cards(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    choose(section, "Волосы")
    section.values()
    idle(qtbot, section._context)
    (dialog,) = section.findChildren(ChoicesDialog)
    dry, oily = dialog._rows
    dry.toggle()
    assert dry._move is not None
    dry._move.set_value(oily.choice.id)
    oily.line.set_value("очень жирные")
    dialog.new.set_value("нормальные\n\nокрашенные")
    dialog.accept()
    idle(qtbot, section._context)
    field = base.ask(own_fields)[0]
    assert [(choice.text, choice.archived) for choice in field.choices] == [
        ("сухие", True), ("очень жирные", False), ("нормальные", False), ("окрашенные", False),
    ]  # fmt: skip
    client = 1
    assert base.ask(full_card, client).card.values["own_1"] == "очень жирные"  # type: ignore[arg-type]


def test_a_refused_value_of_a_list_leaves_the_dialog_open_with_all_that_is_typed(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    choose(section, "Волосы")
    section.values()
    idle(qtbot, section._context)
    (dialog,) = section.findChildren(ChoicesDialog)
    dry, oily = dialog._rows
    assert dry.line.hasFocus()
    assert not dry.line.selectedText()  # the first key must not replace it
    dry.line.set_value("очень сухие")
    oily.toggle()
    dialog.new.set_value("окрашенные\nОчень Сухие")
    dialog.accept()
    idle(qtbot, section._context)
    assert dialog.isVisible()
    assert "Очень Сухие" in dialog._refusal.text()
    assert (dry.line.value(), dialog.new.value()) == ("очень сухие", "окрашенные\nОчень Сухие")
    before = base.ask(own_fields)[0].choices
    assert [(choice.text, choice.archived) for choice in before] == [
        ("сухие", False), ("жирные", False),
    ]  # fmt: skip
    dialog.new.set_value("окрашенные")
    dialog.accept()
    idle(qtbot, section._context)
    assert [choice.text for choice in base.ask(own_fields)[0].choices] == [
        "очень сухие", "жирные", "окрашенные",
    ]  # fmt: skip
    section._host.undo.undo()  # one step takes all of it back
    idle(qtbot, section._context)
    assert base.ask(own_fields)[0].choices == before


def test_a_taken_name_is_told_and_what_is_typed_stays(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    choose(section, "Краска")
    section.change()
    dialog = section.findChildren(RuleDialog)[-1]
    assert dialog.label is not None
    dialog.label.set_value("волосы")
    dialog.accept()
    idle(qtbot, section._context)
    assert dialog.isVisible()
    assert "волосы" in dialog._refusal.text()
    assert base.ask(own_fields)[1].label == "Краска"
    dialog.label.set_value("Оттенок")
    dialog.accept()
    idle(qtbot, section._context)
    assert base.ask(own_fields)[1].label == "Оттенок"


def test_undo_elsewhere_is_seen_here(
    section: FieldsSection, context: Context, qtbot: QtBot
) -> None:
    def rule() -> FieldRule | None:
        (row,) = (row for row in section.model.rows() if row.field.key == "address")
        return row.rule

    context.do(SetRule("address", Level.GAP))
    idle(qtbot, context)
    assert rule() is not None
    context.do(Undo())
    idle(qtbot, context)
    assert rule() is None


def rule_dialog(section: FieldsSection, label: str) -> RuleDialog:
    choose(section, label)
    section.change()
    return section.findChildren(RuleDialog)[-1]


@pytest.mark.parametrize(
    ("key", "value"), [("own_1", "жирные"), ("consent", True), ("consent", False)]
)
def test_a_rule_asks_only_where_a_field_has_a_value(
    section: FieldsSection, base: ClientBase, qtbot: QtBot, key: str, value: Entry
) -> None:
    dialog = rule_dialog(section, "Краска")
    where = dialog.rule.where
    assert not where.choice.isVisible()
    assert not where.text.isVisible()
    dialog.rule.level.set_value(Level.GAP)
    where.field.set_value(key)
    where.field.editor.edited.emit()
    dialog.accept()
    assert where.choice.error  # a value must be chosen
    where.choice.set_value(value)
    dialog.accept()
    idle(qtbot, section._context)
    rule = base.ask(all_rules)[-1]
    assert (rule.field_key, rule.condition) == ("own_2", All((equals(key, value),)))
    again = rule_dialog(section, "Краска").rule.where
    assert (again.field.value(), again.choice.value()) == (key, value)


def test_a_rule_asks_only_where_a_text_is_equal_and_no_more(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    dialog = rule_dialog(section, "Краска")
    dialog.rule.level.set_value(Level.GAP)
    dialog.rule.where.field.set_value("source")
    dialog.rule.where.field.editor.edited.emit()
    dialog.rule.where.text.set_value("сайт")
    dialog.accept()
    idle(qtbot, section._context)
    assert base.ask(all_rules)[-1].condition == All((equals("source", "сайт"),))
    dialog = rule_dialog(section, "Краска")
    assert dialog.rule.where.text.value() == "сайт"
    dialog.rule.where.field.set_value(None)
    dialog.rule.where.field.editor.edited.emit()
    dialog.accept()
    idle(qtbot, section._context)
    assert base.ask(all_rules)[-1].condition == EVERYBODY


def test_a_condition_the_dialog_can_not_show_is_named_and_kept(
    section: FieldsSection, base: ClientBase, qtbot: QtBot
) -> None:
    large = Comparison("share_of_wallet", Operator.AT_LEAST, Decimal(1000))
    base.do(SetRule("own_2", Level.GAP, All((large, equals("own_1", "сухие")))))
    section.load()
    idle(qtbot, section._context)
    dialog = rule_dialog(section, "Краска")
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "1\u00a0000" in shown
    assert dialog.rule.where.choice.value() == "сухие"
    dialog.rule.where.choice.set_value("жирные")
    dialog.accept()
    idle(qtbot, section._context)
    rule = base.ask(all_rules)[-1]
    assert meaning(rule.condition) == meaning(All((large, equals("own_1", "жирные"))))


def test_the_buttons_fit_a_small_screen_with_large_text(
    section: FieldsSection, looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    looks("light", 200)
    leaves = 1240  # the navigation of a screen of 1366
    qtbot.wait(50)  # the layouts are done in the event loop
    assert section.minimumSizeHint().width() <= leaves


def test_an_own_field_can_not_have_the_name_of_a_standard_one(
    section: FieldsSection, qtbot: QtBot
) -> None:
    section.add()
    (dialog,) = section.findChildren(NewFieldDialog)
    for name in ("Телефон", " телефон"):
        dialog.label.set_value(name)
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.label.error
    dialog.reject()
    choose(section, "Краска")
    section.change()
    (rule,) = section.findChildren(RuleDialog)
    assert rule.label is not None
    rule.label.set_value("телефон")
    rule.accept()
    assert rule.label.error
    rule.label.set_value("краска")
    rule.accept()
    idle(qtbot, section._context)
    assert "краска" in {row.label for row in section.model.rows()}
