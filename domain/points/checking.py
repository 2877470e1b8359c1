"""The invariant: what is kept of an account is what its lines come to. ``guanxi doctor`` and the tests ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.points.model import Cause, EntryKind, PointAccount, PointEntry
from domain.ports import UnitOfWork

ACCOUNTS_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How many accounts there are, and what is wrong with whose, by customer."""

    accounts: int
    wrong: Mapping[int, Sequence[str]]


async def check_points(uow: UnitOfWork) -> Checked:
    """Every account, some at a time; lines without an account are ``lost``. Only reads."""
    count, after = 0, 0
    wrong: dict[int, Sequence[str]] = dict.fromkeys(await uow.points.list_strays(), ("lost",))
    while accounts := await uow.points.list_accounts(after=after, limit=ACCOUNTS_AT_ONCE):
        entries = await uow.points.list_entries([account.customer_id for account in accounts])
        for account in accounts:
            found = faults(account, entries.get(account.customer_id, ()))
            if found:
                wrong[account.customer_id] = found
        count, after = count + len(accounts), accounts[-1].id
    return Checked(accounts=count, wrong=wrong)


def faults(account: PointAccount, entries: Sequence[PointEntry]) -> list[str]:
    """What is wrong, as codes; ``entries`` are all lines of the account by number. Empty when everything is right.

    ``gap`` a line is missing, ``sum`` a balance is not the sum so far, ``negative``, ``expiry`` points expired that no line
    had earned or too early, ``turn`` a source stands or is taken back twice in a row, ``kept`` the account says otherwise.
    """
    found: dict[str, None] = {}
    again, turns = PointAccount(customer_id=account.customer_id), dict[str, int]()
    for place, entry in enumerate(entries, start=1):
        if entry.number != place or again.balance + entry.points < 0:
            found["gap" if entry.number != place else "negative"] = None
            break
        if entry.kind is EntryKind.EXPIRED and not _is_matched(entry, again):
            found["expiry"] = None
        if entry.turn <= turns.get(entry.source, 0):
            found["turn"] = None
        turns[entry.source] = entry.turn
        _play(again, entry)
        if again.balance != entry.balance:
            found["sum"] = None
    if (account.balance, account.entries, account.lots) != (again.balance, again.entries, again.lots):
        found["kept"] = None
    return list(found)


def replayed(customer_id: int, entries: Sequence[PointEntry]) -> PointAccount:
    """What these lines come to, as far as they can be played."""
    again = PointAccount(customer_id=customer_id)
    for entry in entries:
        if again.balance + entry.points < 0:
            break
        _play(again, entry)
    return again


def _play(account: PointAccount, entry: PointEntry) -> None:
    cause = Cause(kind=entry.kind, source=entry.source, turn=entry.turn, at=entry.at, of=entry.of)
    account.enter(cause, entry.points, expires_at=entry.expires_at)


def _is_matched(entry: PointEntry, before: PointAccount) -> bool:
    """Was all that was left of the line whose time was over?"""
    lot = next((each for each in before.lots if each.number == entry.of), None)
    return lot is not None and lot.left == -entry.points and lot.expires_at is not None and lot.expires_at <= entry.at
