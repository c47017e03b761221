"""Which derived rows a change makes out of date, and computing them again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.derived import facts, gaps, list_keys, marks, rule_gaps, search
from db.domain.ids import ClientId
from db.journal.change import Written, clients_written, rows_of
from db.outcome import ClientScope, Touched
from db.progress import SILENT, Progress
from db.schema import ChangeRow, Client, FactDay, Purchase, Setting

Columns = Mapping[str, frozenset[str]]
NOBODY: ClientScope = frozenset()


@dataclass(frozen=True, slots=True)
class DerivedTable:
    """A table computed from others.

    `sources` are the columns of rows that belong to a client; a change of one makes that client's
    rows out of date. `narrowed` leaves out those which nothing in this base is computed from.
    `wider` says whose rows are out of date because of rows that belong to no client: a product, a
    setting.
    """

    news: Touched | None
    sources: Columns
    make: Callable[[Session, ClientScope, Progress], None]
    narrowed: Callable[[Session, Columns], Columns] = lambda _session, sources: sources
    wider: Callable[[Session, Written], ClientScope] = lambda _session, _written: NOBODY


def refresh(
    session: Session, written: Written, progress: Progress = SILENT
) -> dict[Touched, ClientScope]:
    """Compute again what a change put out of date; return what, and of which clients."""
    news: dict[Touched, ClientScope] = {}
    for table in TABLES:
        scope = _scope(session, written, table)
        if scope == NOBODY:
            continue
        table.make(session, _all_at_once(session, scope), progress)
        if table.news is not None:
            news[table.news] = scope
    if _written_settings(session, written) & marks.SETTINGS and Touched.FACTS not in news:
        marks.make(session, progress)
        news[Touched.FACTS] = None
    if "field_rule" in written.tables:
        rule_gaps.make(session, session.scalars(rows_of(written.change_id, "field_rule")).all())
        news[Touched.GAPS] = None
    return news


def _scope(session: Session, written: Written, table: DerivedTable) -> ClientScope:
    """Return whose rows of a table are out of date."""
    wider = table.wider(session, written)
    if wider is None:
        return None
    sources = table.sources
    if written.concerns(sources):
        sources = table.narrowed(session, sources)
    concerned = written.concerns(sources)
    mine = {name: columns for name, columns in sources.items() if name in concerned}
    return wider | clients_written(session, written.change_id, mine)


def _all_at_once(session: Session, scope: ClientScope) -> ClientScope:
    """Return None, all clients, for more than half of them: that is faster."""
    if scope is None or len(scope) == 1:
        return scope
    clients = session.scalar(select(func.count(Client.id))) or 0
    return None if 2 * len(scope) > clients else scope


def _facts_of_others(session: Session, written: Written) -> ClientScope:
    """Return the clients whose facts depend on a product or a setting that was written."""
    if _written_settings(session, written) & facts.SETTINGS:
        return None
    if not written.concerns({"product": frozenset({"usual_cycle_days"})}):
        return NOBODY
    products = rows_of(written.change_id, "product")
    buyers = select(Purchase.client_id).where(Purchase.product_id.in_(products)).distinct()
    return frozenset(ClientId(client_id) for client_id in session.scalars(buyers))


def _written_settings(session: Session, written: Written) -> frozenset[str]:
    """Return the keys of the settings that a change wrote or removed."""
    if "setting" not in written.tables:
        return frozenset()
    rows = rows_of(written.change_id, "setting")
    present = select(Setting.key).where(Setting.id.in_(rows))
    removed = rows.with_only_columns(func.json_extract(ChangeRow.image, "$.key"))
    keys = [*session.scalars(present), *session.scalars(removed)]
    return frozenset(key for key in keys if key)


TABLES = (
    DerivedTable(Touched.FACTS, facts.SOURCES, facts.make, wider=_facts_of_others),
    DerivedTable(None, list_keys.SOURCES, list_keys.make),
    DerivedTable(Touched.GAPS, gaps.SOURCES, gaps.make, narrowed=gaps.narrowed),
    DerivedTable(None, search.SOURCES, search.make),
)


def rebuild(session: Session, today: date, progress: Progress = SILENT) -> None:
    """Make all derived tables of all clients again, sums of the year up to today."""
    session.merge(FactDay(id=1, day=today))
    session.flush()
    for table in TABLES:
        table.make(session, None, progress)
