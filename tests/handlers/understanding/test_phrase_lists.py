"""Phrases are looked up by their first characters, and found as one long pattern would find them."""

import re

import pytest

from handlers.understanding.beginnings import DEPTH, beginnings_of
from handlers.understanding.phrase_lists import PhraseList, alternatives
from handlers.understanding.prefix_tree import PrefixTree


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
    ("pattern", "beginnings"),
    [
        ("(?:a|b)?c", {"ac", "bc", "c"}),
        ("call(?:ed)?|rang|me", {"cal", "ran", "me"}),
        (r"(?<![a-z])(?P<n>\d{1,2})x", {f"{digit}{more}" for digit in range(10) for more in ("", "x")}),
        (r"[a-c\s]+|\ue001", set("abc \n\r\t\f\v\ue001")),
        (r"(?=x)\by{0,3}z", {"z", "yz", "yyz", "yyy"}),
        ("ab*c", {"ac", "abc", "abb"}),
        ("a{2}b", {"ab", "aab", "aaa"}),
        ("a.c", {"a"}),
        ("a(?:b|)$", {"a", "ab"}),
        ("a[一-龥]", {"a"}),
        ("(?P<a>q)(?P=a)", {"q"}),
        ("[]-]a", {"]a", "-a"}),
        (".a", None),
        (r"\w", None),
        ("[^a]", None),
        ("a*", None),
    ],
)
def test_how_a_pattern_begins(pattern: str, beginnings: set[str] | None) -> None:
    assert beginnings_of(pattern) == beginnings


@pytest.mark.parametrize("pattern", ["(?i:a)", "(a", "a)"])
def test_what_cannot_be_read_is_said(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        beginnings_of(pattern)


def test_english_phrases_are_whole_words() -> None:
    phrases = PhraseList([("call", "rang|call(?:ed)?"), ("meeting", "met")], is_bounded=True)

    found = [
        (phrase.label, phrase.start, phrase.end) for phrase in phrases.find("he called, sprang up and met recalled ann")
    ]

    assert found == [("call", 3, 9), ("meeting", 25, 28)]


def test_every_label_at_a_place_is_found_and_a_masked_name_once() -> None:
    phrases = PhraseList([("a", "\ue000+ called"), ("b", r"\ue000+\s(?:called|rang) us"), ("c", "us")], is_bounded=True)

    found = [(phrase.label, phrase.start, phrase.end) for phrase in phrases.find("\ue000\ue000\ue000 called us")]

    assert found == [("a", 0, 10), ("b", 0, 13), ("c", 11, 13)]


def test_a_value_is_found_by_each_of_its_beginnings_in_the_order_given() -> None:
    tree = PrefixTree([(frozenset({"cal", "ri"}), 1), (frozenset({"c"}), 2), (frozenset({"call"[:DEPTH]}), 3)])

    assert tree.values(tree.key_at("he calls", 3)) == [1, 2, 3]
    assert tree.values(tree.key_at("cat", 0)) == [2]
    assert tree.values(tree.key_at("rings", 0)) == [1]
    assert tree.values(tree.key_at("rest", 0)) == []
    assert tree.key_at("x", 0) == ""
