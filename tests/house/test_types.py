"""The window is typed: `Any` and names in strings only where types can't say it, with a reason."""

import ast
import io
import tokenize
from collections.abc import Iterator

from tests.house import tree

MOST = 14


def _uses() -> Iterator[tuple[str, bool]]:
    """Give each line of ui with `Any`, and whether a comment on it or above it names `Any`."""
    for path in tree.in_rooms():
        if not tree.name(path).startswith("ui/"):
            continue
        text = path.read_text("utf-8")
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        comments = {
            token.start[0]
            for token in tokens
            if token.type == tokenize.COMMENT and "Any" in token.string
        }
        lines = {
            token.start[0]
            for token in tokens
            if token.type == tokenize.NAME and token.string == "Any"
            if not token.line.startswith(("import ", "from "))
        }
        for line in sorted(lines):
            yield f"{tree.name(path)}:{line}", bool({line, line - 1} & comments)


def test_any_is_rare_and_explained() -> None:
    uses = list(_uses())
    assert len(uses) <= MOST
    assert [place for place, explained in uses if not explained] == []


def test_no_attribute_is_looked_up_by_name() -> None:
    """A name in a string is not checked by mypy and not found by a search for its uses."""
    calls = {
        f"{tree.name(path)}:{node.lineno}"
        for path in tree.in_rooms()
        if tree.name(path).startswith("ui/")
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"getattr", "hasattr", "setattr"}
    }
    assert calls == set()
