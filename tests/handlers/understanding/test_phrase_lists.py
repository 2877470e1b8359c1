"""Phrases are looked up by their first character, and found as one long pattern would find them."""

import re

import pytest

from handlers.understanding.lexicon import sections
from handlers.understanding.phrase_lists import PhraseList, alternatives, first_characters


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [("a|b", ["a", "b"]), ("(?:a|b)c|d", ["(?:a|b)c", "d"]), (r"a\|b|[|]", [r"a\|b", "[|]"]), ("a|", ["a", ""])],
)
def test_a_pattern_is_parted_at_its_outermost_bars(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("call", "c"),
        ("(?:re-?)?call", "rc"),
        (r"(?<!not )(?:met|saw)\s", "ms"),
        ("[a-c3]x", "abc3"),
        (r"\d+%", "0123456789"),
        ("(?:了|过)?签", "了过签"),
        ("x*y", "xy"),
        ("a{0,2}b", "ab"),
    ],
)
def test_what_a_match_may_begin_with(pattern: str, characters: str) -> None:
    assert first_characters(pattern) == frozenset(characters)


@pytest.mark.parametrize("pattern", [".*a", "[^a]b", "^a"])
def test_a_phrase_must_begin_with_something(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(pattern[1:2])):
        first_characters(pattern)


def test_english_phrases_are_whole_words() -> None:
    phrases = PhraseList([("call", "rang|call(?:ed)?"), ("meeting", "met")], is_bounded=True)

    found = [
        (label, match[0], match.start()) for label, match in phrases.find("he called, sprang up and met recalled ann")
    ]

    assert found == [("call", "called", 3), ("meeting", "met", 25)]


@pytest.mark.parametrize("name", ["activities", "intents"])
def test_every_line_that_comes_with_the_program_can_be_looked_up(name: str) -> None:
    for section, lines in sections(name).items():
        for line in lines:
            pattern = line.split(" ", 1)[1] if name == "activities" and section in {"done", "noun", "done-zh"} else line
            for alternative in alternatives(pattern.replace(r"\N", "X+")) if "plan" not in section else ():
                assert first_characters(alternative), (section, alternative)
                re.compile(alternative)
