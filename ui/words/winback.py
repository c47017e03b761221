"""Win-back in words, for the page, the papers and the command line. No Qt."""

from datetime import date
from decimal import Decimal

from db.domain.churn import DAYS_A_YEAR, Definition, Loss, LossState, Motive
from db.queries.winback.board import WinbackRow, WinbackView
from ui.words import formats, labels
from ui.words.i18n import _, ngettext

SEPARATOR = " · "


def loss_text(loss: Loss, row: WinbackRow, as_of: date) -> str:
    """Say which definition fired, with its numbers: `no purchases for 97 days, usually 31`."""
    match loss.definition:
        case Definition.SILENT:
            return _silence(row, as_of)
        case Definition.LOW_NPS:
            return _("score {score} of 10").format(score=row.nps)
        case Definition.COMPLAINT:
            days = (as_of - loss.since).days
            if not days:
                return _("complaint of today")
            return _("complaint open for {days}").format(days=formats.days_count(days))
        case Definition.NEVER_BOUGHT:
            return ngettext(
                "{count} enquiry without a purchase",
                "{count} enquiries without a purchase",
                row.enquiries,
            ).format(count=formats.number(row.enquiries))


def _silence(row: WinbackRow, as_of: date) -> str:
    assert row.last_purchase is not None  # noqa: S101 - this definition needs a purchase
    silent = formats.days_count((as_of - row.last_purchase).days)
    if row.cycle_days is None:
        return _("no purchases for {days}").format(days=silent)
    usual = formats.number(row.cycle_days)
    return _("no purchases for {days}, usually {usual}").format(days=silent, usual=usual)


def why(row: WinbackRow, as_of: date) -> str:
    """Return every definition that fired, the most important first."""
    order = (
        Definition.COMPLAINT, Definition.LOW_NPS, Definition.SILENT, Definition.NEVER_BOUGHT,
    )  # fmt: skip
    fired = sorted(row.losses, key=lambda loss: order.index(loss.definition))
    return ", ".join(loss_text(loss, row, as_of) for loss in fired)


def money(row: WinbackRow) -> str:
    """Return the money at stake; `≈` where the trade's margin stood in for a cost."""
    shown = formats.money_short(row.stake.money)
    return f"≈{formats.NBSP}{shown}" if row.stake.estimated else shown


def money_made_of(row: WinbackRow) -> str:
    """Say what the money at stake is made of, or what is lacking for it."""
    stake = row.stake
    if stake.money is None or stake.profit_a_visit is None or row.cycle_days is None:
        if not row.visits:
            return _("No amount: the client has not bought yet.")
        return _("No amount: the client's cycle is not known.")
    made_of = _("{profit} profit a visit × {visits} visits a year × {chance} chance of a return")
    text = made_of.format(
        profit=formats.money_short(stake.profit_a_visit),
        visits=formats.number(Decimal(DAYS_A_YEAR) / row.cycle_days, 1),
        chance=formats.percent(stake.chance * 100),
    )
    if stake.estimated:
        text += "\n" + _("Where a cost is not known, the usual margin of the trade was used.")
    return text


def standing(row: WinbackRow) -> str:
    """Return the state; of a client not to be won back, until when."""
    words = labels.loss_state(row.state)
    if row.state is LossState.DO_NOT_RETURN and row.episode and row.episode.leave_until:
        until = formats.day(row.episode.leave_until)
        return _("{state} until {day}").format(state=words, day=until)
    return words


def next_step(row: WinbackRow, as_of: date) -> str:
    """Return the next step with its day, or why the client is left alone."""
    episode = row.episode
    if episode is None:
        return formats.DASH
    if episode.is_shelved:
        return episode.leave_reason or formats.DASH
    if episode.next_on is None:
        return episode.next_step or formats.DASH
    day = formats.day_relative(episode.next_on, as_of)
    if episode.next_on < as_of:
        day = _("overdue, {day}").format(day=formats.day(episode.next_on))
    return f"{day}: {episode.next_step}" if episode.next_step else day


def view(key: str) -> str:
    """Return the words of a part of the list."""
    words = {
        WinbackView.ALL.value: _("Everybody"),
        WinbackView.IN_WORK.value: _("In work"),
        WinbackView.DO_NOT_RETURN.value: _("Not to win back"),
        Definition.SILENT.value: _("No purchases for long"),
        Definition.LOW_NPS.value: _("Low score"),
        Definition.COMPLAINT.value: _("Open complaint"),
        Definition.NEVER_BOUGHT.value: _("Enquires but does not buy"),
    }
    return words[key]


def motive(code: str) -> str:
    """Return why to win back, in words."""
    words = {
        Motive.IMAGE.value: _("significant client"),
        Motive.ORDER_SIZE.value: _("size of orders"),
        Motive.FREQUENCY.value: _("frequency of orders"),
    }
    return words.get(code, code)


def loss_reason(code: str | None) -> str:
    """Return a reason of a loss, or that it was not asked yet."""
    return labels.loss_reason(code) if code else _("not asked yet")


def source(text: str) -> str:
    """Return a source of clients, or that it is not known."""
    return text or _("source not known")
