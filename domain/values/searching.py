"""The words of our own search index, and the words that a query must find in it.

Trigram indexes find nothing for two characters (华新, hx), and both databases keep a run of Chinese characters as one
word. So we cut the text ourselves and let both databases only look up whole words. A row's column holds, separated by
spaces and each once:

- two neighbouring Chinese characters, simplified: 华新科技 -> 华新 新科 科技
- two and three neighbouring letters of their pinyin without gaps and tones: huaxinkeji -> hu ua ax … hua uax axi …
- two and three neighbouring initials: hxkj -> hx xk kj hxk xkj
- two and three neighbouring letters or digits of any other word: acme -> ac cm me acm cme
- four neighbouring digits: 13800138000 -> 1380 3800 …

A query of two letters asks for the pair, a longer one only for its threes, and four digits or more only for their
fours, because the shorter pieces are in too many rows (zhangwei found forty times too much by pairs alone). From seven
letters on every other piece is enough: each one is a list that the database reads. A character
of several readings (重, 曾, 单) has them all beside that of its phrase. Marks within a word are dropped
in the index (O'Brien, Coca-Cola, 138-0013-8000), and part words in a query, so that each spelling finds the other.

Each token is only letters and digits, or only Chinese characters, without upper case and accents. So SQLite's
``unicode61`` keeps it whole (Han characters are letters to it, and nothing is left to fold), and so does PostgreSQL's
default parser with the ``simple`` dictionary, which has no stop words and no stems. Letters from names, pinyin and
initials share their tokens on purpose: who types ``hx`` does not say which it is. That every token of a query is there
does not prove that they stand together, so a match is a candidate: rank it, or compare it again where it must be exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from domain.values.writing import folded, is_han

_LONGEST = 4000
_LONGEST_QUERY = 100
_MOST_TOKENS = 32
_LONG_WORD = 7
# fmt: off
# Characters of names that are read in more than one way today. The whole list of a dictionary would add readings that
# nobody uses any more (有 as wei) and with them rows that nobody looks for.
_ALSO_READ = {
    "万": "wan mo", "乐": "le yue", "仇": "chou qiu", "会": "hui kuai", "传": "chuan zhuan",
    "俟": "qi si", "六": "liu lu", "区": "qu ou", "单": "dan shan chan",
    "厦": "xia sha", "员": "yuan yun", "大": "da dai", "宓": "mi fu", "宿": "su xiu", "尉": "wei yu",
    "折": "zhe she", "召": "zhao shao", "参": "can shen", "都": "du dou", "曾": "zeng ceng", "朝": "chao zhao",
    "朴": "pu piao", "柏": "bai bo", "查": "cha zha", "校": "xiao jiao", "洗": "xi xian", "浚": "jun xun", "涡": "wo guo",
    "率": "lv shuai", "盖": "gai ge", "盛": "sheng cheng", "省": "sheng xing", "祭": "ji zhai",
    "种": "zhong chong", "秘": "mi bi", "系": "xi ji", "缪": "miao mou", "翟": "zhai di", "繁": "fan po",
    "茜": "qian xi", "荥": "xing ying", "莘": "shen xin", "蔚": "wei yu", "薄": "bao bo", "藏": "zang cang",
    "蚌": "bang beng", "行": "xing hang", "覃": "qin tan", "解": "jie xie", "调": "diao tiao", "贾": "jia gu",
    "车": "che ju", "重": "chong zhong", "铅": "qian yan", "长": "chang zhang", "降": "jiang xiang", "隗": "wei kui",
    "露": "lu lou", "黑": "hei he", "晟": "sheng cheng",
}
# fmt: on
_DIGITS = re.compile(r"[0-9]{4,}")
_MARK_IN_WORD = re.compile(r"(?<=\w)[^\w\s,;:|<>()\[\]{}\"“”「」]+(?=\w)|_")
_GAP_IN_NUMBER = re.compile(r"(?<=[0-9])[\s().\-]+(?=[0-9])")


def search_terms(*texts: str) -> str:
    """The content of a row's search column, from the texts it is found by; their first 4 000 characters count.

    Give a phone in both forms, ``e164`` and ``show_phone``, so that 021 and +86 21 are found. Never raises.
    """
    tokens: dict[str, None] = {}
    left = _LONGEST
    for text in texts:
        for piece in _spellings(text[:left]):
            for run in _runs(piece):
                tokens.update(dict.fromkeys(_tokens_of_run(run)))
        left = max(0, left - len(text))
    return " ".join(tokens)


def note_terms(text: str) -> str:
    """The same for what was said, without pinyin: a note has so many sounds that two letters would find any."""
    tokens: dict[str, None] = {}
    for piece in _spellings(text[:_LONGEST]):
        for run in _runs(piece):
            tokens.update(dict.fromkeys(_written_tokens(run)))
    return " ".join(tokens)


def stands_in(query: str, text: str) -> bool:
    """Do the words of a query stand in a text, each as a whole? In a long text their pieces alone say little."""
    spellings = list(_spellings(text[:_LONGEST]))
    runs = [run for run in _runs(folded(query[:_LONGEST_QUERY])) if len(run) > 1]
    whole = runs or [_as_one_word(folded(query[:_LONGEST_QUERY]))]
    return all(any(run in spelling for spelling in spellings) for run in whole)


def search_query(text: str) -> list[str] | None:
    """The tokens that must all be in a row's column: 华新, hx, huaxin, 8000; None for less than two characters.

    Words are found in any order. Single characters beside longer words do not narrow the search.
    """
    plain = folded(text[:_LONGEST_QUERY])
    tokens = _query_tokens(plain)
    if not tokens:
        # 华 新 and H&M are only single characters, so they are read as one word.
        tokens = _query_tokens(_as_one_word(plain))
    return tokens[:_MOST_TOKENS] or None


def _spellings(text: str) -> Iterator[str]:
    """The text with its words joined over marks, and its numbers joined over spaces."""
    plain = folded(text)
    joined = _MARK_IN_WORD.sub("", plain)
    yield joined
    numbers = _GAP_IN_NUMBER.sub("", plain)
    if numbers != plain:
        yield " ".join(_DIGITS.findall(numbers))
    if all(len(run) == 1 for run in _runs(plain)):
        yield _as_one_word(plain)


def _as_one_word(plain: str) -> str:
    return "".join(character for character in plain if character.isalnum())


def _runs(text: str) -> Iterator[str]:
    """Stretches of Chinese characters, and stretches of other letters and digits."""
    for kind, characters in groupby(text, key=_kind_of):
        if kind:
            yield "".join(characters)


def _kind_of(character: str) -> str:
    if is_han(character):
        return "han"
    return "word" if character.isalnum() else ""


def _tokens_of_run(run: str) -> Iterator[str]:
    yield from _written_tokens(run)
    if is_han(run[0]):
        yield from _pinyin_grams(run)


def _written_tokens(run: str) -> Iterator[str]:
    yield from _grams(run, 2)
    if not is_han(run[0]):
        yield from _grams(run, 3)
    for digits in _DIGITS.findall(run):
        yield from _grams(digits, 4)


def _query_tokens(plain: str) -> list[str]:
    tokens: dict[str, None] = {}
    for run in _runs(plain):
        tokens.update(dict.fromkeys(_pieces_asked(run)))
    return list(tokens)


def _pieces_asked(run: str) -> Iterator[str]:
    """Of a long word every other piece and the last: each letter is asked for, and still overlaps its neighbours."""
    size = _size_asked(run)
    pieces = list(_grams(run, size))
    if size == 2 or len(run) < _LONG_WORD:
        return iter(pieces)
    return iter([*pieces[:-1:2], pieces[-1]])


def _size_asked(run: str) -> int:
    if _DIGITS.fullmatch(run):
        return 4
    return 2 if is_han(run[0]) or len(run) < 3 else 3


def _grams(run: str, size: int) -> Iterator[str]:
    return (run[start : start + size] for start in range(len(run) - size + 1))


def _pinyin_grams(run: str) -> tuple[str, ...]:
    readings = [_readings(character, spoken) for character, spoken in zip(run, _spoken(run), strict=True)]
    initials = [tuple(dict.fromkeys(syllable[0] for syllable in syllables)) for syllables in readings]
    grams = (gram for forms in (readings, initials) for size in (2, 3) for gram in _grams_of_forms(forms, size))
    return tuple(dict.fromkeys(grams))


def _grams_of_forms(forms: Iterable[tuple[str, ...]], size: int) -> Iterator[str]:
    """The pieces of every spelling that picks one form of each character, without writing all spellings out."""
    ends = [""]
    for alternatives in forms:
        texts = [end + form for end in ends for form in alternatives]
        for text in texts:
            yield from _grams(text, size)
        # A character that cannot be read parts the spelling.
        ends = list(dict.fromkeys(text[1 - size :] for text in texts)) or [""]


def _spoken(run: str) -> list[str]:
    """One reading a character, as the words around it ask for; all empty where a character has none."""
    from pypinyin import lazy_pinyin

    spoken = lazy_pinyin(run)
    return spoken if len(spoken) == len(run) else [""] * len(run)


@lru_cache(maxsize=4096)
def _readings(character: str, spoken: str) -> tuple[str, ...]:
    several = (folded(reading) for reading in (spoken, *_ALSO_READ.get(character, "").split()))
    # People type 吕 as lv and as lu.
    typed = dict.fromkeys(form for reading in several for form in (reading, reading.replace("v", "u")))
    return tuple(form for form in typed if form.isascii() and form.isalpha())
