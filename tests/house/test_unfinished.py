"""Nothing half done, nothing of one machine, nothing heavy is kept."""

import re

from tests.house import tree

TEXT = (".py", ".md", ".toml", ".po", ".svg", ".json", ".csv", ".txt", ".mako", "")
MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
UNFINISHED = re.compile(r"^\s*pass\s+# stub|^\s*\.\.\.\s+# stub", re.MULTILINE)
# A folder that exists on the machine of whoever wrote it.
MACHINE = re.compile(r"(?<![\w./~*-])/(work|farm|root|home|Users)/\w|/tmp/\w|[A-Z]:\\\\?Users")
KILOBYTES = 300


def test_no_mark_of_unfinished_work() -> None:
    found = [
        f"{name}:{number}"
        for name, text in tree.texts(suffixes=TEXT)
        for number, line in enumerate(text.splitlines(), 1)
        if MARKS.search(line)
    ]
    assert found == []


def test_no_code_only_pretends() -> None:
    found = [
        tree.name(path) for path in tree.in_rooms() if UNFINISHED.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_path_of_a_machine() -> None:
    found = [
        f"{name}:{number}"
        for name, text in tree.texts(suffixes=TEXT)
        if name != "tests/house/test_unfinished.py"
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_no_heavy_file() -> None:
    heavy = {
        tree.name(path): size
        for path in tree.tracked()
        if not tree.name(path).startswith(("resources/fonts/", "tests/data/"))
        if (size := path.stat().st_size // 1024) > KILOBYTES
    }
    assert heavy == {}


def test_the_locks_name_no_host() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (tree.ROOT / lock).read_text("utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
