"""The pages of the open base: made when first wanted, and what they ask of one another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.parts.page import Page, PageHost, PageSpec


class PageStack(QStackedWidget):
    """Shows one page at a time, and passes on what the pages emit."""

    switched = Signal(str)
    status = Signal(str)
    counted = Signal(str, object)
    wished = Signal(object)  # a Wish of one of the pages

    def __init__(self, specs: Sequence[PageSpec], host: PageHost) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in specs}
        self._host = host
        self._pages: dict[str, Page] = {}
        self._current = ""

    @property
    def current_key(self) -> str:
        return self._current

    def page(self, key: str) -> Page:
        """Return a page; it is made at the first call."""
        if key not in self._pages:
            page = self._specs[key].load()(self._host)
            self._pages[key] = page
            self.addWidget(page)
            page.status.connect(self.status)
            page.count_changed.connect(lambda count, key=key: self.counted.emit(key, count))
            page.wished.connect(self.wished)
        return self._pages[key]

    def current(self) -> Page | None:
        return self._pages.get(self._current)

    def items_in_front(self) -> dict[str, int | None]:
        """Return by page what it shows."""
        return {key: page.item_in_front() for key, page in self._pages.items()}

    def made(self) -> list[Page]:
        return list(self._pages.values())

    def go(self, key: str, item_id: int | None = None) -> bool:
        """Bring a page to the front, at an item if one is named; a changed form may refuse."""
        if key not in self._specs:
            return False
        before = self.current()
        if before is not None and self._current != key and not before.may_leave():
            self.switched.emit(self._current)
            return False
        page = self.page(key)
        self._current = key
        self.setCurrentWidget(page)
        self.status.emit("")
        page.show_page()
        if item_id is not None:
            page.focus_item(item_id)
        self.switched.emit(key)
        return True
