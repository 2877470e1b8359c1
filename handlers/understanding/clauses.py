"""Sentences in their parts: where one statement ends and the next begins, also in dictated text without punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_HAN = r"\u4e00-\u9fff\ue000-\ue002"
_REAL_HAN = re.compile(r"[\u4e00-\u9fff]")
# A blank after "with NAME" only sets the name off: 和 Kevin 聊了.
_OPEN_ENDED = re.compile(r"(?:[和跟给与同找去约对让向到在见把的]|拜访|联系|发给|打给)了?\s*[\ue000-\ue002]*$")
# A run of blanks is tried from its beginning alone: from each of its blanks would take the square of its length.
_BREAK = re.compile(
    rf"[,，。;；!！?？\n、]+|(?<!\d)[.:](?=\s|$)|(?<!\s)\s+[-|/]+\s+|(?<!\s)\s*(?:->|=>|→)\s*|--+"
    rf"|(?P<blank>(?<=[{_HAN}])\s+(?=[{_HAN}]))"
    r"|(?<!\s)\s+(?:and|so|um|uh|then|but)\s+(?=(?:he|she|they|we|i|i'll|we'll|let'?s|lets|will|need|follow|then|um|call|send|wants?|asked|says?|said|also|please|remind|check|ring|email|mail|book|schedule|chase|text|ping|visit|meet|invoice|draft|prepare|submit|arrange|confirm|review|(?:come|get|go|circle)\s+back)(?![a-z]))"
    r"|(?<!\s)\s+(?=(?:wants|wanted|asked|asks|told)\s+me\s+to(?![a-z]))"
    r"|(?<!\s)\s+(?:um|uh|erm|then)\s+|(?<!\s)\s+(?=(?:lets|let's|follow\s+up|remind\s+me|please\s+(?:remind|call|send|follow))(?![a-z]))"
    r"|(?=然后(?!让我|叫我)|接着|但是|不过|另外|所以|因此|(?<![据听])(?:他|她|他们|客户|对方)说|(?:然后)?(?:让我(?!们)|叫我)|我(?:明天|后天|下周|周[一二三四五六日]|再))"
)


#: Without punctuation a text is cut here, so that no step looks at all of a long text again and again.
LONGEST = 300


@dataclass(frozen=True)
class Clauses:
    """The parts of a text as sorted, adjoining spans without their separators."""

    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    def at(self, position: int) -> int:
        """The number of the clause that holds ``position``."""
        return max(0, bisect_right(self.starts, position) - 1)


def split(text: str) -> Clauses:
    """The clauses of a masked, normalised text; a text has at least one."""
    spans: list[tuple[int, int]] = []
    start = 0
    is_chinese = bool(_REAL_HAN.search(text))
    for match in _BREAK.finditer(text):
        if match["blank"] and (
            not is_chinese or _OPEN_ENDED.search(text[max(start, match.start() - 60) : match.start()])
        ):
            continue
        if match.start() > start and text[start : match.start()].strip():
            spans.append((start, match.start()))
            start = match.end()
        elif not text[start : match.start()].strip():
            start = max(start, match.end())
    if text[start:].strip() or not spans:
        spans.append((start, len(text)))
    spans = [(at, min(at + LONGEST, end)) for start, end in spans for at in range(start, max(end, start + 1), LONGEST)]
    return Clauses(tuple(spans), tuple(span[0] for span in spans))
