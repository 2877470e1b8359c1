"""A correction of the card just shown: "no, Thursday", "make it 3pm", 改到周四, 不是20万是25万."""

from __future__ import annotations

import re

from handlers.understanding.dates.combine import expressions
from handlers.understanding.dates.when import moment, parse_when, scene_of
from handlers.understanding.model import Amendment, Context, Match
from handlers.understanding.money import find_amounts
from handlers.understanding.names import settled
from handlers.understanding.normalise import fold, normalise

_OPENING = re.compile(
    r"^\s*(?:(?:no+|nope|sorry|oops|wait|actually|correction|i\s+meant?|i\s+mean|meant|rather|make\s+(?:it|that)|change\s+(?:it|that|to|the\s+\w+)(?:\s+to)?|move\s+(?:it|that)?\s*(?:to)?|reschedule(?:\s+(?:it|that))?(?:\s+(?:to|for))?|"
    r"should\s+be|it'?s|it\s+was|that'?s|was|not|push\s+(?:it|that)?\s*(?:to|back\s+to)?|better|let'?s\s+(?:do|say|make\s+it)|set\s+it\s+to|until|by|deadline|due|the\s+(?:amount|customer|deadline|follow-?up|activity)\s+(?:is|was|should\s+be)|amount|customer|activity|instead)"
    r"(?![a-z])[\s,.:;!\-]*)+|^\s*(?:(?:不对|不是|错了|搞错了|弄错了|说错了|写错了|不|噢|哦|抱歉|不好意思|更正|纠正|应该是|是|改(?:到|成|为|在|一下)?|换(?:到|成)?|挪到|推(?:迟)?到|延(?:期|后)?到|提前到|调(?:整)?到|时间改(?:到|成)?|金额(?:是|改成|改为|应该是)?|客户(?:是|改成|应该是)?|截止(?:日期)?(?:是|改到|改成)?|我(?:说|指)的是|其实是|那就|还是)[,，。;:\s!]*)+"
)
_KINDS = re.compile(
    r"(?<![a-z])(?P<call>(?:phone\s+)?call)|(?P<visit>(?:site\s+)?visit)|(?P<meeting>meeting|lunch|coffee|dinner|zoom)|(?P<email>e-?mail)|(?P<wechat>we-?chat)|(?P<message>message|text|sms|whatsapp)|(?P<demo>demo)|(?P<quote>quote|proposal)|(?P<task>task|reminder)|(?P<note>note)(?![a-z])"
)
_ZKINDS = re.compile(
    r"(?P<call>电话)|(?P<visit>拜访|上门)|(?P<meeting>会议|开会|见面|面谈|吃饭)|(?P<email>邮件)|(?P<wechat>微信)|(?P<message>短信|消息)|(?P<demo>演示)|(?P<quote>报价)|(?P<task>任务|待办)|(?P<note>备注|记录|笔记)"
)
_DEADLINE = re.compile(r"(?<![a-z])(?:deadline|due|by|before)(?![a-z])|截止|之前|前(?!天|台|面)|期限")
LONGEST = 60


def find_amendment(text: str, context: Context) -> Amendment | None:
    """Which field of the last card gets which new value; None when ``text`` is a sentence of its own. Never raises."""
    plain = normalise(text.strip())
    if not plain or len(plain) > LONGEST:
        return None
    opening = _OPENING.match(plain)
    rest = plain[opening.end() :].strip(" .!。,") if opening else plain
    if opening is None and not _is_value_alone(plain, context):
        return None
    return (
        _amount(text.strip(), plain, context)
        or _time(plain, rest, context)
        or _customer(text, plain, opening, context)
        or _activity(rest, opened=opening is not None)
    )


def find_correction(text: str, context: Context) -> Amendment | None:
    """As ``find_amendment``, of what is finished: a value alone, "Thursday 3pm", is news there. Never raises."""
    return find_amendment(text, context) if _OPENING.match(normalise(text.strip())) else None


def _is_value_alone(plain: str, context: Context) -> bool:
    """ "Thursday 3pm" or "25k" by itself changes the card; "call Jane Thursday" is a new sentence."""
    left = plain
    for expression in expressions(scene_of(plain, context), context.working_hours):
        left = left.replace(plain[expression.lead : expression.end], " ", 1)
    for start, end in find_amounts(plain, context.currency)[1]:
        left = left.replace(plain[start:end], " ", 1)
    left = re.sub(
        r"(?<![a-z])(?:not|but|instead|then|at|on|please|pls|ok|rather)(?![a-z])|[,.!。，;吧呢哈了]|(?:不是|而是|是|改)",
        " ",
        left,
    )
    return not left.strip() and left != plain


def _amount(text: str, plain: str, context: Context) -> Amendment | None:
    amount, spans = find_amounts(plain, context.currency)
    if amount is None:
        return None
    left = plain
    for start, end in spans:
        left = left.replace(plain[start:end], " ", 1)
    left = _OPENING.sub(" ", left)
    left = re.sub(
        r"(?<![a-z])(?:not|but|is|it'?s|the|amount|instead|of|was|in\s+total|total|to|and)(?![a-z])|[,.!。，;]|不是|而是|是|金额|改成|改为|预算|报价|总价|吧|的|左右|大概",
        " ",
        left,
    )
    said = text[amount.start : amount.end].strip()
    return Amendment("amount", amount, said) if len(left.strip()) <= 4 else None


def _time(plain: str, rest: str, context: Context) -> Amendment | None:
    found = expressions(scene_of(plain, context), context.working_hours)
    future = [
        expression
        for expression in found
        if not expression.past
        and not re.search(
            r"(?:(?<![a-z])not\s+(?:on\s+|at\s+)?|不是|instead\s+of\s+|rather\s+than\s+)$",
            plain[max(0, expression.start - 14) : expression.start],
        )
    ]
    if not future:
        return _hour(rest, context)
    left = plain
    for expression in found:
        left = left.replace(plain[expression.lead : expression.end], " ", 1)
    left = re.sub(r"[^a-z\u4e00-\u9fff]+", "", _OPENING.sub(" ", left))
    if len(left) > 14 and not left.startswith(("but", "而是")):
        return None
    chosen = future[-1]
    is_deadline = bool(_DEADLINE.search(plain))
    value = moment(chosen)
    if is_deadline and chosen.limit != "before":
        value = parse_when(f"by {plain[chosen.start : chosen.end]}", context) or value
    return Amendment("deadline" if is_deadline else "follow_up", value)


_BARE_HOUR = re.compile(
    r"(?:(?:not\s+)?(?:at\s+)?\d{1,2}(?:[:.][0-5]\d)?\s*(?:,|but)\s*)?(?:at\s+)?(?P<hour>\d{1,2}(?:[:.][0-5]\d)?)(?:\s+(?:instead|please|then))*"
)


def _hour(rest: str, context: Context) -> Amendment | None:
    """ "make it 3", "not 10, 11": behind the opening of a correction a bare number is an hour."""
    found = _BARE_HOUR.fullmatch(rest)
    if found is None:
        return None
    value = parse_when(f"at {found['hour'].replace('.', ':')}", context)
    return Amendment("follow_up", value) if value else None


def _customer(text: str, plain: str, opening: re.Match[str] | None, context: Context) -> Amendment | None:
    if opening is None:
        return None
    found = context.names.find(fold(text.strip()), plain)
    companies, persons, _, _ = settled(found, context.names)
    covered = sum(mention.end - mention.start for mention in (*companies, *persons))
    if not (companies or persons) or len(plain) - opening.end() - covered > 12:
        return None
    mention = (companies or persons)[-1]
    one = context.names.known[mention.entries[0]]
    match = Match(one.kind, one.id, one.name, one.parent, mention.start, mention.end, mention.exact)
    return Amendment("customer" if companies else "contact", match)


def _activity(rest: str, *, opened: bool) -> Amendment | None:
    if not opened or len(rest) > 24:
        return None
    found = [
        match.lastgroup
        for pattern in (_KINDS, _ZKINDS)
        for match in pattern.finditer(rest)
        if not re.search(r"(?:not|不是)\s*(?:an?\s+)?$", rest[: match.start()])
    ]
    return Amendment("activity", found[-1]) if found and found[-1] else None
