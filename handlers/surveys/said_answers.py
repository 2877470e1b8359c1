"""What somebody types for a question of a form, in either language: a choice by its words or its place, a number as people
say it (``about twenty``, 两百人), a day as ``handlers.surveys.dates`` reads it."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile

from domain.surveys.definition import Answered, Choice, Question
from handlers.router import fold
from handlers.surveys.definitions import words_written
from handlers.understanding.numerals import hanzi_amount

_YES = frozenset("yes|yeah|yep|sure|of course|是|是的|对|对的|有|有的|要|好|好的|可以|嗯".split("|"))
_NO = frozenset("no|nope|not really|none|不|不是|没|没有|无|不要|不用|否".split("|"))
_PLACES = ("first|第一|第一个", "second|第二|第二个", "third|第三|第三个", "fourth|第四|第四个")
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = {word: number for number, word in enumerate(_SMALL.split())}
_ENGLISH |= {word: 20 + 10 * number for number, word in enumerate(_TENS.split())} | {"a": 1, "an": 1}
_GREATER = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMERALS = (_ENGLISH.keys() | _GREATER.keys()) - {"a", "an"}
_ABOUT = frozenset("about around roughly approximately some maybe we have are it's i think".split())
_HAN = "[零〇一二两三四五六七八九十百千万]+"
_NUMBER = re.compile(
    r"(?:(?:about|around|roughly|approximately|some|maybe|it's|we are|~|大约|大概|差不多|约|有|共|我们有)\s*)*"
    rf"(?P<digits>-?\d[\d,]*(?:\.\d+)?)?\s*(?P<han>{_HAN})?(?P<times>k\b)?(?P<rest>.*)"
)
_UNIT = re.compile(r"[^\d零〇一二两三四五六七八九十百千万]{0,20}")


def said_answer(question: Question, said: str) -> str:
    """What ``domain.surveys.answering.read_answer`` takes; the words as they are where nothing is recognised."""
    if question.type is Answered.CHOICE:
        chosen = _chosen(question, said)
        return chosen.value if chosen is not None else said
    if question.type is Answered.NUMBER:
        number = _number(_plain(said))
        return number if number is not None else said
    return said


def is_choice(question: Question, said: str) -> bool:
    """Whether the words are one of the choices."""
    return _chosen(question, said) is not None


def _plain(said: str) -> str:
    return " ".join(fold(said).casefold().replace("’", "'").split()).strip(" .!?。！？～，,")


def _chosen(question: Question, said: str) -> Choice | None:
    plain = _plain(said)
    labels = {choice.value: _labels(choice) for choice in question.choices}
    by_word = [choice for choice in question.choices if plain in labels[choice.value]]
    if by_word:
        return by_word[0]
    for words, value in ((_YES, "yes"), (_NO, "no")):
        of_it = [choice for choice in question.choices if choice.value == value]
        if plain in words and of_it:
            return of_it[0]
    place = _place(plain)
    is_counted = any(label.isdecimal() for each in labels.values() for label in each)
    if place is not None and not is_counted and place < len(question.choices):
        return question.choices[place]
    within = [each for each in question.choices if any(_stands_in(label, plain) for label in labels[each.value])]
    return within[0] if len(within) == 1 else None


def _labels(choice: Choice) -> frozenset[str]:
    return frozenset(_plain(word) for word in (choice.value, *words_written(choice.label).values()))


def _stands_in(label: str, plain: str) -> bool:
    """ "the quality, mostly" names quality; a letter or two of a label name nothing."""
    if label.isascii():
        return len(label) > 2 and re.search(rf"\b{re.escape(label)}\b", plain) is not None
    return len(label) > 1 and label in plain


def _place(plain: str) -> int | None:
    if plain.isdecimal() and len(plain) == 1 and plain != "0":
        return int(plain) - 1
    return next((at for at, words in enumerate(_PLACES) if plain.removeprefix("the ") in words.split("|")), None)


def _number(plain: str) -> str | None:
    found = _NUMBER.fullmatch(plain)
    if found is None or (found["digits"] is None and found["han"] is None):
        return _in_words(plain)
    if not _UNIT.fullmatch(found["rest"]):
        return None
    if found["digits"] is None:
        return str(hanzi_amount(found["han"]))
    amount = float(found["digits"].replace(",", ""))
    if found["han"]:
        if found["han"] not in {"百", "千", "万", "十万", "百万", "千万"}:
            return None
        amount *= hanzi_amount("一" + found["han"] if found["han"][0] != "十" else found["han"])
    amount *= 1000 if found["times"] else 1
    return str(int(amount)) if amount == int(amount) else str(amount)


def _in_words(plain: str) -> str | None:
    """``twenty five``, ``about two hundred people``: a number, and what is counted behind it. A sentence that has a number
    somewhere is none, nor are two of them."""
    words = list(dropwhile(_ABOUT.__contains__, plain.replace("-", " ").split()))
    taken = list(takewhile(lambda word: word in _ENGLISH or word in _GREATER or word == "and", words))
    rest = words[len(taken) :]
    is_number = bool(taken) and taken[0] in _ENGLISH and not _NUMERALS.isdisjoint(taken)
    if not is_number or not _UNIT.fullmatch(" ".join(rest)) or not _NUMERALS.isdisjoint(rest):
        return None
    total, current = 0, 0
    for word in taken:
        if word in _GREATER:
            current *= _GREATER[word]
            if _GREATER[word] > 100:
                total, current = total + current, 0
        else:
            current += _ENGLISH.get(word, 0)
    return str(total + current)
