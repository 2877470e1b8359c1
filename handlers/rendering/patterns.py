"""Patterns of the catalogue as plain functions, which say what Fluent's resolver says at a third to a half of its cost.

Words, facts and choices by a fact are most of what texts are made of. Everything else is left to Fluent (docs/decisions/0041).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import (
    BaseResolver,
    CurrentEnvironment,
    Identifier,
    NeverIsolatingPlaceable,
    Pattern,
    Placeable,
    ResolverEnvironment,
    SelectExpression,
    StringLiteral,
    TextElement,
    VariableReference,
    match,
    resolve,
)
from fluent.runtime.types import FluentType

from handlers.rendering.functions import NOTHING


class Filling:
    """What one text is filled with. ``errors`` gathers what Fluent finds wrong."""

    __slots__ = ("_environment", "bundle", "errors", "facts")

    def __init__(self, bundle: FluentBundle, facts: Mapping[str, Any]) -> None:
        self.bundle = bundle
        self.facts = facts
        self.errors: list[Exception] = []
        self._environment: ResolverEnvironment | None = None

    @property
    def environment(self) -> ResolverEnvironment:
        """Fluent's own, made when a part is left to it."""
        if self._environment is None:
            # Not Bundle.format_pattern, which would turn our numbers into its own, grouped and slow to format.
            current = CurrentEnvironment(args=self.facts)  # type: ignore[arg-type]  # it only looks names up
            self._environment = ResolverEnvironment(context=self.bundle, current=current, errors=self.errors)
        return self._environment


Part = Callable[[Filling], str]


def prepared(pattern: BaseResolver) -> Part:
    """The pattern of a message as a function. It may raise ValueError, where Fluent refuses what is too long."""
    if not isinstance(pattern, Pattern):
        return _part(pattern)
    parts = [_part(element) for element in pattern.elements]
    return lambda filling: "".join([part(filling) for part in parts])


def _part(element: Any) -> Part:
    if isinstance(element, TextElement):
        return _always(element.value)
    if isinstance(element, StringLiteral):
        return _always(element.parse()["value"])
    # What nothing stands beside is a placeable of another kind.
    expression = element.expression if isinstance(element, Placeable | NeverIsolatingPlaceable) else element
    if isinstance(expression, VariableReference):
        return _fact(expression)
    if isinstance(expression, SelectExpression) and isinstance(expression.selector, VariableReference):
        return _choice(expression, expression.selector.id.name)
    return _left_to_fluent(expression)


def _always(words: str) -> Part:
    return lambda filling: words


def _left_to_fluent(expression: BaseResolver) -> Part:
    def said(filling: Filling) -> str:
        return str(resolve(expression(filling.environment), filling.environment))

    return said


def _fact(reference: VariableReference) -> Part:
    name, otherwise = reference.id.name, _left_to_fluent(reference)

    def said(filling: Filling) -> str:
        given = filling.facts[name]
        if type(given) is str:
            return given
        if isinstance(given, FluentType):
            return given.format(filling.bundle._babel_locale)  # noqa: SLF001 - as Fluent's resolver does
        return otherwise(filling)

    return said


def _choice(select: SelectExpression, name: str) -> Part:
    variants = [(variant.key, prepared(variant.value)) for variant in select.variants]
    default = next(
        (part for variant, (_, part) in zip(select.variants, variants, strict=True) if variant.default), None
    )
    otherwise = _left_to_fluent(select)
    # Of two of one name the first holds.
    by_name = {key.name: part for key, part in reversed(variants) if isinstance(key, Identifier)}
    if default is None or len(by_name) < len(variants):
        return otherwise

    def chosen(filling: Filling) -> str:
        given = filling.facts[name]
        if given is NOTHING:
            given = "none"
        if type(given) is str:
            return by_name.get(given, default)(filling)
        if not isinstance(given, FluentType):
            return otherwise(filling)
        for word, part in by_name.items():
            if match(given, word, filling.environment):
                return part(filling)
        return default(filling)

    return chosen
