"""One name, one meaning: no class name is defined in two modules of the program."""

import ast
from collections import defaultdict

from tests.house import tree

# This list only shrinks: names still defined twice.
DOUBLED = {"Card", "Choice", "LeaveDialog", "Reading", "_InUse"}


def test_no_class_name_has_two_definitions() -> None:
    modules = defaultdict(list)
    for path in tree.in_rooms():
        for node in tree.parsed(path).body:
            if isinstance(node, ast.ClassDef):
                modules[node.name].append(tree.name(path))
    doubled = {name: places for name, places in modules.items() if len(places) > 1}
    assert {name: doubled[name] for name in doubled.keys() - DOUBLED} == {}
