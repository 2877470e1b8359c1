"""A survey as people write it down: with its words in every language, in place of the keys that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.surveys.definition import KEY, Definition
from handlers.rendering.catalogue import catalogue
from locales import LANGUAGES


def written_out(asks: Definition) -> dict[str, Any]:
    """The definition as plain values, for YAML; reading it again gives the same survey."""
    plain: dict[str, Any] = _with_words(asks.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    for rule in plain.get("rules", ()):
        if "after" in rule:
            rule["after"] = span_of(rule["after"])
    return plain


def words_written(words: Mapping[str, str]) -> dict[str, str]:
    """A text for each language, also where a key stands for it."""
    if KEY in words:
        return {language: catalogue(language).text(words[KEY]) for language in LANGUAGES}
    return dict(words)


def span_of(seconds: int) -> str | int:
    """``1h`` rather than 3600."""
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % length == 0:
            return f"{seconds // length}{unit}"
    return seconds


def _with_words(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_words(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {KEY}:
        return words_written(value)
    if set(value) == {""}:
        return value[""]
    return {name: _with_words(each) for name, each in value.items()}
