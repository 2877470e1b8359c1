"""Amounts of money: 20万, 8万5, 两三百万, $12,800, 50k SGD, 1.2m, 250-300k, half a million."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from handlers.understanding.lexicon import either
from handlers.understanding.model import Amount
from handlers.understanding.numerals import (
    HAN_DIGITS,
    hanzi_amount,
    lines_of,
    number_value,
    scale_of,
    tail_value,
    zeros,
)

_DOLLARS = frozenset({"USD", "SGD", "HKD", "AUD", "CAD", "NZD", "TWD"})
_PER_UNIT = re.compile(
    r"\s*(?:[a-z$元块]{0,3}\s*)?(?:(?:/|per\s+|a\s+|an\s+|each\s+)\s*(?:seat|user|unit|piece|head|person|licen[cs]e|pax|device|room|bed|site|store|copy|box|ton|kg|hour|hr|day|agent|pc|item|truck|vehicle|machine)(?![a-z])|each(?![a-z])|apiece|pp(?![a-z])|/?\s*(?:每|一)?(?:[/每一])(?:台|套|个|人|件|箱|吨|米|平|只|张|间|辆|户|用户|席|座|份|次|天|小时))"
)
_PER_UNIT_BEFORE = re.compile(
    r"(?:单价|每(?:台|套|个|人|件|箱|吨|米|平|只|张|间|辆|户|用户|席|座|份)|一(?:台|套|个|件|箱|吨)|per[- ](?:seat|user|unit)(?: price)?|unit price)(?:大概|约|是|:|of|at|is|\s)*$|\d\s*(?:[a-z]+\s+)?(?:seats?|users?|licen[cs]es?|units?|pcs|pieces?|boxes|heads?|devices|rooms|vans|machines|sites|stores|packs|bottles|cases|pallets|sets|kits|copies|chairs|desks|tables|beds|doors|panels|hours|hrs|days)\s*(?:at|@|x|for)\s*$"
)
_TOTAL = re.compile(
    r"(?:总价|总额|总共|一共|合计|总计|合同额|合同金额|金额|预算|总金额|(?<![a-z])(?:total(?:s|ling)?|deal|worth|budget|altogether|overall|contract value|acv|tcv|order value|in total))[^,，;。.]{0,10}$"
)
_NOT_MONEY = re.compile(
    r"(?:(?<![a-z])(?:invoice|inv|po|order|ticket|ref|case|no|number|room|suite|version|ext|extension|building|unit|step|phase|model|item|id|c|l|t|f|o|p|q|v)\.?\s?(?:no\.?|number|#)?|#|[第型号版单]|订单号?|单号|编号|发票号?|合同号|版本)[ :]*$"
)
_NEGATED = re.compile(
    r"(?:(?<![a-z])(?:not|instead\s+of|rather\s+than|isn't|wasn't|down\s+from|up\s+from|from|was|were|originally|competitor(?:'s)?(?:\s+\w+){0,2}(?:\s+at)?)\s+(?:at\s+|about\s+|around\s+|the\s+)?|不是|而非|而不是|不到|并非|从|由|原来是?|本来是?|之前是?|原先是?|"
    r"(?:隔壁|别人|别家|别的|其[他它]家?|另外?一?家|竞品|竞对|对手|同行|友商)(?:那?家|的|那边)?(?:报价|价格?|卖|给|开价?|出价?|报|做|要价?|只要|只|才|就|是|了|大概|约)*)[~$€£¥]?\s*$"
)
_FROM_TO = re.compile(
    r"\s*(?:元|块)?\s*(?:to|down\s+to|up\s+to|now|降到|降至|涨到|提到|加到|改到|改成|改为|变成|压到|谈到|砍到|→|->|,?\s*(?:改|换)?(?:是|成|为)|,?\s*现在是?|,?\s*but|,)"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d\d)?(?!\d|\s?[km万亿w])|\d{1,3}(?:'\d{3})+|\d+(?:\.\d+)?)"
_WORD_NUMBER = r"(?:(?:a|half\s+a|quarter|a\s+quarter(?:\s+of\s+a)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|and\s+a\s+half|and)(?:[\s-]+|(?![a-z]))){1,6}"
_SIGN_BEFORE = r"(?:(?:us|hk|nz|nt|au|ca|s|a|c)?\$|[£€¥₹]|(?<![a-z])(?:usd|sgd|hkd|gbp|eur|rmb|cny|aud|cad|nzd|jpy|inr|myr|rm|rs\.?|chf|thb|aed|twd)(?![a-z]))"
_SIGN_AFTER = r"(?:(?:usd|sgd|hkd|gbp|eur|rmb|cny|aud|cad|nzd|jpy|inr|myr|chf|thb|aed|twd|dollars?|bucks|us\s+dollars|euros?|pounds|quid|sterling|yuan)(?![a-z])|[$€£¥]|元整?|块钱?|人民币|美元|美金|美刀|刀(?![具模])|欧元|欧(?![洲美])|英镑|镑|港币|港元|新币|新元|坡币|日元|日币|新?台币|马币|澳元|澳币|加元)"
_LATIN_MAGNITUDE = r"(?:(?:k|grand|thousand|thou|mm|million|millions|mill|mil|mio|mn|m|bn|billion|b|lakhs?|lacs?|crores?|cr|w)(?![a-z0-9])|(?<=\d)w(?=[^a-z0-9/]|$))"
_HAN_MAGNITUDE = r"(?:万亿|千万|百万|十万|亿|万|千(?!克|瓦|米|万)|百(?=[万块元]))"


#: Where people write 27.400 for twenty-seven thousand.
_POINTED = frozenset({"€", "eur", "euro", "euros", "chf", "dkk", "nok", "sek"})


@cache
def _currencies() -> dict[str, str]:
    """From a sign or word to the code of the currency."""
    return {word: code for code, *some in lines_of("currency") for word in some}


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:more\s+|new\s+|extra\s+|additional\s+|active\s+)?(?:{either('money', 'counted')})(?![a-z])"
        rf"|\s?(?:{either('money', 'counted-zh')})(?!钱)"
    )


@cache
def _patterns(*, chinese: bool) -> re.Pattern[str]:
    latin = (
        rf"(?P<sign>{_SIGN_BEFORE})?\s?(?:(?P<low>{_NUMBER})\s?(?P<lowmag>{_LATIN_MAGNITUDE}|[万亿千])?\s?(?:{_SIGN_AFTER})?\s?(?:-|~|to|and|到|至)\s?(?:{_SIGN_BEFORE})?)?"
        rf"(?P<n>{_NUMBER}|{_WORD_NUMBER}(?=\s*(?:hundred\s+)?(?:grand|thousand|million|mil|k|hundred|billion|quid|dollars|pounds|euros?|bucks|usd|gbp|eur|sgd|hkd|aud|rmb)(?![a-z])))\s?\+?(?P<vague>[来多几余])?(?P<mag>{_LATIN_MAGNITUDE}|{_HAN_MAGNITUDE})?"
        rf"(?P<tail>(?<=[万亿千])(?:\d{{1,4}}(?![\d.])[千百]?|[一二三四五六七八九][千百]?))?(?P<more>[多余来](?!自))?\s?(?P<unit>{_SIGN_AFTER})?"
    )
    if not chinese:
        return re.compile(rf"(?<![a-z0-9.])(?<!\d,)(?:{latin})")
    han = (
        r"(?P<pair>(?P<d1>[一二两三四五六七八九])(?P<d2>[二三四五六七八九])(?P<dmag>[十百千]?[万亿]|千))"
        r"|(?P<han>[一二两三四五六七八九十百千零〇半]{1,8}(?P<hvague>[来多几余])?(?:万亿|[万亿])(?:[一二两三四五六七八九零〇][一二两三四五六七八九十百千零〇]{0,6})?[万]?|[一二两三四五六七八九十百千]{2,6}(?=块|元|美元|美金|人民币)|(?P<plain>[一二两三四五六七八九]千(?:[零〇]?[一二两三四五六七八九](?:百(?:[零〇]?[一二两三四五六七八九](?:十[一二两三四五六七八九]?)?)?|十[一二两三四五六七八九]?)?)?|[一二两三四五六七八九]百(?:[零〇]?[一二两三四五六七八九](?:十[一二两三四五六七八九]?)?)?)(?![十百千万亿点号月来多几余]))(?P<hunit>(?:多|余)?(?:"
        + _SIGN_AFTER
        + r"))?"
    )
    return re.compile(rf"(?<![\d.])(?:{han})|(?<![a-z0-9.])(?<!\d,)(?:{latin})")


@dataclass(frozen=True)
class _Candidate:
    amount: Amount
    is_marked: bool
    is_per_unit: bool
    is_negated: bool
    is_total: bool


def find_amounts(text: str, currency: str) -> tuple[Amount | None, list[tuple[int, int]]]:
    """The amount that the text is about, and the spans of all amounts, so that their digits are not read as a date.

    Bare amounts are in ``currency`` (ISO 4217); ``text`` is normalised. Of several, a total wins over prices per piece, and
    what is denied ("12k not 15k") is left out.
    """
    candidates = _candidates(text, currency)
    return _main(candidates), [(candidate.amount.start, candidate.amount.end) for candidate in candidates]


def amounts_in(text: str, currency: str) -> list[Amount]:
    """Every amount of ``text``, in order, with where it stands; ``text`` is normalised. What is denied is left out."""
    return [candidate.amount for candidate in _candidates(text, currency) if not candidate.is_negated]


def _main(candidates: list[_Candidate]) -> Amount | None:
    found = [candidate for candidate in candidates if not candidate.is_negated]
    whole = [candidate for candidate in found if not candidate.is_per_unit] or found
    marked = [candidate for candidate in whole if candidate.is_marked] or whole
    if not marked:
        return None
    totals = [candidate for candidate in marked if candidate.is_total]
    return (totals or marked)[0].amount


_NUMBER_SIGN = re.compile(r"[\d十百千万亿]")
_NUMBER_WORD = re.compile(r"grand|thousand|million|hundred")


def _candidates(text: str, currency: str) -> list[_Candidate]:
    if not _NUMBER_SIGN.search(text) and not _NUMBER_WORD.search(text):
        return []
    found = []
    is_chinese = not text.isascii()
    for match in _patterns(chinese=is_chinese).finditer(text):
        try:
            candidate = (
                _han_candidate(match, text, currency)
                if is_chinese and (match["han"] or match["pair"])
                else _latin_candidate(match, text, currency)
            )
        except (InvalidOperation, ValueError, OverflowError):
            candidate = None
        if candidate is not None:
            found.append(candidate)
    return found


def _latin_candidate(match: re.Match[str], text: str, currency: str) -> _Candidate | None:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    end = match.start() + len(match[0].rstrip())
    before, after = text[max(0, start - 32) : start], text[end : end + 32]
    sign, unit, magnitude = match["sign"], match["unit"], match["mag"]
    is_money = bool(sign or unit)
    if _counts_things(match, before, after, is_money=is_money):
        return None
    if not is_money and not magnitude and not _is_bare_amount(match, before, after):
        return None
    if magnitude in {"m", "b", "w"} and not is_money and not _is_magnitude(match, before):
        return None
    value = number_value(match["n"], comma_decimals=(sign or unit or "").strip() in _POINTED) * Decimal(
        10
    ) ** zeros().get(magnitude or "", 0)
    if match["tail"]:
        value += tail_value(match["tail"], magnitude or "")
    low = None
    if match["low"] and (match["lowmag"] or magnitude or is_money):
        low = number_value(match["low"]) * Decimal(10) ** zeros().get(match["lowmag"] or magnitude or "", 0)
    if value > Decimal(10) ** 15:
        return None
    vague = bool(match["vague"] or match["more"])
    amount = Amount(value, _currency(sign or unit, currency), vague=vague, start=start, end=end)
    if low is not None and low < value:
        amount = replace(amount, value=low, max=value)
    return _judged(amount, before, after, text, is_marked=bool(is_money or magnitude))


def _han_candidate(match: re.Match[str], text: str, currency: str) -> _Candidate | None:
    before, after = text[max(0, match.start() - 32) : match.start()], text[match.end() : match.end() + 32]
    unit = (match["hunit"] or "").lstrip("多余")
    if not unit and _counted().match(after):
        return None
    high = None
    if match["pair"]:
        scale = scale_of(match["dmag"])
        if re.match(r"[十百千万亿]", after) or (match["dmag"] == "千" and not re.match(r"块|元", after)):
            return None
        value, high = Decimal(HAN_DIGITS[match["d1"]] * scale), Decimal(HAN_DIGITS[match["d2"]] * scale)
        if high <= value:
            return None
    else:
        digits = match["han"]
        if match["plain"] and not unit and not _is_spoken_money(match["plain"], before):
            return None
        value = Decimal(hanzi_amount(digits.replace("来", "").replace("多", "").replace("几", "").replace("余", "")))
        if re.search(r"号|月", text[match.start() : match.end() + 1]):
            return None
    amount = Amount(
        value,
        _currency(unit, currency),
        max=high,
        vague=bool(match["hvague"]) or "多" in (match["hunit"] or ""),
        start=match.start(),
        end=match.end(),
    )
    return _judged(amount, before, after, text, is_marked=True)


_SPOKEN = re.compile(r"[千百][一二三四五六七八九]")


def _is_spoken_money(said: str, before: str) -> bool:
    """八千六 is said of money alone; 一百二, 三千 and 八千六百 may count anything, unless money is what is talked about."""
    if _talks_of_money().search(before):
        return True
    return bool(_SPOKEN.fullmatch(said[1:])) and said[1] == "千"


def _judged(amount: Amount, before: str, after: str, text: str, *, is_marked: bool) -> _Candidate:
    is_negated = bool(_NEGATED.search(before))
    if is_negated and re.search(
        r"(?:from|was|were|originally|从|由|原来是?|本来是?|之前是?|原先是?)[~$€£¥]?\s*$", before
    ):
        is_negated = bool(_FROM_TO.match(after)) and bool(re.search(r"\d|[十百万]", after))
    return _Candidate(
        amount=amount,
        is_marked=is_marked,
        is_per_unit=bool(_PER_UNIT.match(after) or _PER_UNIT_BEFORE.search(before)),
        is_negated=is_negated,
        is_total=bool(_TOTAL.search(before))
        or bool(re.match(r"\s*(?:in\s+total|total|altogether|all\s+in)(?![a-z])", after)),
    )


def _counts_things(match: re.Match[str], before: str, after: str, *, is_money: bool) -> bool:
    if not is_money and _NOT_MONEY.search(before) and not match["mag"]:
        return True
    if re.match(r"\s?(?:%|‰|percent|个?百分|折|成(?![交本为功])|倍|[:/]\d|h(?![a-z]))", after):
        return True
    if is_money:
        return False
    return _counted().match(after) is not None


def _is_bare_amount(match: re.Match[str], before: str, after: str) -> bool:
    """A number without sign or magnitude is money only where money is talked about."""
    number = match["n"]
    if not number[0].isdigit() or number_value(number) < 100:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", number) and "," not in number:
        return False
    if re.match(r"\s+(?:of\s+(?:them|these|those|the|our|his|her|each)|x\s|more(?![a-z]))", after):
        return False
    if re.match(r"[-/.:]\d|\s*(?:am|pm)(?![a-z])|[a-z]|[年月日号点]", after):
        return False
    if re.match(
        r"\s*(?:a|per|/|each)\s*(?:year|yr|annum|month|mo|quarter)|\s*/\s*(?:yr|mo|年|月)|\s*(?:p\.?a\.?|pcm|annually|monthly)(?![a-z])",
        after,
    ):
        return True
    if re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d{3,})\.\d\d|\d{1,3}(?:,\d{3}){2,}", number):
        return True
    if "," in number and _MONEY_AFTER.match(after):
        return True
    return _talks_of_money().search(before) is not None


@cache
def _talks_of_money() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![a-z])(?:{either('money', 'spoken-of')})"
        r"(?:\s+(?:is|of|was|for|at|to|us|about|around|approx|roughly|up|them|him|her|circa|range|him)|[:~\s]){0,4}|~)\s*$"
        rf"|(?:{either('money', 'spoken-of-zh')})(?:我们|他们|大概|大约|差不多|约|是|为|在|了|[:\s]){{0,3}}$"
    )


_MONEY_AFTER = re.compile(
    r"\s*(?:$|[,.;:!?)]\s|[.,;:!?)]$|(?:all[\s-]in|in\s+total|total|credit(?:ed)?|refund(?:ed)?|back|off|up\s?front|down|deposit|budget|plus|ex|excl|incl|inc|net|gross|\+|before|after\s+tax|for\s+(?:the|a|all|everything|both|\d)|paid|owed|owing|outstanding|overdue|invoice)(?![a-z]))"
)


def _is_magnitude(match: re.Match[str], before: str) -> bool:
    """30m may be minutes or metres, 5b a version, 20w watts."""
    if re.search(r"(?:^|[^a-z])in\s+$", before):
        return False
    return match["mag"] != "b" or bool(re.search(r"\d\.\d", match["n"]))


def _currency(mark: str | None, default: str) -> str:
    if not mark:
        return default
    mark = mark.strip().rstrip(".")
    if mark in {"$", "dollar", "dollars", "bucks", "us dollars"}:
        return "USD" if mark == "us dollars" or default not in _DOLLARS else default
    if mark in {"¥", "yuan"} or mark[0] in "元块":
        return "CNY" if default in {"USD", "EUR", "GBP"} else default
    if mark == "pounds":
        return "GBP"
    return _currencies().get(mark, default)
