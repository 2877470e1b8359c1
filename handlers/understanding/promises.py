"""What was promised in a chat: by us, by them, or asked by one and agreed to by the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from handlers.understanding.activity import has_step
from handlers.understanding.model import Context, Moment
from handlers.understanding.normalise import normalise
from handlers.understanding.transcripts import Said, Transcript
from handlers.understanding.understand import understand

MOST_READ = 60  # of the newest messages; who answers comes soon after who asks
LONGEST = 600  # characters of one message
SOON = 3  # messages in which an answer comes
_ASKS = re.compile(
    r"[?？]\s*$|[吗么]\s*[?？。!！~]*\s*$|(?<![a-z])(?:how\s+about|what\s+about|shall\s+we|can\s+(?:you|we|i)|could\s+(?:you|we|i)|would\s+(?:you|it)|"
    r"will\s+you|are\s+you\s+free|does|do\s+you|please|pls|plz)(?![a-z])|请|麻烦|能不能|能否|可否|可不可以|可以吗|行不行|方便|怎么样|如何"
)
_AGREES = re.compile(
    r"\s*(?:(?:ok(?:ay)?|sure|yes|yep|yeah|fine|great|perfect|agreed|deal|done|no\s+problem|of\s+course|certainly|will\s+do|got\s+it|sounds\s+good|works|that\s+works|noted|absolutely|👍|👌)(?![a-z])"
    r"|好|可以|行(?!不)|没问题|没事|收到|嗯|是的|对|ok|当然|一定|必须的|明白|就这么定|就这样)"
)
_REFUSES = re.compile(
    r"\s*(?:(?:no(?![a-z])(?!\s+(?:problem|worries))|nope|sorry|can'?t|cannot|unfortunately|i'?m\s+(?:out|away|busy)|not\s+(?:possible|free))|不行|不方便|没空|没时间|不好意思|抱歉|来不及|不了|恐怕)"
)
_PROMISES = re.compile(
    r"(?<![a-z])(?:i|we)(?:'ll|\s+will|\s+can|'m\s+going\s+to|\s+am\s+going\s+to)(?![a-z])|(?<![a-z])(?:let\s+me|going\s+to|you'?ll\s+(?:have|get)|get\s+back|see\s+you)(?![a-z])"
    r"|(?:发|寄|送|报|回|给|答)[给复]?[你您]|给[你您]|答复|回复|我[们会来去]|见"
)


@dataclass(frozen=True)
class Promise:
    """``said`` holds its words and ``moment`` its time in them, as of when they were said."""

    said: Said
    moment: Moment
    is_ours: bool
    weight: int
    is_asked: bool = False


@dataclass(frozen=True)
class Promises:
    """Those that are still ahead, the one to follow up first; ``lapsed`` is the newest whose time is over."""

    ahead: tuple[Promise, ...] = ()
    lapsed: Promise | None = None


def find_promises(transcript: Transcript, context: Context, *, ours: Callable[[str], bool]) -> Promises:
    """The promises of a chat, each time read as of the message that names it. Never raises.

    What is asked counts when the other agrees, or when nothing was said since; a refusal, or another time in the answer,
    takes it back.
    """
    found: list[tuple[int, Promise]] = []
    said = transcript.said[-MOST_READ:]
    for number, one in enumerate(said):
        plain = normalise(one.text[:LONGEST])
        moments = _moments(one, plain, context)
        before = _still_open(found, said, number)
        if before is not None:
            found = _answered(found, before, plain, is_refused=bool(_REFUSES.match(plain)), has_time=bool(moments))
        is_answer = before is not None
        asks = bool(_ASKS.search(plain))
        for moment in moments:
            if not (is_answer or has_step(plain) or _PROMISES.search(plain)):
                continue
            is_own = ours(one.speaker)
            weight = 1 if asks else 3 if is_own else 2
            found.append((number, Promise(one, moment, is_own, weight, is_asked=asks)))
    last = len(said) - 1
    return _sorted([_left_open(promise, last - number) for number, promise in found], context.local_now)


def _moments(one: Said, plain: str, context: Context) -> list[Moment]:
    if not plain.strip():
        return []
    at = one.at.replace(tzinfo=context.zone).astimezone(UTC) if one.at is not None else context.now
    reading = understand(one.text[:LONGEST], replace(context, now=at))
    first = reading.follow_up or reading.deadline
    return [moment for moment in (first, *reading.further) if moment is not None]


def _still_open(found: list[tuple[int, Promise]], said: tuple[Said, ...], number: int) -> int | None:
    """The place in ``found`` of what the other asked or offered a moment ago."""
    if not found:
        return None
    at, promise = found[-1]
    is_others = promise.said.speaker != said[number].speaker
    return len(found) - 1 if is_others and number - at <= SOON and promise.weight < 4 else None


def _answered(
    found: list[tuple[int, Promise]], place: int, plain: str, *, is_refused: bool, has_time: bool
) -> list[tuple[int, Promise]]:
    number, promise = found[place]
    if is_refused or (has_time and promise.weight == 1):
        return [*found[:place], *found[place + 1 :]]
    if _AGREES.match(plain) and promise.weight == 1:
        return [*found[:place], (number, replace(promise, weight=4)), *found[place + 1 :]]
    return found


def _left_open(promise: Promise, later: int) -> Promise:
    """A question with which the chat ends waits for us; one that was passed over is no promise."""
    if promise.weight != 1:
        return promise
    return replace(promise, weight=2 if later < SOON else 0)


def _sorted(promises: list[Promise], now: datetime) -> Promises:
    kept = [promise for promise in promises if promise.weight > 1]
    ahead = [promise for promise in kept if _is_ahead(promise.moment, now)]
    ahead.sort(key=lambda promise: (promise.weight < 3, promise.moment.at))
    lapsed = [promise for promise in kept if promise not in ahead]
    return Promises(tuple(ahead), lapsed[-1] if lapsed and not ahead else None)


def _is_ahead(moment: Moment, now: datetime) -> bool:
    """A day without an hour lasts until its evening."""
    if moment.grain in {"minute", "daypart"}:
        return moment.at > now
    return moment.at.date() >= now.date() or moment.at + timedelta(hours=1) > now
