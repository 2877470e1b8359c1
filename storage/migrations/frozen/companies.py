"""The key by which two spellings are one company."""

from __future__ import annotations

import re

from storage.migrations.frozen.writing import folded

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
LEGAL_ENDINGS = _LEGAL | {"and", "de", *_HAN_LEGAL}  # "& Co.", "S.A. de C.V."
_ABBREVIATION = re.compile(r"\b(?:\w\s?\.\s?)+\w\b\.?")


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
