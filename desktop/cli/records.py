"""Commands that write what happened with a client: purchases and interactions."""

import argparse
from decimal import Decimal

from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.domain.money import parse_money
from db.domain.trade import InteractionKind
from desktop.cli.parser import client_id, day, wrong_value
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats, labels
from ui.words.i18n import _

BEST_SCORE = 10


def add_parsers(commands: Subparsers) -> None:
    """Define `purchase` and `interaction`."""
    purchases = commands.add_parser("purchase", help=_("purchases of a client")).add_subparsers(
        metavar=_("COMMAND"), required=True
    )
    purchase = purchases.add_parser("add", help=_("write a purchase"))
    _add_client(purchase)
    purchase.add_argument("day", metavar="DATE", type=day)
    purchase.add_argument(
        "amount", metavar="AMOUNT", type=_money, help=_("a negative amount is a refund")
    )
    purchase.add_argument("--cost", metavar="C", type=_money, help=_("our cost"))
    purchase.add_argument("--product", metavar="P", help=_("product or service, by its name"))
    purchase.set_defaults(run=add_purchase)

    interactions = commands.add_parser("interaction", help=_("talks with a client")).add_subparsers(
        metavar=_("COMMAND"), required=True
    )
    interaction = interactions.add_parser("add", help=_("write a talk, a complaint or a survey"))
    _add_client(interaction)
    interaction.add_argument("kind", metavar="KIND", choices=_kinds(), help=", ".join(_kinds()))
    interaction.add_argument("--on", metavar="DATE", type=day, help=_("the date; today by default"))
    interaction.add_argument("--nps", metavar="N", type=_score, help=_("the score given, 0 to 10"))
    interaction.add_argument("--text", metavar="T", help=_("what was said"))
    interaction.add_argument(
        "--open", action="store_true", help=_("the complaint is not settled yet")
    )
    interaction.set_defaults(run=add_interaction)


def add_purchase(call: Call) -> Answer:
    """Write a purchase, or with a negative amount a refund."""
    args = call.args
    outcome = call.base.do(
        AddPurchase(args.client_id, args.day, args.amount, args.cost, args.product)
    )
    document = {
        "id": outcome.value,
        "client_id": args.client_id,
        "day": args.day,
        "amount": _in_full(args.amount),
        "cost": _in_full(args.cost),
        "product": args.product,
        "change_id": outcome.change_id,
    }
    return Answer(
        document,
        _("Purchase {id}: {day}, {amount}").format(
            id=outcome.value, day=formats.day(args.day), amount=formats.money(args.amount)
        ),
    )


def add_interaction(call: Call) -> Answer:
    """Write an interaction: a talk, a complaint, a survey."""
    args = call.args
    on = args.on or call.as_of
    kind = InteractionKind(args.kind)
    outcome = call.base.do(
        AddInteraction(args.client_id, kind, on, args.text, args.nps, is_open=args.open)
    )
    document = {
        "id": outcome.value,
        "client_id": args.client_id,
        "kind": kind,
        "day": on,
        "nps": args.nps,
        "text": args.text,
        "open": args.open,
        "change_id": outcome.change_id,
    }
    return Answer(document, f"{outcome.value}: {labels.interaction(kind)}, {formats.day(on)}")


def _add_client(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "client_id", metavar="ID", type=client_id, help=_("the number of the client's card")
    )


def _money(text: str) -> Decimal:
    try:
        money = parse_money(text)
    except ValueError:
        money = None
    if money is None:
        raise wrong_value(_("“{value}” is not an amount"), text)
    return money


def _in_full(money: Decimal | None) -> Decimal | None:
    return None if money is None else money.quantize(Decimal("0.01"))


def _score(text: str) -> int:
    if not text.isdecimal() or int(text) > BEST_SCORE:
        raise wrong_value(_("“{value}” is not a score: enter a whole number from 0 to 10"), text)
    return int(text)


def _kinds() -> list[str]:
    return [kind.value for kind in InteractionKind]
