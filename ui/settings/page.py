"""Settings: a row of sections, some of them from elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db.outcome import Touched
from ui.parts.page import Page, PageHost
from ui.settings.business_section import BusinessSection
from ui.settings.form import SettingsForm
from ui.settings.looks_section import LooksSection
from ui.settings.thresholds_section import ThresholdsSection
from ui.widgets.header import PageHeader
from ui.words.i18n import _

_LAST = "settings/section"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section; `title` is looked up when shown."""

    key: str  # stored on the device
    title: Callable[[], str]
    factory: Callable[[PageHost], QWidget]


def own_sections() -> tuple[SectionSpec, ...]:
    """Return the sections of this feature, which come first."""
    return (
        SectionSpec("looks", lambda: _("Looks"), LooksSection),
        SectionSpec("business", lambda: _("Your company"), BusinessSection),
        SectionSpec("rules", lambda: _("Statuses and win-back"), ThresholdsSection),
    )


class SectionTab(QWidget):
    """Makes its section when it is first shown, so that the page is there at once."""

    def __init__(self, spec: SectionSpec, host: PageHost) -> None:
        super().__init__()
        self._spec, self._host = spec, host
        self.made: QWidget | None = None
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def section(self) -> QWidget:
        """Return the section, made now if it was not shown yet."""
        if self.made is None:
            self.made = self._spec.factory(self._host)
            if isinstance(self.made, SettingsForm):
                self.made.load()
            if (layout := self.layout()) is not None:
                layout.addWidget(self.made)
        return self.made

    def showEvent(self, event: QShowEvent) -> None:
        self.section()
        super().showEvent(event)


class SettingsPage(Page):
    """`sections` from other features come after our own."""

    SHOWS = frozenset[Touched]()  # each form hears of changes itself

    def __init__(
        self,
        host: PageHost,
        sections: Sequence[SectionSpec] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, parent)
        self._specs = (*own_sections(), *sections)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self._sections = {spec.key: SectionTab(spec, host) for spec in self._specs}
        for spec in self._specs:
            self.tabs.addTab(self._sections[spec.key], spec.title())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Settings")))
        column.addWidget(self.tabs, 1)
        self.show_section(host.preferences.text(_LAST))
        self.tabs.currentChanged.connect(self._remember)

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        if key in self._sections:
            self.tabs.setCurrentWidget(self._sections[key])

    def section(self, key: str) -> QWidget | None:
        tab = self._sections.get(key)
        return None if tab is None else tab.section()

    def refresh(self) -> None:
        for tab in self._sections.values():
            if isinstance(tab.made, SettingsForm):
                tab.made.load()

    def may_leave(self) -> bool:
        """Write what is still being typed; a number that can't be read keeps the page in front."""
        for tab in self._sections.values():
            if isinstance(tab.made, SettingsForm) and not tab.made.commit():
                self.tabs.setCurrentWidget(tab)
                return False
        return True

    def _remember(self, number: int) -> None:
        self.host.preferences.set_text(_LAST, self._specs[number].key)
