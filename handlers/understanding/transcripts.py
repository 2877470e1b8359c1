"""A chat that was copied from a messenger, in its messages: who said what, and when.

Copies look as the messengers make them: WhatsApp ``[18/11/2026, 10:15:03] Jane: …``, Telegram ``Jane, [18.11.2026 10:15]``,
Slack ``Jane  10:15 AM``, WeChat ``张伟 2026-11-18 10:15:03``; also ``Jane: …`` alone, line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from handlers.understanding.activity import has_step
from handlers.understanding.model import Context, Known
from handlers.understanding.normalise import fold
from handlers.understanding.transcript_times import DATE, STAMP, Stamp, resolved, stamp_of

LONGEST = 60_000  # characters that are read; of a longer text the rest belongs to its last message
LONGEST_NAME = 40
LONGEST_HEADING = 60
_HEADER_ROOM = 120  # characters of a line in which who and when stand
_NAME = rf"(?P<name>[^\s:,\[\]<>]?[^:\[\]<>\n]{{0,{LONGEST_NAME - 1}}}?)"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STAMP_NAME = re.compile(
    rf"\[?{STAMP}\]?\s*(?:[-–]\s*)?{_NAME}\s*:(?:\s|$)|\[{STAMP.replace('?P<', '?P<b')}\]\s*(?=\S)"
)
_NAME_STAMP = re.compile(rf"{_NAME}\s*,?\s*(?:\[{STAMP}\]|{STAMP.replace('?P<', '?P<b')})\s*:?\s*")
_COLON_FOLLOWS = STAMP.replace(r"(?![\d:])", r"(?!\d)")
_NAME_STAMP_TEXT = re.compile(
    rf"{_NAME}\s*,?\s*(?:\[{_COLON_FOLLOWS}\]|{_COLON_FOLLOWS.replace('?P<', '?P<b')})\s*:\s+(?=\S)"
)
_STAMP_ALONE = re.compile(rf"\[?{STAMP}\]?")
_SYSTEM = re.compile(rf"\[?{STAMP}\]?\s+-\s+")
_DAY = re.compile(rf"[-—–─=\s]*(?P<day>{DATE})[-—–─=,\s]*(?:(?:星期|周)[一二三四五六日天]|[A-Za-z]+day)?[-—–─=\s]*")
_NAME_TEXT = re.compile(rf"{_NAME}\s*:\s*(?=\S)(?!//)")
_WECHAT = re.compile(r"微信|聊天记录|(?<![a-z])we-?chat(?![a-z])", re.IGNORECASE)
_OF_CHAT = re.compile(
    r"聊天|对话|微信|(?<![a-z])(?:chat|conversation|whatsapp|wechat|slack|telegram|transcript)", re.IGNORECASE
)
_CLOCKS_DIFFER = timedelta(hours=26)  # the copy may be of another zone
OURSELVES = frozenset({"me", "myself", "i", "you", "我", "我自己", "本人", "你"})


@dataclass(frozen=True)
class Said:
    """One message of a chat. ``at`` is naive wall-clock time of whoever pasted it, None where the copy has no times."""

    speaker: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Transcript:
    """``heading`` is what stands above the first message; ``kind`` the activity that the chat is."""

    said: tuple[Said, ...]
    kind: Literal["wechat", "message"]
    heading: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """In the order in which they first speak."""
        return tuple(dict.fromkeys(one.speaker for one in self.said))


@dataclass
class _Message:
    speaker: str
    stamp: Stamp | None
    lines: list[str] = field(default_factory=list)


@dataclass
class _Reading:
    """What was read so far. ``forms`` counts the ways in which its messages begin."""

    messages: list[_Message] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    day: str | None = None
    forms: Counter[str] = field(default_factory=Counter)

    def begin(self, form: str, speaker: str, stamp: Stamp | None, text: str = "") -> None:
        if stamp is not None and stamp.day is None:
            stamp = Stamp(self.day, stamp.clock)
        elif stamp is not None:
            self.day = None
        self.forms[form] += 1
        self.messages.append(_Message(speaker.strip(" ,"), stamp, [text] if text else []))

    def go_on(self, line: str) -> None:
        if self.messages:
            self.messages[-1].lines.append(line)
        elif line.strip():
            self.heading.append(line.strip())


def read_transcript(text: str, context: Context, *, ours: Collection[str] = ()) -> Transcript | None:
    """The messages of a pasted chat; None for a text that is none. ``ours`` are the names of the staff. Never raises."""
    if "\n" not in text and "]" not in text:
        return None
    for with_stamps in (True, False):
        reading = _read(text[:LONGEST].splitlines(), with_stamps=with_stamps)
        if _is_chat(reading, context, ours, with_stamps=with_stamps):
            break
    else:
        return None
    if len(text) > LONGEST:
        reading.messages[-1].lines.append(text[LONGEST:])
    times = resolved([message.stamp for message in reading.messages], context)
    if any(at is not None and at > context.local_now + _CLOCKS_DIFFER for at in times):
        return None  # nobody said anything tomorrow: it is a timetable
    said = tuple(
        Said(message.speaker, "\n".join(message.lines).strip(), at)
        for message, at in zip(reading.messages, times, strict=True)
    )
    return Transcript(said, _kind(reading, text), "\n".join(reading.heading))


def is_ours(speaker: str, ours: Iterable[str]) -> bool:
    """Is that somebody of ours? A first name is enough: chats show what somebody is called there."""
    plain = fold(speaker).strip().casefold()
    if plain in OURSELVES:
        return True
    return any(plain == name or plain in name.split() for name in (fold(one).strip().casefold() for one in ours))


def _read(lines: Sequence[str], *, with_stamps: bool) -> _Reading:
    reading = _Reading()
    for number, line in enumerate(lines):
        head = fold(line[:_HEADER_ROOM])
        if not (_stamped(reading, lines, number, head) if with_stamps else _named(reading, line, head)):
            reading.go_on(line)
    return reading


def _stamped(reading: _Reading, lines: Sequence[str], number: int, head: str) -> bool:
    line, bare = lines[number], head.strip()
    if not bare:
        return False
    lead = len(head) - len(head.lstrip())
    day = _DAY.fullmatch(bare)
    if day is not None:
        reading.day = day["day"]
        return True
    if _STAMP_ALONE.fullmatch(bare):
        return _after_its_name(reading, lines, number, bare)
    found = _STAMP_NAME.match(bare)
    if found is not None and found["name"] is not None:
        reading.begin("stamp first", found["name"], stamp_of(found), line[lead + found.end() :].strip())
        return True
    if found is not None and reading.messages:  # Slack: a further message of the same person
        reading.begin("stamp first", reading.messages[-1].speaker, stamp_of(found, "b"), line[lead + found.end() :])
        return True
    found = _NAME_STAMP_TEXT.match(bare)
    if found is not None and found["name"]:  # "Jane Miller, 10:02: is the price final?"
        stamp = stamp_of(found, "" if found["clock"] is not None else "b")
        reading.begin("name first", found["name"], stamp, line[lead + found.end() :].strip())
        return True
    found = _NAME_STAMP.fullmatch(bare)
    if found is not None and found["name"]:
        is_first = found["clock"] is not None
        form = "telegram" if "[" in bare and "," in bare[: bare.index("[")] else "name first"
        reading.begin(form, found["name"], stamp_of(found, "" if is_first else "b"))
        return True
    return bool(_SYSTEM.match(bare))  # "Messages are end-to-end encrypted": nobody said it


def _after_its_name(reading: _Reading, lines: Sequence[str], number: int, bare: str) -> bool:
    """A time on a line of its own: behind the name of who speaks, or of a further message of the same person."""
    found = _STAMP_ALONE.fullmatch(bare)
    assert found is not None
    name = lines[number - 1].strip() if number else ""
    known = {message.speaker for message in reading.messages}
    stands_apart = number < 2 or not lines[number - 2].strip()
    kept = reading.messages[-1].lines if reading.messages else reading.heading
    is_kept = bool(kept) and kept[-1].strip() == name  # a day, or who and when, is read already: nobody is called that
    if name and is_kept and len(name) <= LONGEST_NAME and (name in known or stands_apart):
        kept.pop()
        reading.begin("name above", name, stamp_of(found))
    elif reading.messages:
        reading.begin("name above", reading.messages[-1].speaker, stamp_of(found))
    else:
        return False
    return True


def _named(reading: _Reading, line: str, head: str) -> bool:
    """``Jane: hello``, without a time."""
    bare = head.lstrip()
    found = _NAME_TEXT.match(bare)
    if found is None or not found["name"] or len(found["name"].split()) > 4:
        return False
    reading.begin("name alone", found["name"], None, line[len(head) - len(bare) + found.end() :].strip())
    return True


def _is_chat(reading: _Reading, context: Context, ours: Collection[str], *, with_stamps: bool) -> bool:
    """Times with their day prove it; hours alone, or names alone, may as well be a report of the day, line by line."""
    messages, speakers = reading.messages, Counter(message.speaker for message in reading.messages)
    if len(reading.heading) > 2 or any(len(line) > LONGEST_HEADING for line in reading.heading):
        return False
    if not any("".join(message.lines).strip() for message in messages):
        return False
    is_dated = with_stamps and all(message.stamp and message.stamp.day for message in messages)
    if is_dated and not {"name first", "name above"} & reading.forms.keys():
        return True
    if any(_is_company(name, context) or _is_to_be_done(name) for name in speakers):
        return False
    if is_dated and len(messages) > 1:
        return True
    is_said_to_be = any(_OF_CHAT.search(line) for line in reading.heading)
    talks = len(speakers) > 1 and (max(speakers.values()) > 1 or any(is_ours(name, ours) for name in speakers))
    enough = 2 if with_stamps or is_said_to_be else 3
    return len(messages) >= enough and (talks or (is_said_to_be and len(speakers) > 1))


def _is_to_be_done(name: str) -> bool:
    """ "visit Bob 2026-11-24 15:00" is a plan."""
    return name.isascii() and has_step(name.lower())


def _is_company(name: str, context: Context) -> bool:
    """Is the speaker a customer by name? "Acme: they want a demo" is a report. The other name of a lead is its person's."""
    folded = fold(name)
    for mention in context.names.find(folded, folded.lower()).mentions:
        if mention.kind == "company" and mention.end - mention.start >= len(folded) - 1:
            known = [context.names.known[number] for number in mention.entries]
            return any(one.kind == "customer" or not _has_alias(one, name) for one in known)
    return False


def _has_alias(one: Known, name: str) -> bool:
    return fold(name).casefold() in {fold(alias).casefold() for alias in one.aliases}


def _kind(reading: _Reading, text: str) -> Literal["wechat", "message"]:
    if any(_WECHAT.search(line) for line in reading.heading):
        return "wechat"
    form = reading.forms.most_common(1)[0][0]
    is_of_wechat = form in {"name first", "name alone"} and bool(_HAN.search(text[:2000]))
    return "wechat" if is_of_wechat else "message"
