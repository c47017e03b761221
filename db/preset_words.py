"""The words of the trade presets in every language.

A base keeps the words of the language in which a preset was applied. A stored label, list value or
purpose that equals a word of the preset in any language was not renamed by the owner, so it is
shown in the language asked for; any other text is the owner's own and is shown as it is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from db.domain.fields import Field
from db.domain.text import fold


@dataclass(frozen=True, slots=True)
class PresetText:
    """One text by language; `former` are its words in earlier versions of the program."""

    by_language: Mapping[str, str]
    former: frozenset[str] = frozenset()

    def has(self, text: str) -> bool:
        """Say whether a stored text is this one, in any language."""
        return text in self.by_language.values() or text in self.former


Texts = Mapping[str, tuple[PresetText, ...]]  # by the key of the field


@dataclass(frozen=True, slots=True)
class PresetWords:
    """The words of all presets: labels, list values, purposes, products."""

    labels: Texts
    choices: Texts
    purposes: Texts
    products: tuple[PresetText, ...]

    def label(self, key: str, stored: str, language: str) -> str:
        """Return the label of the field `key`."""
        return _shown(self.labels.get(key, ()), stored, language)

    def choice(self, key: str, stored: str, language: str) -> str:
        """Return one value of the list of the field `key`."""
        return _shown(self.choices.get(key, ()), stored, language)

    def purpose(self, key: str, stored: str, language: str) -> str:
        """Return what the field `key` is needed for."""
        return _shown(self.purposes.get(key, ()), stored, language)

    def choices_of(self, key: str, stored: str) -> tuple[str, ...]:
        """Return a value of the list of the field `key` as stored and in every language."""
        return _every(self.choices.get(key, ()), stored)

    def products_of(self, stored: str) -> tuple[str, ...]:
        """Return the name of a product as stored and in every language."""
        return _every(self.products, stored)

    def labels_of(self, key: str, stored: str) -> tuple[str, ...]:
        """Return the label of the field `key` as stored and in every language."""
        return _every(self.labels.get(key, ()), stored)

    def stored_choice(self, field: Field, typed: str) -> str:
        """Return the value of the list that `typed` means in any language, else `typed` itself."""
        folded = fold(typed)
        offered = [choice.text for choice in field.choices if not choice.archived]
        if folded in map(fold, offered):
            return typed
        for stored in offered:
            if folded in map(fold, self.choices_of(field.key, stored)):
                return stored
        return typed


def _shown(texts: Iterable[PresetText], stored: str, language: str) -> str:
    return next((text.by_language[language] for text in texts if text.has(stored)), stored)


def _every(texts: Iterable[PresetText], stored: str) -> tuple[str, ...]:
    for text in texts:
        if text.has(stored):
            return (stored, *text.by_language.values())
    return (stored,)


@cache
def shipped() -> list[dict[str, Any]]:
    """Return the presets as the program ships them; see resources/presets/presets.json."""
    place = files("resources") / "presets" / "presets.json"
    presets: list[dict[str, Any]] = json.loads(place.read_text(encoding="utf-8"))
    return presets


@cache
def preset_words() -> PresetWords:
    """Return the words of all presets together, by the key of the field."""
    labels, choices, purposes = (defaultdict[str, list[PresetText]](list) for _ in range(3))
    for preset in shipped():
        for field in preset["fields"]:
            labels[field["key"]].append(_text(field["label"]))
            choices[field["key"]] += map(_text, field.get("choices", ()))
        for rule in preset["rules"]:
            purposes[rule["field"]].append(_text(rule["purpose"]))
    products = tuple(
        _text(product["name"]) for preset in shipped() for product in preset["products"]
    )
    return PresetWords(_frozen(labels), _frozen(choices), _frozen(purposes), products)


def _text(words: Mapping[str, Any]) -> PresetText:
    by_language = {key: text for key, text in words.items() if key != "former"}
    return PresetText(by_language, frozenset(words.get("former", ())))


def _frozen(texts: Mapping[str, list[PresetText]]) -> Texts:
    return {key: tuple(entries) for key, entries in texts.items()}
