"""Words for what goes wrong: what happened, what is safe, what to do. No Qt."""

from dataclasses import dataclass

from db.domain.fields import Fault, FieldError
from db.errors import InvalidError, Trouble, TroubleError, trouble_of_system
from ui.words import labels
from ui.words.i18n import _


@dataclass(frozen=True, slots=True)
class Words:
    """One trouble in the language in use. `what` alone is the line of the command line."""

    what: str
    safe: str
    todo: str


def trouble_words(error: object) -> Words:
    """Return words for any error; a bug gets words as well, its traceback is in the log."""
    if isinstance(error, OSError):
        error = trouble_of_system(error) or error
    if isinstance(error, TroubleError):
        what, todo = _troubles(error.trouble, error.detail)
        return Words(what, _nothing_lost(error.trouble), todo)
    if isinstance(error, InvalidError):
        return Words(
            "\n".join(fault_words(entry) for entry in error.errors),
            _("Nothing was written."),
            _("Correct the fields and save again."),
        )
    if isinstance(error, OSError):
        named = str(error.filename or "")
        return Words(
            _named(_("The system refused to do this with the file: {detail}."), named),
            _nothing_lost(Trouble.NO_PERMISSION),
            _("Choose another place or name."),
        )
    return Words(
        _("Something in the program went wrong."),
        _("What was saved before is safe; this step was not carried out."),
        _("Try again. If it happens again, copy the details and send them to the developer."),
    )


def _nothing_lost(trouble: Trouble) -> str:
    if trouble is Trouble.MOVED_AWAY:
        return _(
            "What was saved before this is kept in the open window until it is closed;"
            " this step was not saved. What is typed stays in its form."
        )
    if trouble is Trouble.OVERWRITTEN:
        return _("What is typed stays in its form. The copies of the base are untouched.")
    if trouble in {Trouble.DAMAGED, Trouble.DISK_FAILED}:
        return _("The file was not changed. Copies of the base may be whole.")
    return _("Nothing was changed; everything saved before is safe.")


def fault_words(error: FieldError, field_label: str = "") -> str:
    """Say what is wrong with a field, with its name in front."""
    label = field_label or _field_name(error.field_key)
    if error.fault is Fault.NO_NAME_OR_CONTACT:
        return _("Enter a name, or at least one contact.")
    return _("{field}: {fault}").format(field=label, fault=fault(error.fault, error.value))


def _field_name(key: str) -> str:
    """Return the name of a field of the card, or of what a command is given beside it."""
    if (label := labels.standard_field(key)) != key:
        return label
    name = _names_in_commands().get(key) or labels.column(key)
    return name if name == key else name[:1].upper() + name[1:]


def _names_in_commands() -> dict[str, str]:
    return {
        "label": _("name of the field"),
        "choices": _("values of the list"),
        "product": _("product"),
        "open": _("open"),
        "leave_reason": _("reason"),
        "paper_language": _("language of offers"),
    }


def fault(code: Fault, value: str = "") -> str:
    """Say what is wrong with a value, without the name of its field."""
    return _faults().get(code, str(code)).format(value=value)


def _faults() -> dict[Fault, str]:
    return {
        Fault.REQUIRED: _("must be filled in"),
        Fault.WRONG_KIND: _("“{value}” does not fit here"),
        Fault.NOT_A_CHOICE: _("“{value}” is not in the list"),
        Fault.TOO_LONG: _("the text is too long"),
        Fault.NO_SUCH_FIELD: _("there is no such field"),
        Fault.NO_NAME_OR_CONTACT: _("enter a name or a contact"),
        Fault.BAD_DATE: _("there is no such day"),
        Fault.BAD_NUMBER: _("a number is required"),
        Fault.BAD_PHONE: _("“{value}” does not look like a phone number"),
        Fault.BAD_EMAIL: _("“{value}” does not look like an e-mail address"),
        Fault.BAD_LINK: _("“{value}” does not look like a web address"),
        Fault.BAD_INN: _("the check digit of INN “{value}” does not fit"),
        Fault.BAD_KPP: _("“{value}” is not a KPP: it has nine characters"),
        Fault.BAD_OGRN: _("the check digit of OGRN “{value}” does not fit"),
    }


def _troubles(trouble: Trouble, detail: str) -> tuple[str, str]:
    what, todo = (_of_bases() | _of_places() | _of_tables() | _of_work() | _of_names())[trouble]
    return _named(what, detail), todo


def _named(what: str, detail: str) -> str:
    """Put the name in its place; without one the sentence ends where the name would begin."""
    return what.format(detail=detail) if detail else what.replace(": {detail}", "")


def _of_bases() -> dict[Trouble, tuple[str, str]]:
    return {
        Trouble.MISSING: (
            _("There is no file {detail}."),
            _("Perhaps it was moved, or the disk is not connected. Choose where it is now."),
        ),
        Trouble.NOT_A_BASE: (
            _("This file is not a client base: {detail}."),
            _("Choose another file."),
        ),
        Trouble.EMPTY_FILE: (
            _("The file is empty: {detail}."),
            _("A base file is never empty: restore a copy of the base, or choose another file."),
        ),
        Trouble.NEWER: (
            _("This base was made by a newer version of the program: {detail}."),
            _("Update the program, or choose another base."),
        ),
        Trouble.DAMAGED: (
            _("The file is damaged: {detail}."),
            _("Open the newest copy of the base."),
        ),
        Trouble.FOREIGN: (
            _("Another program has put something into the base that would act on it: {detail}."),
            _("Open the newest copy of the base, or ask the person who added it to remove it."),
        ),
    }


def _of_places() -> dict[Trouble, tuple[str, str]]:
    place = _("Choose another place or name.")
    return {
        Trouble.READ_ONLY: (_("This place is read-only: {detail}."), place),
        Trouble.NO_PERMISSION: (
            _("Access to the folder or file is denied: {detail}."),
            place,
        ),
        Trouble.IS_A_FOLDER: (
            _("This is a folder, not a file: {detail}."),
            _("Choose another file."),
        ),
        Trouble.NO_FOLDER: (_("There is no such folder: {detail}."), place),
        Trouble.EXISTS: (_("There is a file of this name already: {detail}."), place),
        Trouble.LEFT_OVERS: (
            _("A part of another base is left under this name: {detail}."),
            _(
                "It may hold the last changes of a base that was here. Put that base back beside it"
                " and open it, or choose another name, or rename this file."
            ),
        ),
        Trouble.MOVED_AWAY: (
            _("The open base was moved, deleted or replaced: {detail}."),
            _("Save a copy of it here, or put it back in its place; then open it again."),
        ),
        Trouble.OVERWRITTEN: (
            _("Another file was written over the open base: {detail}."),
            _("Copy what is typed, then open the base again or restore a copy."),
        ),
    }


def _of_tables() -> dict[Trouble, tuple[str, str]]:
    return {
        Trouble.NOT_A_TABLE: (
            _("This file is neither a text table nor a spreadsheet: {detail}."),
            _("Save it as CSV or XLSX and choose it again."),
        ),
        Trouble.TOO_LARGE: (
            _("The file is too large: {detail}."),
            _("Split it into parts and load them one by one."),
        ),
        Trouble.NO_COLUMNS: (
            _("No column of this file was recognised: {detail}."),
            _("Add headings to the columns, or choose what the columns contain."),
        ),
        Trouble.NO_ROWS: (
            _("There is nothing under the headings of this file: {detail}."),
            _("Choose another file."),
        ),
        Trouble.UNKNOWN_FORMAT: (
            _("The program can't save files of this kind: {detail}."),
            _("Choose a name that ends in .xlsx or .csv."),
        ),
    }


def _of_work() -> dict[Trouble, tuple[str, str]]:
    again = _("Try again in a moment.")
    return {
        Trouble.BUSY: (_("Another program is writing to the base just now."), again),
        Trouble.OPEN_ELSEWHERE: (
            _("The base is open in another window or on another computer: {detail}."),
            _("Close it there, or work on there."),
        ),
        Trouble.DISK_FULL: (_("There is no room left on the disk."), _("Free some space.")),
        Trouble.DISK_FAILED: (
            _("The disk did not answer: {detail}."),
            _("Check the disk and its cable, then try again."),
        ),
        Trouble.CHANGED_MEANWHILE: (
            _("This was changed meanwhile in another window."),
            _("Compare the values and choose which to keep."),
        ),
        Trouble.GONE: (_("This is not in the base any more."), _("Refresh the list.")),
        Trouble.NOTHING_TO_UNDO: (_("There is nothing to undo."), ""),
        Trouble.NOTHING_TO_REDO: (_("There is nothing to redo."), ""),
        Trouble.USED_LATER: (
            _("This can't be undone separately: later changes depend on it."),
            _("Undo the later changes first."),
        ),
        Trouble.SEALED: (
            _("This change can't be undone any more."),
            _(
                "It was made before the program was updated, or too long ago,"
                " or a client it concerns was erased. See the history."
            ),
        ),
        Trouble.FROZEN: (
            _("An offer that was sent can't be changed."),
            _("Make a new version of it."),
        ),
    }


def _of_names() -> dict[Trouble, tuple[str, str]]:
    return {
        Trouble.NO_SUCH_CLIENT: (_("There is no such client: {detail}."), ""),
        Trouble.NO_SUCH_SEGMENT: (_("There is no such segment: {detail}."), ""),
        Trouble.NO_SUCH_OFFER: (_("There is no such offer: {detail}."), ""),
        Trouble.NO_SUCH_IMPORT: (_("There is no such import: {detail}."), ""),
        Trouble.NO_SUCH_PRESET: (_("There is no such trade preset: {detail}."), ""),
        Trouble.SEVERAL_CLIENTS: (
            _("Several clients have this name: {detail}."),
            _("Give the number of the card."),
        ),
        Trouble.TAKEN_NAME: (
            _("This name is taken: {detail}."),
            _("Choose another name."),
        ),
    }
