"""Relating a client to another card, or to a person known by name only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from db.commands.relations import AddRelationship
from db.domain.ids import ClientId
from db.queries.lists.clients import ClientRow, find_clients
from ui.jobs.latest import Latest
from ui.look.theme import em
from ui.parts.context import Context
from ui.parts.form_dialog import FormDialog
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import Editor
from ui.widgets.editors import TextLine
from ui.widgets.field import LabelledField
from ui.words import formats, labels
from ui.words.i18n import _

RELATIONSHIPS = (
    "relative", "spouse", "child", "parent", "friend", "colleague", "recommended_by", "other",
)  # fmt: skip
_FOUND = 20


class RelationDialog(FormDialog):
    """Type a name: cards found are offered below; without one the name alone is kept."""

    def __init__(
        self, client_id: ClientId, name: str, context: Context, parent: QWidget | None = None
    ) -> None:
        title = _("Relationship: {name}").format(name=name)
        super().__init__(title, _("Keep it"), parent, columns=2)
        self._client_id, self._context = client_id, context
        self._latest = Latest(self)
        kinds = [(kind, labels.relationship(kind)) for kind in RELATIONSHIPS]
        self.kind = self.add(_("&What"), ChoiceBox(kinds), wide=True)
        self.kind.set_value(RELATIONSHIPS[0])
        self.name = self.add(
            _("&Who"),
            TextLine(),
            wide=True,
            hint=_("Choose a card below, or keep the name alone"),
        )
        self.cards = QListWidget()
        self.cards.setAccessibleName(_("Cards found"))
        self.cards.setMinimumHeight(em(8))
        self.column.addWidget(self.cards, 1)
        self.name.editor.edited.connect(self._seek)
        self.name.focus()

    def command(self) -> AddRelationship:
        """Return what to write; only after the dialog was accepted."""
        item = self.cards.currentItem()
        if item is not None and item.isSelected():
            other = ClientId(item.data(Qt.ItemDataRole.UserRole))
            return AddRelationship(self._client_id, self.kind.filled(), other)
        return AddRelationship(self._client_id, self.kind.filled(), text=self.name.value())

    def check_together(self) -> list[LabelledField[Editor]]:
        if self.cards.selectedItems() or self.name.value():
            return []
        self.name.set_error(_("Must be filled in"))
        return [self.name]

    def _seek(self) -> None:
        text = self.name.value()
        if not text:
            self._latest.forget()
            self.cards.clear()
            return
        self._latest.take(self._context.ask(find_clients, text, _FOUND), self._show)

    def _show(self, rows: Sequence[ClientRow]) -> None:
        self.cards.clear()
        for row in rows:
            if row.id == self._client_id:
                continue
            phone = f"  {formats.phone(row.phone)}" if row.phone else ""
            item = QListWidgetItem(row.name + phone)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.cards.addItem(item)
