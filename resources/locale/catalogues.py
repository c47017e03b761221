"""Language catalogues: texts of the code in, translations beside them, compiled for the program.

Run through `python3 dev.py catalogues`:
    (nothing)   bring the texts of the code into every catalogue, and compile
    --check     fail where a catalogue and the code do not agree; change nothing
    --compile   only compile
"""

import argparse
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parent
ROOT = LOCALE.parents[1]
SPEAKING = ("ui", "desktop")
WIDTH = 100
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def texts_of_the_code() -> Catalog:
    """Collect every text the code marks for translation, with the comments that begin "i18n:"."""
    template = Catalog(project="Kartoteka", fuzzy=False)
    for folder in SPEAKING:
        for found in extract_from_dir(
            ROOT / folder, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=False
        ):
            _file, _line, text, comments, context = found
            template.add(text, auto_comments=comments, context=context)
    return template


def sources() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(source: Path) -> Catalog:
    language = source.relative_to(LOCALE).parts[0]
    return read_po(io.BytesIO(source.read_bytes()), locale=language)


def update(source: Path, template: Catalog) -> None:
    """Add the new texts, drop those the code has no more; translations are kept."""
    catalogue = read(source)
    moment = catalogue.creation_date  # stays, so that an update without news changes nothing
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.creation_date = moment
    written = io.BytesIO()
    write_po(written, catalogue, width=WIDTH, sort_output=True, ignore_obsolete=True)
    source.write_bytes(written.getvalue())


def compile_all() -> None:
    for source in sources():
        compiled = io.BytesIO()
        write_mo(compiled, read(source))
        draft = source.with_suffix(".part")
        draft.write_bytes(compiled.getvalue())
        draft.replace(source.with_suffix(".mo"))


def disagreements(source: Path, template: Catalog) -> Iterator[str]:
    """Say what is missing, obsolete, untranslated, fuzzy, or has other placeholders."""
    catalogue = read(source)
    for message in template:
        held = catalogue.get(_text(message), message.context) if message.id else None
        if message.id and (held is None or held.id != message.id):
            yield f"missing: {_text(message)!r}"
    for message in catalogue:
        if not message.id:
            continue
        if template.get(_text(message), message.context) is None:
            yield f"no longer in the code: {_text(message)!r}"
        elif fault := _fault(message):
            yield f"{fault}: {_text(message)!r}"
    for key in catalogue.obsolete:
        yield f"obsolete: {key!r}"


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _fault(message: Message) -> str | None:
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if not all(forms):
        return "untranslated"
    if message.fuzzy:
        return "fuzzy"
    if message.pluralizable != isinstance(message.string, (tuple, list)):
        return "wrong plural forms"
    asked = _placeholders(*([message.id] if isinstance(message.id, str) else message.id))
    if message.pluralizable:
        differs = any(not _placeholders(form) <= asked for form in forms)
    else:
        differs = _placeholders(*forms) != asked
    return "other placeholders" if differs else None


def _placeholders(*texts: str) -> set[str]:
    found: set[str] = set()
    for text in texts:
        try:
            found |= {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:  # braces of another kind: compared as they are
            found.add(text.count("{") * "{" + text.count("}") * "}")
    return found


def check() -> int:
    template = texts_of_the_code()
    if not sources():
        sys.stdout.write("no catalogue at all\n")
        return 1
    count = 0
    for source in sources():
        for line in disagreements(source, template):
            sys.stdout.write(f"{source.relative_to(ROOT)}: {line}\n")
            count += 1
    sys.stdout.write(f"catalogues: {len(template)} texts, {count} disagreements\n")
    return 1 if count else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py catalogues")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true")
    choice.add_argument("--compile", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        return check()
    if not asked.compile:
        template = texts_of_the_code()
        for source in sources():
            update(source, template)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
