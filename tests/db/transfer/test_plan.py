"""What an import counts: verdicts, cards made, money added."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from db.domain.fields import Fault
from db.domain.ids import ImportId
from db.transfer.columns import TableKind
from db.transfer.plan import (
    CardDraft,
    Plan,
    ProductDraft,
    PurchaseDraft,
    RowProblem,
    RowReason,
    RowVerdict,
    Verdict,
    summary,
)

verdicts = st.lists(st.sampled_from(Verdict), max_size=30)


def purchase(amount: str) -> PurchaseDraft:
    day = date(2026, 11, 1)
    return PurchaseDraft(1, day, Decimal(amount), None, None, None, None, None, "key")


@given(verdicts)
def test_every_row_is_counted_once(given_verdicts: list[Verdict]) -> None:
    rows = tuple(RowVerdict(line, verdict) for line, verdict in enumerate(given_verdicts, 2))
    plan = Plan(TableKind.CLIENTS, rows)
    done = summary(plan)
    assert done.created + done.updated + done.skipped + done.rejected == done.rows == len(rows)
    assert done.updated == plan.count(Verdict.UPDATE) == given_verdicts.count(Verdict.UPDATE)


def test_problems_come_in_the_order_of_the_rows() -> None:
    first = RowProblem(2, "Phone", Fault.BAD_PHONE, "12")
    second, third = (
        RowProblem(3, None, RowReason.TOTAL_LINE),
        RowProblem(3, "Sum", RowReason.NO_AMOUNT),
    )
    rows = (
        RowVerdict(2, Verdict.CREATE, problems=(first,)),
        RowVerdict(3, Verdict.REJECT, problems=(second, third)),
    )
    assert summary(Plan(TableKind.PURCHASES, rows)).problems == (first, second, third)


def test_a_summary_counts_what_is_made_and_adds_up_what_is_bought() -> None:
    plan = Plan(
        TableKind.PURCHASES,
        (RowVerdict(2, Verdict.CREATE),) * 3,
        ignored=("x",),
        cards=(CardDraft(-1, {}, {}), CardDraft(-2, {}, {}), CardDraft(7, {}, {})),
        purchases=(purchase("100.10"), purchase("-30.05"), purchase("0")),
        products=(ProductDraft(None, "new", {}), ProductDraft(3, "known", {})),
        refunds=1,
    )
    done = summary(plan, ImportId(5))
    assert (done.clients_created, done.products_created, done.refunds) == (2, 1, 1)
    assert done.total == Decimal("70.05")
    assert (done.ignored, done.import_id) == (("x",), 5)
    assert summary(Plan(TableKind.PURCHASES, ())).total == 0
