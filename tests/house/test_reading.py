"""A query is handed the day it answers for; nothing else in db knows what day it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

# The door tells queries and commands the day; the program's start needs it before there is a base.
_CLOCK = {"db/client_base.py"}
_DAYS = {"as_of", "today", "session"}


def _functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in tree.in_rooms():
        for node in tree.parsed(path).body:
            if isinstance(node, ast.FunctionDef):
                yield path, node


def _parameters(function: ast.FunctionDef) -> list[ast.arg]:
    held = function.args
    return [*held.posonlyargs, *held.args, *held.kwonlyargs]


def _takes(function: ast.FunctionDef, kind: str) -> bool:
    first = next(iter(_parameters(function)), None)
    return (
        first is not None
        and isinstance(first.annotation, ast.Name)
        and (first.annotation.id == kind)
    )


def _asked() -> set[tuple[str, str]]:
    """Return the names of what is handed to `ask`, each with "db", or its file if it is private."""
    found: set[tuple[str, str]] = set()
    for path in tree.in_rooms():
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                query = node.args[0]
                if node.func.attr == "ask" and isinstance(query, (ast.Name, ast.Attribute)):
                    name = query.id if isinstance(query, ast.Name) else query.attr
                    found.add((name, tree.name(path) if name.startswith("_") else "db"))
    return found


def test_every_query_takes_a_reading() -> None:
    asked = _asked()
    queries = [
        (f"{tree.name(path)}:{function.name}", function)
        for path, function in _functions()
        if {(function.name, tree.name(path).split("/")[0]), (function.name, tree.name(path))}
        & asked
    ]
    assert len(queries) > 40
    assert [name for name, function in queries if not _takes(function, "Reading")] == []


def test_no_query_is_told_the_day_twice() -> None:
    assert [
        f"{tree.name(path)}:{function.name}"
        for path, function in _functions()
        if _takes(function, "Reading") and _DAYS & {each.arg for each in _parameters(function)}
    ] == []


def test_no_function_of_the_queries_takes_a_session_and_a_day() -> None:
    assert [
        f"{tree.name(path)}:{function.name}"
        for path, function in _functions()
        if tree.name(path).startswith("db/queries/") and _takes(function, "Session")
        if any(each.arg == "as_of" for each in _parameters(function))
    ] == []


def test_only_the_door_reads_the_clock_for_the_day() -> None:
    readers = {
        tree.name(path)
        for path in tree.in_rooms()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "today"
        if isinstance(node.value, ast.Name) and node.value.id == "date"
    }
    assert {name for name in readers if not name.startswith("desktop/")} == _CLOCK
