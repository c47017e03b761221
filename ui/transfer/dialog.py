"""The import window: read, decide, try, load, take back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.commands.undo import TakeBack
from db.domain.ids import ChangeId
from db.outcome import Outcome
from db.transfer.columns import SEVERAL_TARGETS, TableKind, missing_targets
from db.transfer.plan import Plan, Summary, Verdict
from ui.jobs.job import Job
from ui.jobs.latest import Latest
from ui.look.palette import Tone
from ui.look.theme import em
from ui.parts.page import PageHost
from ui.transfer import steps
from ui.transfer.options_bar import ReadOptionsBar
from ui.transfer.preview import Preview
from ui.transfer.steps import ImportSettings, ReadFile, ReadOptions
from ui.transfer.tables import write_rejected
from ui.transfer.verdicts import Verdicts
from ui.widgets.buttons import button
from ui.widgets.dialog import Dialog
from ui.widgets.files import FileKind, ask_save
from ui.widgets.labels import EmptyState, note, title
from ui.widgets.notice import Notice
from ui.widgets.progress import ProgressLine
from ui.words import transfer as wording
from ui.words.i18n import _
from ui.words.messages import trouble_words


class ImportDialog(Dialog):
    """Loads one file into the base. Nothing is written before the button is pressed."""

    other_file_wanted = Signal()

    def __init__(self, host: PageHost, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Load a file"), parent)
        self._host, self._options = host, ReadOptions(path)
        self._file: ReadFile | None = None
        self._settings: ImportSettings | None = None
        self._plan: Plan | None = None
        self._done: Summary | None = None
        self._change: ChangeId | None = None
        self._loading: Job[Outcome[Summary]] | None = None
        self._planning: Job[Plan] | None = None
        self._latest = Latest(self)
        self._options_bar = ReadOptionsBar()
        self._preview = Preview()
        self._verdicts = Verdicts(host.preferences)
        self._notice = Notice()
        self._progress = ProgressLine()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._read()

    # Layout -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._name = title(self._options.path.name, wrap=True)
        self._summary = note()
        self.column.addWidget(self._name)
        self.column.addWidget(self._summary)
        self._stack.addWidget(EmptyState("file-spreadsheet", _("Reading the file…")))
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(em(0.6))
        self._verdicts.setMinimumHeight(em(11))
        for widget in (self._options_bar, self._preview, self._notice):
            body.addWidget(widget)
        body.addWidget(self._verdicts, 1)
        # Large text on a small screen needs more height than there is.
        scroll = QScrollArea()
        scroll.setObjectName("Plain")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self._stack.addWidget(scroll)
        other = button(_("Choose another file…"), "folder-open")
        other.clicked.connect(self._want_other)
        self._failed = EmptyState("triangle-alert", "", "", [other])
        self._stack.addWidget(self._failed)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self._progress)
        self._build_footer()

    def _build_footer(self) -> None:
        self._rejected = button(_("Save the rejected rows…"), "save")
        self._rejected.clicked.connect(self._save_rejected)
        self._take_back = button(_("Take the import back"), "undo-2")
        self._take_back.clicked.connect(self._undo)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._rejected)
        row.addWidget(self._take_back)
        self.add_left(left)
        self._load_button: QPushButton = self.add_buttons(_("Load"), cancel=_("Close"))
        self._load_button.clicked.disconnect()
        self._load_button.clicked.connect(self._load)
        self._show_buttons()

    def _connect(self) -> None:
        self._options_bar.read_again.connect(self._read_again)
        self._options_bar.cut_again.connect(self._cut_again)
        self._options_bar.plan_again.connect(self._plan_again)
        self._preview.chosen.connect(self._choose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        above = self.parentWidget()
        if above is not None and not event.spontaneous():
            size = above.window().size()
            self.resize(int(size.width() * 0.92), int(size.height() * 0.92))
            self.move(above.window().frameGeometry().center() - self.rect().center())

    # Reading ------------------------------------------------------------------------------------

    def _read(self, *, keep: bool = False) -> None:
        options, base = self._options, self._host.context.base
        raw = self._file.raw if keep and self._file is not None else None
        if not keep:
            self._stack.setCurrentIndex(0)
        job = self._host.context.work(lambda _progress: steps.read_file(base, options, raw))
        self._latest.take(job, self._show_file, self._show_trouble)

    def _read_again(self) -> None:
        self._options = replace(
            self._options,
            encoding=self._options_bar.encoding.value(),
            delimiter=self._options_bar.delimiter.value(),
            header_line=None,
        )
        self._read()

    def _cut_again(self) -> None:
        self._options = replace(
            self._options,
            kind=self._options_bar.kind.value(),
            header_line=self._options_bar.header.value(),
        )
        self._read(keep=True)

    def _show_file(self, file: ReadFile) -> None:
        self._file = file
        key, create = self._options_bar.key.chosen(), self._options_bar.making.value()
        self._settings = ImportSettings(file.kind, file.sheet, file.targets, key, create)
        text = wording.found_words(file.sheet) + ", " + wording.rows_count(len(file.sheet.rows))
        if file.remembered:
            text += ". " + _("The columns are as chosen last time.")
        self._summary.setText(text)
        self._options_bar.show_file(file)
        self._preview.show_file(file, file.kind, file.targets)
        self._stack.setCurrentIndex(1)
        self._try()

    def _show_trouble(self, error: object) -> None:
        words = trouble_words(error)
        self._failed.show_text(words.what, words.todo)
        self._stack.setCurrentIndex(2)
        self._plan = None
        self._show_buttons()

    def _want_other(self) -> None:
        self.reject()
        self.other_file_wanted.emit()

    # Trying -------------------------------------------------------------------------------------

    def _choose(self, column: int, target: str | None) -> None:
        if self._settings is not None:
            self._settings = self._settings.with_target(column, target, SEVERAL_TARGETS)
            self._preview.show_targets(self._settings.targets)
            self._try()

    def _plan_again(self) -> None:
        if self._settings is not None:
            self._settings = replace(
                self._settings,
                key=self._options_bar.key.chosen(),
                create_clients=self._options_bar.making.value(),
            )
            self._try()

    def _try(self) -> None:
        """Compute what would be done with every row under these settings."""
        settings, base = self._settings, self._host.context.base
        self._plan = None
        if self._planning is not None:
            self._planning.cancel()
        if settings is None or not settings.is_enough:
            self._latest.forget()
            self._verdicts.clear()
            self._show_missing()
        else:
            self._notice.hide()
            job = self._host.context.work(lambda progress: steps.plan(base, settings, progress))
            self._planning = self._latest.take(job, self._show_plan, self._show_trouble)
            self._progress.follow(job, _("Checking the rows"))
        self._show_buttons()

    def _show_missing(self) -> None:
        settings = self._settings
        if settings is None:
            return
        wanted = [
            " / ".join(wording.target_name(settings.kind, target) for target in _in_order(group))
            for group in missing_targets(settings.kind, settings.targets)
        ]
        text = _("Choose above the column for: {fields}").format(fields="; ".join(wanted))
        self._notice.show_text(text, Tone.WARNING)
        self._notice.show()

    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        if self._file is not None:
            self._verdicts.show_plan(plan, self._file.fields)
        self._tell_about_clients(plan)
        self._show_buttons()
        if not self._preview.isAncestorOf(self.focusWidget() or self):
            self._verdicts.table.setFocus()

    def _tell_about_clients(self, plan: Plan) -> None:
        """Say of purchases how many cards they will make, and what they come to."""
        if plan.kind is not TableKind.PURCHASES or not plan.purchases:
            return
        from_file = wording.purchases_words(plan)
        self._notice.show_text(from_file, Tone.INFO)
        self._notice.show()

    # Loading ------------------------------------------------------------------------------------

    def _load(self) -> None:
        if self._done is not None:
            self.accept()
            return
        settings, base = self._settings, self._host.context.base
        if settings is None or self._plan is None or self._loading is not None:
            return
        job = self._host.context.write(lambda progress: steps.load(base, settings, progress))
        job.succeeded.connect(self._loaded)
        job.failed.connect(self._not_loaded)
        job.cancelled.connect(self._stopped)
        self._loading = job
        self._progress.follow(job, _("Loading"))
        self._show_buttons()

    def _loaded(self, outcome: Outcome[Summary]) -> None:
        self._loading = None
        self._done, self._change = outcome.value, outcome.change_id
        self._tell(_("Loaded. {summary}").format(summary=wording.summary_words(outcome.value)))
        self._show_buttons()

    def _not_loaded(self, error: object) -> None:
        self._loading = None
        words = trouble_words(error)
        self._tell(f"{words.what} {words.safe} {words.todo}".strip(), Tone.DANGER)
        self._show_buttons()

    def _stopped(self) -> None:
        self._loading = None
        self._tell(_("Stopped. The base is as it was before."), Tone.INFO)
        self._show_buttons()

    def _undo(self) -> None:
        if self._change is None:
            return
        job = self._host.context.do(TakeBack(self._change))
        job.succeeded.connect(self._undone)
        job.failed.connect(self._not_loaded)
        self._change = None
        self._show_buttons()

    def _undone(self, _outcome: object) -> None:
        self._done = None
        self._tell(_("Taken back. The base is as it was before."), Tone.INFO)
        self._show_buttons()

    def _tell(self, text: str, tone: Tone = Tone.ACCENT) -> None:
        self._notice.show_text(text, tone)
        self._notice.show()

    # What can be done ---------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        busy, done = self._loading is not None, self._done is not None
        for widget in (self._options_bar, self._preview):
            widget.setEnabled(not busy and not done)
        plan = self._plan
        lost = plan is not None and plan.count(Verdict.REJECT) > 0
        self._rejected.setVisible(lost)
        self._take_back.setVisible(self._change is not None)
        if done:
            self._load_button.setText(_("Done"))
            self._load_button.setEnabled(True)
            return
        self._load_button.setText(_verb(plan))
        self._load_button.setEnabled(not busy and plan is not None and _writes(plan))

    def _save_rejected(self) -> None:
        file, plan, path = self._file, self._plan, self._options.path
        if file is None or plan is None:
            return
        kind = FileKind("export", [(_("Excel workbook"), ["xlsx"]), (_("CSV table"), ["csv"])])
        name = _("{name} - rejected").format(name=path.stem) + ".xlsx"
        target = ask_save(self, self._host.preferences, kind, _("Save the rejected rows"), name)
        if target is not None:
            job = self._host.context.work(
                lambda _progress: write_rejected(target, file.sheet, plan.problems)
            )
            job.succeeded.connect(
                lambda count: self._tell(
                    _("Saved: {rows} → {file}").format(
                        rows=wording.rows_count(count), file=target.name
                    )
                )
            )

    def reject(self) -> None:
        """Close; while a file is loading, stop that first."""
        if self._loading is not None:
            self._loading.cancel()
            return
        if self._planning is not None:
            self._planning.cancel()
        if self._done is not None:
            self._host.tell(wording.summary_words(self._done), self._change)
        super().reject()

    def accept(self) -> None:
        if self._done is not None:
            self._host.tell(wording.summary_words(self._done), self._change)
        super().accept()


def _in_order(group: frozenset[str]) -> list[str]:
    usual = ("name", "client", "inn", "phone", "email", "messenger", "day", "amount")
    return [target for target in usual if target in group]


def _verb(plan: Plan | None) -> str:
    """Return what the button does: "Load 159 clients"."""
    if plan is None:
        return _("Load")
    count = plan.count(Verdict.CREATE) + plan.count(Verdict.UPDATE)
    return _("Load {what}").format(what=wording.counted(plan.kind, count))


def _writes(plan: Plan) -> bool:
    return any(row.verdict in (Verdict.CREATE, Verdict.UPDATE) for row in plan.rows)
