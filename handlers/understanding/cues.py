"""Which words of a message a correction is about: those that told, or might have told, what was done, who it was with and
what was wanted. Rather none than doubtful ones: a phrase that is taught is read so in every message after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handlers.understanding.activity import NAME
from handlers.understanding.clauses import split
from handlers.understanding.latin_names import common_words
from handlers.understanding.model import Understood
from handlers.understanding.normalise import normalise
from handlers.understanding.unknown import is_no_company

LONGEST_MESSAGE = 400  # a letter has too many words to know which of them misled
LONGEST_CUE = 40
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z][a-z'/-]*")


@dataclass(frozen=True)
class Cues:
    """Normalised phrases. ``activity``: what an activity corrected by hand is taught by; ``name``: what a customer picked
    by hand is called; ``intents``: by intent what was read so; ``remark``: the words from which nothing was read."""

    activity: str | None = None
    name: str | None = None
    intents: Mapping[str, str] = field(default_factory=dict)
    remark: str | None = None


def cues_of(text: str, understood: Understood) -> Cues:
    """Of a message as it was understood. Never raises."""
    if len(text) > LONGEST_MESSAGE:
        return Cues()
    plain = normalise(text)
    masked = _masked(plain, _places(plain, understood))
    return Cues(
        activity=_activity_cue(masked, understood),
        name=_name_cue(plain, understood),
        intents=_intent_cues(masked, understood),
        remark=_remark(masked, understood),
    )


def _places(plain: str, understood: Understood) -> Iterable[tuple[int, int]]:
    for match in (*understood.customers, *understood.contacts):
        yield match.start, match.end
    for name in (understood.unknown_company, understood.unknown_person):
        at = plain.find(normalise(name)) if name else -1
        if name and at >= 0:
            yield at, at + len(name)


def _masked(plain: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        plain = f"{plain[:start]}{NAME * (end - start)}{plain[end:]}"
    return plain


# ---------------------------------------------------------------- what was done

# What such a word means is beyond doubt, or anything at all: nobody teaches it something else.
_PLAIN = frozenset(
    "call called calls calling phone phoned rang ring dialled visit visited visits met meet meets meeting meetings email"
    " emailed e-mail e-mailed mail mailed wechat wechatted message messaged text texted sms demo demoed quote quoted note"
    " noted task sent send spoke talked told said asked wanted wants needed needs agreed signed confirmed approved replied"
    " answered paid received discussed reviewed promised cancelled ordered reported contacted reached followed checked"
    " chased updated got had did went was were has have tried worked used started stopped moved closed opened added changed"
    " accepted rejected declined refused expected hoped liked loved interested need want news feedback reply answer order"
    " issue problem invoice contract deal price budget proposal deadline project team delivery payment".split()
)
_FILLERS = frozenset(
    "just i we i've we've today yesterday finally also again quickly briefly quick quickie short brief had a an the did"
    " another this morning afternoon evening earlier so and then later first nice good long".split()
)
_DETERMINERS = frozenset("the our my their his her old new".split())
_LINKS = frozenset("with w/ to at from for by".split())
_PARTICLES = frozenset("in on over round around up off out by down back along through into".split())
_STOPS = frozenset(
    "not never no don't didn't won't can't haven't hasn't isn't will would should could must may might to if when while"
    " until or but they he she it you is are be been being as that which who what why how of because there here please"
    " remind need let's lets".split()
)
_CLAUSE_TO_NAME = re.compile(rf"(?:^|[,.;:!?\n])\s*(?P<words>[a-z][a-z'’/ -]{{2,60}}?)\s+{NAME}")
_CLAUSE = re.compile(r"^\s*(?P<words>[a-z][a-z'’/ -]{2,60}?)\s*(?:[,.;:!?\n]|$)")
_PAST = re.compile(r"[a-z]{2,}(?:ed|'e?d)")

_ASPECT = r"(?:了|过|完)"
_TO_NAME_ZH = re.compile(
    rf"(?:给|跟|和|与|同|到|去|在|对|约|找){NAME}+(?:那边|那里|公司)?(?P<cue>[\u4e00-\u9fff]{{1,6}}?{_ASPECT}"
    rf"(?:[\u4e00-\u9fff]{{0,3}}(?=[,。;!\s]|$))?)"
)
_BEFORE_NAME_ZH = re.compile(
    rf"(?:^|[,。;!\s])(?:我们?|刚刚?|刚才|今天|昨天|前天|上午|下午|早上|中午|晚上|又|已经|也|还|再)*"
    rf"(?P<cue>[\u4e00-\u9fff]{{1,4}}?{_ASPECT})(?:一?[趟下次个]|一下)?{NAME}"
)
_MEASURE_ZH = re.compile(r"(?:一下|一会儿?|半天|几句|两句|一趟|一次|一个)$")
_PLAIN_ZH = re.compile(
    r"电话|拜访|上门|开会|会议|微信|邮件|短信|消息|演示|报价|没|不|别|未|说|表示|想|要|签|付|款|同意|确认"
)
_ANYTHING_ZH = re.compile(r"[去到见聊谈问给发来做看吃约打访联系沟通跟进回了过完个一下趟次]+")


_AFTER_NAME = re.compile(
    rf"(?:^|[,.;:!?\n])\s*{NAME}+\s+(?:just\s+|also\s+)?(?P<word>[a-z]+)(?=\s+(?:about|re|me|us|today|again)(?![a-z])|[,.;!]|$)"
)


def _activity_cue(masked: str, understood: Understood) -> str | None:
    by_place = _cue_zh(masked) if _HAN.search(masked) else _cue_en(masked) or _cue_after_name(masked)
    return by_place or _cue_read(masked, understood)


def _cue_after_name(masked: str) -> str | None:
    """ "Acme skyped about the rollout"."""
    found = _AFTER_NAME.search(masked)
    return found["word"] if found and _PAST.fullmatch(found["word"]) and _can_teach([found["word"]]) else None


def _cue_en(masked: str) -> str | None:
    found = _CLAUSE_TO_NAME.search(masked) or (None if NAME in masked else _CLAUSE.match(masked))
    if found is None:
        return None
    words = found["words"].split()
    while words and words[0] in _FILLERS:
        words = words[1:]
    while words and words[-1] in _DETERMINERS:
        words = words[:-1]
    link = words[-1] if words and words[-1] in _LINKS else None
    words = words[:-1] if link else words
    if not words or len(words) > 3 or not _can_teach(words):
        return None
    if _PAST.fullmatch(words[0]) and all(word in _PARTICLES for word in words[1:]):
        return " ".join(words)
    if link in {"with", "w/"} and len(words) <= 2 and not any(_PAST.fullmatch(word) for word in words):
        return f"{' '.join(words)} {link}"
    return None


def _can_teach(words: list[str]) -> bool:
    if any(word in _PLAIN or word in _STOPS or not _WORD.fullmatch(word) for word in words):
        return False
    return sum(map(len, words)) >= 4


def _cue_zh(masked: str) -> str | None:
    found = _TO_NAME_ZH.search(masked) or _BEFORE_NAME_ZH.search(masked)
    if found is None:
        return None
    cue = _MEASURE_ZH.sub("", found["cue"])
    if len(cue) < 2 or _PLAIN_ZH.search(cue) or _ANYTHING_ZH.fullmatch(cue):
        return None
    return cue


def _cue_read(masked: str, understood: Understood) -> str | None:
    """The very words by which our own lists read another activity."""
    span = understood.evidence.get(understood.activity or "")
    if span is None or understood.activity in {None, "task", "note"}:
        return None
    cue = masked[slice(*span)].strip()
    if NAME in cue or not 2 <= len(cue) <= LONGEST_CUE:
        return None
    if _HAN.search(cue):
        return None if _PLAIN_ZH.search(cue) or _ANYTHING_ZH.fullmatch(cue) else cue
    words = cue.split()
    return cue if len(words) <= 4 and _can_teach(words) and _PAST.fullmatch(words[0]) else None


# ---------------------------------------------------------------- who it was with

_CALLED_EN = re.compile(
    r"(?<![a-z])(?:called|rang|phoned|visited|met(?:\s+with)?|saw|emailed|spoke\s+(?:to|with)|talked\s+to|lunch\s+with|with|from|at|by)\s+"
    r"(?P<name>the\s+[a-z]{3,}(?:\s+[a-z]{3,})?)(?=\s*(?:[,.;:]|$)|\s+(?:today|yesterday|about|they|he|she|who|and|this)(?![a-z]))"
)
_ANYBODY_EN = re.compile(
    r"the\s+(?:\w+\s+)?(?:customer|client|buyer|boss|owner|manager|director|team|office|factory|shop|site|guy|lady|man|woman"
    r"|people|company|supplier|lead|prospect|contact|receptionist|secretary|lawyers?|phone|end|same|other|morning|evening"
    r"|afternoon|moment|quote|contract|order|deal|project|price|demo|meeting|call|airport|station|fair|show|expo|latter"
    r"|former|weekend|week|month|year|door|gate|table|top|bottom|beginning|start)s?"
)
_CALLED_ZH = re.compile(
    r"(?:在|去了?|到|跟|和|给|约了?|拜访了?|联系了?|见了?|回访了?)(?:了?一?趟)?(?P<name>[\u4e00-\u9fff]{3,6}?)"
    r"(?=[了又聊谈开喝吃见说打发坐送]|那边|[,。;!\s]|$)"
    r"|^(?P<first>[\u4e00-\u9fff]{3,6}?)(?=[又说想要]|来电|打来|那边|来[信访])"
)


def _name_cue(plain: str, understood: Understood) -> str | None:
    if understood.unknown_company:
        called = normalise(understood.unknown_company).strip()
    elif len(understood.customers) == 1 and not understood.customers[0].exact:
        [match] = understood.customers
        called = plain[match.start : match.end].strip()
    elif not understood.customers:
        called = _called(plain)
    else:
        return None
    return called if _can_be_called(called) else None


def _called(plain: str) -> str:
    found = _CALLED_ZH.search(plain) or _CALLED_EN.search(plain)
    if found is None:
        return ""
    groups = found.groupdict()
    return str(groups.get("name") or groups.get("first"))


def _can_be_called(name: str) -> bool:
    """What may stand for anybody is nobody's name: "the customer", 王总, a word of every day."""
    if not 2 <= len(name) <= LONGEST_CUE or any(character.isdigit() for character in name):
        return False
    if _HAN.search(name):
        return not is_no_company(name)
    if name.startswith("the "):
        return not _ANYBODY_EN.fullmatch(name)
    return len(name) > 2 and (" " in name or name not in common_words())


# ---------------------------------------------------------------- what was wanted


def _intent_cues(masked: str, understood: Understood) -> dict[str, str]:
    """The words of each intent; where they are few, with their neighbours, so that one misleading message does not silence
    a plain word for good."""
    found = {intent: _with_neighbours(masked, *understood.evidence[intent]) for intent in understood.intents}
    return {intent: cue for intent, cue in found.items() if len(cue) <= LONGEST_CUE and NAME not in cue}


def _with_neighbours(masked: str, start: int, end: int) -> str:
    cue = masked[start:end]
    if (len(cue) >= 4 and _HAN.search(cue)) or len(cue.split()) > 1:
        return cue.strip()
    clauses = split(masked)
    first, last = clauses.spans[clauses.at(start)]
    around = r"[\u4e00-\u9fff]{0,2}" if _HAN.search(cue) else r"(?:[a-z'-]+\s+)?"
    behind = r"[\u4e00-\u9fff]{0,2}" if _HAN.search(cue) else r"(?:\s+[a-z'-]+)?"
    before, after = re.search(rf"{around}$", masked[first:start]), re.match(behind, masked[end:last])
    return f"{before[0] if before else ''}{cue}{after[0] if after else ''}".strip()


_OPENING = re.compile(
    r"^(?:(?:and|but|so|they|he|she|we|it|customer|client|who)(?:'re|'s|'ve|'ll)?\s+|(?:is|are|was|were|said|says)\s+)+"
    r"|^(?:客户|他们?|她|对方|那边|我们?|说|表示|还|也|又|都|但是?|而且)+"
)


def _remark(masked: str, understood: Understood) -> str | None:
    """The one clause from which nothing was read, where it is short and there is no other."""
    moments = (understood.follow_up, understood.deadline, *understood.further)
    read = [*understood.evidence.values(), *((each.start, each.end) for each in moments if each)]
    if understood.amount is not None:
        read.append((understood.amount.start, understood.amount.end))
    left = [
        masked[start:end].strip(" .!。")
        for start, end in split(masked).spans
        if NAME not in masked[start:end] and not any(a < end and start < b for a, b in read)
    ]
    if len(left) != 1:
        return None
    remark = _OPENING.sub("", left[0]).strip()
    size = len(_HAN.findall(remark)) if _HAN.search(remark) else 2 * len(remark.split())
    fits = 4 <= size <= 10 and len(remark) <= LONGEST_CUE and not any(character.isdigit() for character in remark)
    return remark if fits else None
