"""The watch over live files: nobody but the driver may open one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "live.kartoteka"
    connection = dbapi2.connect(str(path))
    connection.execute("create table one (id integer)")
    yield path
    connection.close()


@pytest.fixture
def forgiven(request: pytest.FixtureRequest) -> Iterator[None]:
    """The trespass of this test is on purpose."""
    yield
    plugin = request.config.pluginmanager.get_plugin(str(Path(__file__).parents[1] / "conftest.py"))
    assert plugin is not None
    assert plugin._trespasses
    plugin._trespasses.clear()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the watch reads /proc")
@pytest.mark.parametrize("act", [lambda path: path.read_bytes(), lambda path: path.open("rb")])
def test_a_live_base_cannot_be_opened_beside_the_driver(
    live: Path, forgiven: None, act: object
) -> None:
    with pytest.raises(AssertionError, match="open in the driver"):
        act(live)  # type: ignore[operator]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the watch reads /proc")
def test_a_live_base_cannot_be_copied_beside_the_driver(live: Path, forgiven: None) -> None:
    with pytest.raises(AssertionError, match="open in the driver"):
        shutil.copy(live, live.with_name("copy.kartoteka"))


def test_a_closed_base_is_a_file_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "closed.kartoteka"
    dbapi2.connect(str(path)).close()
    shutil.copy(path, tmp_path / "copy.kartoteka")
