"""Commands that erase for good: client erase, bin empty."""

from db.commands.erase import EmptyBin, EraseClients
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats
from ui.words.i18n import _


def add_parsers(commands: Subparsers) -> None:
    """Define `bin`."""
    contents = commands.add_parser("bin", help=_("deleted cards")).add_subparsers(
        metavar=_("COMMAND"), required=True
    )
    empty = contents.add_parser("empty", help=_("erase all cards in the bin for good"))
    empty.set_defaults(run=empty_bin)


def empty_bin(call: Call) -> Answer:
    """Erase every client in the bin, with their history."""
    erased = call.base.do(EmptyBin()).value
    return Answer(
        {"erased": erased}, _("Erased: {clients}").format(clients=formats.clients_count(erased))
    )


def erase_client(call: Call) -> Answer:
    """Erase one client, with their history."""
    call.base.do(EraseClients((call.args.client_id,)))
    return Answer({"erased": 1}, _("Erased: {clients}").format(clients=formats.clients_count(1)))
