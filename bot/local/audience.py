"""The pages that are open at this moment, and what is pushed to them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

Frame = dict[str, Any]
LONGEST_QUEUE = 1_000  # frames; a page further behind is dropped and catches up when it comes back


class OpenPage:
    """One socket's outgoing frames. ``viewers`` are the people whose eyes it has; ``places`` what they may see.

    Pushes are held back until the page has had its first picture of everything: that was read from the database at
    some moment, and a push older than it must not overtake it.
    """

    def __init__(self) -> None:
        self.viewers: frozenset[str] = frozenset()
        self.places: frozenset[str] = frozenset()
        self.outgoing: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._held: list[Frame] | None = []

    def push(self, frame: Frame) -> None:
        if self._held is not None:
            self._held.append(frame)
        elif self.outgoing.qsize() >= LONGEST_QUEUE:
            self.outgoing.put_nowait(None)
        else:
            self.outgoing.put_nowait(frame)

    def answer(self, frame: Frame) -> None:
        """Say something to this page alone, held back or not."""
        self.outgoing.put_nowait(frame)

    def hold(self) -> None:
        self._held = self._held or []

    def start(self, welcome: Frame) -> None:
        held, self._held = self._held or [], None
        for frame in (welcome, *held):
            self.outgoing.put_nowait(frame)

    def leave(self) -> None:
        self.outgoing.put_nowait(None)


class Audience:
    """All open pages."""

    def __init__(self) -> None:
        self.pages: set[OpenPage] = set()

    def show(self, place: str, message: Mapping[str, Any]) -> None:
        """Push a message, new or changed, to all who may see it."""
        only = message.get("only")
        for page in self.pages:
            if place in page.places and (only is None or only in page.viewers):
                page.push({"type": "message", "place": place, "message": dict(message)})

    def read(self, user: str, place: str, message: int) -> None:
        for page in self.pages:
            if user in page.viewers:
                page.push({"type": "read", "user": user, "place": place, "message": message})

    def tell_all(self, frame: Frame) -> None:
        for page in self.pages:
            page.push(frame)

    def close(self) -> None:
        for page in self.pages:
            page.leave()
