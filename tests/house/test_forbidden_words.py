"""Words that were taken out of the texts for people, and must not come back.

Each pattern says in its comment what is written instead. A legitimate use is an exception with
its reason.
"""

import io
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.house import tree

RUSSIAN = (
    r"\bритм",  # цикл
    r"\bпробел",  # не заполнено
    r"\bуход(?!\w* за волосами)(а|у|ом|е|ы|ов|ам|ами|ах)?\b",  # отток
    r"\b(за|у|при)?молч(ит|ат|ал|али|ание|ания|ащ)",  # не покупал 366 дней, обычно раз в 49
    r"\bпод риск",  # потери в год
    r"\bсоветуе|\bсоветова|\bпосоветова|\bсоветую",  # рекомендуем
    r"\bсут(ь|и|ью)\b",  # тема
    r"\bтеплот",  # готовность к покупке
    r"\bтв[её]рд\w* цен",  # фиксированная цена
    r"\b(ваш|сво|наш|любо)\w* дел(о|а|у|ом|е)\b",  # компания, сфера деятельности
    r"\b(для|маржа|ритм|цикл|название|начало) (ваш\w+ |своего )?дела\b",  # отрасли
    r"\bобошлось",  # затраты
    r"\bпо отдельности",  # без скидки
    r"\bимидж",  # значимый клиент
    r"\bновинк",  # новый товар или услуга
    r"\bне скажет (0|\{)",  # отказались 0
    r"\bособое предложение",  # специальное предложение
    r"\bвызов: ",  # использование:
    r"(?<!\w)возврат(?! денег| клиент| по причин)(?=$| \{|: \{)",  # the section: Потерянные
    r"\bмусор",  # бессмысленно
    r"\bвладелец дела|\bдвер(ь|и|ей)\b",  # riddles of the old guide
)
ENGLISH = (
    r"\brhythm",  # cycle
    r"\b(he|him|his|himself|she|her|herself)\b",  # the client, they
    r"\bsilent for\b|\bsilence\b",  # no purchases for
    r"\bgist\b",  # subject
    r"\b(is|are) wanted\b",  # Enter …, is required
    r"\bby (him|it)?(self|themselves)\b",  # on their own
    r"\bwill stand here\b|\bstands by\b",  # are listed here, is sorted by
    r"\bwhom to turn to\b",  # whom to call
    r"\bour image\b",  # significant client
    r"\bbelievable\b|\binvented\b",  # sample
    r"\bmend(ed)?\b",  # correct
    r"\bwhoever\b",
    r"\bmap of the house\b|\bdoors\b",
)

# Where a word is right, with the reason.
EXCEPTIONS = {
    ("catalogue", "Пробел"): "the key of the keyboard",
    ("resources/demo/shop.json", "подарочный уход"): "a treatment in a salon",
    ("resources/demo/shop.json", "предложить уход со скидкой 15 %"): "a treatment in a salon",
    ("resources/demo/shop.json", "Маски и уход, витрина"): "hair care products",
}  # fmt: skip


@cache
def _catalogue() -> tuple[tuple[str, str], ...]:
    """Return the English and the Russian of every text, one entry a plural form."""
    source = (tree.ROOT / "resources/locale/ru/LC_MESSAGES/kartoteka.po").read_bytes()
    found: list[tuple[str, str]] = []
    for message in read_po(io.BytesIO(source), locale="ru"):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        found += [(ids[min(place, len(ids) - 1)], form) for place, form in enumerate(forms)]
    return tuple(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key != "former":  # what earlier versions wrote into bases, never shown
                yield from _strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)


def _data() -> Iterator[tuple[str, str]]:
    for path in sorted((tree.ROOT / "resources").glob("*/*.json")):
        for text in _strings(json.loads(path.read_text("utf-8"))):
            yield tree.name(path), text


def _lines(*names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        for line in (tree.ROOT / name).read_text("utf-8").splitlines():
            yield name, line


def _texts(language: str) -> Iterator[tuple[str, str]]:
    place = ("en", "ru").index(language)
    yield from (("catalogue", entry[place]) for entry in _catalogue())
    yield from _data()
    yield from _lines("CHANGELOG.md", "README.md", f"docs/guide.{language}.md")


@pytest.mark.parametrize(
    ("language", "pattern"),
    [("ru", pattern) for pattern in RUSSIAN] + [("en", pattern) for pattern in ENGLISH],
)
def test_a_forbidden_word_is_not_used(language: str, pattern: str) -> None:
    word = re.compile(pattern, re.IGNORECASE)
    found = [
        f"{place}: {text}"
        for place, text in _texts(language)
        if word.search(text.replace("&", "")) and (place, text) not in EXCEPTIONS
    ]
    assert found == []


def test_every_exception_is_still_used() -> None:
    texts = {*_texts("ru"), *_texts("en")}
    assert set(EXCEPTIONS) - texts == set()


@pytest.mark.parametrize(
    "text",
    [
        "Под угрозой: молчит ритмов", "Пробелы:", "Причина ухода", "Под риском за год",
        "Советуемая цена", "Суть", "Теплота", "твёрдая цена", "Название вашего дела",
        "Во сколько обошлось вам", "по отдельности {sum}", "имидж", "новинка", "Возврат",
        "Возврат: {part}", "особое предложение", "вызов: ", "набор для дела",
        "не скажет {refused}", "молчат долго",
    ],
)  # fmt: skip
def test_the_patterns_find_what_was_written_before(text: str) -> None:
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in RUSSIAN)


@pytest.mark.parametrize(
    "text",
    [
        "алгоритм", "возврат денег", "Уход за волосами", "уходит", "сутки", "совет директоров",
        "сделать", "по умолчанию", "Возврат денег — с минусом", "Клиент не скажет",
    ],
)  # fmt: skip
def test_the_patterns_leave_other_words_alone(text: str) -> None:
    assert not any(re.search(pattern, text, re.IGNORECASE) for pattern in RUSSIAN)
