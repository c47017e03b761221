"""The thresholds of statuses and win-back, and the chances of a return."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.domain.churn import ChurnThresholds, LossReason, default_chances
from db.domain.lifecycle import LifecycleThresholds
from db.domain.settings import Settings
from ui.parts.page import PageHost
from ui.settings.form import SettingsForm
from ui.widgets.buttons import button
from ui.widgets.cards import FramedPanel
from ui.widgets.choices import CheckLine
from ui.widgets.editor import ValueEditor
from ui.widgets.editors import NumberLine
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words import labels
from ui.words.i18n import _

V = TypeVar("V")
NumberField = LabelledField[ValueEditor[Decimal | None]]

_PERCENT = 100
_PART = Decimal("0.0001")  # a chance is kept to this


class ThresholdsSection(SettingsForm):
    """What makes a status, who is in the win-back list, and the chances of a return."""

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
        cycle = LabelledField(
            _("Usual cycle of the trade, days"),
            NumberLine(whole=True, least=1, most=3660),
            hint=_("Empty: the forecast rests on the client's own visits only"),
        )
        self.bind(cycle, lambda s: _decimal(s.trade_cycle_days), _put_cycle)
        for field in (*self._loss_fields(), *self._other_statuses(), cycle):
            grid.add(field)
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

    def _loss_fields(self) -> tuple[NumberField, ...]:
        return (
            self._whole(
                _("Lost: months without a purchase, more than"),
                lambda s: s.lifecycle.lost_months,
                _lifecycle(lambda rule, months: replace(rule, lost_months=months)),
            ),
            self._part(
                _("… and for more cycles than"),
                lambda s: s.lifecycle.lost_cycles,
                _lifecycle(lambda rule, cycles: replace(rule, lost_cycles=cycles)),
            ),
            self._part(
                _("At risk: cycles without a purchase"),
                lambda s: s.lifecycle.risk_cycles,
                _lifecycle(lambda rule, cycles: replace(rule, risk_cycles=cycles)),
            ),
        )

    def _other_statuses(self) -> tuple[NumberField, ...]:
        return (
            self._whole(
                _("New: visits at most"),
                lambda s: s.lifecycle.new_visits,
                _lifecycle(lambda rule, visits: replace(rule, new_visits=visits)),
            ),
            self._whole(
                _("… or the first within days"),
                lambda s: s.lifecycle.new_days,
                _lifecycle(lambda rule, days: replace(rule, new_days=days)),
            ),
            self._whole(
                _("Active without a known cycle: months"),
                lambda s: s.lifecycle.active_months,
                _lifecycle(lambda rule, months: replace(rule, active_months=months)),
            ),
        )

    def _winback(self) -> FramedPanel:
        panel = FramedPanel(_("Who is in the win-back list"))
        box = QWidget()
        grid = FieldGrid(box, most=3, least=11)
        self._add_silence(grid)
        self._add_other_definitions(grid)
        panel.column.addWidget(box)
        term = FieldGrid(after := QWidget(), most=3, least=11)
        term.add(
            self._whole(
                _("A purchase counts as a return within, days"),
                lambda s: s.churn.return_days,
                _churn(lambda rule, days: replace(rule, return_days=days)),
            ),
            wide=True,
        )
        panel.column.addWidget(after)
        return panel

    def _add_silence(self, grid: FieldGrid) -> None:
        silent = CheckLine(_("No purchases for long"))
        self._definition(
            grid, silent, lambda rule: rule.silent, lambda rule, on: replace(rule, silent=on)
        )
        grid.add(
            self._whole(
                _("… more months than"),
                lambda s: s.churn.silent_months,
                _churn(lambda rule, months: replace(rule, silent_months=months)),
            )
        )
        grid.add(
            self._part(
                _("… and more cycles than"),
                lambda s: s.churn.silent_cycles,
                _churn(lambda rule, cycles: replace(rule, silent_cycles=cycles)),
            )
        )

    def _add_other_definitions(self, grid: FieldGrid) -> None:
        low = CheckLine(_("The last score (NPS) is low"))
        complaint = CheckLine(_("A complaint or conflict is open"))
        enquiry = CheckLine(_("Enquires but does not buy"))
        self._definition(grid, low, lambda r: r.low_nps, lambda r, on: replace(r, low_nps=on))
        grid.add(
            self._whole(
                _("… this much or less"),
                lambda s: s.churn.nps_at_most,
                _churn(lambda rule, score: replace(rule, nps_at_most=score)),
                least=0,
                most=10,
            )
        )
        self._definition(
            grid, complaint, lambda r: r.complaint, lambda r, on: replace(r, complaint=on)
        )
        self._definition(
            grid, enquiry, lambda r: r.never_bought, lambda r, on: replace(r, never_bought=on)
        )
        grid.add(
            self._whole(
                _("… more enquiries than"),
                lambda s: s.churn.enquiries_over,
                _churn(lambda rule, count: replace(rule, enquiries_over=count)),
            )
        )

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

    def _chance(self, reason: LossReason) -> NumberField:
        def put(settings: Settings, percent: Decimal) -> Settings:
            chance = (percent / _PERCENT).quantize(_PART)
            return replace(settings, return_chances={**settings.return_chances, reason: chance})

        field = LabelledField(labels.loss_reason(reason), NumberLine(least=0, most=_PERCENT))
        self._bind_number(field, lambda s: s.return_chances[reason] * _PERCENT, put)
        return field

    def _reset_chances(self) -> None:
        for reason, chance in default_chances().items():
            self.chances[reason].set_value(chance * _PERCENT)
        self.commit()

    def _definition(
        self,
        grid: FieldGrid,
        line: CheckLine,
        get: Callable[[ChurnThresholds], bool],
        put: Callable[[ChurnThresholds, bool], ChurnThresholds],
    ) -> None:
        self.bind_line(line, lambda s: get(s.churn), _churn(put))
        grid.add(line, wide=True)

    def _whole(
        self,
        label: str,
        get: Callable[[Settings], int],
        put: Callable[[Settings, int], Settings],
        *,
        least: int = 1,
        most: int = 3660,
    ) -> NumberField:
        """Return a field for a whole number."""
        field = LabelledField(label, NumberLine(whole=True, least=least, most=most))
        self._bind_number(field, lambda s: Decimal(get(s)), lambda s, number: put(s, int(number)))
        return field

    def _part(
        self,
        label: str,
        get: Callable[[Settings], Decimal],
        put: Callable[[Settings, Decimal], Settings],
    ) -> NumberField:
        """Return a field for a number that may have decimals."""
        field = LabelledField(label, NumberLine(least=1, most=3660))
        self._bind_number(field, get, put)
        return field

    def _bind_number(
        self,
        field: NumberField,
        get: Callable[[Settings], Decimal],
        put: Callable[[Settings, Decimal], Settings],
    ) -> None:
        """Bind a number; an emptied one keeps what was there."""
        self.bind(field, get, lambda s, number: s if number is None else put(s, number))


def _lifecycle(
    put: Callable[[LifecycleThresholds, V], LifecycleThresholds],
) -> Callable[[Settings, V], Settings]:
    return lambda settings, value: replace(settings, lifecycle=put(settings.lifecycle, value))


def _churn(
    put: Callable[[ChurnThresholds, V], ChurnThresholds],
) -> Callable[[Settings, V], Settings]:
    return lambda settings, value: replace(settings, churn=put(settings.churn, value))


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _put_cycle(settings: Settings, days: Decimal | None) -> Settings:
    return replace(settings, trade_cycle_days=None if days is None else int(days))
