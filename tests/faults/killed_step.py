"""Kill a child at every call that changes the file system; say what stands under the name then.

Prints one line a kill: the number of the call, and how many clients the base holds.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from db.errors import TroubleError
from db.file import backup
from db.file.create import create_base

CHANGES = frozenset({"os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate", "open"})
Action = Callable[[Path], object]


def restore(place: Path) -> None:
    backup.restore(place / "copy.kartoteka", place / "base.kartoteka")


def restore_without_links(place: Path) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "no links here")

    Path.hardlink_to = refuse  # type: ignore[method-assign]
    restore(place)


def make(place: Path) -> None:
    create_base(place / "base.kartoteka")


ACTIONS: dict[str, Action] = {
    action.__name__: action for action in (restore, restore_without_links, make)
}


def die_at(number: int) -> None:
    """End the process at the call of this number, before or after it is made."""
    left = number

    def watch(event: str, _: object) -> None:
        nonlocal left
        if event in CHANGES:
            left -= 1
            if left == 0:
                os._exit(9)

    sys.addaudithook(watch)


def kill_everywhere(action: Action, pristine: Path, scratch: Path) -> None:
    number, code = 0, 9
    while code:
        number += 1
        place = scratch / str(number)
        shutil.copytree(pristine, place)
        pid = os.fork()
        if not pid:
            die_at(number)
            action(place)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(number, state(place / "base.kartoteka"), "killed" if code else "done", flush=True)


def state(base: Path) -> str:
    try:
        return str(backup.verify(base)["client"])
    except TroubleError as error:
        return error.trouble


if __name__ == "__main__":
    kill_everywhere(ACTIONS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))
