"""What the understanding of a text works with and gives: plain values, each with the span of the original text it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

from handlers.understanding.learned import NOTHING, Learned

if TYPE_CHECKING:
    from handlers.understanding.names import Names

Kind = Literal["customer", "lead", "contact"]
Grain = Literal["minute", "daypart", "day", "week", "month"]
Field = Literal["follow_up", "deadline", "amount", "activity", "customer", "contact"]

Value = TypeVar("Value")


@dataclass(frozen=True)
class Span(Generic[Value]):
    """A value and where it stood: ``start`` and ``end`` count characters of the original text."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True)
class Known:
    """A customer, lead or contact that the speaker may see. ``parent`` is the customer of a contact."""

    kind: Kind
    id: int | str
    name: str
    aliases: tuple[str, ...] = ()
    parent: int | str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Match:
    """A known name that the text means, or may mean. ``exact`` is False for typos, homophones and short forms.

    ``start`` equals ``end`` for a customer that was not named but came along with its contact.
    """

    kind: Kind
    id: int | str
    name: str
    parent: int | str | None
    start: int
    end: int
    exact: bool = True


@dataclass(frozen=True)
class Amount:
    """Money as it was said; ``max`` is the upper end of a range, ``vague`` that the number itself is a guess (十来万)."""

    value: Decimal
    currency: str
    max: Decimal | None = None
    vague: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Recurrence:
    """A small RRULE: every ``interval`` days, weeks, months or years; ``weekday`` 0 is Monday, ``day`` is of the month.

    ``working_days`` skips Saturdays and Sundays; ``nth`` with ``weekday`` is the first (1) … last (-1) such day of a month.
    """

    freq: Literal["daily", "weekly", "monthly", "yearly"]
    interval: int = 1
    weekday: int | None = None
    day: int | None = None
    working_days: bool = False
    nth: int | None = None


@dataclass(frozen=True)
class Moment:
    """A wall-clock time in the speaker's zone (``at`` is naive) and how exactly it was named.

    ``doubtful`` asks for a confirmation; ``limit`` says that the time was named as "before" or "after" it; without
    ``has_date`` only an hour was named, and ``at`` is the next such one.
    """

    at: datetime
    grain: Grain
    start: int = 0
    end: int = 0
    doubtful: bool = False
    limit: Literal["before", "after"] | None = None
    recurrence: Recurrence | None = None
    has_date: bool = True


@dataclass(frozen=True)
class Context:
    """All that understanding needs to know beside the text: when, where and by whom it was said.

    ``now`` is aware; ``date_order`` is "YMD", "DMY" or "MDY"; ``country`` an ISO code, for phones and holidays;
    ``learned`` is what the company's people taught.
    """

    now: datetime
    zone: ZoneInfo
    working_hours: tuple[time, time]
    currency: str
    date_order: str
    country: str
    names: Names
    learned: Learned = NOTHING

    @property
    def local_now(self) -> datetime:
        """The speaker's naive wall-clock time."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)


@dataclass(frozen=True)
class Understood:
    """One message, understood. Empty tuples and None where the text says nothing; ``ambiguous`` names what must be asked.

    ``activity`` is one of call, visit, meeting, email, wechat, message, demo, quote, task, note.
    ``unknown_company`` and ``unknown_person`` are names that the message is about and that are not among the known ones.
    """

    activity: str | None = None
    customers: tuple[Match, ...] = ()
    contacts: tuple[Match, ...] = ()
    phones: tuple[Span[str], ...] = ()
    #: The phones again, as they are kept: with their extension, without those that no numbering plan has.
    numbers: tuple[str, ...] = ()
    odd_numbers: tuple[str, ...] = ()
    emails: tuple[Span[str], ...] = ()
    amount: Amount | None = None
    follow_up: Moment | None = None
    #: Next steps beside the follow-up, each with words of its own: "call Monday, send the quote Friday".
    further: tuple[Moment, ...] = ()
    deadline: Moment | None = None
    occurred_on: date | None = None
    intents: tuple[str, ...] = ()
    ambiguous: tuple[Field, ...] = ()
    note: str = ""
    unknown_company: str | None = None
    unknown_person: str | None = None
    #: Where the activity and each intent were read, for showing and learning.
    evidence: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Amendment:
    """A correction of the card just shown: the field and its new value; ``said`` are the words of an amount."""

    field: Field
    value: Moment | Amount | str | Match
    said: str = ""
