"""The controller of the card: reads it from the base, saves it, and shows both in its panel."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from db.commands.clients import CreateClient, RestoreClients, UpdateClient
from db.domain.field_rules import FieldRule
from db.domain.fields import CardValue, Field
from db.domain.ids import ClientId
from db.domain.kinds import KINDS
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Changes, Outcome, Reading, Touched
from db.queries.cards.full_card import FullCard, full_card
from db.queries.cards.records import ClientRecords, client_records, known_values
from db.queries.setup import all_fields, all_rules
from ui.clients.drafts import Draft, DraftStore
from ui.clients.field_editors import SUGGESTED
from ui.clients.panel import CardPanel
from ui.clients.questions import ConflictDialog, GoneDialog
from ui.jobs.latest import Latest, take_once
from ui.parts.page import PageHost
from ui.words import messages
from ui.words.i18n import _

DRAFT_MS = 3000
Opened = tuple[FullCard, tuple[FieldRule, ...]]


class CardController(QObject):
    """One card at a time: shown, typed into, saved. `saved` brings its id."""

    saved = Signal(int)
    settled = Signal(bool)  # an attempt to save has ended: well or not
    shown = Signal(object)  # id, or None for a new card

    def __init__(self, host: PageHost, panel: CardPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self.context, self._panel = host, host.context, panel
        self._full: FullCard | None = None
        self._is_new = False
        self._saving = False
        self._rules: tuple[FieldRule, ...] = ()
        self._sent: dict[str, str] = {}
        self._card, self._records, self._write = Latest(self), Latest(self), Latest(self)
        self._known = Latest(self)
        self._after: Callable[[], object] | None = None
        self._store = DraftStore(self.context.base.path)
        self._drafted = False
        self._draft_timer = QTimer(self)
        self._draft_timer.setInterval(DRAFT_MS)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.timeout.connect(self._keep_draft)
        panel.form.edited.connect(self._typed)
        panel.save_wanted.connect(self.save)
        panel.drop_wanted.connect(self.drop)
        self.ask_known()

    # What is shown -----------------------------------------------------------------------------

    @property
    def client_id(self) -> ClientId | None:
        return None if self._full is None or self._is_new else self._full.card.id

    @property
    def full(self) -> FullCard | None:
        return None if self._is_new else self._full

    @property
    def is_new(self) -> bool:
        return self._is_new

    @property
    def is_changed(self) -> bool:
        return (self._is_new or self._full is not None) and self._panel.form.is_changed

    def name(self) -> str:
        """Return the name for questions about the card."""
        if self._full is not None and not self._is_new:
            return self._full.head.name
        return self._panel.form.typed_name() or _("New client")

    def open(self, client_id: ClientId, *, keep: bool = False) -> None:
        """Show this card; with `keep`, what is typed stays typed."""
        job = self.context.ask(_opened, client_id)
        self._card.take(job, lambda opened: self._show(opened, keep=keep), self._gone)
        self._ask_records(client_id)

    def open_new(self, texts: dict[str, str] | None = None) -> None:
        """Show an empty card, with what a draft has kept."""
        kept = texts or {}
        job = self.context.ask(_empty)
        self._card.take(job, lambda empty: self._show_new(empty[0], empty[1], kept))
        self._records.forget()

    def close(self) -> None:
        """Show no card."""
        self._card.forget()
        self._records.forget()
        self._full, self._is_new, self._saving = None, False, False
        self._panel.show_nothing()
        self.shown.emit(None)

    def drop(self) -> None:
        """Forget what was typed."""
        self._forget_draft()
        if self._is_new:
            self.close()
        elif self._full is not None:
            self._panel.form.show_card(self._full, self._rules, self.context.today)
            self._panel.show_changed()

    def hear(self, changes: Changes, asked_by: QObject | None) -> None:
        """Look at the card again when the base has changed under it."""
        if Touched.FIELDS in changes.touched:
            if self._is_new:
                self.open_new(dict(self._panel.form.drafts()))
                return
        elif self.client_id is None or not changes.concerns(self.client_id):
            return
        if self.client_id is not None and not self._saving:
            self.open(self.client_id, keep=True)

    def prepare(self) -> None:
        """Make the form before the first card is wanted: both at once would hold the window up."""
        take_once(self, self.context.ask(_empty), self._prepare)

    def ask_known(self) -> None:
        """Ask what other cards hold, to be offered while typing."""
        known = self.context.ask_later(known_values, SUGGESTED)
        self._known.take(known, self._panel.form.set_known)

    def _show(self, opened: Opened, *, keep: bool) -> None:
        full, rules = opened
        changed = keep and self._panel.form.is_changed and self.client_id == full.card.id
        if changed and not self._saving:
            # The version stays the one typing began with: saving compares it and finds a conflict.
            self._panel.show_head(full)
            return
        # What was typed while a card was being saved is not saved yet, and stays.
        keep = keep and self._saving
        self._full, self._rules, self._is_new, self._saving = full, rules, False, False
        self._panel.form.show_card(full, rules, self.context.today, keep=keep)
        self._panel.show_head(full)
        self.shown.emit(full.card.id)

    def _show_new(
        self, fields: Mapping[str, Field], rules: tuple[FieldRule, ...], texts: dict[str, str]
    ) -> None:
        self._full, self._rules, self._is_new, self._saving = None, rules, True, False
        self._panel.form.show_new(fields, rules, self.context.today)
        self._panel.show_new()
        self.shown.emit(None)
        if texts:
            self._panel.form.restore(texts)
        self._panel.form.focus_first()

    def _ask_records(self, client_id: ClientId) -> None:
        job = self.context.ask(_with_fields, client_id)
        self._records.take(job, lambda answer: self._panel.show_records(*answer), self._gone)

    def _gone(self, error: object) -> None:
        self._saving = False
        if not _is_gone(error):
            self._host.trouble(error)
        elif not self.is_changed:
            self.close()  # what was typed stays: saving will ask what to do with it

    def _prepare(self, empty: tuple[dict[str, Field], tuple[FieldRule, ...]]) -> None:
        """Make the form, unless a card is in it: that one may know newer fields."""
        if self._full is None and not self._is_new:
            self._panel.form.prepare(*empty, self.context.today)

    # Saving ------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the card and stay on it; say whether saving has begun."""
        return self._begin(None)

    def save_and(self, after: Callable[[], object]) -> bool:
        """Save the card, then go on to something else."""
        return self._begin(after)

    def _begin(self, after: Callable[[], object] | None) -> bool:
        form = self._panel.form
        if self._saving or not form.check():
            return False
        if not self.is_changed:
            if after is not None:
                after()
            return True
        self._after = after
        self._send(form.changed_values())
        return True

    def _send(self, values: dict[str, CardValue], version: int | None = None) -> None:
        answers = self._panel.form.changed_answers()
        command: CreateClient | UpdateClient
        if self._full is None or self._is_new:
            filled = {key: value for key, value in values.items() if value not in (None, ())}
            given = {key: answer for key, answer in answers.items() if answer is not None}
            command = CreateClient({"kind": "person", **filled}, answers=given)
        else:
            card = self._full.card
            command = UpdateClient(
                card.id, version if version is not None else card.version, values, answers=answers
            )
        self._saving = True
        self._sent = self._panel.form.texts()
        self._panel.save.setEnabled(False)
        job = self.context.do(command, self)
        self._write.take(job, self._saved, self._refused)

    def _saved(self, outcome: Outcome[int | None]) -> None:
        created = self._is_new or self._full is None
        client_id = self.client_id
        if created and outcome.value is not None:
            client_id = ClientId(outcome.value)
        assert client_id is not None  # noqa: S101 - it was just saved
        self._forget_draft()
        self._panel.form.accept_as_saved(self._sent)
        self._is_new = False
        self._host.tell(_("Saved"), outcome.change_id)
        after, self._after = self._after, None
        self.saved.emit(client_id)
        self.settled.emit(True)  # noqa: FBT003 - a signal
        if after is None or self._panel.form.is_changed:
            self.open(client_id, keep=True)
        else:
            self._saving = False
            after()

    def _refused(self, error: object) -> None:
        self._saving = False
        self._after = None
        self._panel.show_changed()
        self.settled.emit(False)  # noqa: FBT003 - a signal
        if isinstance(error, InvalidError):
            self._panel.tabs.setCurrentIndex(0)
            self._panel.form.show_errors(error.errors)
            label = self._panel.form.label_of
            shown = [messages.fault_words(each, label(each.field_key)) for each in error.errors]
            self._host.warn("; ".join(shown))
        elif isinstance(error, TroubleError) and error.trouble is Trouble.CHANGED_MEANWHILE:
            self._settle_conflict()
        elif _is_gone(error) and self.client_id is not None:
            job = self.context.ask(_opened, self.client_id)
            self._card.take(
                job, lambda _opened: self._ask_way_out(in_bin=True), self._gone_for_good
            )
        else:
            self._host.trouble(error)

    def _gone_for_good(self, error: object) -> None:
        if _is_gone(error):
            self._ask_way_out(in_bin=False)
        else:
            self._host.trouble(error)

    def _ask_way_out(self, *, in_bin: bool) -> None:
        """Ask what to do with what was typed into a card that has been deleted."""
        dialog = GoneDialog(self._panel, in_bin=in_bin)
        dialog.accepted.connect(self._restore_and_save if in_bin else self._as_new)
        dialog.new_wanted.connect(self._as_new)
        dialog.open()

    def _restore_and_save(self) -> None:
        if self.client_id is None:
            return
        self._saving = True  # the restored card must not be shown over what is typed
        job = self.context.do(RestoreClients((self.client_id,)), self)
        self._write.take(
            job, lambda _done: self._send(self._panel.form.changed_values()), self._refused
        )

    def _as_new(self) -> None:
        self.open_new({key: text for key, text in self._panel.form.texts().items() if text})

    def _settle_conflict(self) -> None:
        assert self._full is not None  # noqa: S101 - a new card can't have changed meanwhile
        job = self.context.ask(_opened, self._full.card.id)
        self._card.take(job, self._ask_whose, self._gone)

    def _ask_whose(self, newest: Opened) -> None:
        """Ask only about the fields that both sides changed."""
        theirs, before = newest[0], self._full
        assert before is not None  # noqa: S101 - as above
        mine = self._panel.form.changed_values()
        fields = theirs.fields
        both = {
            key: value
            for key, value in mine.items()
            if not _equal(fields, key, theirs.card.values.get(key), before.card.values.get(key))
        }
        version = theirs.card.version
        if not both:
            self._send(mine, version)
            return
        dialog = ConflictDialog(fields, both, theirs.card.values, self._panel)
        rest = {key: value for key, value in mine.items() if key not in both}
        dialog.accepted.connect(lambda: self._send({**rest, **dialog.chosen()}, version))
        dialog.open()

    # Drafts ------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _keep_draft(self) -> None:
        texts = self._panel.form.drafts()
        if not self.is_changed or not texts:
            self._forget_draft()
            return
        draft = Draft(self.client_id, texts)
        self._drafted = True
        self.context.work(lambda _: self._store.keep(draft))

    def _forget_draft(self) -> None:
        self._draft_timer.stop()
        if self._drafted:
            self._drafted = False
            self.context.work(lambda _: self._store.forget())

    def draft(self) -> Draft | None:
        """Return the draft that an earlier run of the program left."""
        return self._store.read()

    def restore(self, draft: Draft) -> None:
        """Show the card of a draft with what was typed."""
        self._drafted = True
        if draft.client_id is None:
            self.open_new(dict(draft.texts))
            return
        job = self.context.ask(_opened, ClientId(draft.client_id))
        self._card.take(job, lambda opened: self._show_draft(opened, draft), self._gone)
        self._ask_records(ClientId(draft.client_id))

    def _show_draft(self, opened: Opened, draft: Draft) -> None:
        self._show(opened, keep=False)
        self._panel.form.restore(draft.texts)

    def forget_draft(self) -> None:
        self._drafted = True
        self._forget_draft()


def _opened(reading: Reading, client_id: ClientId) -> Opened:
    return full_card(reading, client_id), all_rules(reading)


def _is_gone(error: object) -> bool:
    return isinstance(error, TroubleError) and error.trouble is Trouble.NO_SUCH_CLIENT


def _empty(reading: Reading) -> tuple[dict[str, Field], tuple[FieldRule, ...]]:
    return all_fields(reading), all_rules(reading)


def _with_fields(reading: Reading, client_id: ClientId) -> tuple[ClientRecords, dict[str, Field]]:
    return client_records(reading, client_id), all_fields(reading)


def _equal(fields: dict[str, Field], key: str, one: CardValue, other: CardValue) -> bool:
    if key in fields and KINDS[fields[key].kind].several:
        return (one or ()) == (other or ())
    return bool(one == other)
