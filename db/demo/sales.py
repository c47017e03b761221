"""Purchases of the demonstration, by the client's visits and the season, with some refunds."""

from datetime import date, timedelta

from db.demo.cards import Known
from db.demo.dice import Dice
from db.demo.lives import Life
from db.demo.rows import Rows
from db.demo.words import Good, goods_for, words_of

# The share of purchases in each month, against the average one.
_SALON = (0.85, 0.95, 1.2, 1.0, 1.05, 1.0, 0.9, 0.95, 1.05, 1.0, 1.05, 1.35)
_TRADE = (0.6, 0.85, 1.25, 1.1, 0.95, 0.8, 0.75, 0.9, 1.15, 1.2, 1.25, 1.4)
_FEAST_MONTHS = frozenset({3, 12})
_GROWTH_A_YEAR = 0.08  # prices of the past were lower
_WHOLE = 10_000  # one, in the Exact columns


class SalesWriter:
    """Writes purchases, their lines, and refunds."""

    def __init__(self, rows: Rows, dice: Dice, today: date) -> None:
        self._rows, self._dice, self._today = rows, dice, today

    def write(self, who: Known, life: Life) -> None:
        """Write the purchases of a client."""
        costed = self._dice.chance(0.86)
        master = self._dice.pick(words_of("people")["masters"])
        for day in life.days:
            self._visit(who, life, day, master, costed=costed)

    def _visit(self, who: Known, life: Life, day: date, master: str, *, costed: bool) -> None:
        dice = self._dice
        good = life.good if dice.chance(0.7) else dice.weighed(goods_for(life.buyer))
        self._purchase(who, good, day, master, costed=costed)
        if dice.chance(0.006):
            self._refund(who, good, day)
        feast = day.month in _FEAST_MONTHS and not who.is_firm and dice.chance(0.12)
        if feast and day + timedelta(days=1) < self._today:
            self._purchase(who, goods_for("f")[2][0], day, master, costed=costed)

    def _purchase(self, who: Known, good: Good, day: date, master: str, *, costed: bool) -> None:
        dice, firm, number = self._dice, who.is_firm, self._rows.next_id("purchase")
        past = (self._today - day).days / 365
        worth = (_TRADE if firm else _SALON)[day.month - 1] * (1 - _GROWTH_A_YEAR * min(past, 6))
        # The season changes the pieces that a company buys, and the price of a visit to the salon.
        pieces = max(1, round(dice.around(3, 0.8) * worth)) if firm else 1
        price = good.price * (1 if firm else dice.around(worth**0.5, 0.12))
        amount = round(price / 1000) * 1000 * pieces
        cost = round(good.cost * worth**0.25 / 100) * 100 * pieces if costed else None
        channels = words_of("shop")["firm_channels" if firm else "channels"]
        channel = dice.pick(channels) if dice.chance(0.8) else None
        self._rows.add(
            "purchase", number, who.id, day, amount, cost, good.id, channel, master, None
        )
        if firm and dice.chance(0.4):
            self._lines(number, who, good, amount, cost)

    def _lines(self, number: int, who: Known, good: Good, amount: int, cost: int | None) -> None:
        """Split the purchase over two goods; the lines add up to it."""
        other = self._dice.weighed(goods_for("c"))
        part = round(amount * 0.3 / 1000) * 1000
        part_cost = None if cost is None else round(cost * 0.3 / 100) * 100
        rest_cost = None if cost is None or part_cost is None else cost - part_cost
        for sold, sold_amount, sold_cost in (
            (good, amount - part, rest_cost),
            (other, part, part_cost),
        ):
            pieces = max(1, round(sold_amount / sold.price)) * _WHOLE
            self._rows.add("purchase_line", number, who.id, sold.id, pieces, sold_amount, sold_cost)

    def _refund(self, who: Known, good: Good, day: date) -> None:
        number = self._rows.next_id("purchase")
        back = min(day + timedelta(days=self._dice.between(1, 5)), self._today)
        amount = -round(good.price * 0.3 / 1000) * 1000
        self._rows.add("purchase", number, who.id, back, amount, None, good.id, None, None, None)
