"""Settings apply at once, are written to the base, and can be undone."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.settings import ChangeSettings
from db.domain.churn import LossReason, default_chances
from db.domain.settings import Settings
from db.errors import Trouble, TroubleError
from db.progress import CancelledError
from db.queries.setup import owner_settings
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.settings.business_section import BusinessSection
from ui.settings.looks_section import LooksSection
from ui.settings.page import SectionSpec, SettingsPage
from ui.settings.thresholds_section import ThresholdsSection
from ui.shell.host import ShellHost
from ui.widgets.field import LabelledField

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def page(host: ShellHost, qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(host, [SectionSpec("fields", lambda: "Поля", lambda _host: QWidget())])
    qtbot.addWidget(made)
    made.show()
    for key in ("looks", "business", "rules"):
        made.show_section(key)
    qtbot.waitUntil(lambda: not context.jobs.busy())
    return made


def _field(section: QWidget | None, label: str) -> LabelledField:
    assert section is not None
    found = [f for f in section.findChildren(LabelledField) if f.label.text() == label]
    assert len(found) == 1, [f.label.text() for f in section.findChildren(LabelledField)]
    return found[0]


def _wait(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy())


def test_looks_apply_at_once(page: SettingsPage, preferences: Preferences, qtbot: QtBot) -> None:
    looks = page.section("looks")
    assert isinstance(looks, LooksSection)
    for editor, value, name in (
        (looks.theme.editor, "dark", "theme"),
        (looks.text_size.editor, 150, "text_size"),
        (looks.language.editor, "en", "language"),
    ):
        editor.set_value(value)
        editor.edited.emit()
        assert getattr(preferences, name) == value
    assert [looks.language.editor.itemText(n) for n in (1, 2)] == ["Русский", "English"]


def test_a_field_is_written_when_it_is_left(
    page: SettingsPage, base: ClientBase, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    business = page.section("business")
    assert isinstance(business, BusinessSection)
    name = _field(business, "&Название")
    typing(name.editor, "Салон «Рассвет»")
    name.editor.left.emit()
    _wait(qtbot, context)
    assert base.ask(owner_settings).company.name == "Салон «Рассвет»"


def test_numbers_of_rules_are_kept_as_what_they_are(
    page: SettingsPage, base: ClientBase, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    thresholds = page.section("rules")
    assert isinstance(thresholds, ThresholdsSection)
    for label, typed in (
        ("Потерянный: без покупок месяцев более", "6"),
        ("Под угрозой: циклов без покупок", "1,7"),
        ("Обычный цикл отрасли, дней", "35"),
    ):
        editor = _field(thresholds, label).editor
        editor.clear()
        typing(editor, typed)
    assert thresholds.commit()
    _wait(qtbot, context)
    held = base.ask(owner_settings)
    assert held.lifecycle.lost_months == 6
    assert isinstance(held.lifecycle.lost_months, int)
    assert held.lifecycle.risk_cycles == Decimal("1.7")
    assert held.trade_cycle_days == 35
    cycle = _field(thresholds, "Обычный цикл отрасли, дней").editor
    cycle.clear()
    assert thresholds.commit()
    _wait(qtbot, context)
    assert base.ask(owner_settings).trade_cycle_days is None


def test_chances_of_a_return_can_be_changed_and_brought_back(
    page: SettingsPage, base: ClientBase, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    thresholds = page.section("rules")
    assert isinstance(thresholds, ThresholdsSection)
    shown = {reason: field.editor.text() for reason, field in thresholds.chances.items()}
    assert (shown[LossReason.UNKNOWN], shown[LossReason.CLOSED]) == ("30", "2")
    price = thresholds.chances[LossReason.PRICE]
    assert price.label.text() == "цена"
    for typed, kept in (("12,5", "0.125"), ("0", "0"), ("100", "1")):
        price.editor.clear()
        typing(price.editor, typed)
        price.editor.left.emit()
        _wait(qtbot, context)
        chances = base.ask(owner_settings).return_chances
        assert chances == {**default_chances(), LossReason.PRICE: Decimal(kept)}
    for typed in ("101", "-1", "много"):
        price.editor.clear()
        typing(price.editor, typed)
        assert not thresholds.commit()
        assert base.ask(owner_settings).return_chances[LossReason.PRICE] == 1
    thresholds.reset.click()
    _wait(qtbot, context)
    assert base.ask(owner_settings).return_chances == default_chances()
    assert price.editor.text() == "35"


def test_a_number_nobody_can_read_keeps_the_page(
    page: SettingsPage, base: ClientBase, typing: Typing
) -> None:
    thresholds = page.section("rules")
    field = _field(thresholds, "Потерянный: без покупок месяцев более")
    field.editor.clear()
    typing(field.editor, "полгода")
    assert not page.may_leave()
    assert thresholds.isVisible()
    assert base.ask(owner_settings) == Settings()


def test_what_was_typed_last_is_written_before_the_page_is_left(
    page: SettingsPage, base: ClientBase, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    typing(_field(page.section("business"), "&Адрес").editor, "Томск")
    assert page.may_leave()
    _wait(qtbot, context)
    assert base.ask(owner_settings).company.address == "Томск"


def test_a_doubtful_inn_is_kept_and_flagged(
    page: SettingsPage, base: ClientBase, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    inn = _field(page.section("business"), "&ИНН")
    typing(inn.editor, "7707083894")
    inn.editor.left.emit()
    _wait(qtbot, context)
    assert base.ask(owner_settings).company.inn == "7707083894"
    assert "контрольная" in inn.message.text()


def test_undo_shows_the_old_settings_again(
    page: SettingsPage, host: ShellHost, context: Context, qtbot: QtBot, typing: Typing
) -> None:
    name = _field(page.section("business"), "&Название")
    typing(name.editor, "А")
    name.editor.left.emit()
    qtbot.waitUntil(lambda: host.undo.undo_code == "ChangeSettings")
    host.undo.undo()
    qtbot.waitUntil(lambda: name.value() == "")


def test_a_change_that_is_not_saved_stays_in_its_field_and_is_tried_again(
    page: SettingsPage,
    qtbot: QtBot,
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(page.host, "tell", lambda text, undo=None: told.append(text))

    def refuse(*_: object) -> None:
        raise TroubleError(Trouble.DISK_FULL, "base.kartoteka")

    name = _field(page.section("business"), "&Название")
    typing(name.editor, "Салон")
    with monkeypatch.context() as full:
        full.setattr(page.host.context.base, "do", refuse)
        with qtbot.waitSignal(page.host.troubled):
            name.editor.left.emit()
        _wait(qtbot, page.host.context)
    assert (name.value(), told) == ("Салон", [])
    name.editor.left.emit()
    _wait(qtbot, page.host.context)
    assert page.host.context.base.ask(owner_settings).company.name == "Салон"
    assert told == ["Настройки сохранены"]


def test_a_change_that_is_stopped_shows_the_stored_value(
    page: SettingsPage,
    qtbot: QtBot,
    typing: Typing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(*_: object) -> None:
        raise CancelledError

    name = _field(page.section("business"), "&Название")
    typing(name.editor, "Салон")
    monkeypatch.setattr(page.host.context.base, "do", stop)
    name.editor.left.emit()
    qtbot.waitUntil(lambda: name.value() == "")


def test_a_change_from_elsewhere_is_shown(
    page: SettingsPage, context: Context, qtbot: QtBot
) -> None:
    context.do(ChangeSettings(Settings(vat_mode="included")))
    field = _field(page.section("business"), "НД&С новых предложений")
    qtbot.waitUntil(lambda: field.value() == "included")


def test_a_section_is_made_when_it_is_first_shown(host: ShellHost, qtbot: QtBot) -> None:
    made: list[str] = []

    def note(_: object) -> QWidget:
        made.append("fields")
        return QWidget()

    page = SettingsPage(host, [SectionSpec("fields", lambda: "Поля", note)])
    qtbot.addWidget(page)
    page.show()
    page.show_page()
    assert made == []
    page.show_section("fields")
    page.show_section("looks")
    page.show_section("fields")
    assert made == ["fields"]


def test_sections_of_others_stand_behind_ours(page: SettingsPage) -> None:
    assert [page.tabs.tabText(n) for n in range(page.tabs.count())][-1] == "Поля"
    page.show_section("fields")
    assert page.tabs.currentIndex() == page.tabs.count() - 1
