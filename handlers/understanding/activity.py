"""What the rep did: the first activity reported as done, else a task or a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from handlers.understanding.clauses import Clauses
from handlers.understanding.dates.resolve import Expression
from handlers.understanding.learned import NOTHING, Learned
from handlers.understanding.lexicon import sections
from handlers.understanding.phrase_lists import Phrase, PhraseList, Words

NAME = "\ue000"
_RESCHEDULED = re.compile(
    r"(?<![a-z])(?:moved|rescheduled|postponed|pushed|cancel(?:l)?ed|confirmed|booked|scheduled|set)(?![a-z])"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOT_YET = re.compile(
    r"(?:(?:haven'?t|have\s+not|hasn'?t|didn'?t|did\s+not|not|never|yet\s+to|to\s+be|if|when|should\s+have|supposed\s+to\s+have|forgot\s+to)\s+(?:\w+\s+)?|(?:还没|没有|没|未|别|不用|不要|是否|忘了|还未)(?:来得及|去|能)?)$"
)
_FINISHED_ZH = re.compile(
    r"了|过(?![去来几两图方流稿材需细])|完|刚|已|过来|来电|(?:电话|微信|邮件)[里中上](?!约)|没接|没人|没见|没碰|没遇|没找|扑空|打不通|未接|不通|到了"
)
_PLAN_BEFORE_ZH = re.compile(
    r"(?:提醒|记得|别忘|需要|准备|打算|计划|安排|约(?!了?\N?\s*(?:吃|喝|见))|待会|等会|回头|改天|下次|想|应该|尽快|务必|必须|麻烦|再|(?<!需)要(?!求|闻|点)|(?<!不)将|让我|叫我|希望|可以|能不能|能否|方便|帮我|顺便|去(?=电)|(?:之|以|完|了)后)[^了]{0,8}$".replace(
        r"\N", NAME
    )
)
_PLAN_BEFORE = re.compile(
    r"(?:remind(?:er)?|to-?do|don'?t\s+forget|remember\s+to|needs?\s+to|have\s+to|has\s+to|must|should|going\s+to|gonna|will|'ll|let'?s|lets|plan(?:ning|ned)?|schedul(?:e|ed|ing)|book(?:ed|ing)?|set\s*up|set\s+a|arrang(?:e|ed|ing)|"
    r"diar(?:y|ise)|pencil(?:l?ed)?(?:\s+in)?|slot(?:ted)?\s+in|lin(?:e|ed)\s+up|block(?:ed)?\s+out|want(?:s|ed)?|needs?|asked\s+for|requested|request|please|pls|plz|propos(?:e|ed)|prep(?:are)?(?:\s+for)?|ready\s+for|looking\s+for|invite[sd]?|tbd|next|confirm(?:ed)?|agreed\s+to|upcoming|send|for\s+a|wants\s+another|interested\s+in|would\s+like|like)(?![a-z])[^.;\n]{0,28}$"
)


@dataclass(frozen=True)
class _Row:
    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Report:
    """The activity and where it was read; ``clause`` is None when nothing was reported as done."""

    kind: str
    start: int = 0
    end: int = 0
    clause: int | None = None


def find_activity(
    text: str,
    clauses: Clauses,
    times: Sequence[Expression],
    *,
    plan: int | None,
    has_statement: bool,
    told_until: int = 0,
    learned: Learned = NOTHING,
) -> Report:
    """The activity of a masked, normalised text.

    ``plan`` is the first clause of a plan; ``has_statement`` tells that something besides a plan is said before it, ``told_until`` where the last intent was read:
    what is told after "Lunch with Steve on Monday" makes that Monday a past one.
    """
    for start, end, kind, is_noun in sorted(_candidates(text, learned)):
        clause = clauses.at(start)
        if _is_done(
            text,
            start,
            end,
            clauses.spans[clause],
            _times_in(times, clauses.spans[clause]),
            kind=kind,
            is_noun=is_noun,
            is_told_after=told_until > clauses.spans[clause][1],
            before_times=[time for time in times if time.start < clauses.spans[clause][0]],
            next_times=_times_in(times, clauses.spans[min(clause + 1, len(clauses.spans) - 1)]),
        ):
            channel = _sent_by(text, clauses, clause) if kind == "quote" else None
            return Report(channel or kind, start, end, clause)
    if plan is not None and not has_statement:
        return Report("task", *clauses.spans[plan])
    return Report("note")


def _sent_by(text: str, clauses: Clauses, clause: int) -> str | None:
    """The channel by which a quote went out, where its clause names it, or the next one says nothing else: 邮件发的."""
    start, end = clauses.spans[clause]
    spans = [(start, end)]
    if clause + 1 < len(clauses.spans):
        following = clauses.spans[clause + 1]
        spans += [following] if following[1] - following[0] <= _ONLY_CHANNEL else []
    for section in ("sent-by", "sent-by-zh"):
        for phrase in _matches(section, text[: spans[-1][1]]):
            if any(first <= phrase.start < last for first, last in spans):
                return _kind(phrase)
    return None


_ONLY_CHANNEL = 12  # characters of a clause that tells no more than how it was sent
_ENDED_ZH = re.compile(r"了[\s。!,]*$")


def first_plan(text: str, clauses: Clauses, times: Sequence[Expression]) -> int | None:
    """The first clause that speaks of what is to be done; None when there is none."""
    for number, (start, end) in enumerate(clauses.spans):
        part = text[start:end]
        is_finished = not part.isascii() and _FINISHED_ZH.search(part) is not None
        here = [time for time in _times_in(times, (start, end)) if not time.past]
        following = clauses.spans[number + 1] if number + 1 < len(clauses.spans) else (end, end)
        before = [time for time in _times_in(times, clauses.spans[number - 1]) if not time.past] if number else []
        if before and not here and _BOOKED_ZH.match(part):
            return number - 1  # 周五下午三点有空，约了视频
        if (here or any(not time.past for time in _times_in(times, following))) and _BOOKED.search(part):
            return number
        is_reminder = _reminds().search(part) is not None
        if not is_reminder and is_finished and _ENDED_ZH.search(part):
            continue
        is_timed = any(not (is_finished and _is_today(time)) for time in here)
        if is_reminder or (is_timed and has_step(part)) or _IMPERATIVE.match(part.strip()):
            return number
    return None


# Something was arranged: what it is comes with its time, in the same clause or the next.
_BOOKED = re.compile(
    r"(?<![a-z])(?:moved|rescheduled|postponed|pushed|brought\s+forward|booked|scheduled|arranged|fixed|set(?:\s+up)?|pencil(?:l?ed)?(?:\s+in)?|agreed|confirmed|locked\s+in|lined\s+up|slotted\s+in)\s(?=[^,.;]*(?:\bto\b|\bfor\b|\bon\b|\bat\b|demo|meeting|call|visit|lunch|coffee|dinner|slot|appointment|session|workshop|review|next|mon|tue|wed|thu|fri))"
    r"|(?<![a-z])(?:is|are|was|been|got|gets|now|all)\s+(?:moved|rescheduled|postponed|pushed\s+back|brought\s+forward|booked(?:\s+in)?|scheduled|arranged|confirmed|back\s+on|set)\s*$"
    r"|(?:约|定|说|讲|谈|敲)(?:好|定|妥)了\s*$"
    r"|(?:约|定|排|敲|说|谈|讲|商量|改|挪|推|延|提前|换|调)(?:好|定|妥|到|成|在)?(?:了|到|在)(?=[^,。]{0,12}(?:视频|线上|通话|语音|喝|聊|演示|拜访|见面|会|面谈|吃饭|午饭|晚饭|饭|电话|考察|参观|培训|验收|安装|调试|答辩|讲标|签约|时间|上门|过去|喝茶|碰|[点号日]|周|明天|后天|下周))"
)
_BOOKED_ZH = re.compile(r"\s*(?:就|已经?|先|那就)?(?:约|定|排|敲)(?:好|定|妥)?了[^了过,。]{0,8}$")
_IMPERATIVE = re.compile(
    r"(?:(?:to|please|pls|can\s+(?:you|we|i|someone)|could\s+(?:you|someone)|also|and|then|need\s+to|must|to-?do:?|task:?|diary:?|action:?|note\s+to\s+self:?|next\s+steps?:?|remember\s+to|don'?t\s+forget\s+to|have\s+to|i\s+need\s+to|i'?ll|we'?ll|will)\s+)*"
    r"(?:leave|park|snooze|hold\s+off|pencil|slot|diarise|line\s+up|block\s+out|pop|drop|give|buzz|bell|dial|whats\s?app|wechat|dm|msg|courier|forward|(?:quote|price|invoice|post|order)\s+(?:him|her|them|\ue000)|chase|push|nail\s+down|firm\s+up|sort|organi[sz]e|pick\s+up|bring|take|raise|escalate|see|look\s+into|find\s+out|ask|tell|let|double[- ]check|finali[sz]e|redo|revise|resend|re-send|get|call|ring|phone|email|e-mail|mail|send|follow[\s-]?up|check\s+(?:in|back|with)|ping|chase|nudge|touch\s+base|circle\s+back|remind|get\s+back|revert|reply|respond|book|schedule|arrange|set\s+up|prepare|prep|draft|share|submit|contact|reach\s+out|text|message|whatsapp|visit|meet|try\s+again|speak|talk|drop\s+by|invite|confirm|update|review|go\s+see|write|catch\s+up)(?![a-z])"
    r"|(?:请|麻烦|帮我|记得|别忘了?|务必|尽快|提醒)|(?:催|问|联系|跟进|约|发|寄|送|回|提醒|安排|准备|整理|更新|确认|通知)(?:一下|下(?!周|个|月))|(?:给|跟|和|找|联系|约|催|回复|跟进)[^了过说]{0,20}(?:打电话|回电|发|联系|跟进|确认|约|谈|聊|报价|沟通|吃饭|吃个饭|喝茶|喝咖啡|喝酒|见面|见个面|碰面|碰头|开会|面谈|演示|参观|考察|验收|复盘)(?!了|过)[^了]{0,6}$"
)


def _is_today(time: Expression) -> bool:
    """Today or a part of it: with a finished verb it is past (今天签了)."""
    return time.is_today and not time.has_clock


@cache
def _reminds() -> re.Pattern[str]:
    return re.compile(
        r"(?<![a-z])(?:remind\s+me|reminder|to-?do|don'?t\s+forget|remember\s+to|diary|note\s+to\s+self)(?![a-z])|提醒我|提醒一下|记得|别忘|待办|帮我记|设(?:个|一个)?提醒"
    )


@cache
def _step() -> Words:
    latin, han = (
        [line.replace(r"\N", f"{NAME}+") for line in sections("activities")[name]] for name in ("step", "step-zh")
    )
    return Words(latin, han)


def has_step(part: str) -> bool:
    """Whether a clause names something a rep would do next."""
    return _step().are_in(part)


def _times_in(times: Sequence[Expression], span: tuple[int, int]) -> list[Expression]:
    return [time for time in times if span[0] <= time.start < span[1]]


def _candidates(text: str, learned: Learned) -> list[tuple[int, int, str, bool]]:
    """What the company's people taught holds against our own lists where both read the same words."""
    taught = [(start, end, kind, is_noun) for start, end, (kind, is_noun) in learned.activities.find(text)]
    others = _listed(text)
    return [
        *taught,
        *(each for each in others if not any(each[0] < end and start < each[1] for start, end, _, _ in taught)),
    ]


def _listed(text: str) -> list[tuple[int, int, str, bool]]:
    found = []
    if any("a" <= character <= "z" for character in text[:2000]) or not text.isascii():
        for section, is_noun in (("done", False), ("noun", True)):
            found += [(phrase.start, phrase.end, _kind(phrase), is_noun) for phrase in _matches(section, text)]
    if _HAN.search(text):
        found += [(phrase.start, phrase.end, _kind(phrase), False) for phrase in _matches("done-zh", text)]
    return found


def _matches(section: str, text: str) -> list[Phrase]:
    """From left to right, at one place the first line that fits, none within another."""
    found: list[Phrase] = []
    for phrase in _section(section).find(text):
        if not found or phrase.start >= found[-1].end:
            found.append(phrase)
    return found


def _kind(phrase: Phrase) -> str:
    return phrase.label.split(" ")[1]


@cache
def _section(section: str) -> PhraseList:
    lines = (line.split(" ", 1) for line in sections("activities")[section])
    rows = [(f"{number} {kind}", pattern.replace(r"\N", f"{NAME}+")) for number, (kind, pattern) in enumerate(lines)]
    return PhraseList(rows, is_bounded=not section.endswith("zh"))


def _is_done(
    text: str,
    start: int,
    end: int,
    span: tuple[int, int],
    times: list[Expression],
    *,
    kind: str,
    is_noun: bool,
    is_told_after: bool,
    before_times: list[Expression],
    next_times: list[Expression],
) -> bool:
    before = text[max(span[0], start - 40) : start]
    if _NOT_YET.search(before):
        return False
    part = text[span[0] : span[1]]
    is_chinese = bool(re.search(r"[\u4e00-\u9fff]", text[start:end])) or (
        not part.isascii() and bool(re.search(r"[\u4e00-\u9fff]", part))
    )
    is_future = any(_is_ahead(time) for time in times)
    if is_chinese:
        is_finished = bool(_FINISHED_ZH.search(text[start : min(end + 3, span[1])])) or bool(
            re.search(r"刚|已经?|今早|昨", before)
        )
        if not is_finished and _ARRANGED_ZH.search(text, span[0], end) and any(_is_ahead(time) for time in next_times):
            return False
        if _PLAN_BEFORE_ZH.search(before):
            return is_finished and not is_future and not re.search(r"提醒|记得|别忘|让我|叫我|再|想|要", before[-8:])
        if not is_finished and any(_is_ahead(time) for time in before_times):
            return False
        if not is_finished and _is_open(times) and not is_told_after:
            return False
        return not is_future or (is_finished and not any(_is_ahead(time) and time.start < start for time in times))
    if (
        is_noun
        and re.search(
            r"(?<![a-z])(?:weekly|monthly|quarterly|fortnightly|daily|regular|usual|annual|next|upcoming)\s+(?:[a-z]+\s+){0,3}$",
            before,
        )
        and not re.search(r"(?:done|went|was|had)(?![a-z])", part)
    ):
        return False
    if is_noun and _ARRANGED.match(text) and any(_is_ahead(time) for time in before_times):
        return False
    if not is_noun and (
        _WANTED_DONE.search(before) or (kind == "call" and _is_a_name(before + text[start:end], text[end:]))
    ):
        return False
    if (
        kind == "quote"
        and _QUOTE_IS.match(text, start)
        and any(_is_ahead(time) and time.start >= end for time in times)
    ):
        return False  # "quote over by Wednesday" is to be done
    if not is_noun:
        return not re.search(r"(?:will\s+have|to\s+be|get|getting|be)\s+$", before)
    if _PLAN_BEFORE.search(before) or _RESCHEDULED.search(part):
        return False
    if _is_open(times) and (any(time.has_clock for time in times) or not is_told_after):
        return False
    return not is_future


# "Wants the info emailed to him" is not yet done.
_WANTED_DONE = re.compile(
    r"(?<![a-z])(?:wants?|wanted|needs?|needed|would\s+like|'d\s+like|asked\s+(?:for|to\s+(?:have|get))|requests?|to\s+get|get)\s[^,.;]{1,40}$"
)
# "Pencil in Ann, Acme, 5 June, factory tour": what follows an order to arrange something is what is arranged.
_ARRANGED = re.compile(
    r"\W*(?:(?:please|pls|can\s+you|need\s+to|let'?s)\s+)?(?:pencil|slot|book|diarise|diary|schedule|set\s*up|arrange|line\s+up|block|put|pop|add|organi[sz]e|remind|reserve|hold)(?![a-z])"
)


_QUOTE_IS = re.compile(
    r"(?:quotes?|quotation|proposals?|pricing|bid|tender|estimate|offer|costings?|figures?)(?:\s+to\s+be)?\s+(?:off|over|out|across|in|with|to)(?![a-z])"
)
# "A new manager called Tom": that is his name. "Their buyer called about stock", "a colleague called Acme yesterday": a call.
_IS_CALLED = re.compile(r"(?<![a-z])(?:is|was|'s|be|are|so-|what'?s\s+(?:it|he|she))\s*called$")
_MAY_BE_CALLED = re.compile(
    r"(?<![a-z])(?:an?|new|another|some|one|this|their|interim|acting)\s+(?:[a-z&'-]+\s+){1,4}?(?:[^a-z]+\s+)?called$|(?<![a-z])(?:company|firm|outfit|place|product|startup|start-up|app|tool|system|model|range|brand|guy|bloke|chap|lady|woman|man|girl|lad|fella)\s+called$"
)
_RANG = re.compile(
    rf"\s*(?:$|[^\w\s'{NAME}]|(?:{NAME}+\s+)?(?:this|today|tonight|yesterday|earlier|just|about|re|back|again|in|on|at|around|last|twice|me|us|him|her|them|you|to|from|and|but|for|asking|wanting|wants?|asks?|says?|saying|because|with|while|when|after|before|while|the|our|my|his|their)(?![a-z]))"
)


def _is_a_name(said: str, after: str) -> bool:
    return bool(_IS_CALLED.search(said) or (_MAY_BE_CALLED.search(said) and not _RANG.match(after)))


# 约邹园长吃饭 下周四晚上: what is arranged has its time in the next part.
_ARRANGED_ZH = re.compile(rf"(?:约|请|安排|准备|打算|计划)(?!了){NAME}*")


def _is_ahead(time: Expression) -> bool:
    """Bare weekdays may be past or to come; a time of today that has not begun, or a time with its date, is to come."""
    if time.limit == "before":
        return True
    if time.is_today:
        return not time.has_begun and (time.has_clock or bool(time.part) or time.is_relative)
    if not time.has_date:
        return False
    return not time.past and not time.can_be_past


def _is_open(times: list[Expression]) -> bool:
    """A bare weekday: only what else is said tells whether it is past."""
    return any(time.can_be_past and not time.past for time in times)
