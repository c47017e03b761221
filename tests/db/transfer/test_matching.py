"""Who is meant: when two names can be one."""

import pytest

from db.transfer.matching import AmbiguousError, Identity, Register, names_agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("И. Иванов", "Иванов Игорь", True),
        ("Иванов И.", "Игорь Иванов", True),
        ("Иванов И. П.", "Иванов Пётр Игоревич", True),
        ("Иванов", "Иванов Игорь", True),
        ("", "Иванов Игорь", True),
        ("П. Иванов", "Иванов Игорь", False),
        ("И. Петров", "Иванов Игорь", False),
        ("Иванова", "Иванов Игорь", False),
    ],
)
def test_names_agree_in_any_order(one: str, other: str, agree: bool) -> None:
    for left, right in ((one, other), (other, one)):
        assert names_agree(Identity(1, left), Identity(2, right)) is agree


def test_a_bare_name_of_a_buyer_is_the_one_without_inn() -> None:
    firm, person = Identity(1, "Ёж", inn="7707083893"), Identity(2, "Ёж")
    known = Register([firm, person])
    assert known.buyer(Identity(-1, "Ёж")) is person
    with pytest.raises(AmbiguousError):
        known.match(Identity(-1, "Ёж"))
    known.add(Identity(3, "Ёж"))
    with pytest.raises(AmbiguousError):
        known.buyer(Identity(-1, "Ёж"))
