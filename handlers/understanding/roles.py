"""Which of the times in a text is the next step, which a deadline, and which day the logged activity was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from handlers.understanding.activity import NAME, has_step
from handlers.understanding.clauses import Clauses
from handlers.understanding.dates.resolve import Expression
from handlers.understanding.lexicon import sections
from handlers.understanding.phrase_lists import Words

_HAN = re.compile(r"[\u4e00-\u9fff]")
_DENIED = re.compile(
    r"(?:(?<![a-z])(?:not|cancel(?:l)?(?:ed|s)|instead\s+of|rather\s+than|isn'?t|(?:can'?t|cannot|can\s+not|couldn'?t|won'?t)\s+(?:do|make|manage)(?:\s+it)?)\s+(?:on\s+|at\s+|the\s+)?|不是|而不是|不在|并非|不要|别)$"
)
_MOVED_FROM = re.compile(
    r"(?:(?<![a-z])(?:from|was|were)\s+(?:the\s+)?|从|由|原定(?:的|在|于)?|原来(?:是|定|约)?(?:的|在)?|本来(?:是|定|约)?(?:的|在)?)$"
)
_MOVED_TO = re.compile(
    r"(?:to|now|until|till)(?![a-z])|改(?:到|成|为|在)|推(?:迟)?到|延(?:期|后)?到|挪到|提前到|调(?:整)?到|换到|变"
)
_IS_MOVED = re.compile(
    r"(?<![a-z])(?:moved?|moving|postponed?|push(?:ed)?|reschedul(?:ed?|ing)|shift(?:ed)?|chang(?:ed?|ing))(?![a-z])|改|推迟|延期|挪|调整"
)
_ONLY_IF = re.compile(r"(?<![a-z])(?:if|unless|assuming|provided)\s|如果|要是|假如|只要")
_DENIED_AFTER = re.compile(
    r"\s*(?:先?(?:别(?!忘)|不要(?:再)?(?=打|联系|去|来|约|发|找|上门|拜访|安排))|勿|不行|不方便|没空|没时间|不可以|取消|不去了|来不了|(?:is\s+)?(?:no\s+good|out|off|cancelled|not\s+good)|doesn'?t\s+work|won'?t\s+work)"
)
# "Don't call on Thursday, call Friday": the day on which nothing is to be done.
_NOT_THEN = re.compile(
    r"(?<!why )(?<![a-z])(?:don'?t|do\s+not|must\s+not|mustn'?t|should\s*n(?:o|')t|no\s+need\s+to|never)\s+(?:call|ring|phone|e-?mail|contact|visit|chase|bother|text|message|meet|come|go|send|disturb)(?![a-z])[^,.;]{0,30}$"
)
_NOT_THEN_AFTER = re.compile(
    r"\s*(?:先|都|请|你)?(?:别|不要|勿|不用|不能)(?:再|给)?(?:打|联系|去|来|约|发|找|上门|拜访)"
)
_STATE = re.compile(
    r"(?<![a-z])(?:frozen|freeze|on\s+hold|hold|away|out|off|busy|closed|ooo|leave|vacation|holiday|abroad|travell?ing|unavailable|not\s+available|tied\s+up|booked|paused|shut|no\s+budget|nothing|works?|open|wait(?:ing|s)?)(?![a-z])"
)


def _words(name: str) -> Words:
    lines = sections("steps")
    latin, han = ((line.replace(r"\N", f"{NAME}+") for line in lines[each]) for each in (name, f"{name}-zh"))
    return Words(latin, han)


@cache
def _their_own() -> Words:
    """A day of the customer's own: the board meets, 集团开会定."""
    return _words("events")


@cache
def _ours() -> Words:
    return _words("ours")


@cache
def _promised_by_them() -> re.Pattern[str]:
    """Somebody else than the rep says or does it: "he'll call", 财务说月底付."""
    lines = sections("steps")
    latin, han = ("|".join(lines[name]).replace(r"\N", f"{NAME}+") for name in ("people", "people-zh"))
    return re.compile(
        rf"(?<![a-z])(?:{latin})(?:'ll|\s+(?:will|would|(?:is|are)\s+(?:going\s+)?to|to|should|hopes?\s+to|plans?\s+to|wants?\s+to|needs?\s+to|has\s+to))\s"
        rf"|^\W*(?:and\s+|but\s+|so\s+)?(?:the\s+|their\s+|his\s+|her\s+)?(?:{latin})\s+(?!(?:wants|needs|asks|likes|is|was|has|says|loves|prefers|does)\s)[a-z]{{2,}}(?<!s)s\s"
        rf"|(?:{han})(?:[^,。]{{0,2}})(?:会|要|将|在|说|让|想|答应|承诺|表示|准备|打算|计划)(?!我)"
    )


_MOVED_MONTH = re.compile(
    r"(?<![a-z])(?:push|mov|postpon|delay|defer|slip|shift|bump|kick)(?:e|es|s|ed|ped|ing|ping)?(?![a-z])|put\s+(?:it\s+|this\s+)?off|推迟|延期|延后|推到|拖到"
)
# What happens today by itself: money and goods arrive.
_NO_STEP = re.compile(r"到[账款货期场]|(?:打|付|收|回|汇)款|签收")
_DONE_EN = re.compile(
    r"(?<![a-z])(?:sent|paid|got|received|signed|came|arrived|went|was|were|had|gave|made|did|delivered|shipped|confirmed|issued|landed)(?![a-z])[^,.;]*$"
)
_DONE_ZH = re.compile(r"了(?!解)|过(?![去来几两])|已")


_THIS_PART = re.compile(r"this\s+(?:morning|afternoon|arvo|evening)")
_MEANT_FOR = re.compile(
    r"(?<![a-z])(?:for|by|due|until|till|from|is|are|to)\s+$|(?<![a-z])(?:confirm|agree|arrang|book|schedul|mov|reschedul|push|postpon|invit|pencill|plann)e?d\s+(?=\S)"
)


@dataclass(frozen=True)
class Roles:
    """The chosen times; ``used`` are all that were read as a next step or a deadline, ``further`` those of them that are
    steps beside the chosen one."""

    follow_up: Expression | None = None
    further: tuple[Expression, ...] = ()
    deadline: Expression | None = None
    occurred_on: date | None = None
    used: tuple[Expression, ...] = ()


def assign(
    text: str, clauses: Clauses, times: Sequence[Expression], *, done_clause: int | None, now: datetime
) -> Roles:
    """Give each time its part. ``done_clause`` is the clause that reports the activity, None for a task or a note."""
    alive = [time for number, time in enumerate(times) if not _is_denied(text, time, times[number + 1 :])]
    past = [time for time in alive if _is_past(text, time, alive, clauses, done_clause=done_clause, now=now)]
    future = [
        time
        for time in alive
        if time not in past
        and not _is_state(text, time, clauses)
        and not _is_condition(text, time, clauses)
        and not _is_not_before(text, time)
    ]
    deadlines = [time for time in future if time.limit == "before"]
    steps = [time for time in future if time.limit != "before" and _can_be_step(text, time, clauses, now)]
    deadline = min(deadlines, key=lambda time: time.at) if deadlines else None
    follow_up = _best(text, steps, clauses, is_due=deadline is not None) or _then(text, alive, clauses)
    chosen = tuple(time for time in (follow_up, deadline) if time)
    further = _further(text, chosen, (*steps, *deadlines), clauses)
    return Roles(
        follow_up,
        further,
        deadline,
        _occurred_on(past, clauses, done_clause, now),
        (*chosen, *further),
    )


_THEIR_DOING = re.compile(
    rf"(?<![a-z])(?:he|she|they|who|it|{NAME}+)(?:'ll|\s+(?!(?:to|on|at|by|in|for|about|with|and|the|a|an|next|tomorrow|today|again|back|\d)(?![a-z]))[a-z]+)|^\W*(?:their|his|her)\s|(?:他|她|他们|客户|对方|老板|领导|那边)[^,。]{{0,6}}(?:会|要|将|在|说|让|想|来|去|给|发|签|打)|说"
)


def _further(
    text: str, chosen: Sequence[Expression], others: Sequence[Expression], clauses: Clauses
) -> tuple[Expression, ...]:
    """The steps beside the chosen one that the rep will take: each in a clause of its own that names what to do.

    A deadline of its own clause is one as well: "send the quote by Friday, call on Monday".
    """
    main = chosen[:1]
    taken = {clauses.at(time.start) for time in main}
    found = []
    for time in sorted(others, key=lambda time: time.start):
        clause = clauses.at(time.start)
        part = _part(text, time, clauses)
        if clause in taken or not _is_step_to_take(part) or any(time.at == one.at for one in main):
            continue
        taken.add(clause)
        found.append(time)
    is_ours = main and _is_step_to_take(_part(text, main[0], clauses))
    return tuple(found) if is_ours else ()


_LASTS = re.compile(r"有效|到期|过期|保价|期限|质保|(?<![a-z])(?:valid|expir[a-z]+|warranty|runs\s+out)(?![a-z])")
# Of the words for steps those that name what is done: 去 and 到 alone name only the way.
_TAKEN_ZH = re.compile(
    r"联系|跟进|回访|电话|回电|致电|拜访|上门|登门|过去|约|见面|开会|会议|碰面|聊|谈|沟通|对接|发|寄|送|报价|递|提交|催|问|确认|回复|答复|签|安排|演示|准备|推进|开票|培训|安装|汇报|更新|整理|追|demo|call|email|meeting|follow|send|quote"
)


def _is_step_to_take(part: str) -> bool:
    is_named = bool(_TAKEN_ZH.search(part)) if not part.isascii() and _HAN.search(part) else has_step(part)
    return is_named and not (_THEIR_DOING.search(part) or _their_own().are_in(part) or _LASTS.search(part))


_THEN = re.compile(
    r"(?<![a-z])(?:call|ring|reach\s+out|follow\s+up|check|try|ping|pick\s+(?:it|this|things?)(?:\s+back)?\s+up|revisit|resume|restart|contact|email|reconnect|speak|chase|get\s+back|touch\s+base|circle\s+back)(?![a-z])[^.;]*(?<![a-z])(?:then|after\s+that)(?![a-z])|(?<![a-z])then\s+(?:call|ring|reach|follow|check|try|ping|pick|revisit|contact|e-?mail|speak|chase|touch|circle|go\s+back|see|ask|visit)(?![a-z])|(?:到时|回来|届时|之后|那时)[^,。]{0,4}再|再(?:联系|约|打|跟进|聊|拜访|沟通)"
)


# "Leave it till Q2": what is put aside is taken up again that day.
_PUT_ASIDE = re.compile(
    rf"(?<![a-z])(?:leav(?:e|ing)|left|park(?:ed|ing)?|hold(?:ing)?|keep(?:ing)?|shelv(?:e|ed|ing)|sit(?:ting)?|wait(?:ing)?|hang(?:ing)?|paus(?:e|ed|ing)|snooz(?:e|ed)|rest(?:ing)?|back\s+off|do\s+nothing|(?:don'?t|do\s+not|no|not\s+to|stop|avoid)\s+(?:chas(?:e|ing)|call(?:ing)?|contact|touch|push(?:ing)?|bother))\s+(?:(?:it|this|that|them|him|her|things|everything|{NAME}+|off|on|tight|alone|be|it\s+be|the\s+[a-z]+)\s+){{0,3}}(?:until|untill|till?)\s+(?:the\s+|after\s+)*$"
)


def _then(text: str, times: Sequence[Expression], clauses: Clauses) -> Expression | None:
    """ "On leave until the 30th, call then", "leave it till Q2", "don't ring before Friday": the end of what lasts is the time
    of the step."""
    for time in times:
        is_put_aside = _is_not_before(text, time)
        if not is_put_aside and not _is_state(text, time, clauses):
            continue
        is_put_aside |= bool(_PUT_ASIDE.search(text, clauses.spans[clauses.at(time.start)][0], time.start))
        if is_put_aside or (time.grain != "month" and _THEN.search(text, time.end)):
            is_vague = time.grain in {"week", "month"} or bool(_SEASON.match(text, time.start))
            at = time.at if time.has_clock else time.at.replace(hour=9, minute=0)
            return replace(time, limit="", at=at, vague=is_vague)
    return None


_SEASON = re.compile(
    r"(?:the\s+|after\s+)*(?:new\s+year|x-?mas|christmas|easter|thanksgiving|cny|chinese|lunar|holiday)"
)


def _part(text: str, time: Expression, clauses: Clauses) -> str:
    start, end = clauses.spans[clauses.at(time.start)]
    return text[start : max(end, time.end)]


def _is_denied(text: str, time: Expression, later: Sequence[Expression]) -> bool:
    before = text[max(0, time.start - 16) : time.start]
    if _is_not_before(text, time):
        return False
    if _DENIED.search(before) or _DENIED_AFTER.match(text, time.end):
        return True
    if not time.limit and not time.is_till and _NOT_THEN.search(text[max(0, time.start - 60) : time.start]):
        return True
    if (
        later
        and _IS_MOVED.search(text[max(0, time.start - 40) : time.start])
        and re.match(r"[^,.;,。]{0,24}?(?:(?<![a-z])to\s+(?:the\s+)?|到|至)$", text[time.end : later[0].start])
    ):
        return True
    return bool(
        later
        and _MOVED_FROM.search(before)
        and _MOVED_TO.search(text[time.end : later[0].start])
        and later[0].start - time.end < 24
    )


def _is_not_before(text: str, time: Expression) -> bool:
    """ "Don't ring before Friday": nothing is due by then, but from then on."""
    if time.limit != "before":
        return False
    return bool(_NOT_THEN.search(text[max(0, time.start - 60) : time.start]) or _NOT_THEN_AFTER.match(text, time.end))


def _is_past(
    text: str,
    time: Expression,
    times: Sequence[Expression],
    clauses: Clauses,
    *,
    done_clause: int | None,
    now: datetime,
) -> bool:
    if time.past:
        return True
    if time.limit == "before" or time.is_relative or time.recurrence:
        return False
    part = _part(text, time, clauses)
    if _was_today(text, time, clauses):
        return True
    is_today = time.at.date() == now.date() or not time.has_date
    if done_clause is not None and clauses.at(time.start) == done_clause and (time.can_be_past or is_today):
        return not re.search(
            r"约了?|定了?在|(?:booked|scheduled|set|agreed|arranged|confirmed)(?![a-z])",
            part[: max(0, time.start - clauses.spans[done_clause][0])],
        )
    if time.has_date and time.at.date() == now.date() and not time.has_clock and not time.part:
        before = text[clauses.spans[clauses.at(time.start)][0] : time.start]
        return bool(_DONE_ZH.search(part) or _DONE_EN.search(before)) or not has_step(_NO_STEP.sub("", part))
    return not time.has_date and not time.has_clock and bool(_DONE_ZH.search(part)) and not has_step(part)


def _was_today(text: str, time: Expression, clauses: Clauses) -> bool:
    """ "Paid this morning", "gave them the samples this afternoon": what is told as done was in a part of today that has begun."""
    if not time.part or not _THIS_PART.match(text, time.start) or not (time.has_begun or time.part == "morning"):
        return False
    before = text[clauses.spans[clauses.at(time.start)][0] : time.start]
    return bool(_DONE_EN.search(before)) and not _MEANT_FOR.search(before)


def _is_state(text: str, time: Expression, clauses: Clauses) -> bool:
    """Until then something lasts (budget frozen till Q1): no deadline of anybody's."""
    if not time.is_till:
        return False
    start, _ = clauses.spans[clauses.at(time.start)]
    before = text[start : time.start]
    return bool(_STATE.search(before) or _PUT_ASIDE.search(text, start, time.start)) or not has_step(before)


# "If not I'll call on Friday", 要是没回复周五再打: the day is the step's, not the condition's.
_IF_NOT_THEN = re.compile(
    r"(?<![a-z])if\s+(?:not|nothing|no(?:\s+(?:answer|reply|response|joy|luck|news|word))?)(?![a-z])|(?<![a-z])(?:then|i'?ll|we'?ll|i\s+(?:will|need|must|should|can)|let\s+me)(?![a-z])|(?:如果|要是|假如)[^,。]{0,2}(?:没|不|未)[^,。]{1,6}$|[^,。]我(?:再|就)?$"
)


def _is_condition(text: str, time: Expression, clauses: Clauses) -> bool:
    found = _ONLY_IF.search(text, clauses.spans[clauses.at(time.start)][0], time.start)
    if found is None:
        return False
    return time.limit == "before" or not _IF_NOT_THEN.search(text[: time.start], found.start())


def _can_be_step(text: str, time: Expression, clauses: Clauses, now: datetime) -> bool:
    part = _part(text, time, clauses)
    before = text[clauses.spans[clauses.at(time.start)][0] : time.start]
    if time.grain == "month" and _OF_MONTH.match(text, time.end):
        return False
    if time.grain == "month" and (_MOVED_MONTH.search(before) or not has_step(part)):
        return not _MOVED_MONTH.search(before) and not text.replace(NAME, "").strip()[len(part) :].strip()
    return True


# 12月的舱位, "the January order": the month tells which one is meant.
_OF_MONTH = re.compile(
    r"的(?!时候|某|[一二三四五]|第|那|初|底|\s)|(?:'s)?\s+(?:orders?|batch|shipments?|deliver(?:y|ies)|invoices?|numbers|figures|budget|targets?|volumes?|prices?|pricing|rates?|forecast|promo(?:tion)?|issue|edition|menu|rota|report|newsletter)(?![a-z])"
)


def _best(text: str, steps: Sequence[Expression], clauses: Clauses, *, is_due: bool) -> Expression | None:
    """The next step; a day of the customer's own is one only where nothing of the rep's is due."""
    if not steps:
        return None
    ranked = [(_weight(text, time, clauses), time) for time in steps]
    top = max(weight for weight, _ in ranked)
    if top == 0 and is_due:
        return None
    return min((time for weight, time in ranked if weight == top), key=lambda time: time.at)


def _without_time(part: str, text: str, time: Expression) -> str:
    """The clause without the time itself and what joins it to another: the 到 of 下周一到周三 is no step."""
    return re.sub(
        r"(?:到|至)(?=[周星礼下本这\d一二三四五六日天]|$)", "", part.replace(text[time.start : time.end], "", 1)
    )


_SAID = re.compile(r"说|表示|(?<![a-z])(?:said|says|saying|told\s+(?:me|us)|reckons|thinks|mentioned)(?![a-z])")


def _weight(text: str, time: Expression, clauses: Clauses) -> int:
    part = _part(text, time, clauses)
    told = part[max((said.end() for said in _SAID.finditer(part)), default=0) :]
    if _their_own().are_in(told) and not _ours().are_in(told):
        return 0
    if _promised_by_them().search(part) or time.recurrence is not None:
        return 1
    return 2 if _ours().are_in(told) or has_step(_without_time(part, text, time)) else 1


def _occurred_on(past: Sequence[Expression], clauses: Clauses, done_clause: int | None, now: datetime) -> date | None:
    if done_clause is None:
        return None
    near = [time for time in past if abs(clauses.at(time.start) - done_clause) <= 1]
    for time in sorted(near, key=lambda time: abs(clauses.at(time.start) - done_clause)):
        day = time.earlier if time.can_be_past and time.earlier else time.at.date()
        if day < now.date() and time.has_date and time.grain not in {"week", "month"}:
            return day
    return None
