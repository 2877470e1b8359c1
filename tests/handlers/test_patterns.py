"""What the catalogue prepares says what Fluent's own resolver says."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from fluent.runtime.types import fluent_number

import locales
from handlers.rendering import functions
from handlers.rendering.bundle import Bundle
from handlers.rendering.functions import NOTHING, PlainInt
from handlers.rendering.patterns import Filling, prepared

MIXED = "mixed = { $a } is { $b ->\n    [1] one\n    [few] few\n   *[other] { $a } { {$a} } { NUMBER($b) }\n }{ -term }{ $c }"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_text_is_said_as_fluent_says_it(language: str) -> None:
    bundle = Bundle(language, {**functions.ALL, "WORD": lambda value, of: f"{of}-{value}"})
    for source in (*locales.sources(language).values(), MIXED, "-term = ours\n"):
        bundle.add_source(source)
    compared = 0
    for key in [key for key in bundle._sources if not key.startswith("-")]:
        message = bundle.get_message(key)
        for pattern in filter(None, (message.value, *message.attributes.values())):
            says = prepared(pattern)
            for given in (PlainInt(1), PlainInt(5), NOTHING, "Ann", "yes", fluent_number(2.5)):
                filling, plainly = Filling(bundle, _all(given)), Filling(bundle, _all(given))
                assert says(filling) == str(pattern(plainly.environment)), (key, given)
                assert len(filling.errors) == len(plainly.errors)
                compared += 1
    assert compared > 1000


def _all(given: Any) -> defaultdict[str, Any]:
    """Every fact is this one."""
    return defaultdict(lambda: given)
