"""Run as a process: show a window, print when it was painted and when its list was there.

`python -m tests.speed.first_paint empty`, or with the file of a base. Prints two lines of
milliseconds since the start of the process: processor time and the clock of the first painting,
then those of the first rows of the clients' list (of a base only).
"""

import os
import sys
import time
from pathlib import Path

_STARTED = float(os.environ["STARTED"])  # seconds of the clock, told by whoever starts the process


def _tell() -> None:
    print(time.process_time() * 1000, (time.time() - _STARTED) * 1000, flush=True)


def empty_window() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: (_tell(), QApplication.exit()))

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def our_window(base: Path) -> None:
    from PySide6.QtCore import QTimer

    from desktop import app as program
    from desktop.startup import start

    def look() -> None:
        page = windows[0].page() if windows else None
        if page is not None and page.list.table.model().rowCount() > 0:
            _tell()
            os._exit(0)  # other jobs are still under way
        else:
            QTimer.singleShot(5, look)

    windows = []
    made = program.MainWindow

    def make(*args: object) -> program.MainWindow:
        windows.append(made(*args))
        windows[0].painted.connect(_tell)
        windows[0].painted.connect(look)
        windows[0]._preferences.last_page = "clients"
        return windows[0]

    program.MainWindow = make
    start(["--lang", "ru", str(base)])


if __name__ == "__main__":
    empty_window() if sys.argv[1] == "empty" else our_window(Path(sys.argv[1]))
