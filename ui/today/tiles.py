"""The month so far in four numbers over Today's list."""

from decimal import Decimal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from db.queries.today.numbers import TodayNumbers
from ui.look.theme import em
from ui.widgets.cards import Tile
from ui.words import formats
from ui.words.i18n import _


class MonthTiles(QFrame):
    """Four tiles in a row; `show_numbers` fills them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._active = Tile(_("Active clients"))
        self._average = Tile(_("Average order"))
        self._orders = Tile(_("Orders a client"))
        self._margin = Tile(_("Margin"))
        self._active.setToolTip(
            _("Bought within the last 1.5 cycles, or within a month where the cycle is not known.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.1))
        row.setSpacing(em(0.6))
        for tile in (self._active, self._average, self._orders, self._margin):
            row.addWidget(tile, 1)

    def show_numbers(self, numbers: TodayNumbers) -> None:
        """Show what is known; a month without a purchase shows a dash, not a zero."""
        month, before = numbers.this_month, numbers.last_month
        self._active.show_number(
            formats.number(numbers.active),
            _("of {clients}").format(clients=formats.clients_count(numbers.clients)),
        )
        average = month.average_order
        self._average.show_number(
            formats.money_short(average), _compared(average, before.average_order)
        )
        self._average.setToolTip(
            _("{month}: {sum} of revenue, {orders} orders").format(
                month=formats.month(numbers.month),
                sum=formats.money(month.revenue),
                orders=formats.number(month.orders),
            )
        )
        self._orders.show_number(
            _number(month.orders_a_client, 1),
            _("{month}: {buyers} bought").format(
                month=formats.month_name(numbers.month.month), buyers=formats.number(month.buyers)
            ),
        )
        known = month.known_percent
        margin = month.margin_percent
        self._margin.show_number(
            formats.DASH if margin is None else formats.percent(margin),
            _("no purchase with a cost this month")
            if margin is None or known is None
            else _("known for {share} of revenue").format(share=formats.percent(known)),
        )


def _number(value: Decimal | None, decimals: int) -> str:
    return formats.DASH if value is None else formats.number(value, decimals)


def _compared(now: Decimal | None, before: Decimal | None) -> str:
    if now is None:
        return _("nothing was bought this month yet")
    if not before:
        return _("nothing was bought last month")
    change = (now - before) * 100 / before
    sign = "+" if change > 0 else ""
    return _("{change} to last month").format(change=sign + formats.percent(change))
