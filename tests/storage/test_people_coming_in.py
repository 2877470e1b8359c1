"""One-time codes, drafts that move, and what somebody owns, on every database."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.people.actions import Newcomer, accept_invitation, add_staff, invite, invite_first_admin
from domain.people.actions import NewStaff as Colleague
from domain.people.handover import count_belongings, hand_over
from domain.people.model import Identity, Invitation, Role
from storage.engine import Database
from tests.storage.company import NOW, Team, journaled


async def opened_at_once(database: Database, code: str, *, users: int) -> list[str]:
    """Several people open one link at the same moment; gives what became of each."""

    async def open_it(user: int) -> str:
        async with database.unit_of_work() as uow:
            identity = await uow.identities.add(Identity(channel="telegram", user=str(user)))
            try:
                await accept_invitation(uow, identity, code, newcomer=Newcomer(name=f"N{user}"), now=NOW)
            except CrmError as refusal:
                return refusal.code
            await asyncio.sleep(0)
            await uow.commit()
            return "joined"

    return sorted(await asyncio.gather(*(open_it(user) for user in range(users))))
