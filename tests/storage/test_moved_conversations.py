"""A group that becomes a supergroup: what is kept under its old key goes along, and nothing of other channels does."""

from __future__ import annotations

from sqlalchemy import insert, select

from domain.drafts.model import Draft
from domain.notifications.model import CardPlace, NotificationState, Outcome, Planned
from domain.tickets.model import Ticket
from storage.engine import Database
from storage.tables import cards, drafts, jobs, notifications
from tests.storage.company import NOW, Team

OLD, NEW = "-500", "-1000000500"


def asking(team: Team, place: str, *, channel: str = "telegram") -> Draft:
    return Draft(
        staff_id=team.tom.id,
        kind="entry",
        content={},
        channel=channel,
        place=place,
        asking="when",
        created_at=NOW,
        updated_at=NOW,
    )


async def test_drafts_and_what_waits_go_along_and_cards_are_forgotten(database: Database, team: Team) -> None:
    async with database.unit_of_work() as uow:
        await uow.drafts.add(asking(team, OLD))
        await uow.drafts.add(asking(team, OLD, channel="local"))
        for channel in ("telegram", "local"):
            uow.plan(
                Planned(key="x", due_at=NOW, channel=channel, place=OLD, edit="7", extra={"reply_to": "6", "x": 1})
            )
        uow.plan(Planned(key="y", due_at=NOW, channel="telegram", place=OLD, extra={"reply_to": "8"}))
        uow.plan(Planned(key="said", due_at=NOW, channel="telegram", place=OLD))
        await uow.commit()
    async with database.unit_of_work() as uow:
        said = (await uow.session.scalars(select(notifications.c.id).where(notifications.c.key == "said"))).one()
        card = CardPlace(channel="telegram", place=OLD, message="7", record="lead:1")
        await uow.notifications.settle(
            [Outcome(notification_id=said, attempt=0, state=NotificationState.SENT, at=NOW, card=card)]
        )
        await uow.commit()

    async with database.unit_of_work() as uow:
        await uow.conversations_moved("telegram", OLD, NEW)
        await uow.commit()

    async with database.read() as uow:
        placed = await uow.session.execute(select(drafts.c.channel, drafts.c.place).order_by(drafts.c.id))
        assert [tuple(row) for row in placed] == [("telegram", NEW), ("local", OLD)]
        waiting = await uow.session.execute(
            select(
                notifications.c.key,
                notifications.c.channel,
                notifications.c.place,
                notifications.c.edit,
                notifications.c.extra,
            ).order_by(notifications.c.id)
        )
        assert [tuple(row) for row in waiting] == [
            ("x", "telegram", NEW, None, {"x": 1}),  # those numbers would name other messages there
            ("x", "local", OLD, "7", {"reply_to": "6", "x": 1}),
            ("y", "telegram", NEW, None, {}),
            ("said", "telegram", OLD, None, {}),
        ]
        assert (await uow.session.scalars(select(cards.c.place))).all() == []


async def test_one_open_question_stays_where_both_places_had_one(database: Database, team: Team) -> None:
    async with database.unit_of_work() as uow:
        await uow.drafts.add(asking(team, OLD))
        newer = await uow.drafts.add(asking(team, NEW))
        await uow.commit()

    async with database.unit_of_work() as uow:
        await uow.conversations_moved("telegram", OLD, NEW)
        await uow.commit()

    async with database.read() as uow:
        open_one = await uow.drafts.find_question(team.tom.id, "telegram", NEW)
        assert open_one is not None
        assert open_one.id == newer.id
        assert len(await uow.drafts.list_of(team.tom.id, limit=5)) == 2


async def test_tickets_are_answered_there_also_in_its_threads(database: Database, team: Team) -> None:
    places = [("telegram", OLD), ("telegram", f"{OLD}/7"), ("telegram", f"{OLD}1"), ("local", OLD)]
    async with database.unit_of_work() as uow:
        for channel, place in places:
            await uow.tickets.add(Ticket(title="jammed", opened_at=NOW, channel=channel, place=place))
        await uow.commit()
    async with database.unit_of_work() as uow:
        await uow.conversations_moved("telegram", OLD, NEW)
        await uow.commit()
    async with database.read() as uow:
        moved = [view.place for view in await uow.tickets.list_views([1, 2, 3, 4])]
    assert moved == [NEW, f"{NEW}/7", f"{OLD}1", OLD]


async def test_where_messages_keep_their_numbers_threads_and_their_cards_go_along(
    database: Database, team: Team
) -> None:
    thread, same_beginning = "G01/1720000000.000100", "G012/1720000000.000100"
    places = [thread, same_beginning]
    async with database.unit_of_work() as uow:
        for place in places:
            await uow.drafts.add(asking(team, place, channel="slack"))
            uow.plan(Planned(key="said", due_at=NOW, channel="slack", place=place, edit="7", extra={"reply_to": "6"}))
        where = {"channel": "slack", "edit": "7", "extra": {}, "facts": {}, "kind": "k"}
        for number, place in enumerate(places):
            await uow.session.execute(
                insert(jobs).values(place=place, action_id=number, due_at=NOW, created_at=NOW, attempts=0, **where)
            )
            await uow.session.execute(
                insert(cards).values(channel="slack", place=place, message="7", record="lead:1", at=NOW)
            )
        await uow.commit()

    for _ in range(2):
        async with database.unit_of_work() as uow:
            assert await uow.conversations_moved("slack", "G01", "C01", keeps_messages=True) == set()
            await uow.commit()

    moved = ["C01/1720000000.000100", same_beginning]
    async with database.read() as uow:
        for rows in (drafts, cards, jobs, notifications):
            assert list(await uow.session.scalars(select(rows.c.place).order_by(rows.c.id))) == moved, rows.name
        for rows in (jobs, notifications):
            assert list(await uow.session.scalars(select(rows.c.edit))) == ["7", "7"], rows.name
        assert list(await uow.session.scalars(select(notifications.c.extra))) == [{"reply_to": "6"}] * 2
