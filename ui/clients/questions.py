"""Questions about a card that is not saved: what to do with it, and whose value to keep."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from db.domain.card import CardValues
from db.domain.fields import CardValue, Field
from ui.look.theme import em
from ui.widgets.buttons import button
from ui.widgets.cards import ScrollColumn
from ui.widgets.dialog import Dialog
from ui.widgets.labels import heading, note
from ui.words import clients as words
from ui.words.fields import field_label
from ui.words.i18n import _


class Leave(Enum):
    """What to do with a changed card: save it, drop the changes, or stay on it."""

    SAVE = auto()
    DROP = auto()
    STAY = auto()


class UnsavedCardDialog(Dialog):
    """A changed card is about to be left. Esc stays."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Changed card"), parent)
        self.choice = Leave.STAY
        self.column.addWidget(heading(_("Save the changes?")))
        explanation = note(_("“{name}” was changed and is not saved yet.").format(name=name))
        explanation.setMinimumWidth(em(22))
        self.column.addWidget(explanation)
        self.save = self.add_buttons(_("Save"), cancel=_("Stay on the card"))
        self.drop = button(_("Don't save"))
        self.drop.clicked.connect(self._drop)
        self.add_left(self.drop)

    def accept(self) -> None:
        self.choice = Leave.SAVE
        super().accept()

    def _drop(self) -> None:
        self.choice = Leave.DROP
        super().accept()


def ask_leave(parent: QWidget, name: str) -> Leave:
    """Ask what to do with a changed card, and wait for the answer."""
    dialog = UnsavedCardDialog(name, parent)
    dialog.exec()
    return dialog.choice


class GoneDialog(Dialog):
    """The card was deleted elsewhere while it was typed into. Accepted: take it out of the bin and
    save; where there is none any more, make a new one. Esc stays on the card.
    """

    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, in_bin: bool) -> None:
        super().__init__(_("Deleted card"), parent)
        title = _("This card is in the bin.") if in_bin else _("This card does not exist any more.")
        text = (
            _("The card was put into the bin while you were typing. Your text is still here.")
            if in_bin
            else _("The card was deleted while you were typing. Your text is still here.")
        )
        self.column.addWidget(heading(title))
        line = note(text)
        line.setMinimumWidth(em(22))
        self.column.addWidget(line)
        verb = _("Restore and save") if in_bin else _("Keep as a new card")
        self.save = self.add_buttons(verb, cancel=_("Stay on the card"))
        if in_bin:
            new = button(_("Keep as a new card"))
            new.clicked.connect(self._new)
            self.add_left(new)

    def _new(self) -> None:
        self.reject()
        self.new_wanted.emit()


class ConflictDialog(Dialog):
    """The card was saved elsewhere meanwhile: for each field both sides changed, whose value."""

    def __init__(
        self,
        fields: Mapping[str, Field],
        mine: CardValues,
        theirs: CardValues,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Changed meanwhile"), parent)
        self._mine = dict(mine)
        self._groups: dict[str, QButtonGroup] = {}
        self.column.addWidget(heading(_("This card was saved elsewhere while you were typing.")))
        self.column.addWidget(note(_("Choose for each field which value to keep.")))
        keys = [key for key in mine if not _same(mine[key], theirs.get(key))]
        inside = ScrollColumn(margin=0)
        inside.column.addWidget(self._choices(fields, keys, theirs))
        inside.column.addStretch()
        self.column.addWidget(inside, 1)
        self.add_buttons(_("Keep the chosen values"))
        self.resize(em(36), em(24))

    def _choices(
        self, fields: Mapping[str, Field], keys: Sequence[str], theirs: CardValues
    ) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, text in enumerate((_("Field"), _("Mine"), _("Saved elsewhere"))):
            grid.addWidget(note(text), 0, column)
        for row, key in enumerate(keys, 1):
            group = QButtonGroup(self)
            label = field_label(fields, key)
            grid.addWidget(note(label), row, 0)
            for column, value in ((1, self._mine[key]), (2, theirs.get(key))):
                shown = words.field_value(fields.get(key), value)
                choice = QRadioButton(shown.replace("&", "&&"))
                choice.setAccessibleName(f"{label}: {shown}")
                choice.setChecked(column == 1)
                group.addButton(choice, column)
                grid.addWidget(choice, row, column)
            self._groups[key] = group
        return box

    def choose(self, key: str, *, mine: bool) -> None:
        self._groups[key].button(1 if mine else 2).setChecked(True)

    def keys(self) -> list[str]:
        """Return the fields there is something to choose about."""
        return list(self._groups)

    def chosen(self) -> dict[str, CardValue]:
        """Return my values without those replaced by the saved ones."""
        replaced = {key for key, group in self._groups.items() if group.checkedId() != 1}
        return {key: value for key, value in self._mine.items() if key not in replaced}


def _same(one: CardValue, other: CardValue) -> bool:
    return (one or None) == (other or None) if not isinstance(one, bool) else one == other
