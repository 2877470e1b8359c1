"""The texts of one language, found by key. Imported when the first text is rendered, because Fluent and Babel are slow to import."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import structlog
from babel import Locale
from fluent.runtime.resolver import TextElement

import locales
from handlers.rendering import functions
from handlers.rendering.bundle import Bundle
from handlers.rendering.patterns import Filling, Part, prepared

log = structlog.get_logger()
# Fluent refuses a part of 2500 characters; what is longer than this stands in as a mark and is put in afterwards.
_LONG = 500


@cache
def catalogue(language: str) -> Catalogue:
    return Catalogue(language)


class Catalogue:
    """One language; what it lacks is taken from English, and what English lacks is logged and shown as its key."""

    def __init__(self, language: str, sources: Mapping[str, str] | None = None) -> None:
        """``sources`` are Fluent files by name; by default those of ``locales``."""
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        callable_in_texts: dict[str, Any] = {**functions.ALL, "WORD": self._word}
        self._bundle = Bundle(language, callable_in_texts)
        for text in (locales.sources(language) if sources is None else sources).values():
            self._bundle.add_source(text)
        self._plain: dict[tuple[str, str | None], str] = {}
        self._prepared: dict[tuple[str, str | None], Part] = {}

    def has(self, key: str) -> bool:
        return self._bundle.has_message(key)

    def text(self, key: str, facts: dict[str, Any] | None = None, *, part: str | None = None) -> str:
        """The message ``key``, or its attribute ``part`` ("" if it has none).

        ``facts`` are strings and Fluent's own types, as ``handlers.rendering.formats`` makes them.
        """
        place = key, part
        known = self._plain.get(place)
        if known is not None:
            return known
        says = self._prepared.get(place)
        if says is None:
            try:
                message = self._bundle.get_message(key)
            except LookupError:
                return self._elsewhere(key, facts, part)
            pattern = message.value if part is None else message.attributes.get(part)
            if pattern is None or isinstance(pattern, TextElement):
                return self._plain.setdefault(place, "" if pattern is None else str(pattern.value))
            says = self._prepared[place] = prepared(pattern)
        return self._filled(key, says, facts or {})

    def _elsewhere(self, key: str, facts: dict[str, Any] | None, part: str | None) -> str:
        if self.language != locales.DEFAULT:
            log.error("text-missing", key=key, language=self.language)
            return catalogue(locales.DEFAULT).text(key, facts, part=part)
        log.error("text-missing", key=key, language=self.language)
        return key if part is None else ""

    def _filled(self, key: str, says: Part, facts: dict[str, Any]) -> str:
        short, long = _with_marks(facts)
        text = self._said(key, says, short)
        for mark, value in long.items():
            text = text.replace(mark, value)
        return text

    def _said(self, key: str, says: Part, facts: dict[str, Any]) -> str:
        given = _Given(facts)
        filling = Filling(self._bundle, given)
        try:
            text = says(filling)
        except ValueError as fault:  # too many parts
            filling.errors.append(fault)
            text = key
        if given.lacking:
            log.error("fact-lacking", key=key, language=self.language, facts=sorted(given.lacking))
        for error in filling.errors:
            # Its words may hold what somebody typed.
            log.error("text-faulty", key=key, language=self.language, error=type(error).__name__)
        return text

    def _word(self, value: Any, *, of: str) -> Any:
        """``WORD($kind, of: "activity")``: the text ``activity-call`` for the code ``call``; an unknown code stays."""
        key = f"{of}-{value}"
        return self.text(key) if isinstance(value, str) and self.has(key) else value


class _Given(dict[str, Any]):
    """The facts of one text; remembers which were asked for in vain, and shows nothing for them."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__(facts)
        self.lacking: set[str] = set()

    def __missing__(self, name: str) -> Any:
        self.lacking.add(name)
        return functions.NOTHING


def _with_marks(facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Long facts replaced by marks that no fact can contain, because facts have no control characters."""
    long = {name: value for name, value in facts.items() if isinstance(value, str) and len(value) > _LONG}
    if not long:
        return facts, {}
    marks = {name: f"\0{number}\0" for number, name in enumerate(long)}
    return {**facts, **marks}, {marks[name]: value for name, value in long.items()}
