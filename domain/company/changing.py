"""Changing what the company set: one action, whoever asks and however, and those concerned hear of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.company.differences import Difference, differences
from domain.company.keeping import settings_of, write_settings
from domain.company.model import Company
from domain.company.named import NamedList
from domain.company.topics import CompanySettings
from domain.errors import CrmError, NotAllowed
from domain.notifications.model import Planned
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork

MOST_TOLD = 5
_SELL = frozenset({Role.REP, Role.MANAGER, Role.ADMIN})
_SERVE = frozenset({Role.AGENT, Role.MANAGER, Role.ADMIN})
CONCERNED: dict[str, frozenset[Role]] = {
    "company": frozenset(Role),
    "calendar": frozenset(Role),
    "service": _SERVE,
    "stages": _SELL,
    "sources": _SELL,
    "lost_reasons": _SELL,
    "ladder": _SELL,
    "greeting": frozenset(Role),
    "retention": frozenset({Role.MANAGER, Role.ADMIN}),
    "broadcasts": frozenset({Role.MANAGER, Role.ADMIN}),
    "teams": frozenset({Role.MANAGER, Role.ADMIN}),
    "forecast": frozenset({Role.MANAGER, Role.ADMIN}),
    "masks": frozenset(Role),
    "locks": frozenset(Role),
    "points": frozenset(Role),
}


CHANGED = "company-changed"  # the action, and what is said of it
KEPT = ("name", "locale", "timezone", "currency", "country", "extra_workdays", "extra_holidays", "settings")


class OwnLimits(CrmError):
    """What binds managers themselves is an admin's to loosen."""

    code = "own-limits"


async def change_company(
    uow: UnitOfWork, actor: Staff | None, wanted: CompanySettings, *, now: datetime
) -> Sequence[Difference]:
    """Set all this, and tell those concerned; gives what was changed, which may be nothing. Raises NotAllowed and OwnLimits.

    ``actor`` None is the operator. What a list no longer names is no longer offered, and keeps its name where it was chosen.
    Open tickets are counted anew by the planner, a batch a transaction.
    """
    company = await uow.company.get()
    standing = settings_of(company)
    if actor is not None:
        must_be_theirs_to_set(actor, standing, wanted)
    wanted = keeping_names(standing, wanted)
    found = differences(standing, wanted)
    if found:
        write_settings(company, wanted)
        uow.happened(CHANGED)
        await _tell(uow, actor, found, now=now)
    return found


def must_be_theirs_to_set(actor: Staff, standing: CompanySettings, wanted: CompanySettings) -> None:
    """Else a manager could do alone, after two presses more, whatever they may not or what needs a second person. Raises
    NotAllowed and OwnLimits."""
    if not actor.leads_others:
        raise NotAllowed
    unlocks = not wanted.locks.fields(Role.MANAGER) >= standing.locks.fields(Role.MANAGER)
    needs_nobody = wanted.broadcasts.approval_above > standing.broadcasts.approval_above
    if actor.role is not Role.ADMIN and (unlocks or needs_nobody):
        raise OwnLimits


async def change_topic(uow: UnitOfWork, actor: Staff | None, *, now: datetime, **topics: Any) -> Sequence[Difference]:
    """The same for the named topics alone; the others stay as they are."""
    standing = settings_of(await uow.company.get())
    return await change_company(uow, actor, standing.model_copy(update=topics), now=now)


def keeping_names(standing: CompanySettings, wanted: CompanySettings) -> CompanySettings:
    """``wanted``, with what was on a list and is left out kept as no longer offered."""
    lists = {name: value.keeping(getattr(wanted, name)) for name, value in standing if isinstance(value, NamedList)}
    return wanted.model_copy(update=lists)


async def tell_put_back(uow: UnitOfWork, undone_id: int, *, now: datetime) -> None:
    """Those who were told of a change hear as well that this undo put it back, or made it again."""
    root = undone = await uow.journal.get_action(undone_id)
    while root.undoes is not None:
        root = await uow.journal.get_action(root.undoes)
    if root.name != CHANGED or undone.undone_by is None:
        return
    undo = await uow.journal.get_action(undone.undone_by)
    actor = await uow.staff.get(undo.staff_id) if undo.staff_id is not None else None
    company = await uow.company.get()
    for change in await uow.journal.changes_of(
        undone.id, limit=1
    ):  # what it had made of them is what they were till now
        was, is_now = [settings_of(_as_written(company, side or {})) for side in (change.after, change.before)]
        await _tell(uow, actor, differences(was, is_now), now=now)


def _as_written(company: Company, side: Mapping[str, Any]) -> Company:
    """The company with what one side of a change says of it."""
    return replace(company, **{name: side[name] for name in KEPT if name in side})


async def _tell(uow: UnitOfWork, actor: Staff | None, found: Sequence[Difference], *, now: datetime) -> None:
    """One line for each person, of what concerns them."""
    for person in await uow.staff.list_active():
        mine = [each for each in found if person.role in CONCERNED[each.topic]]
        if mine and person is not actor:
            uow.plan(
                Planned(
                    key=CHANGED,
                    facts={
                        "who": actor.name if actor is not None else None,
                        "what": [[list(each.path), each.before, each.after] for each in mine[:MOST_TOLD]],
                        "more": max(0, len(mine) - MOST_TOLD),
                    },
                    due_at=now,
                    staff_id=person.id,
                )
            )
