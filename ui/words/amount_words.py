"""Sums of roubles in words, as accounts write them: roubles in words, kopecks in two digits."""

from decimal import Decimal
from itertools import count

_RU_TEENS = (
    "", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять",
    "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
_RU_TENS = ("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
            "восемьдесят", "девяносто")  # fmt: skip
_RU_HUNDREDS = ("", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот",
                "восемьсот", "девятьсот")  # fmt: skip
_RU_GROUPS = (("", "", ""), ("тысяча", "тысячи", "тысяч"), ("миллион", "миллиона", "миллионов"),
              ("миллиард", "миллиарда", "миллиардов"), ("триллион", "триллиона", "триллионов"),
              )  # fmt: skip
_EN_TEENS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
             "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
             "eighteen", "nineteen")  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_GROUPS = ("", "thousand", "million", "billion", "trillion")
LIMIT = Decimal(10) ** 15


def roubles_in_words(amount: Decimal, language: str) -> str:
    """Write `two roubles 05 kopeks` in English or in Russian; whole kopecks, 0 up to LIMIT."""
    if not 0 <= amount < LIMIT:
        raise ValueError(amount)
    roubles, kopecks = divmod(int(amount * 100), 100)
    if language == "ru":
        rouble = _ru_form(roubles, ("рубль", "рубля", "рублей"))
        kopeck = _ru_form(kopecks, ("копейка", "копейки", "копеек"))
        return f"{_russian(roubles) or 'ноль'} {rouble} {kopecks:02d} {kopeck}"
    rouble, kopeck = "rouble" + "s" * (roubles != 1), "kopek" + "s" * (kopecks != 1)
    return f"{_english(roubles) or 'zero'} {rouble} {kopecks:02d} {kopeck}"


def _ru_form(number: int, forms: tuple[str, str, str]) -> str:
    """Pick 1 рубль, 2 рубля, 5 рублей; 11 to 14 go with 5."""
    last = number % 10 if number % 100 // 10 != 1 else 0
    return forms[0] if last == 1 else forms[1] if last in (2, 3, 4) else forms[2]


def _russian(number: int) -> str:
    words: list[str] = []
    for level, group in _groups(number):
        tail = group % 100
        words += [_RU_HUNDREDS[group // 100], _RU_TENS[tail // 10]]
        last = _RU_TEENS[tail if tail < len(_RU_TEENS) else tail % 10]
        if level == 1:  # thousands are feminine
            last = {"один": "одна", "два": "две"}.get(last, last)
        words += [last, _ru_form(group, _RU_GROUPS[level])]
    return " ".join(filter(None, words))


def _english(number: int) -> str:
    parts = [(group, f"{_hundreds(group)} {_EN_GROUPS[level]}".strip(), level)
             for level, group in _groups(number)]  # fmt: skip
    text = ""
    for group, words, level in parts:
        small = level == 0 and group < 100  # noqa: PLR2004 - "one thousand and five"
        text += (" and " if small else ", ") * bool(text) + words
    return text


def _hundreds(group: int) -> str:
    hundreds, tail = divmod(group, 100)
    low = (
        _EN_TEENS[tail]
        if tail < len(_EN_TEENS)
        else "-".join(filter(None, (_EN_TENS[tail // 10], _EN_TEENS[tail % 10])))
    )
    head = f"{_EN_TEENS[hundreds]} hundred" if hundreds else ""
    return " and ".join(filter(None, (head, low)))


def _groups(number: int) -> list[tuple[int, int]]:
    """Return the thousands of a number that are not nought, with their level, highest first."""
    groups: list[tuple[int, int]] = []
    for level in count():
        if not number:
            return groups[::-1]
        number, group = divmod(number, 1000)
        if group:
            groups.append((level, group))
    raise AssertionError
