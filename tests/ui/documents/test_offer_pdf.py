"""The paper of an offer, read back: every number, every word, every font."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from db.domain.offers import (
    Block,
    Offer,
    OfferLine,
    OfferSheet,
    Tier,
    TierTerms,
    Vat,
)
from db.domain.pricing import price_offer
from db.domain.settings import Company
from db.domain.vat import VatMode
from tests.offer_sample import TODAY, greenhouse_offer
from ui.documents.offer_pdf import offer_pdf
from ui.words import formats, i18n
from ui.words.offers import file_name, monogram, paper_money

OURS = Company(
    name="ООО «Рассвет-Теплица»",
    inn="5434839077",
    address="Новосибирск, ул. Станционная, 30",
    phone="+73832001020",
    director="Орлова Т. А.",
    director_post="Директор",
)


def sheet(offer: Offer, ours: Company = OURS) -> OfferSheet:
    return OfferSheet(
        offer, "2026-041", 1, TODAY, ours, "ООО «Колорит-Алтай»", "Сафин Рустам Игоревич"
    )


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def everything(shown: OfferSheet) -> str:
    return squeezed("".join(pages(offer_pdf(shown).data)))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_number_of_the_computation_is_on_the_paper(language: str) -> None:
    i18n.use(language)
    offer = replace(greenhouse_offer(), vat=Vat(VatMode.ON_TOP, Decimal(22)), rounding=0)
    text = everything(sheet(offer))
    priced = price_offer(offer)
    for tier in priced.tiers:
        assert squeezed(paper_money(tier.total, priced)) in text
        assert squeezed(formats.money(tier.vat)) in text
        if tier.saving:
            assert squeezed(paper_money(tier.separate, priced)) in text


def test_the_paper_says_it_all_in_russian() -> None:
    text = everything(sheet(greenhouse_offer()))
    for words in (
        "Коммерческое предложение", "№ 2026-041", "ИНН 5434839077", "+7 383 200-10-20",
        "Для: ООО «Колорит-Алтай», Сафин Рустам Игоревич", "Теплицы к сезону",
        "Вы продаёте теплицы в сезон", "38 900 ₽", "54 900 ₽", "без скидки 61 100 ₽",
        "Форточка-автомат — 2 шт", "Почему мы", "Гарантии", "партия — 40 шт.",
        "Пришлите реквизиты", "Орлова Т. А.", "НДС не облагается",
        "пятьдесят четыре тысячи девятьсот рублей 00 копеек", "1 / 1",
    ):  # fmt: skip
        assert squeezed(words) in text


def test_no_russian_of_ours_is_left_on_an_english_paper() -> None:
    i18n.use("en")
    line = OfferLine("Frame", Decimal(100), dict.fromkeys(Tier, Decimal(1)))
    text = " ".join(
        pages(offer_pdf(OfferSheet(Offer(lines=(line,), title="T"), "1", 1, TODAY,
                                   Company("Dawn Ltd", director="A. Orlova"), "Colour")).data)
    )  # fmt: skip
    assert not re.search("[а-яё]", text, re.IGNORECASE)
    assert "one hundred roubles 00 kopeks" in text


def test_every_font_is_embedded_and_none_is_helvetica() -> None:
    reader = PdfReader(io.BytesIO(offer_pdf(sheet(greenhouse_offer())).data))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            held = font.get_object()
            assert "Helvetica" not in str(held["/BaseFont"])
            assert "/FontFile2" in held["/FontDescriptor"]


def test_the_document_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(offer_pdf(sheet(greenhouse_offer())).data))
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Коммерческое предложение № 2026-041 от 22")
    assert reader.metadata.author == OURS.name
    assert reader.root_object["/Lang"] == "ru"


def test_the_document_says_when_it_was_made() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    reader = PdfReader(io.BytesIO(offer_pdf(sheet(greenhouse_offer())).data))
    assert reader.metadata is not None
    made = reader.metadata.creation_date
    assert made is not None
    assert before <= made.astimezone(UTC) <= datetime.now(UTC)


def test_the_same_offer_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "946684800")  # the moment of every document
    assert offer_pdf(sheet(greenhouse_offer())) == offer_pdf(sheet(greenhouse_offer()))


def test_sixty_lines_and_long_texts_lose_nothing() -> None:
    lines = tuple(
        OfferLine(
            f"Строка{number}. " + f"слово{number} " * (number % 50) + f"конец{number}.",
            Decimal(100 + number),
            {tier: Decimal(1) for tier in Tier if (number + len(tier)) % 4},
        )
        for number in range(60)
    )
    texts = {block: f"{block} " + "длинный текст " * 500 + f"КОНЕЦ{block}" for block in Block}
    shown = sheet(replace(greenhouse_offer(), lines=lines, blocks=texts))
    printed = offer_pdf(shown)
    found = pages(printed.data)
    text = squeezed("".join(found))
    assert len(found) == printed.pages > 10
    for number in range(60):
        # A feature is told in every column, whether the tier holds it or not.
        assert text.count(f"конец{number}.") == 3
    for block in Block:
        assert f"КОНЕЦ{block}" in text
    assert text.count("Базовый") > 3  # the heads come again on every page of the table
    assert all(f"{number}/{len(found)}" in squeezed(page) for number, page in enumerate(found, 1))


@pytest.mark.parametrize("tiers", [[Tier.GOOD], [Tier.GOOD, Tier.BEST], []])
def test_one_two_or_no_prices_are_fine(tiers: list[Tier]) -> None:
    line = OfferLine("Работа", Decimal(1000), dict.fromkeys(tiers, Decimal(1)))
    text = everything(sheet(Offer(lines=(line,), title="Заголовок")))
    assert text.count("1000₽") == len(tiers)


def test_what_a_person_types_is_never_markup() -> None:
    evil = '<b>жирно</b> & <img src="file:///etc/passwd"/> </para> <a href="x">y</a>'
    offer = replace(
        greenhouse_offer(),
        title=evil,
        lines=(OfferLine(evil, Decimal(1), dict.fromkeys(Tier, Decimal(1)), unit="<u>"),),
        tiers={tier: TierTerms(evil[:60], evil) for tier in Tier},
        blocks=dict.fromkeys(Block, evil),
    )
    text = everything(sheet(offer, Company(evil, director=evil, director_post=evil)))
    assert text.count(squeezed(evil)) > 10


def test_a_sign_no_font_has_is_shown_as_missing_and_told() -> None:
    printed = offer_pdf(sheet(replace(greenhouse_offer(), title="Теплица 中文 \u202f№\u00a01")))
    assert printed.missing == frozenset("中文")
    assert "□□" in squeezed("".join(pages(printed.data)))


signs = st.text(max_size=80)
long_words = st.integers(0, 400).map(lambda count: "Ш" * count)
typed = st.one_of(signs, long_words)


@settings(max_examples=40)
@given(typed, typed, typed, typed)
def test_no_text_stops_the_printing(title: str, line: str, block: str, name: str) -> None:
    half = dict.fromkeys(Tier, Decimal("0.5"))
    offer = Offer(
        title=title,
        client_name=name,
        lines=(OfferLine(line, Decimal("0.01"), half, unit=name[:20]),),
        tiers={tier: TierTerms(name[:60], block[:200]) for tier in Tier},
        blocks=dict.fromkeys(Block, block),
    )
    assert offer_pdf(OfferSheet(offer, "1", 2, TODAY, Company(name, director=name), name)).pages


@pytest.mark.parametrize(
    ("client", "version", "name"),
    [
        ("ООО «Колорит-Алтай»", 1, "КП-2026-041 Колорит-Алтай.pdf"),
        ("Иванова Анна", 2, "КП-2026-041-2 Иванова Анна.pdf"),
        ("../../etc/passwd\x00", 1, "КП-2026-041 .. .. etc passwd.pdf"),
        ("", 1, "КП-2026-041.pdf"),
        ("Щ" * 300, 1, f"КП-2026-041 {'Щ' * 78}.pdf"),
    ],
)
def test_the_file_has_a_name_every_system_takes(client: str, version: int, name: str) -> None:
    shown = replace(sheet(Offer()), client_name=client, version=version)
    assert file_name(shown) == name


@pytest.mark.parametrize(
    ("company", "letters"),
    [("ООО «Рассвет-Теплица»", "РТ"), ("ИП Орлова", "О"), ("Dawn & Co Ltd", "DC"), ("", "")],
)
def test_the_monogram_leaves_the_legal_form_out(company: str, letters: str) -> None:
    assert monogram(company) == letters


@pytest.mark.parametrize("window", ["ru", "en"])
def test_the_language_of_the_paper_is_its_own(window: str) -> None:
    i18n.use(window)
    english = replace(sheet(greenhouse_offer()), language="en")
    russian = replace(english, language="ru")
    assert "Commercialoffer" in everything(english)
    assert "Коммерческоепредложение" in everything(russian)
    assert file_name(english).startswith("Offer-2026-041")
    assert file_name(russian).startswith("КП-2026-041")
    assert PdfReader(io.BytesIO(offer_pdf(english).data)).root_object["/Lang"] == "en"
    assert i18n.language() == window


def test_the_language_of_an_offer_wins_over_that_of_the_base() -> None:
    offer = replace(greenhouse_offer(), language="en")
    assert "Commercialoffer" in everything(replace(sheet(offer), language="ru"))


def test_a_paper_without_a_language_speaks_that_of_the_program() -> None:
    i18n.use("en")
    assert "Commercialoffer" in everything(sheet(greenhouse_offer()))
