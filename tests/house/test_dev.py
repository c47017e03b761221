"""dev.py: what a fresh clone is started with."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house import tree

PLACE = tree.ROOT / "dev.py"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py over an environment that is not there yet."""
    spec = importlib.util.spec_from_file_location("dev", PLACE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / "prepared")
    locks = {"run": tmp_path / "run.lock", "dev": tmp_path / "dev.lock"}
    for kind, lock in locks.items():
        lock.write_text(kind, "utf-8")
    monkeypatch.setattr(module, "LOCKS", locks)
    return module


def made(dev: ModuleType, kind: str) -> None:
    dev.PYTHON.touch()
    dev.STAMP.write_text(dev.mark(kind), "utf-8")


def test_it_needs_nothing_but_the_standard_library() -> None:
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name) or ""
        for node in ast.walk(tree.parsed(PLACE))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in node.names
    }
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_an_older_python_can_read_it_as_far_as_the_refusal() -> None:
    """A newer syntax anywhere would show a traceback instead of the plain words."""
    ast.parse(PLACE.read_text("utf-8"), feature_version=(3, 7))
    body = tree.parsed(PLACE).body
    first = [type(node) for node in body[:3]]
    assert first == [ast.Expr, ast.Import, ast.If]


def test_a_whole_environment_is_taken_as_it_is(dev: ModuleType) -> None:
    made(dev, "run")
    assert dev.is_prepared("run")


def test_an_environment_for_developing_serves_running(dev: ModuleType) -> None:
    made(dev, "dev")
    assert dev.is_prepared("run")


def test_an_environment_for_running_is_too_small_for_the_tests(dev: ModuleType) -> None:
    made(dev, "run")
    assert not dev.is_prepared("dev")


def test_another_lock_asks_for_another_installation(dev: ModuleType) -> None:
    made(dev, "run")
    dev.LOCKS["run"].write_text("changed", "utf-8")
    assert not dev.is_prepared("run")
    assert dev.is_reusable()


def test_an_interrupted_installation_is_begun_again(dev: ModuleType) -> None:
    dev.PYTHON.touch()
    assert not dev.is_prepared("run")
    assert not dev.is_reusable()


def test_an_environment_of_another_python_is_made_again(dev: ModuleType) -> None:
    made(dev, "run")
    here = ".".join(map(str, sys.version_info[:2]))
    dev.STAMP.write_text(dev.mark("run").replace(f" {here} ", " 3.99 "), "utf-8")
    assert not dev.is_prepared("run")
    assert not dev.is_reusable()


@pytest.mark.parametrize(
    "line",
    [
        "2 failed, 107 passed, 27 errors in 8.86s",
        "=== 1 passed in 0.01s ===",
        "no tests ran in 0.00s",
        "812 passed, 3 skipped in 301.20s (0:05:01)",
    ],
)
def test_the_closing_line_of_pytest_is_known(dev: ModuleType, line: str) -> None:
    assert dev.CLOSING.match(line)


@pytest.mark.parametrize("line", ["tests/ui/test_page.py .... [ 12%]", "E  2 failed in the text"])
def test_other_lines_are_not_taken_for_it(dev: ModuleType, line: str) -> None:
    assert not dev.CLOSING.match(line)


@pytest.mark.parametrize(
    ("environment", "russian"),
    [
        ({"LANG": "ru_RU.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, False),
        ({}, False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked in another way")
def test_it_speaks_the_language_of_the_system(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    *,
    russian: bool,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert dev.speaks_russian() is russian


def test_wrong_usage_ends_with_2_and_nothing_on_standard_output() -> None:
    done = subprocess.run([sys.executable, PLACE, "fly"], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"python3 dev.py run" in done.stderr
