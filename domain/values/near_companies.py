"""Are two company names near enough to ask: 华为 and 华为技术有限公司, IBM, a slip of the fingers?

Names are taken apart first (``company_parts``). Two are near when what is their own agrees and nothing else speaks
against it: another place, trade or number, a branch. Homophones of two characters (鼎盛, 鼎晟) are two companies.

``near_marks`` are words that near names share, so that a database finds the few worth a look by an index; a shared mark
alone says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import islice, product

from domain.values.companies import company_key
from domain.values.company_parts import CompanyParts, chinese_places, company_parts, sorted_letters
from domain.values.email_domains import company_domain
from domain.values.trades import COMMON_WORDS

_LONG_WORD = 8  # letters, from which one wrong letter is a slip and seldom another name
_SHORTEST_SLIP = 5
_MOST_MARKS = 60
_COUNTRY = frozenset({"zhongguo"})


class Nearness(IntEnum):
    """How sure it is that two names mean one company; a higher one is asked about first."""

    NONE = 0
    SLIP = 1  # one wrong letter or character, or only the same sound in the other script
    SHORTER = 2  # one leaves out trade or place, or is made of initials
    SAME = 3  # they differ in legal form and word order of place alone


def nearness(one: str, other: str) -> Nearness:
    """How near two names are. Symmetric, never raises."""
    if company_key(one) == company_key(other):
        return Nearness.SAME
    return max(
        (_compared(mine, theirs) for mine, theirs in product(company_parts(one), company_parts(other))),
        default=Nearness.NONE,
    )


@lru_cache(maxsize=512)
def near_marks(name: str) -> tuple[str, ...]:
    """Words, 13 letters and digits each, of which near names share at least one; at most 60.

    The same ones in the same order in every process; the last, which are cut off, are those of slips in long words.
    """
    marks = dict.fromkeys(mark for parts in company_parts(name) for mark in _marks(parts))
    return tuple(_marked(mark) for mark in islice(marks, _MOST_MARKS))


def domain_mark(email: str) -> str | None:
    """The word that two addresses of one company share; None for gmail.com and its like."""
    domain = company_domain(email)
    return _marked(f"domain {domain}") if domain else None


def _marked(text: str) -> str:
    """A word for the search index that no query of people asks for, whatever letters ``text`` has."""
    return f"q{blake2b(text.encode(), digest_size=6).hexdigest()}"


# ---------------------------------------------------------------- comparing


def _compared(one: CompanyParts, other: CompanyParts) -> Nearness:
    if one.is_branch != other.is_branch:
        return Nearness.NONE
    if one.whole in other.short_forms or other.whole in one.short_forms:
        return Nearness.SHORTER
    if not _places_agree(one, other) or one.numbers != other.numbers:
        return Nearness.NONE
    if one.is_han != other.is_han:
        return _across(one, other)
    if one.core == other.core:
        return _same_core(one, other)
    if not _trades_agree(one, other):
        return Nearness.NONE
    slipped = _characters_slipped(one, other) if one.is_han else _letters_slipped(one.own_words, other.own_words)
    if slipped or (not one.is_han and _letters_slipped(one.words, other.words)):
        return Nearness.SLIP
    return Nearness.NONE


def _places_agree(one: CompanyParts, other: CompanyParts) -> bool:
    if one.is_bare and other.is_bare and one.is_han:
        return one.places == other.places
    mine, theirs = one.places - _COUNTRY or one.places, other.places - _COUNTRY or other.places
    if not mine or not theirs or mine & theirs:
        return True
    return (mine == _COUNTRY and theirs <= chinese_places()) or (theirs == _COUNTRY and mine <= chinese_places())


def _trades_agree(one: CompanyParts, other: CompanyParts) -> bool:
    if not one.trades or not other.trades:
        return True
    return one.trades <= other.trades or other.trades <= one.trades


def _same_core(one: CompanyParts, other: CompanyParts) -> Nearness:
    if not _trades_agree(one, other):
        return Nearness.NONE
    if one.trades == other.trades:
        return Nearness.SAME if one.places == other.places else Nearness.SHORTER
    if not one.is_han and set(one.own_words) <= COMMON_WORDS:
        return Nearness.NONE
    return Nearness.SHORTER


def _characters_slipped(one: CompanyParts, other: CompanyParts) -> bool:
    """One homophone among four characters, among three when all else is said and the same, or two that changed places."""
    mine, theirs = one.core, other.core
    if one.is_bare or other.is_bare or len(mine) != len(theirs) or len(mine) < 3:
        return False
    wrong = [at for at, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b]
    if len(wrong) == 1:
        sounds_alike = one.sounds == other.sounds
        return sounds_alike and (len(mine) > 3 or bool(one.trades and one.trades == other.trades))
    return len(mine) > 3 and len(wrong) == 2 and _swapped(mine, theirs, wrong)


def _swapped(mine: str, theirs: str, wrong: list[int]) -> bool:
    first, second = wrong
    return second == first + 1 and mine[first] == theirs[second] and mine[second] == theirs[first]


def _letters_slipped(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Exactly one word differs, and only as fingers slip."""
    if len(mine) != len(theirs):
        return False
    wrong = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return len(wrong) == 1 and _is_slip(*wrong[0])


def _is_slip(one: str, other: str) -> bool:
    """Two letters changed places, one doubled; in a long word also one left out or wrong. Orion is not Onion."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_SLIP or len(long) - len(short) > 1:
        return False
    if len(short) == len(long):
        wrong = [at for at, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
        if len(wrong) == 2:
            return _swapped(short, long, wrong)
        return len(wrong) == 1 and len(short) >= _LONG_WORD
    extra = next(at for at in range(len(long)) if long[:at] + long[at + 1 :] == short or at == len(long) - 1)
    if long[:extra] + long[extra + 1 :] != short:
        return False
    is_doubled = long[extra] in {long[extra - 1] if extra else "", long[extra + 1] if extra + 1 < len(long) else ""}
    return is_doubled or len(short) >= _LONG_WORD


def _across(one: CompanyParts, other: CompanyParts) -> Nearness:
    """A name in letters and one in characters: many characters share two syllables, so place and trade must be said."""
    chinese, western = (one, other) if one.is_han else (other, one)
    if "".join(chinese.sounds) != western.core or not _trades_agree(one, other):
        return Nearness.NONE
    if len(chinese.sounds) > 2:
        return Nearness.SLIP
    all_said = one.trades and one.trades == other.trades and one.places & other.places
    return Nearness.SLIP if all_said else Nearness.NONE


# ---------------------------------------------------------------- marks


def _marks(parts: CompanyParts) -> Iterator[str]:
    yield f"whole {parts.whole}"
    yield f"sound {''.join(parts.sounds) if parts.is_han else parts.core}"
    for short in sorted(parts.short_forms):
        yield f"whole {short}"
    if parts.is_han:
        yield f"turned {''.join(sorted(parts.core))}"
        return
    readings = dict.fromkeys((parts.own_words, parts.words))
    for words in readings:
        yield f"turned {sorted_letters(words)}"
    for words in readings:
        for at, word in enumerate(words):
            if len(word) >= _LONG_WORD:
                before, behind = "".join(words[:at]), "".join(words[at + 1 :])
                yield f"left out {before}{word}{behind}"
                for letter in range(len(word)):
                    yield f"left out {before}{word[:letter]}{word[letter + 1 :]}{behind}"
