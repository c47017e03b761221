"""The command `kartoteka`, and `python -m desktop`."""

import gc
import sys

from desktop.startup import start


def main() -> None:
    """Run the program with the arguments of the process."""
    code = start(sys.argv[1:])
    # The interpreter would look for cycles in everything once more: 80 ms of every command.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
