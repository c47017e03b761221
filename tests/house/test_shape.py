"""The house keeps its shape: small files, small functions, honest names."""

import ast
import re

from tests.house import tree

FILE_LINES = 400
FUNCTION_LINES = 40
NO_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers"}
# Revisions of the schema say in one function what one change does, however many tables it makes.
LONG_BY_NATURE = re.compile(r"^db/file/migrations/versions/")


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        tree.name(path): lines
        for path in tree.tracked()
        if path.suffix == ".py" and not LONG_BY_NATURE.match(tree.name(path))
        if (lines := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{tree.name(path)}:{node.name}": length
        for path in tree.code()
        if not LONG_BY_NATURE.match(tree.name(path))
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        tree.name(path)
        for path in tree.tracked()
        if path.suffix == ".py"
        if NO_NAMES & {part.removesuffix(".py") for part in path.relative_to(tree.ROOT).parts}
    ]
    assert found == []


def test_the_top_level_holds_nothing_unexpected() -> None:
    top = {path.relative_to(tree.ROOT).parts[0] for path in tree.tracked()}
    assert top <= {
        "desktop", "ui", "db", "resources", "tests", "docs", ".ci", ".gitignore", ".gitattributes",
        "pyproject.toml", "setup.py", "dev.py", "requirements.lock", "requirements-dev.lock",
        "README.md", "README.ru.md", "CHANGELOG.md", "LICENSE",
    }  # fmt: skip


def test_the_package_of_the_screen_is_empty() -> None:
    """Papers and the command line import `ui.words`: that must not import Qt."""
    assert (tree.ROOT / "ui/__init__.py").read_text("utf-8") == ""


def test_every_package_can_be_installed() -> None:
    """A folder with modules and no __init__.py would stay behind when a wheel is built."""
    folders = {path.parent for path in tree.in_rooms()}
    assert [tree.name(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
