"""What fields are called, and the line about empty mandatory ones. No Qt."""

from collections.abc import Mapping

from db.domain.fields import Field
from db.queries.cards.fields import FillRate
from ui.words import formats, labels
from ui.words.i18n import _
from ui.words.presets import own_label

Fields = Mapping[str, Field]


def field_label(fields: Fields, key: str) -> str:
    """Return the label of a field, standard or own."""
    field = fields.get(key)
    if field is not None and field.is_custom:
        return own_label(field)
    return labels.standard_field(key)


def gaps_line(rate: FillRate) -> str:
    """Say how many cards have gaps, and what share of revenue these clients bring."""
    if not rate.with_gaps:
        return _("All mandatory fields are filled in.")
    clients = _("{clients} with empty mandatory fields").format(
        clients=formats.clients_count(rate.with_gaps)
    )
    if rate.revenue_percent is None:
        return clients
    share = formats.percent(rate.revenue_percent, 0)
    return _("{clients}; they bring {percent} of revenue").format(clients=clients, percent=share)
