"""Latin names: words, short forms of given names, and words that are one slip apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from handlers.understanding.lexicon import sections, words

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")
_CONNECTORS = frozenset({"and", "the", "of"})


@dataclass(frozen=True)
class Token:
    """A Latin word of the text, in lower case without apostrophes and without a possessive s."""

    word: str
    start: int
    end: int
    is_capital: bool
    begins_sentence: bool
    is_all_small: bool = False


def tokens(folded: str, text: str) -> list[Token]:
    """The Latin words of a text; ``folded`` has its capitals still."""
    found = []
    is_all_small = folded == text
    for match in _TOKEN.finditer(text):
        word, end = match[0], match.end()
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        before = (
            text[: match.start()].rstrip(" \"'(")
            if match.start() < 40
            else text[match.start() - 40 : match.start()].rstrip(" \"'(")
        )
        found.append(
            Token(
                word.replace("'", ""),
                match.start(),
                end,
                folded[match.start()].isupper(),
                not before or before[-1] in ".!?\n:;",
                is_all_small,
            )
        )
    return found


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that count: no articles, no apostrophes. ``name`` is normalised."""
    found = [match[0].removesuffix("'s").replace("'", "") for match in _TOKEN.finditer(name)]
    return tuple(word for word in found if word not in _CONNECTORS) or tuple(found)


def camel_words(name: str) -> tuple[str, ...]:
    """BlueOcean as blue, ocean; empty for a name that is not written so."""
    first = name.split(" ", maxsplit=1)[0]
    parts = _CAMEL.findall(first)
    return tuple(part.lower() for part in parts) if len(parts) > 1 and all(len(part) > 2 for part in parts) else ()


@cache
def common_words() -> frozenset[str]:
    """Everyday words that are no misspelt name: those of our own phrase lists, and a list of frequent ones."""
    phrases = " ".join(
        line for name in ("activities", "intents") for lines in sections(name).values() for line in lines
    )
    return frozenset(re.findall(r"[a-z]{4,}", phrases)) | words("people", "common")


def is_generic(word: str) -> bool:
    """A legal form or a branch of business: it does not tell one company from another."""
    return word in words("companies", "legal") or word in words("companies", "industry")


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in sections("nicknames")[""]:
        group = line.split()
        found.setdefault(group[0], set()).update(group[1:])
        for short in group[1:]:
            found.setdefault(short, set()).add(group[0])
    return {name: frozenset(others) for name, others in found.items()}


def other_forms(given: str) -> frozenset[str]:
    """Daniel for Dan, and the other way round."""
    return _short_forms().get(given, frozenset())


@cache
def short_branches() -> dict[str, frozenset[str]]:
    """From a shortened branch of business to what it stands for: log to logistics."""
    lines = (line.split() for line in sections("companies")["short-industry"])
    return {first: frozenset(rest) for first, *rest in lines}


def slips(word: str) -> set[str]:
    """The word with one letter left out, each way: two words that share one are one slip apart."""
    return {word[:index] + word[index + 1 :] for index in range(len(word))}


def are_one_slip_apart(one: str, other: str) -> bool:
    """True for one letter changed, added, missing or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        differing = [index for index in range(len(one)) if one[index] != other[index]]
        if len(differing) == 1:
            return True
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and one[differing[0]] == other[differing[1]]
            and one[differing[1]] == other[differing[0]]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return shorter in slips(longer)
