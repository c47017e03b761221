"""Columns known by the headings that other programs write, and changed by the owner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.fields import STANDARD_BY_KEY, Choice, Field, FieldKind
from db.transfer.column_words import CLIENT_WORDS, PRODUCT_WORDS, PURCHASE_WORDS
from db.transfer.columns import (
    NEW_FIELD,
    SEVERAL_TARGETS,
    ColumnError,
    TableKind,
    change_targets,
    column_fields,
    guess_kind,
    is_enough,
    map_columns,
    missing_targets,
    new_field,
    plain_heading,
    signature,
    target_of,
    targets,
)
from tests.db.importing import sheet

CLIENTS, PURCHASES, PRODUCTS = TableKind.CLIENTS, TableKind.PURCHASES, TableKind.PRODUCTS
WORDS = {CLIENTS: CLIENT_WORDS, PURCHASES: PURCHASE_WORDS, PRODUCTS: PRODUCT_WORDS}
DYE = Field("dye", FieldKind.TEXT, 7, "Краска (рецепт)")
LIKES = Field("likes", FieldKind.CHOICE, 8, "Что любит", (Choice(1, "кофе"),))
OWN = (DYE, LIKES)

# What exports of other programs are headed with, and what each column holds for us.
EXPORTS = {
    "Bitrix24": "ID= Имя=first_name Фамилия=last_name Отчество=middle_name"
    " Дата_рождения=birthday Рабочий_телефон=phone Мобильный_телефон=phone Рабочий_e-mail=email"
    " Тип_контакта= Источник=source Комментарий=note Ответственный=responsible Город=region",
    "amoCRM": "ID= Имя=first_name Фамилия=last_name Ответственный=responsible"
    " Рабочий_телефон=phone Мобильный_телефон=phone Рабочий_email=email Личный_email=email"
    " Примечание_1=note Теги=tags",
    "1C": "Наименование=name Полное_наименование=full_name ИНН=inn КПП=kpp Код_по_ОКПО="
    " Телефон=phone Электронная_почта=email Юридический_адрес=address Комментарий=note",
    "YCLIENTS": "Имя=name Телефон=phone Email=email Дата_рождения=birthday Скидка=discount"
    " Количество_посещений= Комментарий=note Карта=",
    "МойСклад": "Наименование=name Полное_наименование=full_name ИНН=inn КПП=kpp ОГРН=ogrn"
    " Телефон=phone E-mail=email Фактический_адрес=address Комментарий=note",
    "Google": "First_Name=first_name Middle_Name=middle_name Last_Name=last_name"
    " Birthday=birthday Notes=note Labels=tags",
    "Outlook": "First_Name=first_name Middle_Name=middle_name Last_Name=last_name"
    " Mobile_Phone=phone Home_Phone=phone E-mail_Address=email Birthday=birthday Notes=note",
    "Thunderbird": "First_Name=first_name Last_Name=last_name Display_Name=name"
    " Primary_Email=email Work_Phone=phone Home_Phone=phone Notes=note",
    "HubSpot": "Record_ID= First_Name=first_name Last_Name=last_name Email=email"
    " Phone_Number=phone City=region Create_Date=",
}


@pytest.mark.parametrize("program", EXPORTS)
def test_the_export_of_a_program_is_known_by_its_headings(program: str) -> None:
    pairs = [pair.rsplit("=", 1) for pair in EXPORTS[program].split()]
    header = [heading.replace("_", " ") for heading, _ in pairs]
    assert map_columns(CLIENTS, header, ()) == tuple(target or None for _, target in pairs)
    assert guess_kind(header) is CLIENTS
    assert is_enough(CLIENTS, map_columns(CLIENTS, header, ()))


@pytest.mark.parametrize("kind", TableKind)
def test_every_word_is_known_in_any_case_with_signs_and_in_brackets(kind: TableKind) -> None:
    for word, key in WORDS[kind].items():
        for heading in (word, word.upper(), f" {word}: ", f"{word} (old)", word.replace(" ", "_")):
            assert target_of(kind, heading, {}) == key, heading


@pytest.mark.parametrize("kind", TableKind)
def test_a_column_may_be_headed_with_the_key_of_its_field(kind: TableKind) -> None:
    words = WORDS[kind]
    for key in targets(kind, ()):
        known = target_of(kind, key, {})
        assert known == words.get(plain_heading(key), key)


def test_words_lead_to_targets_that_exist() -> None:
    for kind in TableKind:
        assert set(WORDS[kind].values()) <= set(targets(kind, ()))
        assert all(plain_heading(word) == word for word in WORDS[kind])


@given(st.lists(st.sampled_from(sorted(CLIENT_WORDS)), max_size=12))
def test_of_two_columns_for_one_thing_the_first_one_has_it(header: list[str]) -> None:
    chosen = map_columns(CLIENTS, header, ())
    assert len(chosen) == len(header)
    single = [target for target in chosen if target and target not in SEVERAL_TARGETS]
    assert len(single) == len(set(single))
    assert map_columns(CLIENTS, [word.upper() for word in header], ()) == chosen


@given(st.text())
def test_a_heading_made_plain_is_plain(heading: str) -> None:
    plain = plain_heading(heading)
    assert plain_heading(plain) == plain
    assert plain_heading(f" {heading} : ") == plain


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Краска (рецепт)", "dye"),
        ("краска", "dye"),
        ("Dye recipe", "dye"),
        ("DYE", "dye"),
        ("Что любит?", "likes"),
        ("likes", "likes"),
        ("Последняя стрижка", None),  # of a preset this base does not have
    ],
)
def test_an_own_field_is_known_by_its_label_its_key_and_the_words_of_its_preset(
    heading: str, target: str | None
) -> None:
    assert map_columns(CLIENTS, [heading], OWN) == (target,)
    assert map_columns(PURCHASES, [heading], OWN) == (None,)


def test_an_own_label_wins_over_a_word_of_ours() -> None:
    note = Field("diary", FieldKind.TEXT, 9, "Комментарий")
    assert map_columns(CLIENTS, ["ФИО", "Комментарий"], [note]) == ("name", "diary")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["ФИО", "Телефон"], CLIENTS),
        (["Дата", "Клиент", "Сумма"], PURCHASES),
        (["Дата рождения", "Клиент"], CLIENTS),
        (["Наименование", "Цена", "Ед."], PRODUCTS),
        (["Наименование", "ИНН", "КПП"], CLIENTS),
        (["Date", "Customer", "Total"], PURCHASES),
        ([], CLIENTS),
    ],
)
def test_a_date_with_an_amount_is_a_purchase(header: list[str], kind: TableKind) -> None:
    assert guess_kind(header) is kind


@pytest.mark.parametrize(
    ("kind", "chosen", "missing"),
    [
        (CLIENTS, ("phone", None), 0),
        (CLIENTS, ("first_name",), 0),
        (CLIENTS, ("note", "birthday"), 1),
        (PURCHASES, ("client", "day", "amount"), 0),
        (PURCHASES, ("inn", "day", "amount"), 0),
        (PURCHASES, ("day", "amount"), 1),
        (PURCHASES, ("note",), 3),
        (PRODUCTS, ("price",), 1),
        (PRODUCTS, ("name",), 0),
    ],
)
def test_what_is_still_wanted_is_named(
    kind: TableKind, chosen: tuple[str | None, ...], missing: int
) -> None:
    assert len(missing_targets(kind, chosen)) == missing
    assert is_enough(kind, chosen) is (missing == 0)


TABLE = sheet("ФИО;Тел;Прочее;***", "Анна;8 913 123-45-67;x;y")


@pytest.mark.parametrize(
    ("wanted", "changed"),
    [
        ({"Прочее": "note"}, ("name", "phone", "note", None)),
        ({"прочее": "Комментарий"}, ("name", "phone", "note", None)),
        ({"C": "note", "D": "tags"}, ("name", "phone", "note", "tags")),
        ({"4": "phone"}, ("name", "phone", None, "phone")),
        ({"note": "Прочее"}, ("name", "phone", "note", None)),  # target to column
        ({"Прочее": "name"}, (None, "phone", "name", None)),  # taken from the other column
        ({"Тел": None}, ("name", None, None, None)),
        ({"Тел": "ignore"}, ("name", None, None, None)),
        ({"Прочее": "new"}, ("name", "phone", NEW_FIELD, None)),
        ({"Прочее": "Краска (рецепт)"}, ("name", "phone", "dye", None)),
        ({}, ("name", "phone", None, None)),
    ],
)
def test_the_owner_says_what_a_column_holds(
    wanted: dict[str, str | None], changed: tuple[str | None, ...]
) -> None:
    chosen = map_columns(CLIENTS, TABLE.header, OWN)
    assert chosen == ("name", "phone", None, None)
    assert change_targets(CLIENTS, TABLE, chosen, wanted, OWN) == changed


@pytest.mark.parametrize(
    ("wanted", "name"),
    [({"Нет такой": "note"}, "Нет такой"), ({"Тел": "nothing"}, "nothing"), ({"9": "note"}, "9")],
)
def test_a_column_or_target_that_does_not_exist_is_named(
    wanted: dict[str, str | None], name: str
) -> None:
    with pytest.raises(ColumnError, match=name):
        change_targets(CLIENTS, TABLE, map_columns(CLIENTS, TABLE.header, ()), wanted, OWN)


def test_only_clients_get_new_fields() -> None:
    with pytest.raises(ColumnError, match=NEW_FIELD):
        change_targets(PRODUCTS, sheet("Товар;x"), ("name", None), {"x": "new"}, ())


def test_a_new_field_is_long_where_a_cell_is() -> None:
    table = sheet("ФИО;short;long", f"Анна;{'x' * 500};{'x' * 501}")
    short, long = new_field(table, 1), new_field(table, 2)
    assert (short.kind, short.label, short.key) == (FieldKind.TEXT, "short", "new:1")
    assert (long.kind, long.label, long.key) == (FieldKind.LONG_TEXT, "long", "new:2")
    fields = column_fields(table, ("name", None, NEW_FIELD), STANDARD_BY_KEY)
    assert fields == (STANDARD_BY_KEY["name"], None, long)


def test_a_file_of_the_same_headings_in_the_same_order_is_remembered() -> None:
    known = signature(CLIENTS, ["ФИО", "Тел."])
    assert signature(CLIENTS, [" фио ", "тел"]) == known
    assert signature(CLIENTS, ["Тел.", "ФИО"]) != known
    assert signature(PURCHASES, ["ФИО", "Тел."]) != known
