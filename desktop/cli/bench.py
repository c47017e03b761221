"""The command that measures."""

from dataclasses import asdict

from db.bench import Figure, bench
from desktop.cli.bases import count_of_clients
from desktop.cli.shape import Answer, Call, Subparsers
from ui import formats
from ui.i18n import _

CLIENTS = 10_000


def add_parsers(commands: Subparsers) -> None:
    measured = commands.add_parser(
        "bench", help=_("measure on invented clients, or on a copy of the base that is named")
    )
    measured.add_argument(
        "--clients", metavar="N", type=count_of_clients, default=CLIENTS, help=_("how many; 10000")
    )
    measured.set_defaults(run=run_bench)


def run_bench(call: Call) -> Answer:
    base = call.base_path.absolute() if call.args.base is not None else None
    done = bench(call.as_of, clients=call.args.clients, base=base)
    document = {
        "clients": done.clients,
        "purchases": done.purchases,
        "milliseconds": {
            figure.name: {key: value for key, value in asdict(figure).items() if key != "name"}
            for figure in done.figures
        },
    }
    head = f"{formats.clients_count(done.clients)}, {formats.purchases_count(done.purchases)}"
    return Answer(document, "\n".join((head, *map(_line, done.figures))))


def _line(figure: Figure) -> str:
    beside = "" if figure.raw is None else f"   SQLite {figure.raw:.2f}"
    return f"{figure.name:<24}{figure.median:>10.2f} ms   p99 {figure.p99:>9.2f}{beside}"
