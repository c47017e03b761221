"""The thresholds of statuses and win-back, and the chances of a return."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.domain.churn import LossReason, default_chances
from db.domain.settings import Settings
from ui.parts.page import PageHost
from ui.settings.form import SettingsForm
from ui.widgets.buttons import button
from ui.widgets.cards import FramedPanel
from ui.widgets.choices import CheckLine
from ui.widgets.editor import Editor
from ui.widgets.editors import NumberLine
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words import labels
from ui.words.i18n import _

_PERCENT = 100
_PART = Decimal("0.0001")  # money at stake is reckoned to this


class ThresholdsSection(SettingsForm):
    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.column.addWidget(self._statuses())
        self.column.addWidget(self._winback())
        self.column.addWidget(self._chances())
        self.column.addStretch()
        self.load()

    def _statuses(self) -> FramedPanel:
        panel = FramedPanel(_("Statuses of clients"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=11)
        grid.add(
            self._number(_("Lost: months without a purchase, more than"), "lifecycle.lost_months")
        )
        grid.add(self._number(_("… and for more cycles than"), "lifecycle.lost_cycles", part=True))
        grid.add(
            self._number(
                _("At risk: cycles without a purchase"), "lifecycle.risk_cycles", part=True
            )
        )
        grid.add(self._number(_("New: visits at most"), "lifecycle.new_visits"))
        grid.add(self._number(_("… or the first within days"), "lifecycle.new_days"))
        grid.add(self._number(_("Active without a known cycle: months"), "lifecycle.active_months"))
        cycle = LabelledField(
            _("Usual cycle of the trade, days"),
            NumberLine(whole=True, least=1, most=3660),
            hint=_("Empty: the forecast rests on the client's own visits only"),
        )
        grid.add(self.bind(cycle, "trade_cycle_days"))
        panel.column.addWidget(box)
        panel.column.addWidget(
            note(
                _(
                    "Where several statuses fit, the first of these counts: lost, at risk, new, "
                    "regular. Potential: no purchase yet."
                )
            )
        )
        return panel

    def _winback(self) -> FramedPanel:
        panel = FramedPanel(_("Who is in the win-back list"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=11)
        self._definition(grid, _("No purchases for long"), "silent")
        grid.add(self._number(_("… more months than"), "churn.silent_months"))
        grid.add(self._number(_("… and more cycles than"), "churn.silent_cycles", part=True))
        self._definition(grid, _("The last score (NPS) is low"), "low_nps")
        grid.add(self._number(_("… this much or less"), "churn.nps_at_most", least=0, most=10))
        self._definition(grid, _("A complaint or conflict is open"), "complaint")
        self._definition(grid, _("Enquires but does not buy"), "never_bought")
        grid.add(self._number(_("… more enquiries than"), "churn.enquiries_over"))
        panel.column.addWidget(box)
        term = FieldGrid(after := QWidget(), most=3, least=11)
        term.add(
            self._number(_("A purchase counts as a return within, days"), "churn.return_days"),
            wide=True,
        )
        panel.column.addWidget(after)
        return panel

    def _chances(self) -> FramedPanel:
        panel = FramedPanel(_("Chance of a return by reason, %"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=11)
        self.chances = {reason: self._chance(reason) for reason in LossReason}
        for field in self.chances.values():
            grid.add(field)
        panel.column.addWidget(box)
        panel.column.addWidget(
            note(
                _(
                    "Money at stake is weighted by these. The initial figures are estimates, not "
                    "measurements: replace them with your own. A reason of your own counts as "
                    "unknown."
                )
            )
        )
        self.reset = button(_("Reset to defaults"), "rotate-ccw")
        self.reset.setToolTip(_("Restore the default chances"))
        self.reset.clicked.connect(self._reset_chances)
        panel.column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _chance(self, reason: LossReason) -> LabelledField[Editor]:
        def put(held: Settings, percent: Decimal | None) -> Settings:
            if percent is None:
                return held  # an emptied number keeps what was there
            chance = (percent / _PERCENT).quantize(_PART)
            return replace(held, return_chances={**held.return_chances, reason: chance})

        field = LabelledField(labels.loss_reason(reason), NumberLine(least=0, most=_PERCENT))
        self.tie(field, lambda held: held.return_chances[reason] * _PERCENT, put)
        return field

    def _reset_chances(self) -> None:
        for reason, chance in default_chances().items():
            self.chances[reason].set_value(chance * _PERCENT)
        self.commit()

    def _definition(self, grid: FieldGrid, text: str, name: str) -> None:
        grid.add(self.bind(CheckLine(text), f"churn.{name}"), wide=True)

    def _number(
        self, label: str, path: str, *, part: bool = False, least: int = 1, most: int = 3660
    ) -> LabelledField[Editor]:
        editor = NumberLine(whole=not part, least=least, most=most)
        field = LabelledField(label, editor)
        self.bind(field, path)
        return field
