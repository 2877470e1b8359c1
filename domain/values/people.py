"""People's names: the title apart, the surname, and what others may see of it."""

from __future__ import annotations

import re

from domain.values.surnames import COMPOUND, SINGLE
from domain.values.writing import is_han, simplified, tidy

_LONGEST = 100
_RANK = (
    "董事长 董秘 董事 总裁 总监 总经理 总工程师 总工 总 经理 主管 主任 部长 处长 科长 局长 厂长 店长 校长 院长 所长 站长 组长 "
    "队长 行长 会长 理事长 秘书长 镇长 县长 市长 书记 秘书 助理 专员 代表 老师 教授 教练 博士 医生 医师 大夫 护士 护士长 律师 "
    "会计 出纳 工程师 设计师 先生 女士 小姐 太太 夫人 老板娘 老板 掌柜 师傅 师父 顾问 阿姨 叔叔 大哥 大姐 同学 同志 "
    "CEO CTO CFO COO CMO CIO HR VP"
).split()
_SHORT_RANK = "工 董 局 处 院 校 行 哥 姐 叔 姨 兄".split()  # only behind a bare surname: 李建工 is a name
_FIELD = (
    "(?:常务|执行|高级|资深|助理|副|总|大区|区域|采购|销售|项目|产品|技术|财务|市场|人事|人力资源|运营|行政|物流|客户|商务|研发|"
    "生产|质量|法务|IT|信息)*"
)
_TITLED = re.compile(
    rf"(?P<name>[老小阿]?[^\W\d_]{{1,4}}?|[A-Za-z][A-Za-z .'-]*?)\s*(?P<title>{_FIELD}(?:{'|'.join(_RANK)}))",
    re.IGNORECASE,
)
_SHORT_TITLED = re.compile(rf"(?P<name>[老小]?\w{{1,2}})(?P<title>{'|'.join(_SHORT_RANK)})")
_WESTERN = re.compile(
    r"(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Mme)(?:\.\s*|\s+)(?P<name>\S.*)", re.IGNORECASE
)
_FAMILIAR = ("老", "小", "阿", "大")


def split_title(name: str) -> tuple[str, str | None]:
    """The name and its title: 王总 -> (王, 总), 欧阳总经理 -> (欧阳, 总经理), "Dr. Brown" -> ("Brown", "Dr").

    A title needs a name beside it: 老总 and 经理 stay whole, and have none.
    """
    text = tidy(name)
    if len(text) > _LONGEST:
        return text, None
    western = _WESTERN.fullmatch(text)
    if western:
        return western["name"], western["title"]
    titled = _TITLED.fullmatch(text)
    if titled and _is_name(titled["name"]):
        return titled["name"].strip(), titled["title"]
    short = _SHORT_TITLED.fullmatch(text)
    if short and _rest_of_chinese(short["name"]) == "":
        return short["name"], short["title"]
    return text, None


def surname(name: str) -> str | None:
    """欧阳 of 欧阳娜娜, 王 of 老王 and 王总, Brown of "Tom Brown" and "Brown, Tom"; None where there is none to see."""
    text, title = split_title(name)
    if not text or text in _RANK:
        return None
    if is_han(text[0]):
        return _chinese_surname(text)
    before, comma, _ = text.partition(",")
    words = before.split()
    if comma:
        return before.strip() or None
    if len(words) > 1 or (words and title and title.isascii()):
        return words[-1]
    return None


def mask_name(name: str) -> str:
    """What those may see who may not see the record: 王*, 欧阳*, ``Tom B.``; never empty."""
    text, title = split_title(name)
    text = text.lstrip("".join(character for character in set(text) if not character.isalnum()))
    if not text:
        return "*"
    if not _has_initials(text[0]):
        return f"{_chinese_surname(text) or text[0]}*"
    family = surname(name)
    if family is None:
        return f"{text[0]}."
    given = text.partition(",")[2] if "," in text else text
    shown = title if title and title.isascii() else next((word for word in given.split() if word != family), None)
    return f"{shown} {family[0]}." if shown else f"{family[0]}."


def _is_name(text: str) -> bool:
    if text and not is_han(text[0]):
        return bool(text.strip())
    rest = _rest_of_chinese(text)
    return rest is not None and len(rest) <= 2


def _rest_of_chinese(text: str) -> str | None:
    """The given name behind a known surname, perhaps empty; None without a surname."""
    family = _chinese_surname(text)
    return None if family is None else text[text.index(family) + len(family) :]


def _chinese_surname(text: str) -> str | None:
    # 小王 and 老李 are what people call each other; 老 alone is no surname.
    if len(text) in (2, 3) and text.startswith(_FAMILIAR) and not _known(text[0]):
        text = text[1:]
    if len(text) >= 2 and simplified(text[:2]) in COMPOUND:
        return text[:2]
    return text[0] if text and _known(text[0]) else None


def _known(character: str) -> bool:
    return character in SINGLE or simplified(character) in SINGLE


def _has_initials(character: str) -> bool:
    """Latin, Greek, Cyrillic and the like, whose initials people understand."""
    return character.isalnum() and ord(character) < 0x590
