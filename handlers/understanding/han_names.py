"""Chinese names: the forms in which a company is called, surname and title, and what sounds alike."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.lexicon import longest_first, words

_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _legal_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first('companies', 'legal-zh')})$")


@cache
def _cities() -> frozenset[str]:
    cities = words("companies", "city")
    return cities | {city[:-1] for city in cities if city[-1] in "市省"}


_LONGEST_CITY = 6


def _without_city(name: str) -> str:
    """The name without the city in front; looked up, since there are hundreds of cities and thousands of names."""
    for length in range(_LONGEST_CITY, 1, -1):
        if name[:length] in _cities():
            return name[length:]
    return name


@cache
def _industry_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_first('companies', 'industry-zh')})$")


@cache
def company_tail() -> re.Pattern[str]:
    """What follows the distinctive part of a company's name: its branch and its legal form."""
    branch, legal = longest_first("companies", "industry-zh"), longest_first("companies", "legal-zh")
    return re.compile(rf"(?P<branch>(?:{branch}){{1,3}})?(?P<legal>(?:{legal})*)")


def company_forms(name: str) -> list[str]:
    """How a company may be called, from the whole name to its distinctive part: 上海恒远信息技术有限公司 … 恒远."""
    plain = re.sub(r"\([^)]*\)", "", name).replace(" ", "")
    forms = [plain]
    trimmed = plain
    while len(shorter := _legal_end().sub("", trimmed)) >= 2 and shorter != trimmed:
        trimmed = shorter
        forms.append(trimmed)
    without_city = _without_city(trimmed)
    if len(without_city) >= 2 and without_city != trimmed and not _industry_end().fullmatch(without_city):
        trimmed = without_city
        forms.append(trimmed)
    while len(shorter := _industry_end().sub("", trimmed)) >= 2 and shorter != trimmed:
        trimmed = shorter
        forms.append(trimmed)
    forms += _numbered_forms(plain)
    return [form for form in dict.fromkeys(forms) if _HAN.search(form)]


_NUMBERED = re.compile(
    r"(?P<place>[\u4e00-\u9fff]*?)(?P<seat>[市省县区州])?第(?P<number>[一二三四五六七八九十]{1,3})(?P<kind>(?:高级|初级|实验|职业|完全)*(?P<school>中|小)学|(?:人民|中心|附属)*医(?P<clinic>院)|(?P<nursery>幼)儿园)"
)


def _numbered_forms(name: str) -> list[str]:
    """How schools and hospitals with numbers are called: 三中 and 市三中 of 市第三中学, 杭州二院 of 杭州市第二人民医院."""
    match = _NUMBERED.match(name)
    if match is None:
        return []
    short = match["number"] + (match["school"] or match["clinic"] or match["nursery"])
    seats = [match["seat"] + short] if match["seat"] else []
    return [*([match["place"] + short] if len(match["place"]) > 1 else []), *seats, short]


@cache
def _common() -> frozenset[str]:
    cities = words("companies", "city")
    return cities | {city[:-1] for city in cities} | words("companies", "industry-zh")


def is_common(piece: str) -> bool:
    """A city or a branch of business: alone it names no company."""
    return piece in _common()


def is_han(text: str) -> bool:
    return bool(_HAN.search(text))


@cache
def syllable(character: str) -> str:
    """The most usual reading of a character, without tone."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(character)[0] if "\u4e00" <= character <= "\u9fff" else character


def syllables(text: str) -> tuple[str, ...]:
    return tuple(syllable(character) for character in text)


@cache
def titled() -> re.Pattern[str]:
    """A surname with a title: 张总, 欧阳总监. What makes another word of it is left out: 总价, 工作, 运费太高, 对方经理."""
    compound = longest_first("people", "compound-surname")
    single = "".join(sorted(words("people", "surname")))
    titles = longest_first("people", "title-zh")
    return re.compile(
        rf"(?<![对我甲乙双厂][方])(?:(?P<double>{compound})|(?<!设)(?<!统)(?<!供应)(?<!主)(?P<single>[{single}]))(?P<title>{titles})"
        r"(?<!总(?=[共价体部是结额计公之金数量台而]|的(?:来|说|情|原)))(?<!工(?=[作程厂地人期业资会具序况艺]))(?<!少(?=[了的量钱数于见有]))(?<!导(?=[致入出]))(?<!董(?=事))(?<!太(?=[高贵低多少长短大小快慢远近难忙晚早紧]))"
    )


def compound_or_single(name: str) -> str:
    """The surname of a Chinese personal name."""
    return name[:2] if name[:2] in words("people", "compound-surname") else name[:1]
