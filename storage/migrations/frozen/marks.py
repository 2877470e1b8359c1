"""The marks of near names and e-mail domains, as revision 0009 put them into the search index."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from storage.migrations.frozen.company_parts import CompanyParts, company_parts, sorted_letters
from storage.migrations.frozen.email_domains import company_domain

_LONG_WORD = 8
_MOST_MARKS = 60


def near_marks(name: str) -> list[str]:
    """Words, 13 letters and digits each, of which near names share at least one; at most 60."""
    marks = dict.fromkeys(mark for parts in company_parts(name) for mark in _marks(parts))
    return [_marked(mark) for mark in list(marks)[:_MOST_MARKS]]


def domain_mark(email: str) -> str | None:
    """The word that two addresses of one company share; None for gmail.com and its like."""
    domain = company_domain(email)
    return _marked(f"domain {domain}") if domain else None


def _marked(text: str) -> str:
    """A word for the search index that no query of people asks for, whatever letters ``text`` has."""
    return f"q{blake2b(text.encode(), digest_size=6).hexdigest()}"


def _marks(parts: CompanyParts) -> Iterator[str]:
    yield f"whole {parts.whole}"
    yield f"sound {''.join(parts.sounds) if parts.is_han else parts.core}"
    for short in parts.short_forms:
        yield f"whole {short}"
    if parts.is_han:
        yield f"turned {''.join(sorted(parts.core))}"
        return
    for words in {parts.own_words, parts.words}:
        yield f"turned {sorted_letters(words)}"
        for at, word in enumerate(words):
            if len(word) >= _LONG_WORD:
                before, behind = "".join(words[:at]), "".join(words[at + 1 :])
                yield f"left out {before}{word}{behind}"
                for letter in range(len(word)):
                    yield f"left out {before}{word[:letter]}{word[letter + 1 :]}{behind}"
