"""Company names: the key by which two spellings are one company, the short name on cards, the credit code."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.values.places import CITIES, PROVINCES
from domain.values.writing import folded, is_han, tidy

_LONGEST = 300  # what follows does not tell companies apart, but costs time
_HAN_LEGAL = (
    "股份有限责任公司 股份有限公司 集团有限责任公司 集团股份有限公司 集团有限公司 有限责任公司 有限公司 控股集团 集团公司 "
    "股份公司 总公司 公司 集团 有限会社 株式会社 合同会社 株"
).split()
_HAN_LEGAL_BEFORE = ("株式会社", "有限会社", "合同会社", "주식회사", "유한회사", "(株)", "(주)")
_LEGAL = frozenset(
    """
    ab ag aps as asa bhd bv co company corp corporation cv cvba eirl eood fzco fze gk gmbh holding holdings inc
    incorporated jsc kg kgaa kk lda limited llc llp lp ltd ltda mbh nv oao ohg ooo oy oyj pjsc plc private pt pte pty
    pvt sa sab sae sal sapi sarl sas sasu sca scs sdn se sl slu spa spzoo sro srl ug
    group grp
    """.split()
)
# Words on cards stay as they are but for the legal form; "Group" and "Holdings" are part of a name people say.
_LEGAL_ON_CARDS = _LEGAL - {"group", "grp", "holding", "holdings", "company", "as", "se", "pt", "sl", "ug"}
LEGAL_ENDINGS = _LEGAL | {"and", "de", *_HAN_LEGAL}  # "& Co.", "S.A. de C.V."
_ABBREVIATION = re.compile(r"\b(?:\w\s?\.\s?)+\w\b\.?")
_TRADE = re.compile(
    r"(?:科技|技术|信息|网络|软件|电子|电气|电器|贸易|商贸|物流|运输|实业|投资|咨询|服务|发展|建设|建筑|工程|建材|"
    r"制造|机械|设备|医药|医疗|教育|文化|传媒|广告|食品|餐饮|酒店|旅游|旅行社|银行|证券|保险|基金|航空|机场|地铁|铁路|"
    r"汽车|钢铁|石油|石化|化工|化学|能源|电力|燃气|水务|啤酒|白酒|酒业|大学|学院|医院|置业|地产|房地产|物业|环保|农业|"
    r"生物|材料|服装|纺织|家具|装饰|印刷|包装|进出口|国际|中心|市场|管理|企业|工业|商业|产业|金融|数据|智能|通信|通讯)+"
)
_PLACE = "|".join(sorted({*PROVINCES, *CITIES}, key=len, reverse=True))
_LEADING_PLACE = re.compile(
    rf"^(?:(?:{_PLACE})(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)?)+"
    r"(?:(?<=市)[一-鿿]{1,3}?(?:新区|区|县))?"
)
_BRACKETED = re.compile(rf"\((?:(?:{_PLACE})(?:省|市)?|中国|集团|控股|china|group|holdings?)\)", re.IGNORECASE)
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE = re.compile(rf"[{_CODE_ALPHABET}]{{2}}[0-9]{{6}}[{_CODE_ALPHABET}]{{10}}")


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """What two spellings of one company share: no case, width, accents, script, legal form, spaces or punctuation.

    Never empty for a name that is not. Places stay: 上海华新 and 北京华新 are two companies, and so is a 分公司.
    """
    text = folded(name[:_LONGEST])
    words = key_words(_without_legal_before(text))
    while len(words) > 1 and words[-1] in LEGAL_ENDINGS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = _without_han_legal("".join(words))
    return key or text or name


@lru_cache(maxsize=5000)
def short_company(name: str) -> str:
    """What cards show: 上海华新科技有限公司 as 华新科技, "Acme Logistics Ltd." as "Acme Logistics".

    The place goes only where a name remains without it: 上海银行 and 上海科技 keep theirs.
    """
    text = tidy(name[:_LONGEST])
    if any(is_han(character) for character in text):
        return _short_chinese(_short_western(text)) or text
    return _short_western(text) or text


def valid_credit_code(code: str) -> bool:
    """Is it a 统一社会信用代码: 18 capital letters and digits whose last is the checksum of GB 32100-2015?

    Callers bring it to capitals and half width first, because it is stored and compared as it stands.
    """
    if not _CODE.fullmatch(code):
        return False
    total = sum(_CODE_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return _CODE_ALPHABET[-total % 31] == code[17]


def _without_legal_before(text: str) -> str:
    """Japanese and Korean names may begin with the legal form."""
    for legal in _HAN_LEGAL_BEFORE:
        text = text.removeprefix(legal).lstrip() or text
    return text


def key_words(text: str) -> list[str]:
    """The words of a folded name: abbreviations and Chinese names are one word each, punctuation is gone."""
    joined = _ABBREVIATION.sub(lambda match: re.sub(r"[\s.]", "", match.group()), text.replace("&", " and "))
    joined = re.sub(r"['’`]", "", joined)
    spaced = "".join(character if character.isalnum() else " " for character in joined)
    # Chinese names are one word however they are bracketed, a western legal form behind them is another.
    return spaced.split()


def _without_han_legal(key: str) -> str:
    shortened = key not in _HAN_LEGAL
    while shortened:
        shortened = False
        for legal in _HAN_LEGAL:
            if key.endswith(legal) and len(key) - len(legal) >= 2 and not key.endswith("分公司"):
                key, shortened = key.removesuffix(legal), True
    return key


def _short_chinese(text: str) -> str:
    plain = _without_legal_before(_BRACKETED.sub("", text))
    legal = _without_han_legal(plain)
    bare = legal if legal != plain else _without_traditional_legal(plain)
    place = _LEADING_PLACE.match(bare)
    if place is None:
        return bare.strip()
    rest = bare[place.end() :].strip()
    return rest if len(rest) >= 2 and not _TRADE.fullmatch(rest) else bare.strip()


def _without_traditional_legal(text: str) -> str:
    """A legal form in traditional characters comes off as well; what remains keeps its script."""
    plain = folded(text)
    return text[: len(_without_han_legal(plain))] if len(plain) == len(text) else text


def _short_western(text: str) -> str:
    short = re.sub(r"[\s,]+gmbh\s*&\s*co\.?\s*kga?a?\.?$", "", text, flags=re.IGNORECASE)
    while True:
        match = re.search(r"^(.*[^\s,&])[\s,]+([^\s,]+)$", short)
        if match is None or re.sub(r"\W", "", match[2]).casefold() not in _LEGAL_ON_CARDS:
            return short.strip(" ,")
        if match[1].endswith(" and"):
            return short
        short = match[1].removesuffix(" de")
