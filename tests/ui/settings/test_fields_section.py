"""Fields and rules in Settings: each change at once, each with the way back."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField, SetRule
from db.commands.undo import Undo
from db.domain.field_rules import FieldRule, Level, Scope, scope_of
from db.domain.fields import FieldKind
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
