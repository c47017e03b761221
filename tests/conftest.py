"""What every test stands on: no screen, nothing remembered, Russian, and a watched file."""

import contextlib
import gc
import importlib.util
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication

from ui.look import theme
from ui.words import i18n

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_WORTH_COLLECTING = 20_000  # containers made since the last collection
_HOME = Path(tempfile.mkdtemp(prefix="kartoteka-tests-"))
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(_HOME / _name.lower())

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("quick", deadline=None, max_examples=20)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure() -> None:
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    _compile_catalogues()


def pytest_collection_finish() -> None:
    """As in the program, nothing is collected in whichever thread makes an object: a worker would
    destroy the widgets of an earlier test, and the next change of the looks would touch them.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """Collect what a test has left, in the GUI thread; what outlives it is not looked at again."""
    yield
    if gc.get_count()[0] > _WORTH_COLLECTING:
        gc.collect(1)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def _compile_catalogues() -> None:
    """A fresh clone has no compiled catalogue, and pytest may be the first thing started."""
    place = ROOT / "resources/locale/catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", place)
    assert spec is not None
    assert spec.loader is not None
    catalogues = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogues)
    if any(_is_stale(source) for source in catalogues.sources()):
        catalogues.compile_all()


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, with the shipped fonts, so that pictures agree on every machine."""
    QCoreApplication.setOrganizationName("kartoteka-tests")
    QCoreApplication.setApplicationName("kartoteka-tests")
    theme.prepare(qapp)
    theme.apply(qapp, "light", 100)
    return qapp


@pytest.fixture(autouse=True)
def language() -> Iterator[Callable[[str], None]]:
    """Every test begins in Russian; call the fixture to go on in another language."""
    i18n.use("ru")
    yield i18n.use
    i18n.use("ru")


_places = itertools.count()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Every test begins on a device that remembers nothing."""
    place = str(_HOME / f"settings{next(_places)}")
    for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, place)


# Closing any descriptor of a file drops every lock the process has on it. So while the driver
# has a base open, nobody else may open the same file: saves that were confirmed could be lost.
_trespasses: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not isinstance(arguments[0], (str, bytes)):
        return
    path = os.fsdecode(arguments[0])
    if path.endswith((".kartoteka", ".kartoteka-wal", ".kartoteka-shm")) and _is_live(path):
        _trespasses.append(path)
        raise AssertionError(f"{path} is open in the driver; nothing else may open it")


def _is_live(path: str) -> bool:
    real = Path(path).resolve()
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # iterdir's own is gone by now
            if descriptor.readlink() == real:
                return True
    return False


if sys.platform == "linux":
    sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def nobody_opens_a_live_base() -> Iterator[None]:
    """Fail the test whose code did, even where it swallowed the error."""
    _trespasses.clear()
    yield
    assert not _trespasses
