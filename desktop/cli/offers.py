"""Commands about offers: made of a specification, checked, printed as PDF, and their state."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from db.commands.offers import DeleteOffer, SaveOffer, SetOfferState
from db.domain.checker import Finding, FindingLevel, OfferRule, check
from db.domain.ids import OfferId
from db.domain.offer_spec import read_spec, write_spec
from db.domain.offers import Offer, OfferRefusedError, OfferSheet, OfferState, Tier
from db.domain.pricing import PricedTier, price_offer
from db.file.whole_file import whole_file
from db.outcome import Command, Outcome
from db.queries.offers.offers import (
    OfferListRow,
    StoredOffer,
    client_for_offer,
    find_offer,
    offer_list,
    stored_offer,
)
from desktop.cli.parser import wrong_value
from desktop.cli.shape import Answer, Call, RefusedError, Subparsers, UsageError
from ui.words import formats, labels
from ui.words import offers as words
from ui.words.i18n import _, language, speaking

T = TypeVar("T")
_STATES = (OfferState.SENT, OfferState.ACCEPTED, OfferState.DECLINED)
_LARGEST_SPEC = 1024 * 1024
_PAPER = ".pdf"


def add_parsers(commands: Subparsers) -> None:
    """Define `offer` with its commands."""
    offers = commands.add_parser("offer", help=_("offers with three prices")).add_subparsers(
        metavar=_("COMMAND"), required=True
    )
    new = offers.add_parser("new", help=_("create an offer"))
    new.add_argument("spec", metavar="SPEC.json", type=Path)
    new.set_defaults(run=new_offer)
    edit = offers.add_parser("edit", help=_("change an offer; a sent one gets a new version"))
    _add_number(edit)
    edit.add_argument("spec", metavar="SPEC.json", type=Path)
    edit.set_defaults(run=edit_offer)
    offers.add_parser("list", help=_("list the offers")).set_defaults(run=list_offers)
    show = offers.add_parser("show", help=_("show an offer with its prices"))
    _add_number(show)
    show.set_defaults(run=show_offer)
    check_parser = offers.add_parser("check", help=_("say what is wrong with an offer"))
    check_parser.add_argument("what", metavar="NO|SPEC.json")
    check_parser.set_defaults(run=check_offer)
    pdf = offers.add_parser("pdf", help=_("save an offer as PDF"))
    _add_number(pdf)
    pdf.add_argument("out", metavar="OUT", type=Path, help=_("a file, or a folder to put it in"))
    pdf.set_defaults(run=write_pdf)
    state = offers.add_parser(
        "state", help=_("record that an offer was sent, accepted or declined")
    )
    _add_number(state)
    state.add_argument("state", metavar="STATE", choices=_codes(_STATES), help=", ".join(_STATES))
    state.add_argument("--tier", metavar="T", choices=_codes(Tier), help=", ".join(Tier))
    state.add_argument("--reason", metavar="R", default="", help=_("why it was declined"))
    state.set_defaults(run=set_state)
    delete = offers.add_parser("delete", help=_("delete a draft; its number stays used"))
    _add_number(delete)
    delete.set_defaults(run=delete_offer)


def _add_number(parser: ArgumentParser) -> None:
    parser.add_argument(
        "number", metavar="NO", type=_number, help=_("41, or 2026-041 for another year")
    )


def _codes(members: Iterable[StrEnum]) -> list[str]:
    return [one.value for one in members]


def _number(text: str) -> str:
    if not any(character.isdecimal() for character in text):
        raise wrong_value(_("“{value}” is not an offer number"), text)
    return text


def new_offer(call: Call) -> Answer:
    """Create an offer from a specification."""
    offer = _offer_of_spec(call, call.args.spec)
    return _answer(call, _do(call, SaveOffer(offer, call.as_of)).value.id)


def edit_offer(call: Call) -> Answer:
    """Replace the content of an offer by a specification; a sent one gets a new version."""
    offer = _offer_of_spec(call, call.args.spec)
    record = _stored(call)
    command = SaveOffer(offer, call.as_of, record.id, record.edition)
    return _answer(call, _do(call, command).value.id)


def list_offers(call: Call) -> Answer:
    """List the offers, the last one first."""
    rows = call.base.ask(offer_list)
    text = "\n".join(map(_row_line, rows)) or _("There are no offers yet")
    return Answer([_row_document(row) for row in rows], text)


def show_offer(call: Call) -> Answer:
    """Show an offer with its prices and findings."""
    return _answer(call, _stored(call).id)


def check_offer(call: Call) -> Answer:
    """List what is wrong with an offer or a specification; exit code 1 where there is an error."""
    what: str = call.args.what
    number = None
    if what.casefold().endswith(".json") or Path(what).is_file():
        offer = _offer_of_spec(call, Path(what))
    else:
        record = call.base.ask(stored_offer, call.base.ask(find_offer, what))
        offer, number = record.sheet.offer, record.sheet.number
    findings = check(offer, call.as_of)
    if call.args.base is None:  # without a base, no client has a card
        findings = tuple(f for f in findings if f.rule is not OfferRule.CLIENT_NOT_IN_BASE)
    errors = [finding for finding in findings if finding.level is FindingLevel.ERROR]
    document = {
        "number": number,
        "errors": len(errors),
        "warnings": len(findings) - len(errors),
        "findings": [_finding(finding, offer) for finding in findings],
    }
    text = "\n".join(_finding_line(finding, offer) for finding in findings)
    return Answer(document, text or _("Nothing to correct"), failed=bool(errors))


def write_pdf(call: Call) -> Answer:
    """Write the PDF of an offer to a file or into a folder. Raises RefusedError."""
    from ui.documents.offer_pdf import offer_pdf  # noqa: PLC0415 - reportlab costs 0.2 s

    record, out = _stored(call), call.args.out
    target = out / words.file_name(record.sheet) if out.is_dir() else out
    if target.suffix.lower() != _PAPER:
        raise RefusedError(_("The name must end in .pdf: {file}").format(file=target))
    pdf = offer_pdf(record.sheet)
    with whole_file(target) as draft:
        draft.write_bytes(pdf.data)
    document = {
        "number": record.sheet.number,
        "file": target.absolute(),
        "pages": pdf.pages,
        "missing": sorted(pdf.missing),
    }
    text = _("Written: {file}").format(file=target)
    if pdf.missing:
        characters = " ".join(sorted(pdf.missing))
        text += "\n" + _("No font has these characters: {signs}").format(signs=characters)
    return Answer(document, text)


def set_state(call: Call) -> Answer:
    """Record that an offer was sent, accepted at a price, or declined."""
    args = call.args
    state = OfferState(args.state)
    if state is OfferState.ACCEPTED and args.tier is None:
        raise UsageError(_("Give the accepted price: --tier good, better or best"))
    tier = None if args.tier is None else Tier(args.tier)
    record = _stored(call)
    _do(call, SetOfferState(record.id, state, call.as_of, tier, args.reason))
    return _answer(call, record.id)


def delete_offer(call: Call) -> Answer:
    """Delete a draft; its number is not used again."""
    record = _stored(call)
    outcome = _do(call, DeleteOffer(record.id))
    number = record.sheet.number
    return Answer(
        {"number": number, "deleted": True, "change_id": outcome.change_id},
        _("The draft {number} is deleted").format(number=number),
    )


def _do(call: Call, command: Command[T]) -> Outcome[T]:
    try:
        return call.base.do(command)
    except OfferRefusedError as error:
        raise RefusedError(words.fault_text(error.fault)) from error


def _stored(call: Call) -> StoredOffer:
    offer_id = call.base.ask(find_offer, call.args.number)
    return call.base.ask(stored_offer, offer_id)


def _answer(call: Call, offer_id: OfferId) -> Answer:
    record = call.base.ask(stored_offer, offer_id)
    findings = check(record.sheet.offer, call.as_of)
    return Answer(_document(record, findings), _text(record, findings))


def _offer_of_spec(call: Call, path: Path) -> Offer:
    """Read a specification and look its client up. Raises RefusedError with every problem."""
    spec = read_spec(_json(path), call.as_of)
    if spec.problems:
        raise RefusedError("\n".join(map(words.problem_text, spec.problems)))
    return _with_client(call, spec.offer, spec.client)


def _with_client(call: Call, offer: Offer, client: int | str | None) -> Offer:
    if client is None:
        return offer
    known = None if call.args.base is None else call.base.ask(client_for_offer, client)
    if known is None:
        return replace(offer, client_name=str(client))
    return replace(offer, client_id=known[0], client_name=known[1])


def _json(path: Path) -> object:
    if not path.exists():
        raise RefusedError(_("There is no such file: {file}").format(file=path))
    if not path.is_file():  # a device or a pipe may never end
        raise RefusedError(_("{file} is not a file with a specification").format(file=path))
    with path.open("rb") as opened:
        read = opened.read(_LARGEST_SPEC + 1)
    if len(read) > _LARGEST_SPEC:
        raise RefusedError(_("{file} is too large for a specification").format(file=path))
    try:
        return json.loads(read.decode("utf-8-sig"), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise RefusedError(
            _("{file} is not JSON: line {line}, column {column}").format(
                file=path, line=error.lineno, column=error.colno
            )
        ) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise RefusedError(_("{file} is not JSON").format(file=path)) from error


def _document(record: StoredOffer, findings: tuple[Finding, ...]) -> dict[str, object]:
    sheet = record.sheet
    paper_language = sheet.paper_language or language()
    priced = price_offer(sheet.offer)
    return {
        **write_spec(sheet.offer),
        "number": sheet.number,
        "version": sheet.version,
        "client_id": sheet.offer.client_id,
        "created_on": sheet.created_on,
        "state": record.state,
        "status": record.status,
        "state_on": record.state_on,
        "accepted_tier": record.accepted_tier,
        "decline_reason": record.decline_reason,
        "paper_language": paper_language,
        "totals": {tier.tier: _totals(tier, paper_language) for tier in priced.tiers},
        "findings": [_finding(finding, sheet.offer) for finding in findings],
    }


def _totals(tier: PricedTier, paper_language: str) -> dict[str, object]:
    with speaking(paper_language):
        in_words = words.in_words(tier.total)
    return {
        "total": tier.total,
        "vat": tier.vat,
        "net": tier.net,
        "separate": tier.separate,
        "cost": tier.cost,
        "margin_percent": tier.margin_percent,
        "recommended": tier.recommended,
        "in_words": in_words,
    }


def _finding(finding: Finding, offer: Offer) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "place": finding.place,
        "text": words.finding_text(finding, offer),
    }


def _finding_line(finding: Finding, offer: Offer) -> str:
    mark = "✗" if finding.level is FindingLevel.ERROR else "!"
    return f"{mark} {words.finding_text(finding, offer)}"


def _text(record: StoredOffer, findings: tuple[Finding, ...]) -> str:
    sheet = record.sheet
    lines = [
        f"{words.number_title(sheet)} ({words.status_word(record.status)})",
        " · ".join(filter(None, (sheet.client_name, sheet.offer.title))),
        _language_line(sheet),
    ]
    for tier in price_offer(sheet.offer).tiers:
        margin = "" if tier.margin_percent is None else formats.percent(tier.margin_percent, 1)
        name = words.tier_name(tier.tier, tier.name)
        lines.append(
            f"  {name}: {formats.money(tier.total)}"
            + (", " + _("margin {percent}").format(percent=margin) if margin else "")
        )
    lines += [_finding_line(finding, sheet.offer) for finding in findings]
    return "\n".join(filter(None, lines))


def _language_line(sheet: OfferSheet) -> str:
    name = sheet.offer.language and labels.language(sheet.offer.language)
    chosen = name or words.language_of_settings(sheet)
    return _("Language of the paper: {language}").format(language=chosen)


def _row_document(row: OfferListRow) -> dict[str, object]:
    return {
        "number": row.number,
        "version": row.version,
        "client_id": row.client_id,
        "client": row.client_name,
        "title": row.title,
        "status": row.status,
        "created_on": row.created_on,
        "valid_until": row.valid_until,
        "total": row.total,
    }


def _row_line(row: OfferListRow) -> str:
    parts = (
        row.number,
        words.status_word(row.status),
        formats.money(row.total),
        row.client_name,
        row.title,
    )
    return "  ".join(filter(None, parts))
