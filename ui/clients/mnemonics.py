"""Alt and a letter for every field of a form whose fields are not known beforehand."""

from collections.abc import Mapping


def with_mnemonics(labels: Mapping[str, str], taken: str = "") -> dict[str, str]:
    """Mark one letter in each label, as far as letters go; no letter twice."""
    used = set(taken.casefold())
    marked: dict[str, str] = {}
    for key, label in labels.items():
        plain = label.replace("&", "&&")
        place = _free(plain, used)
        marked[key] = plain if place is None else f"{plain[:place]}&{plain[place:]}"
        if place is not None:
            used.add(plain[place].casefold())
    return marked


def _free(label: str, used: set[str]) -> int | None:
    """Return the place of a letter not used yet; the beginnings of words first."""
    places = [n for n, sign in enumerate(label) if sign.isalpha()]
    begins = [n for n in places if n == 0 or not label[n - 1].isalpha()]
    for place in (*begins, *places):
        if label[place].casefold() not in used:
            return place
    return None
