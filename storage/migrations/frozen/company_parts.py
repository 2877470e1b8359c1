"""A company's name taken apart: what is its own, what it does, where it is, which number it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage.migrations.frozen.companies import LEGAL_ENDINGS, company_key, key_words
from storage.migrations.frozen.places import CITIES, PROVINCES
from storage.migrations.frozen.trades import CODES, NEUTRAL
from storage.migrations.frozen.writing import folded, is_han

_LONGEST = 200
_COUNTRIES = frozenset(
    """
    uk us usa china germany france spain italy australia canada japan india ireland europe asia emea apac singapore
    netherlands switzerland austria sweden poland brazil mexico korea vietnam thailand malaysia indonesia london paris
    berlin dubai sydney toronto
    """.split()
)
_HAN_PLACE = "|".join(sorted({*PROVINCES, *CITIES, "中国"}, key=len, reverse=True))
_SUFFIX = "(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)?"
_PLACE_BEFORE = re.compile(rf"({_HAN_PLACE}){_SUFFIX}(?:(?<=市)[一-鿿]{{1,3}}?(?:新区|区|县))?")
_PLACE_BEHIND = re.compile(rf"({_HAN_PLACE}){_SUFFIX}$")
_PLACE_ALONE = re.compile(rf"({_HAN_PLACE}){_SUFFIX}")
_BRANCH = re.compile(r"(?:分公司|支行|分行|分店|分部|分院|办事处|营业部)$")
_TRADES = sorted((word for word in {*CODES, *NEUTRAL} if is_han(word[0])), key=len, reverse=True)
_TRADE_BEHIND = re.compile(rf"(?:{'|'.join(_TRADES)})$")
_SEGMENT = re.compile(rf"{_HAN_PLACE}|{'|'.join(_TRADES)}|.{{1,2}}")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十百]+|[0-9]+")
_HAN_DIGITS = dict(zip("一二三四五六七八九十", "1 2 3 4 5 6 7 8 9 10".split(), strict=True))
_NUMBERS = {
    **dict(zip("one two three four five six seven eight nine ten".split(), map(str, range(1, 11)), strict=True)),
    **dict(zip("first second third fourth fifth sixth".split(), map(str, range(1, 7)), strict=True)),
    **dict(zip("1st 2nd 3rd 4th 5th ii iii iv".split(), "1 2 3 4 5 2 3 4".split(), strict=True)),
}
_SMALL = frozenset({"and", "the", "of", "for", "de"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyParts:
    """One reading of a name. ``core`` is what is the company's own; where nothing is (上海银行), it is the whole name and
    ``is_bare``. ``words`` are those of a western name without legal form and place, in one spelling."""

    core: str
    trades: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    is_han: bool = False
    is_bare: bool = False
    is_branch: bool = False
    whole: str = ""
    words: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    short_forms: frozenset[str] = frozenset()
    sounds: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def company_parts(name: str) -> tuple[CompanyParts, ...]:
    """The readings of a name: "Huawei 华为" is also "Huawei" and 华为. Never raises; empty where nothing is legible."""
    text = folded(name[:_LONGEST])
    if not any(character.isalnum() for character in text):
        return ()
    if not any(is_han(character) for character in text):
        return (_western(text),)
    whole = _chinese(text)
    readings = [whole]
    latin = " ".join(re.findall(r"[^\W\d_]{3,}", "".join(" " if is_han(c) else c for c in text)))
    han = "".join(character for character in text if is_han(character) or character in "()")
    if latin and not any(word in LEGAL_ENDINGS for word in latin.split()):
        other = _chinese(han)
        if not other.is_bare:
            readings += [other, _western(latin)]
    return tuple(readings)


# ---------------------------------------------------------------- Chinese


def _chinese(text: str) -> CompanyParts:
    places: set[str] = set()
    # A place in brackets is taken out; other brackets are part of the name.
    plain = _BRACKETS.sub(lambda bracket: _bracketed(bracket[1], places), text)
    whole = company_key(plain)
    is_branch = bool(_BRANCH.search(whole))
    rest = whole
    while (place := _PLACE_BEFORE.match(rest)) and len(rest) - place.end() >= 2:
        places.add(_sound(place[1]))
        rest = rest[place.end() :]
    if (place := _PLACE_BEHIND.search(rest)) and place.start() >= 2 and not is_branch:
        places.add(_sound(place[1]))
        rest = rest[: place.start()]
    core, trades = _without_trades(rest)
    is_bare = len(core) < 2
    core = whole if is_bare else core
    return CompanyParts(
        core=core,
        trades=trades,
        places=frozenset(places),
        numbers=_han_numbers(rest),
        is_han=any(is_han(character) for character in core),
        is_bare=is_bare,
        is_branch=is_branch,
        whole=whole,
        own_words=(core,),
        short_forms=frozenset(_short_forms(whole)),
        sounds=_sounds(core),
    )


def _bracketed(inside: str, places: set[str]) -> str:
    place = _PLACE_ALONE.fullmatch(inside.strip())
    if place:
        places.add(_sound(place[1]))
        return ""
    if inside.strip() in _COUNTRIES:
        places.add(inside.strip())
        return ""
    return "" if inside.strip() in NEUTRAL else inside


def _without_trades(rest: str) -> tuple[str, frozenset[str]]:
    trades: set[str] = set()
    while (trade := _TRADE_BEHIND.search(rest)) is not None:
        if trade.group() in CODES:
            trades.add(CODES[trade.group()])
        rest = rest[: trade.start()]
    return rest, frozenset(trades)


def _han_numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(_HAN_DIGITS.get(number, number) for number in _HAN_NUMBER.findall(text)))


def _short_forms(whole: str) -> Iterator[str]:
    """中国石油化工 as 中石化, 建设银行 as 建行: what people make of the first characters of its words."""
    segments = _SEGMENT.findall(whole)
    without_country = segments[1:] if segments and segments[0] == "中国" else segments
    for words in (segments, without_country):
        if len(words) < 2:
            continue
        firsts = "".join(word[0] for word in words)
        for short in (firsts, firsts[:-1] + words[-1][-1], words[0][0] + words[1]):
            if len(short) > 2 or words[-1] in {"银行", "大学"}:
                yield short
    if segments and segments[-1] == "大学":
        yield "".join(segments[:-1])


def _sound(text: str) -> str:
    return "".join(_sounds(text))


@lru_cache(maxsize=4096)
def _sounds(text: str) -> tuple[str, ...]:
    """The syllables, a character each, without tones."""
    from pypinyin import lazy_pinyin

    return tuple(folded(syllable) for syllable in lazy_pinyin(text))


# ---------------------------------------------------------------- western


@lru_cache
def _western_places() -> frozenset[str]:
    return _COUNTRIES | chinese_places()


@lru_cache
def chinese_places() -> frozenset[str]:
    """Chinese provinces and cities as they sound; two that sound alike (陕西, 山西) are one here."""
    return frozenset(_sound(place) for place in {*PROVINCES, *CITIES}) | {"china", "zhongguo"}


def _western(text: str) -> CompanyParts:
    words = [word for word in key_words(text) if word != "the"] or key_words(text) or [text]
    while len(words) > 1 and words[-1] in LEGAL_ENDINGS - NEUTRAL:
        words.pop()
    places = _take_places(words)
    while len(words) > 1 and words[-1] in LEGAL_ENDINGS - NEUTRAL:
        words.pop()
    initials = "".join(word[0] for word in words if word not in _SMALL)
    plain = [_one_spelling(word) for word in words if word != "and"]
    own = [word for at, word in enumerate(plain) if word not in CODES and (at == 0 or word not in NEUTRAL)]
    is_bare = not own
    own = own or plain
    return CompanyParts(
        core="".join(own),
        trades=frozenset(CODES[word] for word in plain if word in CODES),
        places=frozenset(places),
        numbers=_western_numbers(plain),
        is_bare=is_bare,
        whole="".join(plain),
        words=tuple(plain),
        own_words=tuple(own),
        short_forms=frozenset({initials} if 3 <= len(initials) <= 6 else ()),
    )


def _take_places(words: list[str]) -> set[str]:
    """At either end, where a name remains without it; not that of "Bank of Ireland"."""
    places: set[str] = set()
    for at in (-1, 0):
        if len(words) > 1 and words[at] in _western_places() and not (at == -1 and words[-2] == "of"):
            places.add("zhongguo" if words[at] == "china" else words[at])
            del words[at]
    return places


def _western_numbers(words: Sequence[str]) -> tuple[str, ...]:
    """With single letters: Block A is not Block B."""
    digits = [number for word in words for number in re.findall(r"[0-9]+", word)]
    return tuple(sorted([*digits, *(word for word in words if len(word) == 1 and word.isalpha())]))


def _one_spelling(word: str) -> str:
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in CODES or word in NEUTRAL:
        return word
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def sorted_letters(words: Sequence[str]) -> str:
    """The same for words in which neighbouring letters changed places or one was doubled."""
    return "".join("".join(sorted(set(word))) for word in words)
