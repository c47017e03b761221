"""Commands that check a base, copy it, list its copies and restore one."""

from collections.abc import Mapping
from pathlib import Path

from db.client_base import ClientBase
from db.file import backup
from db.file.backup import Copy
from db.file.care import Defect, DefectKind, check
from desktop.cli.shape import Answer, Call, Subparsers
from ui.words import formats
from ui.words.i18n import _

_OF_THE_FILE = frozenset({DefectKind.UNREADABLE, DefectKind.BROKEN_PAGE})


def add_parsers(commands: Subparsers) -> None:
    """Define `check`, `backup`, `backups` and `restore`."""
    check_parser = commands.add_parser(
        "check", help=_("check the base for damage and wrong totals")
    )
    check_parser.set_defaults(run=check_base)
    copy = commands.add_parser("backup", help=_("copy the base; the copy is opened and counted"))
    copy.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, help=_("a folder beside the base by default")
    )
    copy.set_defaults(run=make_backup)
    copies = commands.add_parser("backups", help=_("list the copies of the base"))
    copies.add_argument("folder", metavar="DIR", nargs="?", type=Path)
    copies.set_defaults(run=list_backups)
    restore = commands.add_parser(
        "restore", help=_("restore the base from a copy; the present base is kept")
    )
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.set_defaults(run=restore_base)


def check_base(call: Call) -> Answer:
    """List the damage of a base; exit code 1 where there is some."""
    path = call.base_path.absolute()
    defects = check(path)
    document = {
        "ok": not defects,
        "base": path,
        "problems": [{"fault": defect.kind, "place": defect.place} for defect in defects],
    }
    lines = dict.fromkeys(_line(defect, path) for defect in defects)
    text = "\n".join(lines) or _("The base is whole.")
    return Answer(document, text, failed=bool(defects))


def make_backup(call: Call) -> Answer:
    """Copy the base, and open and count the copy."""
    folder: Path | None = call.args.folder
    copy = backup.make_copy(call.base_path.absolute(), folder.absolute() if folder else None)
    text = _("The copy is made and checked: {file}").format(file=copy.path)
    return Answer(_document(copy), f"{text}\n{_counts_text(copy.counts)}")


def list_backups(call: Call) -> Answer:
    """List the copies in a folder, by default the one beside the base."""
    folder: Path | None = call.args.folder
    base = call.base_path.absolute()
    copies = backup.copies(base, folder.absolute() if folder else None)
    text = "\n".join(
        f"{formats.day(copy.made_at.date())} {copy.made_at:%H:%M}  "
        f"{formats.file_size(copy.size)}  {copy.path.name}\n    {_counts_text(copy.counts)}"
        for copy in copies
    )
    return Answer([_document(copy) for copy in copies], text or _("There are no copies yet."))


def restore_base(call: Call) -> Answer:
    """Replace the base by a copy; the base of before stays beside it."""
    base = call.base_path.absolute()
    result = backup.restore(call.args.file.absolute(), base)
    with ClientBase(base):
        pass  # opening brings a copy of an older version up to date
    document = {
        "base": base,
        "counts": result.counts,
        "before": result.before,
        "kept_as": result.kept_as,
    }
    lines = [_("Restored: {counts}").format(counts=_counts_text(result.counts))]
    if result.before is not None:
        lines.append(_("Before: {counts}").format(counts=_counts_text(result.before)))
    if result.kept_as is not None:
        lines.append(_("The base of before is kept: {file}").format(file=result.kept_as))
    return Answer(document, "\n".join(lines))


def _document(copy: Copy) -> dict[str, object]:
    return {
        "file": copy.path,
        "made_at": copy.made_at.isoformat(timespec="seconds"),
        "size": copy.size,
        "counts": copy.counts,
    }


def _counts_text(counts: Mapping[str, int]) -> str:
    return ", ".join(
        (
            formats.clients_count(counts.get("client", 0)),
            formats.purchases_count(counts.get("purchase", 0)),
            _("offers: {count}").format(count=counts.get("offer", 0)),
        )
    )


def _line(defect: Defect, path: Path) -> str:
    words = {
        DefectKind.UNREADABLE: _("The file can't be read: {place}"),
        DefectKind.BROKEN_PAGE: _("The file is damaged: {place}"),
        DefectKind.BAD_VALUE: _("A value can't be read: {place}"),
        DefectKind.BROKEN_LINK: _("A row refers to a missing one: {place}"),
        DefectKind.SCHEMA: _("A table or index differs from this version: {place}"),
        DefectKind.FACTS: _("The totals of a client do not match the purchases: card {place}"),
        DefectKind.GAPS: _("The empty mandatory fields do not match the rules: card {place}"),
        DefectKind.SEARCH: _("The search index does not match a card: card {place}"),
    }
    # The driver's own text about a page is in the document only.
    place = str(path) if defect.kind in _OF_THE_FILE else defect.place
    return words[defect.kind].format(place=place)
