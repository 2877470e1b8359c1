"""Questions in words that a card answers: "my overdue", "who is Acme's contact?", 华新的单子怎么样了."""

from __future__ import annotations

import re

from domain.records import Found
from handlers.context import ChatContext
from handlers.dialogs.lists import asked_for
from handlers.entries.next_step import named_first
from handlers.followups.myday import page
from handlers.followups.planned_on import asked_about_day
from handlers.records.by_number import show_record
from handlers.records.find import find
from handlers.records.mine import asked_for_mine, mine
from handlers.router import Answer, fold
from handlers.understanding import understand

LONGEST = 80
OVERDUE = frozenset(
    "overdue,my overdue,what is overdue,what's overdue,show overdue,show my overdue,anything overdue,is anything overdue,what am i late with,show my overdue follow-ups,my overdue follow-ups,overdue follow-ups,which are overdue,what did i miss,"
    "逾期,我的逾期,逾期的,我逾期的,有哪些逾期,哪些逾期了,有逾期的吗,有没有逾期的,逾期了哪些,我有哪些过期的跟进,哪些过期了,过期的跟进,有哪些过期的,逾期跟进,我的逾期跟进".split(
        ","
    )
)
_REACH = r"(?:contacts?(?: person| details)?|phone(?: number)?|number|e-?mail(?: address)?|mobile)"
_QUESTIONS = (
    re.compile(
        rf"(?:who(?:'s| is| are)|what(?:'s| is)|show(?: me)?) (?:the |our )?(?P<name>.+?)(?:'s|') {_REACH}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:who(?:'s| is| are)|what(?:'s| is)) (?:the |our |my )?{_REACH} (?:at|for|of|with) (?P<name>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:how(?:'s| is| are)(?: we doing with)?|what about|where (?:are we|do we stand) with|what(?:'s| is) (?:new|up|happening) with"
        r"|(?:(?:what(?:'s| is)|show me) (?:the )?)?(?:status|state|history) of)"
        r" (?:the |our |my )?(?P<name>.+?)(?: (?:deal|opportunity|sale|project|order))?(?: (?:doing|going|looking))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:who (?:do|can|should) (?:i|we) (?:talk|speak|write) to (?:at|in)|(?:any )?contacts? at"
        r"|when did (?:i|we) last (?:talk|speak|write) to|what did (?:i|we) last (?:say|tell|talk about) (?:to|with)) (?P<name>.+)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<name>[^ ,]+(?: [^ ,]+)?)(?:'s|') {_REACH}", re.IGNORECASE),
    re.compile(r"(?:show(?: me)?|open|look up|search for|pull up) (?:the |our )?(?P<name>.+)", re.IGNORECASE),
    re.compile(r"谁是(?P<name>.+?)的?(?:联系人|对接人|负责人)"),
    re.compile(r"(?:给我)?(?:看一?下|看看|打开|调出|显示)(?P<name>.+?)(?:的)?(?:资料|详情|信息|卡片|客户|情况)?"),
    re.compile(
        r"(?P<name>.+?)的?(?:联系人|对接人|负责人|电话|手机号?|邮箱|联系方式)(?:是谁|是什么|是多少|多少|有哪些|呢)"
    ),
    re.compile(r"(?P<name>.+?)(?:那边|那里)?(?:谁负责对接|谁在对接|找谁|谁对接)"),
    re.compile(r"(?P<name>.+?)的(?:联系人|电话|手机号?|电话号码|手机号码|邮箱|联系方式)"),
    re.compile(
        r"(?P<name>.+?)(?:的|那个|这个|那边)?(?:商机|单子|项目|合同|订单|客户|情况|进展)?"
        r"(?:怎么样|怎样|如何|什么情况|进展如何|到哪一步|到什么程度)(?:了|啦)?"
    ),
)


# A question whose answer may be that nobody is called so.
_WHO = (
    re.compile(r"who(?:'s| is| was) (?:this |that )?(?P<name>[^,;]{2,60})", re.IGNORECASE),
    re.compile(r"(?:谁是|谁叫)(?P<name>[^,，。]{1,20})|(?P<named>[^,，。]{1,20}?)是谁(?:啊|呀|呢)?"),
)


async def asked(ctx: ChatContext, text: str) -> Answer:
    """None for what asks nothing, and for a question about somebody who is not known: that may be news."""
    if ctx.staff is None or len(text) > LONGEST:
        return None
    words = " ".join(fold(text).replace("’", "'").split()).strip(" .!?。！？")
    if words.casefold() in OVERDUE:
        return await page(ctx, "overdue.0")
    record = asked_for_mine(words)
    if record is not None:
        return await mine(ctx, record)
    for question in _QUESTIONS:
        found = question.fullmatch(words)
        if found is not None:
            return await about_named(ctx, found["name"].strip())
    for who in _WHO:
        found = who.fullmatch(words)
        if found is not None:
            name = next(each for each in found.groups() if each).strip()
            return await about_named(ctx, name) or await find(ctx, name)
    return await asked_about_day(ctx, words)


async def about_named(ctx: ChatContext, name: str) -> Answer:
    """The card of the one that is called so; of several the list."""
    reading = await ctx.reading()
    known = named_first(name, reading.names) or understand(name, reading).customers
    if len(known) == 1:
        return await show_record(ctx, known[0].kind, int(known[0].id))
    named = await ctx.uow.search.find(ctx.actor, name, limit=asked_for())
    records = {_whose(each) for each in named if each.note is None}
    if not records:
        return None
    if len(records) > 1:
        return await find(ctx, name)
    return await show_record(ctx, *records.pop())


def _whose(found: Found) -> tuple[str, int]:
    """A contact stands for the customer."""
    if found.record == "contact" and found.customer_id is not None:
        return "customer", found.customer_id
    return found.record, found.id
