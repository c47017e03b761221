"""Saves cards in a loop and says each one that was confirmed. It is killed by the test."""

import sys
from pathlib import Path

from db.client_base import ClientBase
from db.commands.clients import CreateClient


def save_for_ever(path: Path, name: str) -> None:
    with ClientBase(path) as base:
        number = 0
        while True:
            done = base.do(CreateClient({"name": f"{name} {number}"}))
            print(done.value, flush=True)
            number += 1


if __name__ == "__main__":
    save_for_ever(Path(sys.argv[1]), sys.argv[2])
