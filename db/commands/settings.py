"""Changing the business settings of a base."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from db.domain.settings import Settings, faults
from db.errors import InvalidError
from db.outcome import Writing
from db.records.settings import to_plain
from db.schema import Setting


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Store these settings; only those that differ are written.

    Raises InvalidError for a number out of its limits.
    """

    settings: Settings

    def run(self, writing: Writing) -> None:
        if errors := faults(self.settings):
            raise InvalidError(errors)
        default = to_plain(Settings())
        rows = {row.key: row for row in writing.session.scalars(select(Setting))}
        for key, value in to_plain(self.settings).items():
            text = json.dumps(value, ensure_ascii=False, sort_keys=True)
            row = rows.get(key)
            if row is not None:
                if row.value != text:
                    row.value = text
            elif value != default[key]:
                writing.session.add(Setting(key=key, value=text))
