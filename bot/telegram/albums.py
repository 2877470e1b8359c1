"""Photos sent as one album come as updates of their own, with nothing to tell the last: a short silence ends an album.

Until then none of them is confirmed, so that a restart gathers them anew. What comes later all the same, and what a webhook
brings, where Telegram waits for each before it sends the next, goes on by itself and joins by ``Attachment.album``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from handlers.chat import Album, Attachment, ChatEvent

MOST_PARTS = 10  # https://core.telegram.org/bots/api#sendmediagroup
QUIET_SECONDS = 0.6
MOST_ENDED = 1000  # conversations whose last album is remembered, for parts that come late

Numbers = tuple[int, ...]


@dataclass
class Gathered:
    parts: list[tuple[int, ChatEvent]] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


class Albums:
    """``ready`` gets the numbers of updates and the one event that they are, in the order of each conversation."""

    def __init__(self, ready: Callable[[Numbers, ChatEvent], None], *, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._ready = ready
        self._quiet_seconds = quiet_seconds
        self._open: dict[tuple[str, str], Gathered] = {}
        self._ended: dict[tuple[str, str], str] = {}

    @property
    def is_gathering(self) -> bool:
        return bool(self._open)

    def take(self, number: int, event: ChatEvent) -> None:
        """Hand the event on, or keep it until its album is whole."""
        key = _key(event)
        album = event.content.album if isinstance(event.content, Attachment) else None
        if album is None or self._ended.get(key) == album:
            self._end(key)
            self._ready((number,), event)
            return
        held = self._open.get(key)
        if held is not None and _album_of(held) != album:
            self._end(key)
        held = self._open.setdefault(key, Gathered())
        held.parts.append((number, event))
        if held.timer is not None:
            held.timer.cancel()
        if len(held.parts) == MOST_PARTS:
            self._end(key)
        else:
            held.timer = asyncio.get_running_loop().call_later(self._quiet_seconds, self._end, key)

    def forget(self) -> None:
        """Give up what is being gathered: unconfirmed, it comes again."""
        for held in self._open.values():
            if held.timer is not None:
                held.timer.cancel()
        self._open.clear()

    def _end(self, key: tuple[str, str]) -> None:
        held = self._open.pop(key, None)
        if held is None:
            return
        if held.timer is not None:
            held.timer.cancel()
        self._ended[key] = _album_of(held)
        if len(self._ended) > MOST_ENDED:
            del self._ended[next(iter(self._ended))]
        self._ready(tuple(number for number, _ in held.parts), as_one([event for _, event in held.parts]))


def as_one(parts: Iterable[ChatEvent]) -> ChatEvent:
    """The parts of an album as one event. It stands where its words stand, so that editing them finds it."""
    events = list(parts)
    files = tuple(event.content for event in events if isinstance(event.content, Attachment))
    captions = [file.caption for file in files if file.caption.strip()]
    spoken = next((event for event, file in zip(events, files, strict=True) if file.caption.strip()), events[0])
    content = Album(
        tuple(replace(file, caption="") for file in files),
        caption="\n".join(captions),
        addressed=any(file.addressed for file in files),
    )
    if len(events) == 1:
        return events[0]
    deliveries = tuple(event.delivery_id for event in events)
    return replace(spoken, delivery_id=deliveries[0], content=content, parts=deliveries)


def _key(event: ChatEvent) -> tuple[str, str]:
    """Two people may send albums in one group at the same moment."""
    return event.conversation.key, event.sender.user if event.sender else ""


def _album_of(held: Gathered) -> str:
    content = held.parts[0][1].content
    return (content.album if isinstance(content, Attachment) else None) or ""
