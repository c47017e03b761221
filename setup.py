"""What pyproject.toml cannot say: a wheel carries its language catalogues compiled."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

SOURCES = Path("resources/locale")


class BuildWithCatalogues(build_py):
    def run(self) -> None:
        super().run()
        place = Path() if self.editable_mode else Path(self.build_lib)
        for source in sorted(SOURCES.glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as read:
                catalogue = read_po(read, locale=source.parts[-3])
            target = place / source.with_suffix(".mo")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as written:
                write_mo(written, catalogue)


setup(cmdclass={"build_py": BuildWithCatalogues})
