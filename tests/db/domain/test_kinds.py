"""Every kind of field: read from text, checked, stored, written out and converted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.fields import CardValue, Choice, Fault, Field, FieldKind
from db.domain.kinds import (
    CUSTOM_KINDS,
    KINDS,
    ValueFault,
    as_text,
    convert,
    entries_of,
    offered,
    parse_value,
    value_fault,
)
from db.domain.text import tidy, tidy_lines

TODAY = date(2026, 11, 22)
CHOICES = (
    Choice(1, "сухие"),
    Choice(2, "жирные, ломкие"),
    Choice(3, "окрашенные"),
    Choice(4, "седые", archived=True),
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LINES = st.text(max_size=60).map(tidy).filter(bool)
ENTRIES = st.lists(
    st.text("абвab1-+.@ ", min_size=1, max_size=12).map(tidy).filter(bool), min_size=1, max_size=4
).map(tuple)
# Values of each kind, as they stand on a card.
VALUES: dict[FieldKind, st.SearchStrategy[CardValue]] = {
    FieldKind.TEXT: LINES,
    FieldKind.LONG_TEXT: st.text(max_size=60).map(tidy_lines).filter(bool),
    FieldKind.NUMBER: st.decimals(-(10**13), 10**13, places=4),
    FieldKind.MONEY: st.decimals(-(10**12), 10**12, places=2),
    FieldKind.DATE: DAYS,
    FieldKind.BIRTHDAY: st.dates(date(1900, 1, 1), TODAY).map(date.isoformat),
    FieldKind.FLAG: st.booleans(),
    FieldKind.CHOICE: st.sampled_from([choice.text for choice in CHOICES[:3]]),
    FieldKind.CHOICES: st.sets(st.sampled_from(range(3)), min_size=1).map(
        lambda places: tuple(CHOICES[place].text for place in sorted(places))
    ),
    FieldKind.PHONE: ENTRIES,
    FieldKind.EMAIL: ENTRIES,
    FieldKind.LINK: LINES,
    FieldKind.MESSENGER: ENTRIES,
    FieldKind.TAGS: ENTRIES,
    FieldKind.PERSONS: ENTRIES,
}


def field(kind: FieldKind, max_length: int = 500) -> Field:
    return Field("own_1", kind, 1, "Поле", CHOICES, max_length=max_length)


def fault_of(kind: FieldKind, text: str) -> Fault:
    with pytest.raises(ValueFault) as refused:
        parse_value(field(kind), text, TODAY)
    return refused.value.fault


def test_every_kind_is_in_the_table() -> None:
    assert set(KINDS) == set(FieldKind)


def test_what_an_owner_can_make() -> None:
    assert set(FieldKind) - set(CUSTOM_KINDS) == {
        FieldKind.BIRTHDAY,
        FieldKind.MESSENGER,
        FieldKind.TAGS,
        FieldKind.PERSONS,
    }


@pytest.mark.parametrize("kind", list(FieldKind))
@given(data=st.data())
def test_a_value_of_a_kind_is_stored_and_loaded_as_it_is(
    kind: FieldKind, data: st.DataObject
) -> None:
    value = data.draw(VALUES[kind])
    entry = KINDS[kind]
    assert value_fault(field(kind), value) is None
    for each in entries_of(value):
        stored = entry.store(each, field(kind))
        assert entry.load(stored, field(kind)) == each
        wanted = {"text": str, "number": Decimal, "day": date, "choice_id": int}[entry.column]
        assert type(stored) is wanted


@pytest.mark.parametrize("kind", list(FieldKind))
@given(data=st.data())
def test_a_value_written_out_is_read_back(kind: FieldKind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert parse_value(field(kind, 20_000), as_text(field(kind), value), TODAY) == value


@pytest.mark.parametrize("kind", list(FieldKind))
def test_an_empty_text_is_no_value(kind: FieldKind) -> None:
    for text in ("", "  "):
        assert parse_value(field(kind), text, TODAY) in (None, ())
    for value in (None, "", ()):
        assert value_fault(field(kind), value) is None
        assert entries_of(value) == ()


@pytest.mark.parametrize("kind", list(FieldKind))
def test_a_value_of_another_shape_is_refused(kind: FieldKind) -> None:
    entry = KINDS[kind]
    wrong: list[object] = [7, ("а", 1), object()]
    wrong.append("один" if entry.several else ("один",))
    if entry.entry_type is not str:
        wrong.append("один")
    for value in wrong:
        assert value_fault(field(kind), value) is Fault.WRONG_KIND  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " два  слова ", "два слова"),
        (FieldKind.LONG_TEXT, "две\n строки ", "две\nстроки"),
        (FieldKind.NUMBER, "1 234,5", Decimal("1234.5")),
        (FieldKind.MONEY, "1 234,50 ₽", Decimal("1234.50")),
        (FieldKind.DATE, "вчера", date(2026, 11, 21)),
        (FieldKind.BIRTHDAY, "8.3", "--03-08"),
        (FieldKind.FLAG, "Да", True),
        (FieldKind.FLAG, "нет", False),
        (FieldKind.CHOICE, "СУХИЕ", "сухие"),
        (FieldKind.CHOICES, "окрашенные; сухие", ("сухие", "окрашенные")),
        (FieldKind.CHOICES, "Жирные, ломкие, сухие", ("сухие", "жирные, ломкие")),
        (FieldKind.CHOICES, "сухие, , сухие,", ("сухие",)),
        (FieldKind.PHONE, "8 913 123-45-67, 12", ("8 913 123-45-67", "12")),
        (FieldKind.LINK, " example.ru/a ", "example.ru/a"),
        (FieldKind.TAGS, "vip; опт", ("vip", "опт")),
    ],
)
def test_what_is_typed_is_read(kind: FieldKind, text: str, value: CardValue) -> None:
    assert parse_value(field(kind), text, TODAY) == value


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (FieldKind.NUMBER, "много", Fault.BAD_NUMBER),
        (FieldKind.NUMBER, "9" * 15, Fault.BAD_NUMBER),
        (FieldKind.MONEY, "сто", Fault.BAD_NUMBER),
        (FieldKind.DATE, "31.02.2026", Fault.BAD_DATE),
        (FieldKind.BIRTHDAY, "22.11.2030", Fault.BAD_DATE),
        (FieldKind.FLAG, "может быть", Fault.WRONG_KIND),
        (FieldKind.CHOICE, "кудрявые", Fault.NOT_A_CHOICE),
        (FieldKind.CHOICE, "седые", Fault.NOT_A_CHOICE),
        (FieldKind.CHOICES, "сухие, кудрявые", Fault.NOT_A_CHOICE),
        (FieldKind.CHOICES, "ломкие", Fault.NOT_A_CHOICE),
        (FieldKind.TEXT, "д" * 501, Fault.TOO_LONG),
    ],
)
def test_what_cannot_be_read_is_refused(kind: FieldKind, text: str, fault: Fault) -> None:
    assert fault_of(kind, text) is fault


def test_the_cells_of_files_need_days_in_full() -> None:
    assert parse_value(field(FieldKind.DATE), "+7д", TODAY) == date(2026, 11, 29)
    with pytest.raises(ValueFault):
        parse_value(field(FieldKind.DATE), "+7д", TODAY, in_full=True)


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (FieldKind.NUMBER, Decimal("1.00001"), Fault.BAD_NUMBER),
        (FieldKind.NUMBER, Decimal("NaN"), Fault.BAD_NUMBER),
        (FieldKind.NUMBER, Decimal(10) ** 14, Fault.BAD_NUMBER),
        (FieldKind.MONEY, Decimal("0.001"), Fault.BAD_NUMBER),
        (FieldKind.TEXT, "д" * 501, Fault.TOO_LONG),
        (FieldKind.PHONE, ("1" * 3000, "2" * 3000), Fault.TOO_LONG),
        (FieldKind.CHOICE, "кудрявые", Fault.NOT_A_CHOICE),
        (FieldKind.CHOICES, ("сухие", "кудрявые"), Fault.NOT_A_CHOICE),
    ],
)
def test_what_cannot_be_stored_is_refused(kind: FieldKind, value: CardValue, fault: Fault) -> None:
    assert value_fault(field(kind), value) is fault


def test_a_choice_taken_out_of_the_list_stays_but_is_not_offered() -> None:
    assert value_fault(field(FieldKind.CHOICE), "седые") is None
    assert value_fault(field(FieldKind.CHOICES), ("седые",)) is None
    assert "седые" not in offered(field(FieldKind.CHOICE))
    assert offered(Field("warmth", FieldKind.CHOICE, codes=("cold", "hot"))) == ("cold", "hot")


def test_a_long_list_of_choices_is_read_at_once() -> None:
    with pytest.raises(ValueFault):
        parse_value(field(FieldKind.CHOICES), "сухие," * 800 + "нет", TODAY)


@pytest.mark.parametrize(
    ("source", "value", "target", "converted"),
    [
        (FieldKind.TEXT, "170,5", FieldKind.NUMBER, Decimal("170.5")),
        (FieldKind.NUMBER, Decimal("170.5000"), FieldKind.TEXT, "170.5000"),
        (FieldKind.NUMBER, Decimal("1.5"), FieldKind.MONEY, Decimal("1.50")),
        (FieldKind.DATE, date(2026, 3, 8), FieldKind.TEXT, "2026-03-08"),
        (FieldKind.BIRTHDAY, "1984-03-08", FieldKind.DATE, date(1984, 3, 8)),
        (FieldKind.TEXT, "да", FieldKind.FLAG, True),
        (FieldKind.CHOICE, "сухие", FieldKind.CHOICES, ("сухие",)),
        (FieldKind.CHOICES, ("сухие",), FieldKind.CHOICE, "сухие"),
        (FieldKind.TAGS, ("vip", "опт"), FieldKind.TEXT, "vip, опт"),
        (FieldKind.TEXT, "8 913 1, 8 913 2", FieldKind.PHONE, ("8 913 1", "8 913 2")),
        (FieldKind.TEXT, None, FieldKind.PHONE, ()),
        (FieldKind.TAGS, (), FieldKind.DATE, None),
    ],
)
def test_a_value_becomes_one_of_another_kind(
    source: FieldKind, value: CardValue, target: FieldKind, converted: CardValue
) -> None:
    assert convert(value, field(source), field(target), TODAY) == converted


@pytest.mark.parametrize(
    ("source", "value", "target"),
    [
        (FieldKind.TEXT, "много", FieldKind.NUMBER),
        (FieldKind.BIRTHDAY, "--03-08", FieldKind.NUMBER),
        (FieldKind.CHOICES, ("сухие", "окрашенные"), FieldKind.CHOICE),
        (FieldKind.LONG_TEXT, "д" * 600, FieldKind.TEXT),
    ],
)
def test_a_value_that_cannot_become_another_kind_is_refused(
    source: FieldKind, value: CardValue, target: FieldKind
) -> None:
    with pytest.raises(ValueFault):
        convert(value, field(source), field(target), TODAY)


def test_a_flag_becomes_the_word_a_person_reads() -> None:
    words = convert(True, field(FieldKind.FLAG), field(FieldKind.TEXT), TODAY, "Да")
    assert words == "Да"


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_has_at_most_14_digits_before_the_point(sign: str) -> None:
    most = Decimal(f"{sign}99999999999999.9999")
    assert parse_value(field(FieldKind.NUMBER), str(most), TODAY) == most
    assert value_fault(field(FieldKind.NUMBER), most) is None
    assert fault_of(FieldKind.NUMBER, f"{sign}100000000000000") is Fault.BAD_NUMBER
    wider = Decimal(f"{sign}100000000000000")
    assert value_fault(field(FieldKind.NUMBER), wider) is Fault.BAD_NUMBER
