"""Between planning and sending somebody said stop, complained, or was asked something that goes first."""

from __future__ import annotations

from datetime import timedelta

from domain.care.budget import Kind, standings, verdict
from domain.notifications.model import Planned
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person
from tests.conversations.visitors import a_contact, connected

DAY = timedelta(days=1)


async def plan(chat: Chat, key: str, *contacts: int, after: timedelta = timedelta(0)) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for each in contacts:
            uow.plan(Planned(key=key, due_at=chat.now + after, contact_id=each))

    await perform(chat.house.database.unit_of_work, act, now=chat.now)


async def verdicts(chat: Chat, contact_id: int) -> dict[Kind, str | None]:
    async with chat.house.database.read() as uow:
        standing = (await standings(uow, [contact_id], at=chat.now))[contact_id]
        return {kind: verdict(standing, kind, at=chat.now).reason for kind in Kind}


async def ends(chat: Chat) -> list[tuple[str, str, str | None]]:
    rows = [row for row in await chat.rows("notifications") if row["contact_id"] and row["urgency"] > 0]
    return [(row["key"], row["state"], row["reason"]) for row in rows]


async def test_what_was_planned_is_judged_again_when_it_is_sent(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    jane = await a_contact(chat, acme.id, "Jane", by=tom)
    zhang = await a_contact(chat, acme.id, "Zhang", by=tom)
    her: Person = await connected(chat, chat.stranger("jane"), jane, by=tom)
    await connected(chat, chat.stranger("zhang"), zhang, by=tom)
    assert (await verdicts(chat, jane.id))[Kind.NEWS] == "opted-out"

    await plan(chat, "survey-nps", jane.id, zhang.id, after=DAY)
    await plan(chat, "survey-csat", zhang.id, after=3 * DAY)  # asked for later, and goes first all the same
    await her.says("stop")
    await chat.tick(after=DAY)
    stopped, displaced, _ = await ends(chat)
    assert stopped == ("survey-nps", "skipped", "opted-out")
    assert displaced == ("survey-nps", "skipped", "cool-down")

    await tom.says(f"/ticket C{acme.id} the machine is broken again")  # whoever of the company it is about
    ada = await chat.staff("Ada", role="manager")
    await ada.forges("ticket.kind:1.complaint")
    standing = await verdicts(chat, zhang.id)
    assert [standing[kind] for kind in (Kind.CSAT, Kind.NPS, Kind.GREETING)] == ["cool-down", "complaint-open", None]
    why = await tom.says(f"/why P{jane.id}")
    assert "they switched this off" in why.text
