"""A customer's points: lines that are only ever added, and the account that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.points.errors import NotEnoughPoints

MOST_POINTS = 1_000_000_000  # of one line, and so far below what a column holds that no sum of them reaches it


class EntryKind(StrEnum):
    WON = "won"
    REFERRAL = "referral"
    SURVEY = "survey"
    CORRECTED = "corrected"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    REVERSED = "reversed"


BY_RULE = frozenset({EntryKind.WON, EntryKind.REFERRAL, EntryKind.SURVEY})


@dataclass(kw_only=True, eq=False)
class PointEntry:
    """One line of the ledger, never changed. See docs/decisions/0036.

    ``number`` counts the customer's lines without a gap. ``points`` is signed, ``balance`` what they came to with it.
    ``short`` is what the rule or the reversal called for beyond that: a cap, or points that were used by then. ``source`` is
    why (``opportunity:4``) and ``turn`` counts the lines of that source: with an odd one it stands, with an even one it was
    taken back. ``basis`` is what the points were counted by. ``contact_id`` is the person they were earned through,
    ``staff_id`` the colleague who decided it, ``of`` the line that this one takes back or lets expire.
    """

    id: int = field(init=False)
    customer_id: int
    number: int
    kind: EntryKind
    points: int
    balance: int
    short: int = 0
    source: str
    turn: int
    basis: str = ""
    contact_id: int | None = None
    staff_id: int | None = None
    at: datetime
    expires_at: datetime | None = None
    of: int | None = None

    @property
    def stands(self) -> bool:
        return self.turn % 2 == 1


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What brings a line about; the names as in ``PointEntry``."""

    kind: EntryKind
    source: str
    turn: int
    basis: str = ""
    contact_id: int | None = None
    staff_id: int | None = None
    at: datetime
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lot:
    """What is left of the points of one line. None: they do not expire."""

    number: int
    left: int
    expires_at: datetime | None

    @property
    def place(self) -> tuple[bool, float, int]:
        """What expires first is used first; what never does, last."""
        return self.expires_at is None, self.expires_at.timestamp() if self.expires_at else 0.0, self.number


@dataclass(kw_only=True, eq=False)
class PointAccount:
    """What a customer's lines come to, kept beside them. ``entries`` is the number of the last line, ``kept`` the lots that
    something is left of, as plain JSON, ``expires_at`` when the next of them expires."""

    id: int = field(init=False)
    customer_id: int
    balance: int = 0
    entries: int = 0
    kept: list[list[Any]] = field(default_factory=list)
    expires_at: datetime | None = None

    @property
    def lots(self) -> list[Lot]:
        """In the order in which they are used."""
        return [
            Lot(number=number, left=left, expires_at=datetime.fromisoformat(at) if at else None)
            for number, left, at in self.kept
        ]

    def enter(self, cause: Cause, points: int, *, short: int = 0, expires_at: datetime | None = None) -> PointEntry:
        """Add or take points. Taken are those of ``cause.of`` first, then what expires first. Raises NotEnoughPoints."""
        if self.balance + points < 0:
            raise NotEnoughPoints(balance=self.balance, wanted=-points)
        self.entries += 1
        self.balance += points
        lots = self.lots
        if points > 0:
            lots.append(Lot(number=self.entries, left=points, expires_at=expires_at))
        self._keep(lots if points >= 0 else _without(lots, -points, first=cause.of))
        return PointEntry(
            customer_id=self.customer_id,
            number=self.entries,
            kind=cause.kind,
            points=points,
            balance=self.balance,
            short=short,
            source=cause.source,
            turn=cause.turn,
            basis=cause.basis,
            contact_id=cause.contact_id,
            staff_id=cause.staff_id,
            at=cause.at,
            expires_at=expires_at if points > 0 else None,
            of=cause.of,
        )

    def let_expire(self, *, now: datetime) -> list[PointEntry]:
        """A line for each lot whose time is over."""
        due = [lot for lot in self.lots if lot.expires_at is not None and lot.expires_at <= now]
        return [
            self.enter(
                Cause(
                    kind=EntryKind.EXPIRED,
                    source=f"expiry:{self.customer_id}.{lot.number}",
                    turn=1,
                    at=now,
                    of=lot.number,
                ),
                -lot.left,
            )
            for lot in due
        ]

    def _keep(self, lots: Sequence[Lot]) -> None:
        ordered = sorted(lots, key=lambda lot: lot.place)
        self.kept = [[lot.number, lot.left, lot.expires_at.isoformat() if lot.expires_at else None] for lot in ordered]
        self.expires_at = min((lot.expires_at for lot in ordered if lot.expires_at is not None), default=None)


def _without(lots: Sequence[Lot], points: int, *, first: int | None) -> list[Lot]:
    left = []
    for lot in sorted(lots, key=lambda lot: (lot.number != first, lot.place)):
        taken = min(points, lot.left)
        points -= taken
        if lot.left > taken:
            left.append(Lot(number=lot.number, left=lot.left - taken, expires_at=lot.expires_at))
    return left


@dataclass(kw_only=True, eq=False)
class PointGrant:
    """What somebody of the staff decided about a customer's points: a referral, a correction, a redemption. Journaled, so
    that it can be undone; the ledger then takes it back. ``points`` are signed. ``referred_id`` is the new customer."""

    id: int = field(init=False)
    customer_id: int
    kind: EntryKind
    points: int
    reason: str | None = None
    referred_id: int | None = None
    by_id: int | None
    asked_by: int | None = None
    at: datetime

    @property
    def source(self) -> str:
        return f"grant:{self.id}"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A source as it is now. ``points`` are given where a person decided them; rules count the others by ``basis``, which for a
    sale is its amount (``5000000 CNY``, in minor units). ``at`` is when it came about."""

    source: str
    kind: EntryKind
    customer_id: int
    contact_id: int | None = None
    staff_id: int | None = None
    points: int | None = None
    basis: str = ""
    at: datetime
