"""Phrases are looked up by their first character, and found as one long pattern would find them."""

import re

import pytest

from handlers.understanding.phrase_lists import PhraseList, alternatives


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [("a|b", ["a", "b"]), ("(?:a|b)c|d", ["(?:a|b)c", "d"]), (r"a\|b|[|]", [r"a\|b", "[|]"]), ("a|", ["a", ""])],
)
def test_a_pattern_is_parted_at_its_outermost_bars(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts


@pytest.mark.parametrize("pattern", [".*a", "[^a]b", "a?"])
def test_a_phrase_must_begin_with_something(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(pattern)):
        PhraseList([("call", pattern)], is_bounded=True)


def test_english_phrases_are_whole_words() -> None:
    phrases = PhraseList([("call", "rang|call(?:ed)?"), ("meeting", "met")], is_bounded=True)

    found = [
        (label, match[0], match.start()) for label, match in phrases.find("he called, sprang up and met recalled ann")
    ]

    assert found == [("call", "called", 3), ("meeting", "met", 25)]
