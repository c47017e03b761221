"""Bytes of a base that a failing disk has changed: damage is named, never an error of ours.

`FLIPS=1000 python3 dev.py test tests/faults/test_flipped_bytes.py` tries more of them.
"""

import os
import random
from datetime import date
from pathlib import Path

import pytest

from db.demo import make_demo
from desktop import log
from desktop.cli import main as command_line

FLIPS = int(os.environ.get("FLIPS", "60"))
PARTS = 6
DAY = "2026-11-22"
COMMANDS = (
    ["client", "find", "а"],
    *(["client", "show", str(number)] for number in (1, 2, 3)),
    ["history", "1"],
    ["segments"],
    ["winback"],
    ["winback", "stats"],
    ["today"],
    ["rules"],
    ["offer", "list"],
    ["fill-rate"],
    ["check"],
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("flips") / "demo.kartoteka"
    make_demo(path, as_of=date.fromisoformat(DAY), clients=12)
    return path.read_bytes()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """The errors of ours that the command line would have put into the log."""
    caught: list[BaseException] = []
    monkeypatch.setattr(command_line._log, "critical", lambda _, exc_info: caught.append(exc_info))
    monkeypatch.setattr(log, "start", lambda: None)
    return caught


@pytest.mark.parametrize("part", range(PARTS))
def test_a_flipped_byte_is_never_an_error_of_ours(
    sample: bytes,
    bugs: list[BaseException],
    tmp_path: Path,
    part: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dice = random.Random(f"flips {part}")
    found: list[str] = []
    for number in range(FLIPS // PARTS):
        path = tmp_path / f"base{number}.kartoteka"
        changed = bytearray(sample)
        place = dice.randrange(len(changed))
        changed[place] = dice.choice([value for value in range(256) if value != changed[place]])
        path.write_bytes(changed)
        for command in COMMANDS:
            code = command_line.main(["--base", str(path), "--as-of", DAY, *command])
            shown = capsys.readouterr()
            assert code in {0, 1}, (place, command, shown.err)
            assert "Traceback" not in shown.err
            found += [f"{place} {' '.join(command)}: {error!r}" for error in bugs]
            bugs.clear()
        path.unlink()
    assert found == []
