"""Small parts of the card: words, letters of labels, drafts, editors."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.domain.cycle import Basis, Cycle, Timing
from db.domain.fields import STANDARD_BY_KEY, Choice, Field, FieldKind
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.queries.cards.head import AgreementRow, ClientHead
from ui.clients.drafts import Draft, DraftStore
from ui.clients.field_editors import editor_for, offer_choices
from ui.clients.field_slot import FieldSlot
from ui.clients.gap_banner import GapBanner
from ui.clients.mnemonics import with_mnemonics
from ui.widgets.cards import ScrollColumn
from ui.widgets.labels import ScaledLabel, note, title
from ui.words.clients import field_value, head_line, next_visit_line

DAY = date(2026, 11, 22)


def head(**given: object) -> ClientHead:
    usual: dict[str, object] = {
        "id": ClientId(1), "name": "Анна", "status": Status.REGULAR, "timing": Timing.EARLY,
        "visits": 4, "purchases": 4, "revenue": Decimal(4000), "average": Decimal(1000),
        "first_on": date(2026, 1, 1), "last_on": date(2026, 4, 16), "silent_days": 1,
        "cycle": Cycle(Decimal(35), Basis.OWN, 3, Decimal(2)), "next_on": date(2026, 5, 21),
        "complaint_on": None, "nps": None, "agreements": (),
    }  # fmt: skip
    return ClientHead(**{**usual, **given})  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_head_says_what_is_known_of_a_client() -> None:
    agreed = AgreementRow(1, "discount", Decimal("7.5000"), None, None, None, None, DAY)
    told = plain(head_line(head(agreements=(agreed,))))
    assert told == (
        "клиент с 01.01.2026 · 4 покупки · средний чек 1 000 ₽ · обычно раз в 35 дней"
        " · скидка 7,5 % до 22.11.2026"
    )


def test_the_next_visit_is_told_with_its_basis_and_window() -> None:
    told = plain(next_visit_line(head()))
    assert "21.05.2026 ± 3 дня" in told
    assert ": 3)" in told


def test_a_day_that_has_passed_is_not_told_as_the_next_visit() -> None:
    told = plain(next_visit_line(head(silent_days=50, timing=Timing.OVERDUE)))
    assert told.startswith("Визит ожидался 21.05.2026 ± 3 дня")
    assert " · " in told


def test_of_a_lost_client_no_timing_contradicts_the_badge() -> None:
    told = next_visit_line(head(silent_days=300, status=Status.LOST, timing=Timing.AT_RISK))
    assert plain(told).startswith("Визит ожидался 21.05.2026")
    assert " · " not in told


def test_without_a_cycle_there_is_no_date_anywhere() -> None:
    alone = head(cycle=None, next_on=None, timing=None)
    assert next_visit_line(alone) == ""
    assert "раз в" not in head_line(alone)


@pytest.mark.parametrize("make", [lambda text: title(text, wrap=True), note])
def test_a_name_without_spaces_never_asks_for_a_wide_window(
    make: Callable[[str], ScaledLabel], qtbot: QtBot
) -> None:
    label = make("Щ" * 255)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 250
    assert label.text() == "Щ" * 255
    assert label.accessibleName() in {"", label.text()}


def test_the_banner_is_as_high_as_its_links_need(qtbot: QtBot) -> None:
    column = ScrollColumn()
    qtbot.addWidget(column)
    banner = GapBanner()
    column.column.addWidget(banner)
    column.column.addStretch()
    column.resize(260, 700)
    column.show()
    banner.show_gaps([(str(n), f"Поле номер {n}") for n in range(5)], 6)
    qtbot.wait(20)
    assert banner.height() == banner.heightForWidth(banner.width())
    links = banner.findChildren(QPushButton)
    assert len(links) == 5
    for link in links:
        assert link.mapTo(banner, link.rect().bottomRight()).y() < banner.height()


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("birthday", "--03-08", "8 марта"),
        ("phone", ("89131234567", "нет"), "+7 913 123-45-67, нет"),
        ("consent", False, "Нет"),
        ("share_of_wallet", Decimal("1200.5"), "1 200,50 ₽"),
        ("consent_on", DAY, "22.11.2026"),
        ("kind", "company", "компания"),
        ("tags", (), "—"),
    ],
)
def test_a_value_is_told_as_a_person_reads_it(key: str, value: object, shown: str) -> None:
    assert plain(field_value(STANDARD_BY_KEY[key], value)) == shown


def test_no_two_labels_of_a_form_share_a_letter() -> None:
    labels = {str(n): text for n, text in enumerate(("Имя", "ИНН", "Источник", "Имя", "Я", "ИМЯ"))}
    marked = with_mnemonics(labels)
    letters = [text[text.index("&") + 1].casefold() for text in marked.values() if "&" in text]
    assert len(letters) == len(set(letters)) == 5  # the last has no letter left
    assert [text.replace("&", "") for text in marked.values()] == list(labels.values())


def test_a_draft_is_kept_apart_for_each_base_and_can_be_forgotten(tmp_path: Path) -> None:
    one, other = (DraftStore(tmp_path / name, tmp_path) for name in ("а.kartoteka", "б.kartoteka"))
    draft = Draft(7, {"name": "Анна", "birthday": "31.02"})
    one.keep(draft)
    assert (one.read(), other.read()) == (draft, None)
    one.forget()
    one.forget()
    assert one.read() is None


def test_a_damaged_draft_disturbs_nobody(tmp_path: Path) -> None:
    store = DraftStore(tmp_path / "а.kartoteka", tmp_path)
    store.keep(Draft(None, {"name": "Анна"}))
    (file,) = tmp_path.iterdir()
    for text in ("", "{", "[]", '{"client_id": "x", "texts": {"a": "b"}}', '{"texts": 1}'):
        file.write_text(text, "utf-8")
        assert store.read() is None


def test_a_draft_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    DraftStore(tmp_path / "а.kartoteka", tmp_path).keep(Draft(None, {"name": "Анна"}))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_kind_of_field_keeps_its_value_in_its_editor(kind: FieldKind, qtbot: QtBot) -> None:
    values: dict[FieldKind, object] = {
        FieldKind.TEXT: "текст", FieldKind.LONG_TEXT: "две\nстроки",
        FieldKind.NUMBER: Decimal("1.5"),
        FieldKind.MONEY: Decimal("1200.50"), FieldKind.DATE: DAY, FieldKind.BIRTHDAY: "--02-29",
        FieldKind.FLAG: False, FieldKind.CHOICE: "сухие", FieldKind.PHONE: ("+7 913 123-45-67",),
        FieldKind.EMAIL: ("a@b.ru", "c@d.ru"), FieldKind.MESSENGER: ("@anna",),
        FieldKind.TAGS: ("vip", "опт"), FieldKind.PERSONS: ("Пётр",),
        FieldKind.CHOICES: ("сухие", "жирные"), FieldKind.LINK: "example.ru",
    }  # fmt: skip
    field = Field("own", kind, 1, "Поле", (Choice(1, "сухие"), Choice(2, "жирные")))
    slot = FieldSlot(field, "Поле", lambda: DAY)
    qtbot.addWidget(slot)
    slot.show_value(values[kind], None)
    assert slot.card_value() == values[kind]
    assert not slot.is_changed
    kept = slot.kept()
    slot.show_value(None, None)
    assert not slot.is_filled
    slot.restore(kept)
    assert slot.card_value() == values[kind]
    assert slot.is_changed


def test_a_value_taken_out_of_a_list_stays_on_the_card_that_holds_it(qtbot: QtBot) -> None:
    field = Field("own", FieldKind.CHOICE, 1, "Волосы", (Choice(1, "сухие", archived=True),))
    box = editor_for(field, lambda: DAY)
    qtbot.addWidget(box)
    assert box.count() == 1
    offer_choices(box, field, "сухие")
    box.set_value("сухие")
    assert box.value() == "сухие"
