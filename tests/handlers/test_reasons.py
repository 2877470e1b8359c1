"""Every reason that delivery, notices and storage give for not saying something is explained by /why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import locales
from handlers.records.why import reason_phrase
from handlers.rendering.catalogue import catalogue

_GIVEN = re.compile(r'(?:Skip\(|reason=)"([a-z][a-z-]*)"')
_SETTLED = re.compile(r"_settler\.(?:failed|skipped|lost|later|retry|again)\(.*")
_WORD = re.compile(r'"([a-z][a-z-]*)"')
_LATER = re.compile(r'Later\([^"]*"([a-z-]+)"\)')


def given_reasons() -> set[str]:
    root = Path(__file__).parents[2]
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("handlers", "scheduler", "storage")
        for path in root.glob(f"{folder}/**/*.py")
    )
    settled = [word for line in _SETTLED.findall(code) for word in _WORD.findall(line)]
    return {*_GIVEN.findall(code), *_LATER.findall(code), *settled, "done-meanwhile", "cancelled-meanwhile", "undone"}


def test_reasons_are_found_in_the_code() -> None:
    assert {"gone", "unreachable", "no-channel", "passed-on"} <= given_reasons()


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    texts = catalogue(language)

    assert [reason for reason in sorted(given_reasons()) if not texts.has(f"reason-{reason}")] == []


def test_what_only_operators_know_is_called_trouble() -> None:
    trouble = reason_phrase("TimeoutError")

    assert trouble is not None
    assert trouble.key == "reason-error"
    assert reason_phrase(None) is None
