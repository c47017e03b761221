"""The numbers beside the pages, asked again after every change, once the page in front is read."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from db.progress import Progress
from ui.jobs.latest import Latest
from ui.jobs.runner import Lane
from ui.parts.context import Context
from ui.parts.page import PageSpec
from ui.shell.navigation import Navigation

if TYPE_CHECKING:
    from db.client_base import ClientBase

_PAUSE_MS = 250  # a bulk change announces itself once, an owner in a hurry often


class PageCounts(QObject):
    """Lives as long as the navigation it fills."""

    def __init__(
        self,
        specs: Sequence[PageSpec],
        context: Context,
        navigation: Navigation,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._specs = [spec for spec in specs if spec.count is not None]
        self._context, self._navigation = context, navigation
        self._latest = {spec.key: Latest(self) for spec in self._specs}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        context.changes.changed.connect(self._wait)
        self._ask()

    def _wait(self) -> None:
        self._pause.start(_PAUSE_MS)

    def _ask(self) -> None:
        for spec in self._specs:
            if (count := spec.count) is not None:
                job = self._context.jobs.start(partial(self._count, count), Lane.IDLE)
                self._latest[spec.key].take(job, partial(self._show, spec.key))

    def _count(self, count: "Callable[[ClientBase], int]", _: Progress) -> int:
        return count(self._context.base)

    def _show(self, key: str, count: object) -> None:
        self._navigation.show_count(key, count if isinstance(count, int) else None)
