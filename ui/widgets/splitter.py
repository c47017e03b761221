"""Two panes side by side; where the person drew the line between them is remembered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.look.theme import em
from ui.preferences import Preferences


class RememberingSplitter(QSplitter):
    """`sizes` in text heights hold until the line is moved; `stretch` says who gets more room."""

    def __init__(
        self,
        preferences: Preferences,
        key: str,
        panes: tuple[QWidget, QWidget],
        *,
        sizes: tuple[float, float],
        stretch: tuple[int, int],
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._preferences, self._key = preferences, key
        self.setChildrenCollapsible(False)
        for number, pane in enumerate(panes):
            self.addWidget(pane)
            self.setStretchFactor(number, stretch[number])
        self.setSizes([em(size) for size in sizes])
        self.restoreState(preferences.state(key))
        self.splitterMoved.connect(self._remember)

    def _remember(self) -> None:
        self._preferences.set_state(self._key, self.saveState())
