"""What remains of the text when the next step has become a follow-up: the note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.understanding.activity import NAME, has_step
from handlers.understanding.clauses import Clauses
from handlers.understanding.dates.resolve import Expression

_TOPIC = re.compile(
    r"(?<![a-z])(?:about|re|regarding|concerning|on\s+the|to\s+discuss|to\s+talk\s+about|to\s+go\s+over)(?![a-z])[: ]*|(?:关于|讨论|确认|聊|谈|问)(?=[^\s,。]{2,})"
)
_SAID = re.compile(r"(?<!我)(?:说|承诺|答应)|表示|提到|告诉|回复|反馈|让我们")
_THEY = re.compile(
    rf"^\W*(?:also\s+|and\s+)?(?:wants?|needs?|asked|asks|says?|said|agreed|promised|prefers?|requested|insists?|hopes?)\s|(?<![a-z])(?:(?:he|she|they|who|{NAME}+)(?:'ll|\s+(?:will|wants?|needs?|is|are|has|have|can|agreed|said|says|asked|promised|[a-z]{{2,}}ed)))(?![a-z])"
)
_FILLER = re.compile(r"^[\s,，。;；.!！、:\-|]+|[\s,，;；、:\-|]+$")
_STOCK = re.compile(
    rf"{NAME}|[给把将要必须需在前再去到了我他她的回复答复发寄送报提交一下\s,。就请前]|客户|要求|之前|之后|以前|左右"
)


_LOOSE_END = re.compile(
    r"(?:^|(?<=[\s,，。;；]))(?:然后|让我|让|叫我|约我?|并且?|另外|所以|um|uh|and|so|then|but|also|after|before|by|reminder|remind me(?: to)?|diary|todo|to-do|帮我记一下|记得|note to self)[\s:：,，]*$",
    re.IGNORECASE,
)
_HAN_LOOSE_END = re.compile(r"(?:然后|让我|叫我|约我|并且|另外|所以|于是)$")
_REMINDING = re.compile(
    r"^[\s,，。:：]*(?:(?:reminder|remind me(?: to)?|diary|todo|to-do|please|pls|don'?t forget(?: to)?|remember to|need to|note to self|帮我记一下|记得|别忘了?|提醒我|提醒一下)[\s,，:：]*)+",
    re.IGNORECASE,
)


_REMIND_ME = re.compile(
    r"(?:请|麻烦)?提醒(?:我|一下|我一下)?|(?:(?:pls|plz|please|hey|hi|can you|could you)[\s,]*)*(?:remind me(?: to)?|reminder)?",
    re.IGNORECASE,
)


_LEFT_OVER = re.compile(
    r"^(?:(?:(?:phone\s+)?call|visit|meeting|e-?mail|demo|quote|note|log)\s*[:：]\s*(?=\S)|to\s+(?=[a-z]+\s)|(?:电话|拜访|会议|微信|邮件|备注|记录)\s*[:：]\s*(?=\S))",
    re.IGNORECASE,
)


def remaining_note(
    original: str, masked: str, clauses: Clauses, used: Sequence[Expression], *, is_task: bool = False
) -> str:
    """As ``_remaining``, without the "to" or the "Call:" that it would begin with: the card says so itself."""
    return _LEFT_OVER.sub("", _remaining(original, masked, clauses, used, is_task=is_task))


def _remaining(original: str, masked: str, clauses: Clauses, used: Sequence[Expression], *, is_task: bool) -> str:
    """The original text without the clauses of the next step and the deadline; what such a clause says besides stays.

    A task of which nothing else is told keeps what is to be done, without its time: "remind me to call Ann at 2" is "call Ann".
    """
    note = _without(original, [_cut(masked, clauses, time) for time in used])
    if is_task and used and _REMIND_ME.fullmatch(note):
        note = ""  # "提醒我明天下午给王总打电话": the word of reminding is not what is to be done
    if note or not used:
        return note
    if not is_task:
        return _without(original, [(time.lead, time.end) for time in used if time.limit != "before"])
    return _REMINDING.sub("", _without(original, [(time.lead, time.end) for time in used])).strip(" ,，。:：")


def _without(original: str, cuts: list[tuple[int, int]]) -> str:
    is_chinese = bool(re.search(r"[\u4e00-\u9fff]", original))
    note, position = "", 0
    for start, end in [*sorted(cut for cut in cuts if cut[0] < cut[1]), (len(original), len(original))]:
        piece = _tidy(original[position:start])
        if piece:
            note += (_joint(original, position, is_chinese=is_chinese) if note else "") + piece
        position = max(position, end)
    return note


def _joint(original: str, cut_end: int, *, is_chinese: bool) -> str:
    """A comma where whole clauses went, nothing where a time was taken out of a sentence."""
    if cut_end < len(original) and original[cut_end] not in ",，。;；.!！、\n":
        return "" if is_chinese else " "
    return "，" if is_chinese else ", "


def _tidy(piece: str) -> str:
    piece = _FILLER.sub("", piece)
    return _FILLER.sub("", _HAN_LOOSE_END.sub("", _LOOSE_END.sub("", piece)))


def _cut(masked: str, clauses: Clauses, time: Expression) -> tuple[int, int]:
    start, end = clauses.spans[clauses.at(time.start)]
    end = max(end, time.end)
    part = masked[start:end]
    before = masked[start : time.lead]
    if time.recurrence is not None and not has_step(part):
        return time.lead, time.end
    if re.search(r"[\u4e00-\u9fff]", part):
        return _cut_chinese(masked, start, end, before, time)
    if _THEY.search(part) or not has_step(part):
        return time.lead, time.end
    topics = _TOPIC.finditer(masked, start, end)
    topic = next(
        (each for each in topics if not time.start <= each.start() < time.end), None
    )  # "every month on the 15th"
    if topic is None or topic.end() >= end - 3:
        return start, end
    return (
        (start, topic.end())
        if time.start < topic.start()
        else (time.lead, end)
        if time.lead > topic.end() + 2
        else (start, end)
    )


def _cut_chinese(masked: str, start: int, end: int, before: str, time: Expression) -> tuple[int, int]:
    """What somebody said stays, without the time; 说下周再联系 is only the next step."""
    if _SAID.search(before) or _weight(_STOCK.sub("", before)) >= 8:
        if time.limit == "before":
            return start, start
        return (
            (start, end)
            if _NEXT_TIME.search(masked, time.end, end) and len(_STOCK.sub("", before)) <= 3
            else (time.lead, time.end)
        )
    return start, end


def _weight(text: str) -> int:
    """How much is said, in Chinese characters; a Latin word counts for two."""
    return len(re.sub(r"[a-z0-9']+\s*", "__", text))


_NEXT_TIME = re.compile(r"再|联系|跟进|打过[来去]|回[电复]|提醒")
