"""Whether words answer an open question. An answer is nearly nothing but the value asked for; whatever says more is a
sentence of its own, which is heard as such, and the question waits in its draft (``/resume``)."""

from __future__ import annotations

import re
from typing import Literal

from domain.drafts.model import Draft
from handlers.context import ChatContext
from handlers.dialogs.amount_fields import read_amount
from handlers.dialogs.said_times import impossible_date
from handlers.router import fold
from handlers.understanding import Context as Reading
from handlers.understanding import Match, Understood, parse_past, parse_when, understand

Asked = Literal["time", "amount", "name", "colleague", "field", "value", "words"]
MOST_BESIDE = 2  # words that may stand beside the value: "Friday 10am sharp"
MOST_TRIED = 3  # words without the value that was asked for are an attempt at it, and are answered with how to say it
MOST_TIMES = 3
MOST_BEFORE_A_NAME = 3  # words: "called Globex", "just met with Globex"
LONGEST_VALUE = 40  # characters; longer words are no attempt at a time, an amount or a colleague's name
LONGEST_NAME = 60
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_]+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAK = re.compile(r"[,;:.!?，；：。！？、]")
_LINKS = frozenset(
    "a about after again am an and around at away back be before better between but by call come day each else every fine"
    " for from good he hmm how i i'll i'm in instead is it it's its later let lets let's make maybe move next no not of off"
    " ok okay on only or please rather remind say set she since some sometime sorry still than that's the them then there"
    " they this till time to until we when will work works would yeah yes".split()
)
_HAN_LINKS = re.compile(
    r"还是|左右|之前|之后|以前|以后|大概|可能|那天|时候|提醒|休假|请假|回来|[吧到那就改在前后的了好我请约再和或是不行]"
)
_NOT_REPORTS = frozenset({None, "note", "task"})


async def answers(
    ctx: ChatContext, question: Draft, text: str, asked: Asked, *, about: tuple[str, int] | None = None
) -> bool:
    """Do the words answer the question? Else it is put aside, to be found by ``/resume``.

    ``about`` is whom free words are asked about: ("customer", 7). ``value`` is for words that were no phone, no e-mail,
    whatever was asked for: were they an attempt at it?
    """
    reading = await ctx.reading()
    if _is_answer(text, reading, asked, about):
        return True
    question.asking = None
    await ctx.uow.flush()
    return False


def _is_answer(text: str, reading: Reading, asked: Asked, about: tuple[str, int] | None) -> bool:
    if asked == "time":
        return _is_value(text, _without_times(text, reading), reading)
    if asked == "amount":
        return _is_value(text, _without_amount(text, reading), reading)
    if asked == "colleague":
        return text.strip().startswith(("@", "＠")) or _is_value(text, None, reading)
    if asked == "value":
        return _is_value(text, None, reading)
    understood = understand(text, reading)
    if asked == "name":
        return _is_name(text, understood)
    if asked == "field" and _reports_on_somebody_new(text, understood):
        return False
    return not reports_on_another(text, understood, about)


def _is_value(text: str, beside: str | None, reading: Reading) -> bool:
    """``beside`` is what stands beside the value, None where there is none."""
    left = text if beside is None else beside
    said = _count(left)
    if beside is None and len(text) > LONGEST_VALUE:
        return False
    if said == 0:
        return True
    if said > (MOST_TRIED if beside is None else MOST_BESIDE):
        return False
    understood = understand(left, reading)
    names = understood.customers or understood.contacts or understood.phones or understood.emails
    return not names and understood.activity in _NOT_REPORTS


def _without_times(text: str, reading: Reading) -> str | None:
    typed = impossible_date(text)
    left = text if typed is None else fold(text).casefold().replace(typed, " ")
    found = typed is not None
    for _ in range(MOST_TIMES):
        moment = parse_when(left, reading) or parse_past(left, reading)
        if moment is None or moment.end <= moment.start:
            break
        left, found = f"{left[: moment.start]} {left[moment.end :]}", True
    return left if found else None


def _without_amount(text: str, reading: Reading) -> str | None:
    amount = understand(text, reading).amount
    if amount is not None:
        return f"{text[: amount.start]} {text[amount.end :]}"
    return "" if read_amount(text, reading) is not None else None


def _is_name(text: str, understood: Understood) -> bool:
    """A name may be long and hold any word; news has a name and goes on."""
    if len(understood.customers) == 1:
        [found] = understood.customers
        if found.end > found.start:
            return _count(f"{text[: found.start]} {text[found.end :]}") <= MOST_BESIDE and not _BREAK.search(
                text[found.end :].strip(" .。!！")
            )
    tells = understood.activity not in _NOT_REPORTS and _count(text) > MOST_TRIED
    plans = understood.follow_up is not None or understood.deadline is not None
    return len(text) <= LONGEST_NAME and not tells and not (plans and _count(text) > MOST_TRIED)


def reports_on_another(text: str, understood: Understood, about: tuple[str, int] | None) -> bool:
    """ "called Globex, …" is no word about Acme: what was done, and then at once somebody else's name."""
    if understood.activity in _NOT_REPORTS or len(understood.customers) != 1:
        return False
    [found] = understood.customers
    if (found.kind, int(found.id)) == about or not found.exact:
        return False
    return _opens_with(text, found)


def _reports_on_somebody_new(text: str, understood: Understood) -> bool:
    """ "called Initrode, they want five" is no company's name; where free words are asked for, it may be about them."""
    if understood.activity in _NOT_REPORTS or not understood.unknown_company or _count(text) <= MOST_TRIED:
        return False
    before, _, after = fold(text).casefold().partition(understood.unknown_company.casefold())
    return bool(_BREAK.match(after.strip())) and not _BREAK.search(before) and _all(before) <= MOST_BEFORE_A_NAME


def _opens_with(text: str, found: Match) -> bool:
    before = text[: found.start]
    return found.end > found.start and not _BREAK.search(before) and _all(before) <= MOST_BEFORE_A_NAME


def _count(text: str) -> int:
    """Words that say something; two Chinese characters count as one."""
    plain = _HAN_LINKS.sub(" ", fold(text).casefold())
    words = [word for word in _WORD.findall(plain) if word.replace("’", "'") not in _LINKS]
    return len(words) + (len(_HAN.findall(plain)) + 1) // 2


def _all(text: str) -> int:
    return len(_WORD.findall(text)) + (len(_HAN.findall(text)) + 1) // 2
