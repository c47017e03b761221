"""Settings: a row of sections, some of them from elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
        for spec in self._specs:
            self.tabs.addTab(spec.factory(host), spec.title())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Settings")))
        column.addWidget(self.tabs, 1)
        self.show_section(host.preferences.text(_LAST))
        self.tabs.currentChanged.connect(self._remember)

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        for number, spec in enumerate(self._specs):
            if spec.key == key:
                self.tabs.setCurrentIndex(number)

    def section(self, key: str) -> QWidget | None:
        places = [n for n, spec in enumerate(self._specs) if spec.key == key]
        return self.tabs.widget(places[0]) if places else None

    def refresh(self) -> None:
        for section in self._sections():
            if isinstance(section, SettingsForm):
                section.load()

    def may_leave(self) -> bool:
        """Write what is still being typed; a number that can't be read keeps the page in front."""
        for number, section in enumerate(self._sections()):
            if isinstance(section, SettingsForm) and not section.commit():
                self.tabs.setCurrentIndex(number)
                return False
        return True

    def _sections(self) -> list[QWidget]:
        sections = [self.tabs.widget(n) for n in range(self.tabs.count())]
        return [section for section in sections if section is not None]

    def _remember(self, number: int) -> None:
        self.host.preferences.set_text(_LAST, self._specs[number].key)
