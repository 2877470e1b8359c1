"""What is to be done at the next step: the words around its time that the note leaves out."""

from __future__ import annotations

import re

from handlers.understanding import Moment
from handlers.understanding.clauses import split
from handlers.understanding.normalise import normalise

LONGEST = 300
_BREAK = re.compile(r"[,，;；。!！?？\n]|\.(?=\s|$)")
_EDGES = " \t:：、.-–—"
_LINK_BEFORE = re.compile(
    r"^(?:(?:and|then|so|also|please|i(?:'ll| will)?|we(?:'ll| will)?|need to|have to|must|let's|to|remind me(?: to)?|don't forget(?: to)?|remember(?: to)?|然后|所以|提醒我|记得|别忘了?|让我们?|让(?=\s)|我|not\s+[^\s,.]+\s+but)(?=[\s\u4e00-\u9fff])\s*)+",
    re.IGNORECASE,
)
_LINK_AFTER = re.compile(r"(?:\s+(?:on|by|at|in|until|till|before|due|around|for|and|to))+$|[在于到]$", re.IGNORECASE)
_WHOM = re.compile(r"^[^:：,，\d]{1,40}[:：]\s*")  # "Acme: send the quote" is about Acme, as the card says
_REMINDER = re.compile(
    r"(?:提醒我|记得|别忘了?|remind me to|don't forget to|remember to)(?=[\s\u4e00-\u9fff])", re.IGNORECASE
)
# Words that say only that there is a next step, which the reminder says anyway.
_ONLY_A_STEP = re.compile(
    r"(?:(?:follow(?:ing)?|up|followup|try|chase|check|touch|base|get|back|in|speak|talk|again"
    r"|with|to|him|her|them|it|me|us|next|step|will|should|asked|wants?|he|she|they|moved|rescheduled|pushed|postponed)\b[\s-]*)*"
    r"|[再会要将去来我们他她对方继续跟进联系沟通回复过谈聊说碰定吧了一下次步\s]*",
    re.IGNORECASE,
)
# Words that say how to reach somebody, and no more: with what was told they make a reminder.
_ONLY_HOW = re.compile(
    r"(?:(?:call|ring|phone|text|email|message|meet|visit|follow|up|try|check|get|back|in|again|on|with|to|him|her|them|it|me|us)\b[\s-]*)*"
    r"|[再给他她它对方们打个电话回访拜见面一下次去发微信消息\s]*",
    re.IGNORECASE,
)


def step_words(text: str, moment: Moment, note: str) -> str:
    """The clause of ``text`` that names ``moment``, without the time; "" when the note holds it, or it says only
    "follow up". "they signed, send the contract on Tuesday" gives "send the contract"."""
    start, end = _clause(text, moment)
    before = _LINK_AFTER.sub("", text[max(start, moment.start - LONGEST) : moment.start].rstrip(_EDGES))
    after = text[moment.end : min(end, moment.end + LONGEST)].strip(_EDGES)
    if _REMINDER.match(after):
        before = ""  # dictated without a stop, what was told goes before: 聊了聊下周四提醒我打个电话
    words = _LINK_BEFORE.sub("", f"{before} {after}".strip(_EDGES) + " ").strip(_EDGES)[:LONGEST]
    said, told = words.casefold(), note.casefold()
    is_told = note != "" and (said in told or told in said)
    return "" if is_told or _ONLY_A_STEP.fullmatch(words) else _WHOM.sub("", words)


def says_only_how(words: str) -> bool:
    """ "call him back" needs to be told why."""
    return _ONLY_HOW.fullmatch(words) is not None


def _clause(text: str, moment: Moment) -> tuple[int, int]:
    """Between the marks around the time, and within the clause: "call tomorrow and send it Friday" has two."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    start = max((each + 1 for each in breaks if each < moment.start), default=0)
    end = min((each for each in breaks if each >= moment.end), default=len(text))
    clauses = split(normalise(text))
    first, last = clauses.spans[clauses.at(moment.start)], clauses.spans[clauses.at(max(moment.start, moment.end - 1))]
    return max(start, first[0]), min(end, max(last[1], moment.end))
