"""A company or person that the text is about and that is not among the known names."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.han_names import is_han, titled
from handlers.understanding.lexicon import longest_first, words

_HAN = "\u4e00-\u9fff"
_LEAD_IN = (
    r"(?:(?:owner|boss|manager|director|founder|ceo|gm)\s+of|called|calling|call|rang|ring|phoned|met\s+with|met|meet|visited|visit|emailed|email|texted|pinged|spoke\s+(?:to|with)|talked\s+(?:to|with)|chatted\s+with|lunch\s+(?:with|w/)|dinner\s+with|coffee\s+with|demo\s+(?:with|for|to|at)|"
    r"meeting\s+(?:with|at)|call\s+(?:with|w/|from)|from|at|with|w/|for|to|saw|new\s+(?:lead|customer|client|prospect)[:,]?|lead[:,]|prospect[:,]|customer[:,]|quoted|chase[d]?|contacted|reached\s+out\s+to|over\s+at|onsite\s+(?:at|with)|heard\s+from)"
)
# A number alone and an hour of the day are none: "call him at 10am", "ring 3M at 10AM".
_NAME = r"(?!\d+(?:[AP]M)?(?![A-Za-z0-9]))(?:[A-Z][A-Za-z0-9'’.\-]*|(?=\d*[A-Z])[A-Z0-9]{2,}|[a-z]+[A-Z][A-Za-z]*)(?:\s+(?:&|and|of|de|van|der|von)?\s*(?:[A-Z][A-Za-z0-9'’\-]*|[A-Z]{2,})){0,4}"
_AFTER_CUE = re.compile(rf"(?i:(?<![a-z]){_LEAD_IN})\s+(?:the\s+|our\s+|new\s+)?(?P<name>{_NAME})")
_AT_START = re.compile(
    rf"^\W*(?P<name>{_NAME})\s*(?:[:\-,]|(?i:wants?|called|emailed|asked|needs?|is|are|signed|paid|said|says|has|cancelled|went|loves?|likes?|texted|rang|confirmed|agreed|would|will|requested|interested)(?![a-z]))"
)
# A Latin name within Chinese: 给Acme打了电话, 拜访了Siemens, Initech那边来电.
_AFTER_HAN = re.compile(
    rf"(?:给|跟|和|与|同|拜访(?:了|过|完)?|走访(?:了|过)?|联系(?:了|上|上了|过)?|见了|见过|去了?(?:一?趟)?|打给|发给|致电|回访(?:了|过)?|来自|(?:新|潜在|意向)?客户|线索|对接)(?:叫|是|[:：])?\s*(?P<name>{_NAME})"
)
_HAN_AT_START = re.compile(
    rf"(?:^|[,，。;；\n]\s*)\W*(?P<name>{_NAME})\s*(?=公司|集团|那边|来电|来信|打来|打了?电话|发来|回复|反馈|表示|想|要|说|需要|问|签了?|同意|答应|希望|觉得|没接|的[\u4e00-\u9fff]{{1,3}}(?:总|经理|工|先生|女士))"
)
_HAN_AFTER_LATIN = re.compile(rf"(?i:(?<![a-z]){_LEAD_IN})\s+(?P<name>[\u4e00-\u9fff]{{2,12}})(?![\u4e00-\u9fff])")
_NOT_A_NAME = re.compile(
    r"(?i:i|we|he|she|they|it|the|a|an|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|today|tomorrow|tonight|yesterday|next|this|q[1-4]|asap|eod|cob|poc|sow|po|nda|sla|ceo|cfo|cto|coo|vp|md|gm|hr|it|ok|usd|eur|gbp|sgd|cny|rmb|hkd|am|pm|crm|erp|api|pricing|quote|demo|call|"
    r"called|met|spoke|talked|emailed|texted|visited|sent|had|got|left|just|quick|good|great|follow|followup|remind|remember|please|no|new|lead|customer|invoice|deal|site|meeting|lunch|dinner|coffee|zoom|whatsapp|wechat|linkedin|teams|slack|sms|"
    r"hello|hi|hey|dear|thanks|sorry|yes|yeah|sure|what|why|how|who|where|can|could|"
    r"christmas|easter|thanksgiving|xmas|boxing|reply|send|check|book|schedule|chase|ring|ping|email|text|message|visit|meet|contract|proposal|budget|price|need|needs|wants|want|asked|voicemail|rang|tried|demoed|presented|quoted|submitted|won|lost|renewal|payment|update|note|task|todo|diary|speak|try|touch|get|set|call\s*back|still|also|so|um|let|lets|now|then|finance|legal|procurement|support|sales|engineering|management|customer\s+success)"
)
_ZLEAD = r"(?:给|跟|和|与|同|去|到|去了(?:趟|一趟)?|拜访(?:了)?|联系(?:了|上)?|走访(?:了)?|新客户|客户|潜在客户|意向客户|见了|约了?|对|在|来自|从|打给|致电|回访(?:了)?|电话(?:了)?|线索|新线索|微信(?:联系)?(?:了)?)[:：\s]*"
_ZDATE = re.compile(r"(?:今天|昨天|明天|刚才|刚刚|上午|下午|刚|早上|中午|晚上|前天|今早|的|了|又)+")


def unknown_company(
    folded: str, masked: str, others: tuple[tuple[int, int], ...], *, is_alone: bool = True
) -> tuple[str, int, int] | None:
    """The company that is named and not known, with its span. ``masked`` hides what is known, ``others`` resemble known names.

    ``is_alone`` tells that nobody known is named, so that names without a sign of a company (拜访了腾讯) are looked for as well.
    ``folded`` has its capitals still; masked characters are private-use ones.
    """
    if others:
        start, end = others[0]
        return _with_rest(folded, start, end)
    return _han_company(masked, is_alone=is_alone) or _latin_name(folded, masked)


def _with_rest(folded: str, start: int, end: int) -> tuple[str, int, int]:
    return folded[start:end].strip(), start, end


@cache
def _han_company_pattern() -> re.Pattern[str]:
    tails = "|".join(
        sorted(
            words("companies", "industry-zh") - words("companies", "loose-zh") | words("companies", "legal-zh"),
            key=len,
            reverse=True,
        )
    )
    return re.compile(
        rf"(?P<name>[{_HAN}]{{1,8}}?(?:{tails})(?:{longest_first('companies', 'industry-zh')}|{longest_first('companies', 'legal-zh')})*)"
    )


_ZCUED = re.compile(
    rf"(?:拜访了?|走访了?|联系(?:了|上)|见了|去了(?:一?趟)?)(?P<visited>[{_HAN}]{{2,4}}?)(?=[聊谈开说的看吃做签,。;!\s]|那边|$)"
    rf"|(?:给|跟|和|打给)(?P<reached>[{_HAN}]{{2,4}}?)的?(?=(?:打|发|报|做|寄|送|通|聊|谈|开|吃|喝|见|沟通)(?:了|过|完|电话))"
)
_NO_NAME = re.compile(
    r"答复|回复|最终|最后|折扣|优惠|说法|价格|资料|电话|微信|邮件|现场|工厂|工地|总部|领导|老板|同事|经理|采购|财务|一下|时候|朋友"
)
_NOT_COMPANY = re.compile(
    r"(?:[来到去回在进](?:我们?|咱们?|你们)?(?:总|分|子)?公司|我们|他们|客户|新客户|老客户|这个|那个|这家|那家|[一两三四五六七八九十几]+[家户]|有家|某|对方|公司|贵|该|其他|其它|别的|别家|产品|项目|合同|方案|报价|价格|预算|今天|明天|昨天|下周|本周|上周|周[一二三四五六日]|我司|他|她|我|你|大家|上次|之前|最近|目前|已经|因为|所以|需要|想|要|有|没|不|说|做|在|是|为|把|被|向|对|也|都|还|很|与|及|做了|用的|发了|看了|去了|来了|聊了|谈了|见了|打了|约了|附上|最新|新的|老的|年度|采购|装修|企业|行业|传统|相关|本地|当地|附近|国内|国外|大型|小型|上市|知名)"
)
_IN_SENTENCE = re.compile(r"我们|他们|你们|咱|客户|[点号]|上午|下午|晚上|周[一二三四五六日]|[了过着]|这[个家]|那[个家]")


def is_no_company(name: str) -> bool:
    """Whether a run of Chinese characters is rather a piece of a sentence, or anybody's word, than a name."""
    return bool(_IN_SENTENCE.search(name) or _NOT_COMPANY.match(name) or _NO_NAME.search(name) or titled().search(name))


_STRIP = re.compile(rf"^(?:.*(?:{_ZLEAD}))?(?:{_ZDATE.pattern})?(?:一?[家个])?(?:叫做?)?(?:新客户|潜在客户|客户)?")


def _han_company(masked: str, *, is_alone: bool) -> tuple[str, int, int] | None:
    for match in _han_company_pattern().finditer(masked):
        name, start = match["name"], match.start()
        stripped = _STRIP.sub("", name)
        start += len(name) - len(stripped)
        if _IN_SENTENCE.search(stripped):
            continue
        if (
            len(stripped) >= 3
            and not _NOT_COMPANY.match(stripped)
            and not re.fullmatch(longest_first("companies", "industry-zh"), stripped)
        ):
            return stripped, start, start + len(stripped)
    for match in (*_ZCUED.finditer(masked), *_HAN_AFTER_LATIN.finditer(masked)) if is_alone else ():
        name, start = match[match.lastgroup or 0], match.start(match.lastgroup or 0)
        if not (_IN_SENTENCE.search(name) or _NOT_COMPANY.match(name) or _NO_NAME.search(name)):
            return name, start, start + len(name)
    return None


_INSTITUTION = re.compile(
    r"(?i:bank|house|university|school|college|church|council|institute|institution|ministry|department|board|port|city|town|museum|friends|sons|sisters|brothers|"
    r"academy|society|association|chamber|republic|duke|court|office|centre|center|kingdom|lord|master|king|queen|point|isle|world|best|art|state|bureau|guild|order|league)s?"
)
_PERSON_BEFORE = re.compile(
    r"(?P<name>[A-Z][a-z'’-]+(?:\s+(?:[A-Z]\.|[A-Z][A-Za-z'’-]+)){0,2})\s+(?:from|of|at|over\s+at|with)\s+(?:the\s+)?$"
)
_PERSON_AFTER = re.compile(r"\s*\(\s*(?P<name>[A-Z][a-z'’-]+(?:\s+[A-Z][A-Za-z'’-]+){0,2})\s*[,)]")


def person_beside(folded: str, start: int, end: int) -> str | None:
    """Who is named with a company at this place: "Pepper Potts from Stark", "Initech (Bill)"."""
    before = _PERSON_BEFORE.search(folded[max(0, start - 80) : start])
    found = before or _PERSON_AFTER.match(folded, end)
    name = _trimmed(found["name"], 0)[0] if found else ""
    return name or None


def _parted(name: str, start: int) -> tuple[str, int]:
    """ "Bill of Initech" is a person and a company, "Bank of America" is a company."""
    person, of, company = name.partition(" of ")
    if not of or not company or len(person.split()) > 2 or any(map(_INSTITUTION.fullmatch, person.split())):
        return name, start
    if _is_company(person):
        return name, start
    return company, start + len(person) + len(of)


def _latin_name(folded: str, masked: str) -> tuple[str, int, int] | None:
    shown = (
        "".join(known if "\ue000" <= known <= "\ue002" else plain for plain, known in zip(folded, masked, strict=True))
        if not masked.isascii()
        else folded
    )
    best: tuple[str, int, int] | None = None
    patterns = (_AFTER_CUE, _AT_START) if masked.isascii() else (_AFTER_CUE, _AFTER_HAN, _HAN_AT_START, _AT_START)
    for match in (match for pattern in patterns for match in pattern.finditer(shown)):
        name, start = _parted(*_trimmed(match["name"], match.start("name")))
        if not name:
            continue
        candidate = (name, start, start + len(name))
        before = shown[max(0, start - 10) : start].lower()
        if re.search(r"(?:from|at|of)\s+(?:the\s+)?$", before) or _is_company(name):
            return candidate
        best = best or candidate
    return best


def _trimmed(name: str, start: int) -> tuple[str, int]:
    """Without the days, verbs and abbreviations that are written like names."""
    parts = name.split()
    while parts and _NOT_A_NAME.fullmatch(re.split(r"['’.]", parts[0])[0] or parts[0]):
        start += len(parts[0]) + 1
        parts = parts[1:]
    kept = []
    for part in parts:
        if _NOT_A_NAME.fullmatch(re.split(r"['’.]", part)[0] or part):
            break
        kept.append(part)
    return " ".join(kept).rstrip(".'’-").removesuffix("'s").removesuffix("’s"), start


def is_everyday_word(word: str) -> bool:
    """A day, a verb or an abbreviation that is written like a name."""
    return _NOT_A_NAME.fullmatch(re.split(r"['’.]", word)[0] or word) is not None


def looks_like_company(name: str) -> bool:
    """Whether it ends in a legal form or a line of business."""
    return " " in name and _is_company(name)


def _is_company(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1].lower().strip(".")
    return last in words("companies", "legal") or last in words("companies", "industry")


def unknown_person(masked: str) -> tuple[str, int, int] | None:
    """A surname with a title that no known contact has."""
    match = titled().search(masked) if is_han(masked) else None
    return (match[0], match.start(), match.end()) if match else None
