"""Segments in sentences: what each means, and why a client is in it."""

from datetime import date
from decimal import Decimal

import pytest

from db.domain.lifecycle import LifecycleThresholds, Status
from db.queries.segments.statuses import Membership
from ui.words import i18n
from ui.words.segments import days_words, segment_meaning, segment_named, why_here

TODAY = date(2026, 11, 22)
DEFAULTS = LifecycleThresholds()


def member(
    status: Status, visits: int, last_on: date | None, cycle_days: str | None = None
) -> Membership:
    cycle = None if cycle_days is None else Decimal(cycle_days)
    return Membership(status, visits, last_on, last_on, cycle, DEFAULTS, TODAY)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.POTENTIAL, "Ещё ни одной покупки."),
        (Status.NEW, "2 визита или меньше, либо первый — не раньше чем 90 дней назад."),
        (Status.REGULAR, "3 визита или больше, последний — недавно."),
        (Status.AT_RISK, "С последнего визита прошло своих циклов: 1,5 или больше."),
        (Status.LOST, "Не покупают дольше, чем 3 месяца, и прошло своих циклов больше, чем 2."),
    ],
)
def test_a_segment_is_explained_with_the_numbers_of_the_base(status: Status, words: str) -> None:
    assert plain(segment_meaning(status, DEFAULTS)) == words


def test_changed_numbers_are_shown() -> None:
    changed = LifecycleThresholds(new_visits=1, new_days=31, lost_months=6, lost_cycles=Decimal(3))
    assert plain(segment_meaning(Status.NEW, changed)).startswith("1 визит или меньше")
    assert plain(segment_meaning(Status.REGULAR, changed)).startswith("2 визита или больше")
    assert "6 месяцев" in plain(segment_meaning(Status.LOST, changed))


def test_why_a_client_is_here_names_visits_and_cycle() -> None:
    assert plain(why_here(member(Status.REGULAR, 5, date(2026, 11, 1), "35"))) == (
        "5 визитов, последний 21 день назад; обычно раз в 35 дней, с последнего визита прошло"
        " 0,6 цикла. Правило: 3 визита или больше, последний — недавно."
    )


def test_why_without_a_cycle_says_so() -> None:
    why = plain(why_here(member(Status.NEW, 1, date(2026, 11, 21))))
    assert why.startswith("1 визит, последний вчера; цикл неизвестен. ")


def test_why_of_a_client_without_a_visit_is_the_meaning_itself() -> None:
    meaning = segment_meaning(Status.POTENTIAL, DEFAULTS)
    assert why_here(member(Status.POTENTIAL, 0, None)) == meaning


@pytest.mark.parametrize(
    ("days", "words"), [(None, "—"), ("34.6", "35 дней"), ("1", "1 день"), ("22", "22 дня")]
)
def test_a_cycle_is_shown_in_whole_days(days: str | None, words: str) -> None:
    assert plain(days_words(None if days is None else Decimal(days))) == words


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_a_segment_is_named_by_its_code_whatever_the_language(
    status: Status, language: str
) -> None:
    i18n.use(language)
    assert segment_named(status.value) == status.value
    assert segment_named(status.value.upper()) == status.value
    assert segment_named("nonsense") == "nonsense"
