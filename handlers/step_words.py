"""What is to be done at the next step: the words around its time that the note leaves out."""

from __future__ import annotations

import re

from handlers.understanding import Moment

LONGEST = 300
_BREAK = re.compile(r"[,，;；。!！?？\n]|\.(?=\s|$)")
_EDGES = " \t:：、.-–—"
_LINK_BEFORE = re.compile(
    r"^(?:(?:and|then|so|also|please|i(?:'ll| will)?|we(?:'ll| will)?|need to|have to|must|let's|to|然后|所以|我)(?=[\s\u4e00-\u9fff])\s*)+",
    re.IGNORECASE,
)
_LINK_AFTER = re.compile(r"(?:\s+(?:on|by|at|in|until|till|before|due|around|for|and))+$|[在于到]$", re.IGNORECASE)
# Words that say only that there is a next step, which the reminder says anyway.
_ONLY_A_STEP = re.compile(
    r"(?:(?:follow(?:ing)?|up|followup|call|ring|phone|try|chase|check|touch|base|get|back|in|speak|talk|meet|again"
    r"|with|to|him|her|them|it|me|us|next|step|will|should|asked|wants?|he|she|they)\b[\s-]*)*"
    r"|[再会要将去来我们他她对方继续跟进联系沟通回访复打过电话谈聊说碰定吧了一下次步\s]*",
    re.IGNORECASE,
)


def step_words(text: str, moment: Moment, note: str) -> str:
    """The clause of ``text`` that names ``moment``, without the time; "" when the note holds it, or it says only
    "follow up". "they signed, send the contract on Tuesday" gives "send the contract"."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    start = max((each + 1 for each in breaks if each < moment.start), default=0)
    end = min((each for each in breaks if each >= moment.end), default=len(text))
    before = _LINK_AFTER.sub("", text[max(start, moment.start - LONGEST) : moment.start].rstrip(_EDGES))
    after = text[moment.end : min(end, moment.end + LONGEST)].strip(_EDGES)
    words = _LINK_BEFORE.sub("", f"{before} {after}".strip(_EDGES)).strip(_EDGES)[:LONGEST]
    said, told = words.casefold(), note.casefold()
    is_told = said in told or (told != "" and told in said)
    return "" if is_told or _ONLY_A_STEP.fullmatch(words) else words
