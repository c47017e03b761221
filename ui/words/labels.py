"""Words for the codes of the base. An unknown code is shown as it is, never an error."""

from collections.abc import Callable, Mapping

from ui.words.i18n import _, pgettext

Words = Callable[[], Mapping[str, str]]


def _said(words: Words) -> Callable[[str], str]:
    def say(code: str) -> str:
        return words().get(code, code)

    return say


def _statuses() -> Mapping[str, str]:
    return {
        "potential": pgettext("one client", "potential"),
        "new": pgettext("one client", "new"),
        "regular": pgettext("one client", "regular"),
        "at_risk": pgettext("one client", "at risk"),
        "lost": pgettext("one client", "lost"),
    }


def _statuses_of_many() -> Mapping[str, str]:
    return {
        "potential": pgettext("many clients", "Potential"),
        "new": pgettext("many clients", "New"),
        "regular": pgettext("many clients", "Regular"),
        "at_risk": pgettext("many clients", "At risk"),
        "lost": pgettext("many clients", "Lost"),
    }


def _kinds() -> Mapping[str, str]:
    return {"person": _("person"), "company": _("company")}


def _warmths() -> Mapping[str, str]:
    return {"cold": _("cold"), "warm": _("warm"), "hot": _("hot")}


def _interactions() -> Mapping[str, str]:
    return {
        "enquiry": _("enquiry"),
        "call": _("call"),
        "meeting": _("meeting"),
        "message": _("message"),
        "complaint": _("complaint"),
        "survey": _("survey"),
    }


def _loss_states() -> Mapping[str, str]:
    return {
        "new": pgettext("loss", "new"),
        "in_work": _("in work"),
        "promised": _("promised"),
        "returned": _("came back"),
        "refused": _("refused"),
        "do_not_return": _("do not win back"),
    }


def _definitions() -> Mapping[str, str]:
    return {
        "silent": _("no purchases for long"),
        "low_nps": _("low score"),
        "complaint": _("open complaint"),
        "never_bought": _("enquires but does not buy"),
    }


def _loss_reasons() -> Mapping[str, str]:
    return {
        "unknown": _("unknown"),
        "closed": _("changed occupation or closed"),
        "moved": _("moved"),
        "manager_changed": _("the manager changed"),
        "quality": _("quality"),
        "price": _("price"),
        "service": _("service"),
        "conflict": _("conflict"),
    }


def _ways() -> Mapping[str, str]:
    return {
        "call": _("call"),
        "guarantee": _("the head's guarantee"),
        "gift": _("gift"),
        "special_offer": _("special offer"),
        "new_product": _("new product or service"),
        "video": _("video message"),
        "meeting": _("personal meeting"),
    }


def _results() -> Mapping[str, str]:
    return {
        "no_answer": _("no answer"),
        "talked": _("we talked"),
        "promised": _("promised"),
        "refused": _("refused"),
    }


def _fields() -> Mapping[str, str]:
    return {
        "name": _("Name"),
        "kind": _("Kind"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "messenger": _("Messenger"),
        "birthday": _("Birthday"),
        "address": _("Address"),
        "region": _("Region"),
        "source": _("Source"),
        "target_group": _("Target group"),
        "warmth": _("Warmth"),
        "responsible": _("Responsible"),
        "tags": _("Tags"),
        "job": _("Client's job"),
        "full_name": _("Full name"),
        "inn": _("INN"),
        "kpp": _("KPP"),
        "ogrn": _("OGRN"),
        "contact_person": _("Contact persons"),
        "consent": _("Consent to messages"),
        "consent_on": _("Date of consent"),
        "do_not_contact": _("Do not contact"),
        "share_of_wallet": _("Purchases a month in our category"),
        "share_of_wallet_on": _("Purchases a month: as of"),
        "cycle_by_hand": _("Cycle set by hand, days"),
        "note": _("Note"),
    }


def _levels() -> Mapping[str, str]:
    return {"block": _("can't be saved without it"), "gap": _("marked as not filled in")}


def _answers() -> Mapping[str, str]:
    return {"refused": _("won't say"), "none": _("has none")}


def _bases() -> Mapping[str, str]:
    return {
        "by_hand": _("set by hand"),
        "own": _("median of the client's own intervals"),
        "own_and_service": _("own intervals and the usual cycle of the service"),
        "service": _("usual cycle of the service"),
        "trade": _("usual cycle of the trade"),
    }


def _timings() -> Mapping[str, str]:
    return {
        "early": _("early"),
        "due_soon": _("due soon"),
        "due": _("due"),
        "overdue": _("overdue"),
        "at_risk": pgettext("one client", "at risk"),
    }


def _offer_states() -> Mapping[str, str]:
    return {
        "draft": _("draft"),
        "sent": pgettext("offer", "sent"),
        "accepted": pgettext("offer", "accepted"),
        "declined": pgettext("offer", "declined"),
        "superseded": pgettext("offer", "superseded"),
        "expired": pgettext("offer", "expired"),
    }


def _tiers() -> Mapping[str, str]:
    return {"good": _("good"), "better": _("better"), "best": _("best")}


def _vat_modes() -> Mapping[str, str]:
    return {
        "none": _("no VAT"),
        "included": _("VAT included"),
        "on_top": _("VAT on top"),
    }


def _languages() -> Mapping[str, str]:
    return {"ru": _("Russian"), "en": _("English")}


def _presets() -> Mapping[str, str]:
    return {
        "hairdresser": _("Hairdresser, beauty salon"),
        "wholesale": _("Wholesale trade"),
        "repair": _("Repair and workshop"),
        "tutor": _("Tutor, courses"),
        "dentist": _("Dentist"),
        "certificates": _("Certificates and permits"),
        "cafe": _("Café with delivery"),
        "empty": _("Something else: an empty base"),
    }


def _agreements() -> Mapping[str, str]:
    return {
        "discount": _("discount"),
        "credit": _("credit"),
        "deferred": _("deferred payment"),
        "instalments": _("instalments"),
        "fixed_price": _("fixed price"),
        "exclusive": _("exclusive terms"),
    }


def _relationships() -> Mapping[str, str]:
    return {
        "relative": _("relative"),
        "spouse": _("spouse"),
        "child": _("child"),
        "parent": _("parent"),
        "friend": _("friend"),
        "colleague": _("colleague"),
        "recommended_by": _("recommended by"),
        "recommended": _("recommended"),
        "other": pgettext("relationship", "other"),
    }


def _tables() -> Mapping[str, str]:
    return {
        "purchase": _("Purchase"),
        "purchase_line": _("Line of a purchase"),
        "interaction": _("Contact"),
        "agreement": _("Agreement"),
        "relationship": _("Relationship"),
        "contact_person": _("Contact person"),
        "task": _("Task"),
        "snooze": _("Put off"),
        "loss_episode": _("Loss episode"),
        "loss_attempt": _("Attempt to win back"),
        "offer": _("Offer"),
    }


def _columns() -> Mapping[str, str]:
    return {
        "day": _("date"),
        "amount": _("amount"),
        "cost": _("cost"),
        "product_id": _("product"),
        "channel": _("channel"),
        "responsible": _("responsible"),
        "note": _("note"),
        "kind": _("kind"),
        "text": _("text"),
        "nps": _("score"),
        "is_open": _("open"),
        "closed_on": _("closed"),
        "percent": _("percent"),
        "days": _("days"),
        "from_on": _("from"),
        "until": _("until"),
        "name": _("name"),
        "role": _("role"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "state": _("state"),
        "reason": _("reason"),
        "next_step": _("next step"),
        "next_on": _("next date"),
        "due_on": _("due"),
        "done_on": _("done"),
        "way": _("way"),
        "result": _("result"),
        "lost_on": _("lost since"),
        "opened_on": _("begun"),
        "number": _("number"),
        "title": _("title"),
    }


status = _said(_statuses)
status_of_many = _said(_statuses_of_many)
kind = _said(_kinds)
warmth = _said(_warmths)
interaction = _said(_interactions)
loss_state = _said(_loss_states)
definition = _said(_definitions)
loss_reason = _said(_loss_reasons)
way = _said(_ways)
result = _said(_results)
standard_field = _said(_fields)
level = _said(_levels)
answer = _said(_answers)
basis = _said(_bases)
timing = _said(_timings)
offer_state = _said(_offer_states)
tier = _said(_tiers)
vat_mode = _said(_vat_modes)
language = _said(_languages)
preset = _said(_presets)
agreement = _said(_agreements)
relationship = _said(_relationships)
table = _said(_tables)
column = _said(_columns)


def _commands_on_cards() -> Mapping[str, str]:
    return {
        "CreateClient": _("new client"),
        "UpdateClient": _("edit of a card"),
        "DeleteClients": _("deletion of clients"),
        "RestoreClients": _("restoring clients"),
        "EraseClients": _("erasing of clients"),
        "EmptyBin": _("emptying of the bin"),
        "TagClients": _("tags of clients"),
        "AddPurchase": _("new purchase"),
        "DeletePurchase": _("deletion of a purchase"),
        "SaveProduct": _("edit of a product"),
        "AddInteraction": _("new contact"),
        "DeleteInteraction": _("deletion of a contact"),
        "CloseComplaint": _("closing a complaint"),
        "AddAgreement": _("new agreement"),
        "DeleteAgreement": _("deletion of an agreement"),
        "AddRelationship": _("new relationship"),
        "DeleteRelationship": _("deletion of a relationship"),
        "AddTask": _("new task"),
        "CompleteTask": _("task done"),
        "SnoozeTask": _("task put off"),
        "SnoozeClient": _("call put off"),
        "Congratulate": _("congratulation"),
        "LogAttempt": _("attempt to win back"),
        "SetLoss": _("reason of a loss"),
        "DoNotReturn": _("“do not win back”"),
        "ResumeReturn": _("back in the win-back list"),
        "PlanNextStep": _("next step"),
    }


def _commands_on_the_base() -> Mapping[str, str]:
    return {
        "AddField": _("new field"),
        "RenameField": _("renaming of a field"),
        "ArchiveField": _("archiving of a field"),
        "OrderFields": _("order of fields"),
        "AddChoice": _("new value of a list"),
        "RenameChoice": _("renaming of a value"),
        "ArchiveChoice": _("archiving of a value"),
        "ChangeChoices": _("change of the values of a list"),
        "SetRule": _("change of a field rule"),
        "ChangeSettings": _("change of settings"),
        "ApplyPreset": _("trade preset"),
        "ImportClients": _("import of clients"),
        "ImportPurchases": _("import of purchases"),
        "ImportProducts": _("import of products"),
        "SaveOffer": _("edit of an offer"),
        "DeleteOffer": _("deletion of an offer"),
        "SetOfferState": _("state of an offer"),
    }


def command(code: str) -> str:
    """Return what a command did, as it stands behind "Undo:"."""
    named = {**_commands_on_cards(), **_commands_on_the_base()}
    return named.get(code) or _("last change")
