"""Names side by side that are several companies, known and unknown ones: "called Acme, Beta and Larkfield, all want demos",
拜访了金龙汽车、蓝天物流和绿源. One company may have such a name itself (Marks and Spencer), so a sign is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from handlers.understanding.activity import NAME
from handlers.understanding.han_names import titled
from handlers.understanding.lexicon import longest_first, sections, words
from handlers.understanding.model import Understood
from handlers.understanding.normalise import fold
from handlers.understanding.unknown import is_everyday_word, is_no_company, looks_like_company

MOST = 8  # names in one sentence
FURTHER = 200  # characters behind the names in which a sign of several is looked for
_HAN = re.compile(r"[\u4e00-\u9fff]")

_WORD = r"(?:[A-Z][A-Za-z0-9'’\-]*|[A-Z0-9]{2,}|[a-z]+[A-Z][A-Za-z]*)"
_ITEM = rf"(?:{NAME}+|{_WORD}(?:\s+{_WORD}){{0,3}})"
_LIST = re.compile(rf"{_ITEM}(?:\s*[,、]\s*{_ITEM}){{0,6}}(?:\s*,?\s+and\s+|\s*[&+、]\s*){_ITEM}")
_JOINT = re.compile(r"\s*(?:,\s*)?(?:\band\b|[,、&+]|和|与|跟|以及|及)\s*")
_CUE = re.compile(
    r"(?:^|[,.;:!?]\s*|(?i:(?<![a-z])(?:called|calling|rang|phoned|met(?:\s+with)?|visited|saw|emailed|texted|pinged|messaged"
    r"|spoke\s+(?:to|with)|talked\s+(?:to|with)|(?:lunch|dinner|coffee|demo|meeting|call)s?\s+(?:with|for|at)|quoted|contacted"
    r"|reached\s+out\s+to|heard\s+from|quotes?\s+to|proposals?\s+to|with|to|from|at)\s+(?:both\s+|the\s+)?))$"
)
_OF_ONE = re.compile(r"\s+(?:from|of|at|@)\s", re.IGNORECASE)
_EACH = re.compile(
    r"(?<![a-z])(?:both|all|each|neither)\s+(?:of\s+them\s+)?(?:[a-z]+ed|wants?|needs?|likes?|loves?|asks?|says?|said|agrees?|is|are"
    r"|was|were|has|have|had|will|would|can|could|do|did|very|really|quite|not|too|so|in|on|keen|happy|fine|good|positive|ready"
    r"|open|went|got|took|gave|signed|paid|new|cold|warm|hot)(?![a-z])|(?<![a-z])respectively(?![a-z])|[都均各]|分别",
    re.IGNORECASE,
)
_OF_ONE_COMPANY = frozenset("sons son partners co company associates brothers bros sisters daughters friends".split())

# Without the words between names, so that there is one way alone to take a text apart.
_ITEM_ZH = rf"(?:{NAME}+|(?:(?![和与跟及])[\u4e00-\u9fff]){{2,12}}?)"
_CUE_ZH = re.compile(
    r"(?P<cue>拜访|走访|联系|回访|打给|致电|见|去|给|跟|和|约)(?:完|过|上)?了?(?:客户)?|(?:^|[,，。;；:：\s])(?=\S)"
)
_LIST_ZH = re.compile(
    rf"{_ITEM_ZH}(?:(?:、|和|与|跟|以及|及){_ITEM_ZH}){{1,7}}"
    rf"(?=的?(?:两家|三家|几家)|[打发报做寄都均聊谈沟分]|[,，。;；!！\s]|$)"
)
_TO_PEOPLE = frozenset({"见", "约", "跟", "和", None})


@dataclass(frozen=True)
class Joined:
    """Where the names stand, from the first to the last, and each of them."""

    start: int
    end: int
    items: tuple[tuple[int, int], ...]


def find_joined(text: str, understood: Understood) -> Joined | None:
    """Two to eight companies named side by side; None where the names are one company's, or people's. Never raises."""
    known = [match for match in understood.customers if match.end > match.start]
    folded = fold(text)
    for match in known:
        folded = f"{folded[: match.start]}{NAME * (match.end - match.start)}{folded[match.end :]}"
    found = _latin(folded) or (_chinese(folded) if _HAN.search(text) else None)
    if found is None or len(found.items) > MOST:
        return None
    named = [text[start:end].casefold() for start, end in found.items]
    persons = {text[each.start : each.end].casefold() for each in understood.contacts if each.end > each.start}
    return found if len(set(named)) == len(named) and persons.isdisjoint(named) else None


def _latin(masked: str) -> Joined | None:
    for match in _LIST.finditer(masked):
        if not _CUE.search(masked[max(0, match.start() - 40) : match.start()]) or _OF_ONE.match(masked, match.end()):
            continue
        items = _items(masked, match.start(), match.end())
        names = [masked[start:end] for start, end in items]
        if all(map(_may_be_company, names)) and _are_several(masked, match.start(), match.end(), names):
            return Joined(match.start(), match.end(), items)
    return None


def _items(masked: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    items, at = [], start
    for joint in _JOINT.finditer(masked, start, end):
        items.append((at, joint.start()))
        at = joint.end()
    return tuple((a, b) for a, b in (*items, (at, end)) if b > a)


def _may_be_company(name: str) -> bool:
    if name[0] == NAME:
        return True
    parts = name.split()
    if any(is_everyday_word(part) for part in parts) or parts[-1].casefold() in _OF_ONE_COMPANY:
        return False
    return not (len(parts) <= 2 and parts[0].casefold() in _given_names())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(word for line in sections("nicknames")[""] for word in line.split())


def _are_several(masked: str, start: int, end: int, names: Sequence[str]) -> bool:
    """A sign that these are companies of their own: it is said of each or of all, they are three, or look so."""
    if all(name[0] == NAME for name in names):
        return True
    strangers = [name for name in names if name[0] != NAME]
    after = masked[end : end + FURTHER]
    if _EACH.search(re.split(r"[.;。；]", after)[0]) or re.search(r"(?i:both\s+)$", masked[max(0, start - 8) : start]):
        return True
    if len(names) > 2 or all(map(looks_like_company, strangers)):
        return True
    return sum(bool(re.search(rf"[,.;]\s*{re.escape(name)}(?![A-Za-z])", after)) for name in strangers) == len(
        strangers
    )


# ---------------------------------------------------------------- Chinese


def _chinese(masked: str) -> Joined | None:
    for cue in _CUE_ZH.finditer(masked):
        match = _LIST_ZH.match(masked, cue.end())
        if match is None:
            continue
        start, end = match.span()
        items = _items(masked, start, end)
        names = [masked[a:b] for a, b in items]
        strangers = [name for name in names if name[0] != NAME]
        if len(names) < 2 or any(is_no_company(name) or titled().search(name) for name in strangers):
            continue
        is_sure = all(map(_has_tail, strangers))
        if not is_sure and (
            not _is_said_of_each(masked, start, end) or (cue["cue"] in _TO_PEOPLE and _are_people(strangers))
        ):
            continue
        return Joined(start, end, items)
    return None


def _has_tail(name: str) -> bool:
    tails = rf"(?:{longest_first('companies', 'industry-zh')}|{longest_first('companies', 'legal-zh')})$"
    return len(name) > 2 and re.search(tails, name) is not None


def _is_said_of_each(masked: str, start: int, end: int) -> bool:
    return "、" in masked[start:end] or bool(_EACH.search(re.split(r"[。；;]", masked[end : end + FURTHER])[0]))


def _are_people(names: Sequence[str]) -> bool:
    surnames = words("people", "surname")
    return any(len(name) <= 3 and (name[0] in surnames or name[0] in "老小") for name in names)
