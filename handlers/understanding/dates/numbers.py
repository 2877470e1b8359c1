"""Small numbers as people write them: digits, English words and ordinals, Chinese numerals."""

from __future__ import annotations

_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_WORDS: dict[str, float] = {word: number for number, word in enumerate(_UNITS.split())}
_WORDS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_WORDS |= {f"twenty{joint}{one}": 20 + _WORDS[one] for one in _UNITS.split()[1:10] for joint in "- "}
_WORDS |= {f"thirty{joint}{one}": 30 + _WORDS[one] for one in ("one", "five") for joint in "- "}
_WORDS |= {
    "a": 1,
    "an": 1,
    "a couple": 2,
    "a couple of": 2,
    "couple": 2,
    "couple of": 2,
    "a few": 3,
    "few": 3,
    "several": 7,
}
_WORDS |= {
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "1/2": 0.5,
    "1/4": 0.25,
    "3/4": 0.75,
    "other": 2,
    "second": 2,
    "2nd": 2,
}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
ORDINALS |= {f"twenty{joint}{word}": 20 + number for word, number in list(ORDINALS.items())[:9] for joint in "- "}
ORDINALS |= {"thirtieth": 30, "thirty first": 31, "thirty-first": 31}

#: Alternatives for patterns, longest first so that "a couple of" is not read as "a".
WORD = "|".join(
    sorted(
        (word.replace(" ", r"\s+") for word in _WORDS if word not in {"other", "second", "2nd"}), key=len, reverse=True
    )
)
CLOCK_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
ORDINAL_WORD = "|".join(sorted((word.replace(" ", r"\s+") for word in ORDINALS), key=len, reverse=True))
HANZI = "〇零一二两俩三仨四五六七八九十百"


def number(text: str) -> float:
    """The number that ``text`` writes; raises ValueError when it writes none."""
    text = " ".join(text.split())
    if text in _WORDS:
        return _WORDS[text]
    if text in ORDINALS:
        return ORDINALS[text]
    if text and text[0].isdigit() and text.isascii():
        return float(text.rstrip("stndrh"))
    return hanzi(text)


def whole(text: str) -> int:
    """As ``number``, cut to an integer."""
    return int(number(text))


def hanzi(text: str) -> int:
    """A Chinese numeral below 10 000, also written digit by digit (二〇二六); raises ValueError for anything else."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(character not in _DIGITS and character not in _TENS for character in text):
        raise ValueError(text)
    if not any(character in _TENS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in _TENS:
            total += _TENS[character] * (1 if digit is None else digit)
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)
