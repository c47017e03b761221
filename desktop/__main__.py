"""The command `kartoteka`, and `python -m desktop`."""

import sys

from desktop.startup import start


def main() -> None:
    """Run the program with the arguments of the process."""
    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()
