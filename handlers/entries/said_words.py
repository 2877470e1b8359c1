"""Words that say no more than a button of the card that waits would."""

from __future__ import annotations

import re

SAVE = frozenset(
    "save,save it,save this,save that,save all,save please,please save,please save it,ok save,ok save it,yes save,yes save it,"
    "yes,yep,yeah,yup,yes please,ok,okay,confirm,confirmed,correct,that's right,looks good,all good,"
    "保存,保存吧,保存一下,存,存吧,存一下,存了吧,好,好的,好吧,好的保存,好 保存,是,是的,对,对的,没错,确认,确定,行,可以,没问题,全部保存".split(
        ","
    )
)
CANCEL = frozenset(
    "cancel,cancel it,cancel that,cancel this,never mind,nevermind,forget it,forget that,discard,discard it,drop it,scrap it,"
    "don't save,don't save it,do not save,取消,取消吧,算了,算了吧,不要了,不用了,不存了,不存,算了不存了,算了不要了,不保存,别存了,别保存,放弃,作废".split(
        ","
    )
)
#: Where no card waits these are a kind word.
ALSO_THANKS = frozenset("ok,okay,好的".split(","))
LONGEST, LONGEST_PHRASE = 24, 60
_NOTHING_NEXT = re.compile(
    r"(?:(?:and )?(?:there(?:'s| is) )?no(?: more)?|without(?: a)?|(?:drop|remove|cancel|skip|delete)(?: the| that)?)"
    r" (?:follow[- ]?ups?|reminders?|next steps?)(?: needed| required| necessary)?"
    r"|(?:don't|do not|no need to|needn't) (?:follow[- ]?up|remind me)(?: with (?:him|her|them))?"
    r"|(?:不用|不需要|不必|无需|别|取消|去掉|不要|没有?|暂不)(?:再|安排|设置?|定)?(?:跟进|提醒|下一步|回访)(?:计划|安排)?(?:了|吧)?",
    re.IGNORECASE,
)


def says_save(text: str) -> bool:
    return _in(text, SAVE)


def says_cancel(text: str) -> bool:
    return _in(text, CANCEL)


def says_nothing_next(text: str) -> bool:
    """ "no follow up", 不用跟进了."""
    return len(text) <= LONGEST_PHRASE and _NOTHING_NEXT.fullmatch(text.strip(" .!。！").replace("’", "'")) is not None


def _in(text: str, words: frozenset[str]) -> bool:
    """Is the message nothing but that?"""
    return len(text) <= LONGEST and text.casefold().replace(",", " ").replace("  ", " ") in words
