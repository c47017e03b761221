"""One word for one thing in the Russian texts, and forms that fit every number."""

from decimal import Decimal

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.offers import Deadline, DeadlineKind
from tests.house import tree
from ui.words import i18n
from ui.words import segments as words
from ui.words.offers import deadline_sentence


@pytest.fixture(scope="module")
def texts() -> Catalog:
    path = tree.ROOT / "resources/locale/ru/LC_MESSAGES/kartoteka.po"
    with path.open("rb") as file:
        return read_po(file, locale="ru")


@pytest.mark.parametrize(
    ("said", "russian"),
    [
        ("refund", "возврат денег"),  # «возврат» alone is winning back
        ("refunds: {count}", "возвратов денег: {count}"),
        ("A refund: with a minus", "Возврат денег — с минусом"),
        ("Redo", "Повторить"),
        ("Redone: {change}", "Повторено: {change}"),
        ("Done again: {what}", "Повторено: {what}"),
        ("do not contact", "не беспокоить"),
        ("asked not to be contacted", "не беспокоить"),
        ("Asked not to be contacted.", "Не беспокоить."),
        ("The client won't say", "Клиент не скажет"),
        ("won't say", "не скажет"),
        ("Contact…", "Контакт…"),
    ],
)
def test_one_thing_has_one_word(texts: Catalog, said: str, russian: str) -> None:
    held = texts.get(said)
    assert held is not None
    assert held.string == russian


@pytest.mark.parametrize("word", ["указатель", "не пускает", "не день", "Сохраняю", "Читаю"])
def test_words_nobody_would_say_are_not_said(texts: Catalog, word: str) -> None:
    assert [held.id for held in texts if held.id and word in str(held.string)] == []


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Цена только для первого покупателя"),
        (2, "Цена для первых 2 покупателей"),
        (21, "Цена для первых 21 покупателя"),
        (30, "Цена для первых 30 покупателей"),
    ],
)
def test_the_first_buyers_are_counted_in_any_number(count: int, sentence: str) -> None:
    i18n.use("ru")
    first = Deadline(DeadlineKind.FIRST_BUYERS, quantity=count)
    assert deadline_sentence(first) == sentence


def test_cycles_are_told_in_any_number() -> None:
    i18n.use("ru")
    for number, shown in ((Decimal(2), "2"), (Decimal(5), "5"), (Decimal("2.5"), "2,5")):
        lifecycle = LifecycleThresholds(lost_cycles=number, risk_cycles=number)
        assert words.segment_meaning(Status.LOST, lifecycle).endswith(
            f"циклов больше, чем {shown}."
        )
        assert f"циклов: {shown} или" in words.segment_meaning(Status.AT_RISK, lifecycle)
