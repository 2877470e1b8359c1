"""A typed score: the whole message is a number, or a word that says how it was."""

from __future__ import annotations

import re

from domain.surveys.definition import Kind
from handlers.router import fold

LONGEST = 30
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "zero 零 〇",
            "one 一",
            "two 二 两",
            "three 三",
            "four 四",
            "five 五",
            "six 六",
            "seven 七",
            "eight 八",
            "nine 九",
            "ten 十",
        )
    )
    for word in words.split()
}
# Of five: as people say it, and as the ends of the scale do.
_WORDS = {
    word: score
    for score, words in {
        5: "very satisfied,extremely satisfied,completely satisfied,excellent,perfect,great,very good,awesome,"
        "非常满意,很满意,十分满意,特别满意,非常好,很好,完美,太好了,好评",
        4: "satisfied,good,quite good,happy,满意,比较满意,不错,挺好,挺满意,好",
        3: "so so,average,neutral,fair,not bad,一般,一般般,还行,还可以,凑合,普通,马马虎虎",
        2: "dissatisfied,not satisfied,unsatisfied,unhappy,bad,poor,not good,不满意,不太满意,不好,不太好,差,较差",
        1: "very dissatisfied,very unsatisfied,very unhappy,very bad,terrible,awful,horrible,worst,"
        "非常不满意,很不满意,十分不满意,很差,太差了,太差,非常差,极差,差评,糟糕",
    }.items()
    for word in words.split(",")
}
_NUMBER = re.compile(
    r"(?:(?:i(?:'d)? (?:give|say)(?: (?:you|it))?|我?(?:给|打)) ?(?:an? )?)?(?P<number>\d{1,2}|[a-z]+|[零〇一二两三四五六七八九十]) ?"
    r"(?:(?:/|out of|of) ?(?:5|10|five|ten)|分|颗?星|points?|stars?)?(?:吧|了)?"
)


def read_score(text: str, kind: Kind, *, with_words: bool = True) -> int | None:
    """The score that the whole message is; None for anything else, and for what the scale does not have.

    ``with_words`` False: only numbers, because "good" after a score is a nod."""
    said = " ".join(fold(text).casefold().replace("’", "'").split()).strip(" .!。！~～，,")
    if not said or len(said) > LONGEST:
        return None
    found = _NUMBER.fullmatch(said)
    number = _number(found["number"]) if found is not None else None
    if number is not None:
        return number
    return _WORDS.get(said) if kind is Kind.CSAT and with_words else None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() else _NUMBERS.get(typed)
