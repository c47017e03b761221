"""Commands that look after a base: is it whole, its copies, and putting one back."""

from collections.abc import Mapping
from pathlib import Path

from db.client_base import ClientBase
from db.file import backup
from db.file.backup import Copy
from db.file.care import Fault, Problem, check
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats
from ui.words.i18n import _

_OF_THE_FILE = frozenset({Fault.UNREADABLE, Fault.BROKEN_PAGE})


def add_parsers(commands: Subparsers) -> None:
    checked = commands.add_parser("check", help=_("check the base for damage and wrong totals"))
    checked.set_defaults(run=check_base)
    copied = commands.add_parser("backup", help=_("copy the base; the copy is opened and counted"))
    copied.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, help=_("a folder beside the base by default")
    )
    copied.set_defaults(run=make_backup)
    listed = commands.add_parser("backups", help=_("list the copies of the base"))
    listed.add_argument("folder", metavar="DIR", nargs="?", type=Path)
    listed.set_defaults(run=list_backups)
    put_back = commands.add_parser(
        "restore", help=_("restore the base from a copy; the present base is kept")
    )
    put_back.add_argument("file", metavar="FILE", type=Path)
    put_back.set_defaults(run=restore_base)


def check_base(call: Call) -> Answer:
    path = call.base_path.absolute()
    problems = check(path)
    document = {
        "ok": not problems,
        "base": path,
        "problems": [{"fault": held.fault, "place": held.place} for held in problems],
    }
    lines = dict.fromkeys(_problem(held, path) for held in problems)
    text = "\n".join(lines) or _("The base is whole.")
    return Answer(document, text, failed=bool(problems))


def make_backup(call: Call) -> Answer:
    folder: Path | None = call.args.folder
    copy = backup.make_copy(call.base_path.absolute(), folder.absolute() if folder else None)
    told = _("The copy is made and checked: {file}").format(file=copy.path)
    return Answer(_document(copy), f"{told}\n{_counted(copy.counts)}")


def list_backups(call: Call) -> Answer:
    folder: Path | None = call.args.folder
    base = call.base_path.absolute()
    held = backup.copies(base, folder.absolute() if folder else None)
    text = "\n".join(
        f"{formats.day(copy.made_at.date())} {copy.made_at:%H:%M}  "
        f"{formats.file_size(copy.size)}  {copy.path.name}\n    {_counted(copy.counts)}"
        for copy in held
    )
    return Answer([_document(copy) for copy in held], text or _("There are no copies yet."))


def restore_base(call: Call) -> Answer:
    base = call.base_path.absolute()
    done = backup.restore(call.args.file.absolute(), base)
    with ClientBase(base):
        pass  # a copy of an older version is brought up now, not when it is wanted
    document = {
        "base": base,
        "counts": done.counts,
        "before": done.before,
        "kept_as": done.kept_as,
    }
    lines = [_("Restored: {counts}").format(counts=_counted(done.counts))]
    if done.before is not None:
        lines.append(_("Before: {counts}").format(counts=_counted(done.before)))
    if done.kept_as is not None:
        lines.append(_("The base of before is kept: {file}").format(file=done.kept_as))
    return Answer(document, "\n".join(lines))


def _document(copy: Copy) -> dict[str, object]:
    return {
        "file": copy.path,
        "made_at": copy.made_at.isoformat(timespec="seconds"),
        "size": copy.size,
        "counts": copy.counts,
    }


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(
        (
            formats.clients_count(counts.get("client", 0)),
            formats.purchases_count(counts.get("purchase", 0)),
            _("offers: {count}").format(count=counts.get("offer", 0)),
        )
    )


def _problem(problem: Problem, path: Path) -> str:
    words = {
        Fault.UNREADABLE: _("The file can't be read: {place}"),
        Fault.BROKEN_PAGE: _("The file is damaged: {place}"),
        Fault.BAD_VALUE: _("A value can't be read: {place}"),
        Fault.BROKEN_LINK: _("A row refers to a missing one: {place}"),
        Fault.SCHEMA: _("A table or index differs from this version: {place}"),
        Fault.FACTS: _("The totals of a client do not match the purchases: card {place}"),
        Fault.GAPS: _("The empty mandatory fields do not match the rules: card {place}"),
        Fault.SEARCH: _("The search index does not match a card: card {place}"),
    }
    # The driver's own words for a page are in the document only.
    place = str(path) if problem.fault in _OF_THE_FILE else problem.place
    return words[problem.fault].format(place=place)
