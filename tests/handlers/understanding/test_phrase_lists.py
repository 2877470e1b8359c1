"""Phrases are looked up by their first character, and found as one long pattern would find them."""

import re

import pytest

from handlers.understanding.beginnings import beginnings_of
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


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("(?:a|b)?c", "abc"),
        (r"(?<![a-z])(?P<n>\d{1,2})x", "0123456789"),
        (r"[a-c\s]+|\ue001", "abc \n\r\t\f\v\ue001"),
        (r"(?=x)\by{0,3}z", "yz"),
        ("(?P<a>q)(?P=a)", "q"),
        ("[]-]a", "]-"),
        (".a", None),
        (r"\w", None),
        ("[^a]", None),
        ("a*", None),
    ],
)
def test_how_a_pattern_begins(pattern: str, characters: str | None) -> None:
    assert beginnings_of(pattern) == (None if characters is None else frozenset(characters))


@pytest.mark.parametrize("pattern", ["(?i:a)", "(a", "a)"])
def test_what_cannot_be_read_is_said(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        beginnings_of(pattern)


def test_english_phrases_are_whole_words() -> None:
    phrases = PhraseList([("call", "rang|call(?:ed)?"), ("meeting", "met")], is_bounded=True)

    found = [
        (label, match[0], match.start()) for label, match in phrases.find("he called, sprang up and met recalled ann")
    ]

    assert found == [("call", "called", 3), ("meeting", "met", 25)]
