"""News and invitations for many customers at once: what is said, to whom, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from domain.broadcasts.errors import BroadcastNotSo

VARIABLES = ("name", "company", "owner", "us")
LONGEST_TEXT = 2000
FIRST_HOUR, LAST_HOUR = time(9), time(20)  # of the reader: nobody wants news at night
PAUSED_UNTIL = datetime(9000, 1, 1, tzinfo=UTC)
"""Where rows of a paused broadcast wait in the outbox."""

FOLLOW = "follow"  # a step of its job: its rows are made to agree with a start, an undo or a redo


class BroadcastState(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"


class Answer(StrEnum):
    COMING = "coming"
    NOT_COMING = "not_coming"


@dataclass(frozen=True, kw_only=True)
class Segment:
    """To whom: all that is named must fit, and of several of one sort any. Nothing named is everybody.

    ``tags`` are of the contact or of the customer, ``language`` is the reader's (``en``, ``zh``). ``within`` is the team of
    the manager who wrote it: they reach nobody else's customers.
    """

    tags: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    language: str | None = None
    owner_ids: tuple[int, ...] = ()
    teams: tuple[str, ...] = ()
    within: str | None = None

    def kept(self) -> dict[str, Any]:
        """As plain JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Segment:
        many = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
        return cls(language=kept.get("language"), within=kept.get("within"), **many)


@dataclass(kw_only=True, eq=False)
class Broadcast:
    """``texts`` by language, at least one, with variables in braces. ``day`` and ``hour`` are of each reader's own clock;
    without them it goes at once, or in the reader's next morning. ``is_planned``: all its rows stand in the outbox."""

    id: int = field(init=False)
    texts: dict[str, str]
    segment: dict[str, Any] = field(default_factory=dict)
    is_invitation: bool = False
    day: date | None = None
    hour: time | None = None
    state: BroadcastState = BroadcastState.DRAFT
    created_by: int
    created_at: datetime
    started_at: datetime | None = None
    is_planned: bool = False

    @property
    def whom(self) -> Segment:
        return Segment.of(self.segment)

    def text_for(self, language: str) -> str:
        """In the reader's language if it was written in it, else in the one that there is."""
        return self.texts.get(language) or next(text for text in self.texts.values() if text)

    def must_be_unsent(self) -> None:
        """Raises BroadcastNotSo."""
        self._must_be(BroadcastState.DRAFT)

    def start(self, *, now: datetime) -> None:
        self._must_be(BroadcastState.DRAFT)
        self.state, self.started_at = BroadcastState.SENDING, now

    def pause(self) -> None:
        self._must_be(BroadcastState.SENDING)
        self.state = BroadcastState.PAUSED

    def resume(self) -> None:
        self._must_be(BroadcastState.PAUSED)
        self.state = BroadcastState.SENDING

    def stop(self) -> None:
        """For good: what has not gone out stays unsaid."""
        self._must_be(BroadcastState.SENDING, BroadcastState.PAUSED)
        self.state = BroadcastState.STOPPED

    def _must_be(self, *states: BroadcastState) -> None:
        if self.state not in states:
            raise BroadcastNotSo(broadcast=self.id, state=self.state)


@dataclass(kw_only=True, eq=False)
class BroadcastAnswer:
    """What somebody answered to an invitation; a change of mind changes the row."""

    id: int = field(init=False)
    broadcast_id: int
    contact_id: int
    answer: Answer
    at: datetime
