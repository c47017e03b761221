"""One name, one meaning: no class name is defined in two modules of the program."""

import ast
from collections import defaultdict

from tests.house import tree


def test_no_class_name_has_two_definitions() -> None:
    modules = defaultdict(list)
    for path in tree.in_rooms():
        for node in tree.parsed(path).body:
            if isinstance(node, ast.ClassDef):
                modules[node.name].append(tree.name(path))
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}
