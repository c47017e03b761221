"""The owner's own fields, their lists, and the rules that make a field mandatory."""

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from db.domain.condition import (
    EVERYBODY,
    Condition,
    condition_faults,
    fields_of,
    from_json,
    meaning,
    to_json,
    with_value_renamed,
)
from db.domain.field_rules import Level
from db.domain.fields import Fault, FieldError, FieldKind
from db.domain.ids import FieldId
from db.domain.kinds import KINDS
from db.domain.text import fold, tidy
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.preset_words import preset_words
from db.records.cards import fields_of_base
from db.schema import CustomField, CustomValue, FieldChoice, FieldRuleRow

_LABEL_MOST = 80


@dataclass(frozen=True, slots=True)
class AddField:
    """Make a custom field; return its key.

    `key` is given by a trade preset, so that the field has the same key in every base.
    Raises InvalidError for an empty label or a list without values, TroubleError TAKEN_NAME.
    """

    label: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    key: str | None = None

    def run(self, writing: Writing) -> str:
        session = writing.session
        number = (session.scalar(select(func.max(CustomField.id))) or 0) + 1
        key = self.key or f"own_{number}"
        label = _demand_label(session, key, self.label)
        if not KINDS[self.kind].own:
            raise InvalidError((FieldError("kind", Fault.WRONG_KIND, self.kind),))
        choices = _distinct(self.choices)
        if KINDS[self.kind].has_choices and not choices:
            raise InvalidError((FieldError("choices", Fault.REQUIRED),))
        last = session.scalar(select(func.max(CustomField.position)))
        field = CustomField(
            key=key,
            label=label,
            kind=self.kind,
            position=0 if last is None else last + 1,
        )
        session.add(field)
        session.flush()
        if KINDS[self.kind].has_choices:
            session.add_all(
                FieldChoice(field_id=field.id, text=text, position=position)
                for position, text in enumerate(choices)
            )
        return field.key


@dataclass(frozen=True, slots=True)
class RenameField:
    """Give a custom field another label; values and rules stay.

    Raises TroubleError TAKEN_NAME, and InvalidError for an unknown field or a bad label.
    """

    key: str
    label: str

    def run(self, writing: Writing) -> None:
        field = _own_field(writing.session, self.key)
        field.label = _demand_label(writing.session, field.key, self.label)


@dataclass(frozen=True, slots=True)
class ArchiveField:
    """Remove a custom field from the cards, or put it back. Raises InvalidError.

    Its values stay; its rules are deleted, and those whose condition names it.
    """

    key: str
    archived: bool = True

    def run(self, writing: Writing) -> None:
        _own_field(writing.session, self.key).archived = self.archived
        if not self.archived:
            return
        # Such a rule would depend on a field that no card shows.
        for row in writing.session.scalars(select(FieldRuleRow)):
            if self.key in (row.field_key, *fields_of(from_json(row.condition))):
                writing.session.delete(row)


@dataclass(frozen=True, slots=True)
class OrderFields:
    """Put the custom fields into this order; those not named follow in their present order."""

    keys: tuple[str, ...]

    def run(self, writing: Writing) -> None:
        rows = select(CustomField).order_by(CustomField.position, CustomField.id)
        fields = writing.session.scalars(rows)
        places = {key: place for place, key in enumerate(self.keys)}
        ordered = sorted(fields, key=lambda field: places.get(field.key, len(places)))
        for position, field in enumerate(ordered):
            field.position = position


@dataclass(frozen=True, slots=True)
class AddChoice:
    """Add a value to a list; return its id. Raises TAKEN_NAME, InvalidError."""

    field_key: str
    text: str

    def run(self, writing: Writing) -> int:
        session = writing.session
        field = _own_field(session, self.field_key)
        text = _demand_choice(session, FieldId(field.id), self.text)
        last = session.scalar(
            select(func.max(FieldChoice.position)).where(FieldChoice.field_id == field.id)
        )
        row = FieldChoice(field_id=field.id, text=text, position=0 if last is None else last + 1)
        session.add(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class RenameChoice:
    """Give a value of a list another name; its cards show the new one.

    Raises TroubleError GONE, TAKEN_NAME, and InvalidError for an empty name.
    """

    choice_id: int
    text: str

    def run(self, writing: Writing) -> None:
        row = _choice(writing.session, self.choice_id)
        before = row.text
        row.text = _demand_choice(writing.session, FieldId(row.field_id), self.text, but=row.id)
        _rename_in_rules(writing.session, FieldId(row.field_id), before, row.text)


@dataclass(frozen=True, slots=True)
class ArchiveChoice:
    """Remove a value from a list; its cards keep it, or get the value `move_to`.

    Returns how many cards got the other value. Raises TroubleError GONE.
    """

    choice_id: int
    move_to: int | None = None
    archived: bool = True

    def run(self, writing: Writing) -> int:
        session = writing.session
        row = _choice(session, self.choice_id)
        row.archived = self.archived
        if self.move_to is None:
            return 0
        other = _choice(session, self.move_to)
        if other.field_id != row.field_id or other.id == row.id:
            raise TroubleError(Trouble.GONE)
        both = aliased(CustomValue)
        doubled = session.execute(
            delete(CustomValue)
            .where(
                CustomValue.choice_id == row.id,
                exists().where(
                    both.client_id == CustomValue.client_id,
                    both.choice_id == other.id,
                ),
            )
            .returning(CustomValue.id)
            .execution_options(synchronize_session=False)
        ).all()
        moved = session.execute(
            update(CustomValue)
            .where(CustomValue.choice_id == row.id)
            .values(choice_id=other.id)
            .returning(CustomValue.id)
            .execution_options(synchronize_session=False)
        ).all()
        _rename_in_rules(session, FieldId(row.field_id), row.text, other.text)
        return len(doubled) + len(moved)


ChoiceCommand = AddChoice | RenameChoice | ArchiveChoice


@dataclass(frozen=True, slots=True)
class ChangeChoices:
    """Change several values of a list, all of them or none. Raises what each of them raises."""

    changes: tuple[ChoiceCommand, ...]

    def run(self, writing: Writing) -> None:
        for change in self.changes:
            change.run(writing)


@dataclass(frozen=True, slots=True)
class SetRule:
    """Make a field mandatory for the clients who meet a condition; level None: not any more.

    `rule_id` names the rule to change; without it, the one with the same condition. A level of
    None without a condition deletes every rule of the field. A purpose of None leaves it as it
    is. Old cards are never blocked: their empty fields become gaps. Returns the rule's id, None
    when rules were deleted. Raises InvalidError for an unknown field, in the condition too, or a
    value that does not fit; TroubleError GONE for an unknown `rule_id`.
    """

    field_key: str
    level: Level | None
    condition: Condition = EVERYBODY
    purpose: str | None = None
    rule_id: int | None = None

    def run(self, writing: Writing) -> int | None:
        session = writing.session
        self._demand_known(session)
        rows = self._rows(session)
        if self.level is None:
            for row in rows:
                session.delete(row)
            return None
        row = rows[0] if rows else self._new(session)
        row.level = self.level
        row.condition = to_json(self.condition)
        if self.purpose is not None:
            row.purpose = tidy(self.purpose)
        session.add(row)
        session.flush()
        return row.id

    def _rows(self, session: Session) -> list[FieldRuleRow]:
        """Return the rules this command is about."""
        mine = list(
            session.scalars(
                select(FieldRuleRow)
                .where(FieldRuleRow.field_key == self.field_key)
                .order_by(FieldRuleRow.position, FieldRuleRow.id)
            )
        )
        if self.rule_id is not None:
            chosen = [row for row in mine if row.id == self.rule_id]
            if not chosen:
                raise TroubleError(Trouble.GONE)
            return chosen
        if self.level is None and self.condition == EVERYBODY:
            return mine
        form = meaning(self.condition)
        return [row for row in mine if meaning(from_json(row.condition)) == form]

    def _new(self, session: Session) -> FieldRuleRow:
        last = session.scalar(select(func.max(FieldRuleRow.position)))
        position = 0 if last is None else last + 1
        return FieldRuleRow(field_key=self.field_key, purpose="", position=position)

    def _demand_known(self, session: Session) -> None:
        fields = fields_of_base(session)
        errors = list(condition_faults(self.condition, fields))
        if self.field_key not in fields:
            errors.append(FieldError(self.field_key, Fault.NO_SUCH_FIELD, self.field_key))
        if errors:
            raise InvalidError(tuple(errors))


def _rename_in_rules(session: Session, field_id: FieldId, before: str, after: str) -> None:
    """Write the new name of a list value into the conditions of field rules."""
    own = session.get_one(CustomField, field_id)
    for row in session.scalars(select(FieldRuleRow)):
        condition = with_value_renamed(from_json(row.condition), own.key, before, after)
        row.condition = to_json(condition)


def _own_field(session: Session, key: str) -> CustomField:
    field = session.scalar(select(CustomField).where(CustomField.key == key))
    if field is None:
        raise InvalidError((FieldError(key, Fault.NO_SUCH_FIELD, key),))
    return field


def _demand_label(session: Session, key: str, label: str) -> str:
    """Return the label of the field `key` made tidy.

    It must differ from every other own field, archived or not, in whatever language the labels of
    a trade preset are shown.
    """
    plain = tidy(label)
    if not plain:
        raise InvalidError((FieldError("label", Fault.REQUIRED),))
    if len(plain) > _LABEL_MOST:
        raise InvalidError((FieldError("label", Fault.TOO_LONG),))
    shown = set(map(fold, preset_words().labels_of(key, plain)))
    for field in session.scalars(select(CustomField).where(CustomField.key != key)):
        names = (field.key, *preset_words().labels_of(field.key, field.label))
        if not shown.isdisjoint(map(fold, names)):
            raise TroubleError(Trouble.TAKEN_NAME, plain)
    return plain


def _choice(session: Session, choice_id: int) -> FieldChoice:
    row = session.get(FieldChoice, choice_id)
    if row is None:
        raise TroubleError(Trouble.GONE)
    return row


def _demand_choice(session: Session, field_id: FieldId, text: str, but: int | None = None) -> str:
    plain = tidy(text)
    if not plain:
        raise InvalidError((FieldError("choices", Fault.REQUIRED),))
    key = session.get_one(CustomField, field_id).key
    shown = set(map(fold, preset_words().choices_of(key, plain)))
    for row in session.scalars(select(FieldChoice).where(FieldChoice.field_id == field_id)):
        names = preset_words().choices_of(key, row.text)
        if row.id != but and not shown.isdisjoint(map(fold, names)):
            raise TroubleError(Trouble.TAKEN_NAME, plain)
    return plain


def _distinct(texts: tuple[str, ...]) -> list[str]:
    by_key: dict[str, str] = {}
    for text in map(tidy, texts):
        if text:
            by_key.setdefault(fold(text), text)
    return list(by_key.values())
