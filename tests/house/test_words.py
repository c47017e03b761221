"""Texts for people: marked, translated, and asked for when they are shown."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

CYRILLIC = re.compile(r"[А-Яа-яЁё]")
# Modules that are data: words looked for in what people type, words of papers, believable people.
SPEAKS_RUSSIAN = {
    "db/domain/kinds.py",
    "db/domain/contacts.py",
    "db/domain/days.py",
    "db/transfer/column_words.py",
    "db/domain/money.py",
    "db/domain/field_rules.py",
    "db/domain/text.py",
    "ui/words/amount_words.py",
}
LOOKUPS = {"_", "ngettext", "pgettext", "npgettext"}


def test_every_text_of_the_code_is_translated() -> None:
    check = [sys.executable, str(tree.ROOT / "resources/locale/catalogues.py"), "--check"]
    done = subprocess.run(check, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_russian_in_the_code_but_in_its_data() -> None:
    found = {
        tree.name(path): sorted(lines)
        for path in tree.in_rooms()
        if tree.name(path) not in SPEAKS_RUSSIAN and (lines := _russian_lines(path))
    }
    assert found == {}


def _russian_lines(path: Path) -> set[int]:
    """Lines with a Russian text that is no docstring; comments may give examples."""
    module = tree.parsed(path)
    docstrings = _docstrings(module)
    return {
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CYRILLIC.search(node.value) and id(node) not in docstrings
    }


def _docstrings(module: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def test_the_list_of_data_modules_is_true() -> None:
    assert {
        name
        for name in SPEAKS_RUSSIAN
        if not CYRILLIC.search((tree.ROOT / name).read_text("utf-8"))
    } == set()


def test_no_text_is_looked_up_before_the_language_is_known() -> None:
    """A lookup at import time would stay in whatever language was in use then."""
    found = [
        f"{tree.name(path)}:{call.lineno}"
        for path in tree.in_rooms()
        for call in _run_at_import(tree.parsed(path))
        if isinstance(call.func, ast.Name) and call.func.id in LOOKUPS
    ]
    assert found == []


def _run_at_import(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for part in (
            *node.decorator_list,
            *node.args.defaults,
            *filter(None, node.args.kw_defaults),
        ):
            yield from _run_at_import(part)
        return
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _run_at_import(child)


@pytest.mark.parametrize(
    ("source", "calls"),
    [
        ("TITLE = _('Clients')", 1),
        ("class A:\n    title = _('Clients')", 1),
        ("def a(b=_('Clients')):\n    return b", 1),
        ("def a():\n    return _('Clients')", 0),
        ("A = lambda: _('Clients')", 0),
    ],
)
def test_lookups_at_import_are_told_from_later_ones(source: str, calls: int) -> None:
    assert len(list(_run_at_import(ast.parse(source)))) == calls


def test_formats_are_not_filled_before_the_lookup() -> None:
    """An f-string inside `_()` is never found in the catalogue."""
    found = [
        f"{tree.name(path)}:{call.lineno}"
        for path in tree.in_rooms()
        for call in ast.walk(tree.parsed(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in LOOKUPS
        if any(isinstance(part, (ast.JoinedStr, ast.BinOp)) for part in call.args[:2])
    ]
    assert found == []


# What shows its first text to a person.
SHOWS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
    "QMenu", "setText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip",
    "setWhatsThis", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "setLabelText", "setInformativeText", "addAction", "addMenu", "addTab", "addRow",
    "setPrefix", "setSuffix", "tell", "warn",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{2,}")


def test_no_english_is_shown_past_the_catalogue() -> None:
    found = [
        f"{tree.name(path)}:{call.lineno}: {call.args[0].value!r}"
        for path in tree.in_rooms()
        for call in ast.walk(tree.parsed(path))
        if isinstance(call, ast.Call) and _called(call) in SHOWS and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        if WORD.search(call.args[0].value)
    ]
    assert found == []


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
