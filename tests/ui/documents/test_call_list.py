"""A list on paper, read back."""

import io
import re
from datetime import date

from pypdf import PdfReader

from ui.documents.call_list import PaperColumn, call_list_pdf

DAY = date(2026, 11, 22)
COLUMNS = (
    PaperColumn("Клиент", 3),
    PaperColumn("Почему", 1),
    PaperColumn("Сумма", 2, align_right=True),
)


def pages(data: bytes) -> list[str]:
    found = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return [re.sub(r"\s", "", text) for text in found]


def test_every_row_is_printed_and_the_heads_come_on_every_page() -> None:
    rows = [(f"Клиент-{number}.", "давно не был", "1\u00a0000 ₽") for number in range(200)]
    found = pages(call_list_pdf("Обзвон", "Под угрозой", COLUMNS, rows, DAY).data)
    whole = "".join(found)
    assert len(found) > 3
    assert all(f"Клиент-{number}." in whole for number in range(200))
    assert all("Почему" in page and "22.11.2026" in page for page in found)


def test_a_cell_higher_than_a_page_loses_nothing() -> None:
    long = "слово " * 700 + "КОНЕЦ <b>&"
    found = pages(call_list_pdf("Обзвон", "", COLUMNS, [("a", long, "1"), ("я", "", "")], DAY).data)
    assert "".join(found).count("слово") == 700
    assert "КОНЕЦ<b>&" in "".join(found)


def test_a_list_of_nobody_is_a_page_with_its_heads() -> None:
    (page,) = pages(call_list_pdf("Обзвон", "", COLUMNS, [], DAY).data)
    assert "Клиент" in page
