"""A file that appears under a name while another is being made for it."""

from pathlib import Path

import pytest

from db.errors import Trouble, TroubleError
from db.file import whole_base
from db.file.create import create_base
from db.file.whole_file import whole_file


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "name"

    def make() -> None:
        with whole_file(target, replaces=False) as draft:
            draft.write_bytes(b"mine")
            target.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        make()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("name", b"theirs")]


def test_it_is_replaced_where_that_is_wanted(tmp_path: Path) -> None:
    target = tmp_path / "name"
    target.write_bytes(b"theirs")
    with whole_file(target) as draft:
        draft.write_bytes(b"mine")
    assert target.read_bytes() == b"mine"


def test_of_two_who_make_a_base_the_first_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one finishes in the last moment before this draft gets its name."""
    target = tmp_path / "base.kartoteka"
    monkeypatch.setattr(whole_base, "give_id", lambda _draft: target.write_bytes(b"theirs"))
    with pytest.raises(TroubleError) as caught:
        create_base(target)
    assert caught.value.trouble is Trouble.EXISTS
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]
