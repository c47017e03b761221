"""The standard fields, and own ones beside them."""

from db.domain.fields import STANDARD, STANDARD_BY_KEY, ClientKind, Field, FieldKind, Warmth
from db.domain.kinds import KINDS


def test_every_standard_field_has_its_own_key_and_is_not_custom() -> None:
    assert len(STANDARD_BY_KEY) == len(STANDARD)
    assert not any(field.is_custom or field.label or field.choices for field in STANDARD)


def test_an_own_field_is_custom() -> None:
    assert Field("own_1", FieldKind.TEXT, 1, "Краска").is_custom


def test_a_standard_list_has_codes_and_nothing_else_does() -> None:
    with_codes = {field.key: field.codes for field in STANDARD if field.codes}
    assert with_codes == {"kind": tuple(ClientKind), "warmth": tuple(Warmth)}
    assert all(KINDS[STANDARD_BY_KEY[key].kind].has_choices for key in with_codes)


def test_only_companies_are_asked_for_papers_of_companies() -> None:
    company = {field.key for field in STANDARD if field.company_only}
    assert company == {"full_name", "inn", "kpp", "ogrn", "contact_person"}


def test_long_texts_have_room() -> None:
    assert {f.key for f in STANDARD if f.max_length == 20_000} == {"job", "note"}
    assert STANDARD_BY_KEY["inn"].max_length == 12
