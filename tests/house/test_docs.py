"""What the documents say is there is there."""

import re
import tomllib

from tests.house import tree

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PATH = re.compile(
    r"`((?:db|ui|desktop|resources|tests|docs)/[\w./-]+|[\w-]+\.(?:py|toml|md|lock))`"
)


def _documents() -> list[str]:
    return [name for name, _ in tree.texts(suffixes=(".md",))]


def test_every_link_of_a_document_leads_somewhere() -> None:
    dead = [
        f"{name}: {target}"
        for name in _documents()
        for target in LINK.findall((tree.ROOT / name).read_text("utf-8"))
        if not ((tree.ROOT / name).parent / target).exists()
    ]
    assert dead == []


def test_every_file_a_document_names_exists() -> None:
    absent = [
        f"{name}: {target}"
        for name in _documents()
        if name != "CHANGELOG.md"  # tells of the past as well
        for target in PATH.findall((tree.ROOT / name).read_text("utf-8"))
        if not ((tree.ROOT / target).exists() or ((tree.ROOT / name).parent / target).exists())
    ]
    assert absent == []


def test_every_shipped_font_and_icon_has_its_licence_beside_it() -> None:
    for folder, licences in (
        ("resources/fonts", {"PT_Sans-OFL.txt", "DejaVu-LICENSE.txt"}),
        ("resources/icons", {"lucide-LICENSE.txt"}),
    ):
        assert licences <= {path.name for path in (tree.ROOT / folder).iterdir()}


def test_every_library_is_named_with_its_licence() -> None:
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (tree.ROOT / "docs/licences.md").read_text("utf-8").lower()
    names = {re.split(r"[<>=; ]", line)[0].lower() for line in project["dependencies"]}
    qt = {name for name in names if name.startswith("pyside6")}
    assert {name for name in names - qt if name not in page} == set()
    assert "pyside6" in page
