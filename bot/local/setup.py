"""What the page is given by the program that it is part of."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.local.gate import Gate
from bot.local.people import LocalPerson
from bot.local.sessions import Sessions
from handlers.chat import ChatEvent, Receipt, RenderedForm

# A receipt in its reader's words: the toast ("" for none), sentences by field name, and the form to open.
ReceiptInWords = tuple[str, Mapping[str, str], RenderedForm | None]
Dispatch = Callable[[ChatEvent], Awaitable[Receipt]]


@dataclass(frozen=True, kw_only=True)
class Demo:
    """Everybody may be anyone. ``move_clock`` sets the clock to a later moment (aware UTC), runs what falls due until
    then and returns when it was sent; it raises ValueError when the clock cannot go there. ``chips`` gives a person's
    three "try this" sentences."""

    move_clock: Callable[[datetime], Awaitable[None]]
    chips: Callable[[LocalPerson], Sequence[str]] = lambda person: ()
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)


class SomebodyElse(Exception):
    """The code is another person's than who sits there; it is not used up."""


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Everybody is who they signed in as.

    ``redeem`` uses up a one-time code and gives the person's user id, or None. Where the browser is somebody's already
    it is told whose, and raises SomebodyElse for a good code of another person.
    """

    redeem: Callable[[str, str | None], Awaitable[str | None]]
    sessions: Sessions


@dataclass(frozen=True, kw_only=True)
class PageSetup:
    """``company`` is the name the bot speaks in; ``static`` the folder with ``index.html``; ``entry`` tells who comes
    in and how; ``gate`` under which names the page is reached."""

    dispatch: Dispatch
    render_receipt: Callable[[Receipt], ReceiptInWords]
    company: str
    static: Path
    entry: Demo | SignIn
    gate: Gate = field(default_factory=Gate)

    @property
    def demo(self) -> Demo | None:
        return self.entry if isinstance(self.entry, Demo) else None
