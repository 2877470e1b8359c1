"""A new company that its sentence introduces: 拜访了新客户金龙汽车，联系人陈经理."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.lexicon import longest_first
from handlers.understanding.unknown import is_no_company

_NAME = r"(?P<name>[\u4e00-\u9fffA-Za-z0-9()（）·]{2,20}?)"
_PERSON = r"(?:联系人|对接人|负责人|接待的?|找的?|见的?)"
_NEW = re.compile(rf"(?:新客户|潜在客户|意向客户|新线索)(?:是|叫)?[:：\s]*{_NAME}(?:[,，。;；\s]|的?{_PERSON}|$)")
_VISITED = re.compile(rf"(?:拜访|走访|回访|联系|见|去)(?:了|上了?|过)?(?:客户)?{_NAME}[,，\s]\s*{_PERSON}")
# What no company is called, but sentences go on with: 新客户要报价, 联系了几家.
_NO_NAME = re.compile(
    r"[要想说问吗呢了着过吧]|^(?:是|有|很|太|都[很是有]|也|还|没|不|在|去|对|和|跟|给|我|他|她|你|这|那|几|[一两][个家]|"
    r"[今明昨]天|[今明]早|[上下][周次个]|来[电访]|电话|需要|反馈|希望|觉得)"
)


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(longest_first("people", "nobody-zh"))


def _han_name(text: str) -> str | None:
    for pattern in (_HAN_FIRST, _HAN_AFTER):
        found = pattern.search(text[:200])
        if found is not None and not (is_no_company(found["name"]) or _nobody().search(found["name"])):
            return found["name"]
    return None


def named_with_contact(text: str) -> str | None:
    """The company, where the words around say that it is one; None for any other sentence."""
    for pattern in (_NEW, _VISITED):
        found = pattern.search(text[:1000])
        if found is not None and not _NO_NAME.search(found["name"]):
            return found["name"]
    return None


_SAYS = r"(?:called|rang|phoned|wants?|needs?|asked|asks|said|says|emailed|texted|replied|signed|confirmed|agreed|cancelled)"
_SMALL = r"(?P<name>[a-z][a-z0-9&'’.-]+(?: [a-z][a-z0-9&'’.-]+)?)"
_SMALL_FIRST = re.compile(rf"^\W*{_SMALL} {_SAYS}(?![a-z])")
_SMALL_AFTER = re.compile(
    rf"^\W*(?:just )?(?:called|rang|phoned|visited|met(?: with)?|spoke (?:to|with)|meeting with|call with) {_SMALL}\s*(?:[,.;:]|$)"
)
_NOBODY_NEW = frozenset(
    "a all also an and another any anybody anyone assistant back boss both budget buyer ceo cfo client colleague contract"
    " cto customer decision demo director everybody everyone finance he her him his i it just legal lunch manager management"
    " me my new no nobody nothing now number office order our partner people price procurement purchasing quote reception"
    " receptionist sales secretary she so somebody someone still support team that the their them then they this those us"
    " voicemail we who wife you again today tomorrow yesterday really only".split()
)


_HAN_SAYS = r"(?:那边|公司)?(?:来电|打来|来信|来消息|发来|回电|又?[说问催要想]|反馈|回复|签了|下单|付款|没接)"
_HAN_FIRST = re.compile(rf"^\W*(?P<name>[\u4e00-\u9fff]{{2,6}}?){_HAN_SAYS}")
_HAN_AFTER = re.compile(
    r"^\W*(?:刚刚?|刚才|又|也)?(?:给|跟|和|拜访了?|联系了?|去了?(?:一?趟)?|见了)(?P<name>[\u4e00-\u9fff]{2,6}?)"
    r"(?:打了?(?:个)?电话|通了?电话|聊了|谈了|开了会|见了面|发了|报了|[,，。]|$)"
)


def named_in_small(text: str) -> str | None:
    """Who is named without a sign that it is a name: "initech called, want 5 seats", 金禾来电要五台. In words that nobody
    spoke of before this is a guess; where somebody was, it tells that these words are about another."""
    if (han := _han_name(text)) is not None:
        return han
    for pattern in (_SMALL_FIRST, _SMALL_AFTER):
        found = pattern.search(text[:200].casefold())
        if found is not None and not _NOBODY_NEW.intersection(re.findall(r"[a-z]+", found["name"])):
            return " ".join(word[:1].upper() + word[1:] for word in found["name"].split())
    return None
