"""News and invitations for many: written once, sent to whoever wants them, answered, held back, and nobody twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.broadcasts import planning
from domain.jobs.model import BROADCAST, Job
from domain.people.binding import contact_leaves
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from storage import tables
from tests.conversations.conftest import Chat, Person, Said
from tests.conversations.visitors import a_contact, connected

NEWS = {"text_en": "Dear {name}, {us} has news for {company}. Yours, {owner}", "text_zh_cn": "{姓名}您好，有新消息。"}


async def reader(
    chat: Chat, name: str, customer_id: int, *, by: Person, says_yes: bool = True, locale: str = "en"
) -> Person:
    contact = await a_contact(chat, customer_id, name, by=by)
    person = chat.stranger(name)
    person.locale = locale
    await connected(chat, person, contact, by=by)
    if says_yes:
        await person.forges("consent.set:marketing.yes")
    return person


async def write(chat: Chat, ana: Person, **values: str) -> Said:
    said = await ana.fills("broadcast.write:0", {**NEWS, **values})
    assert said is not None
    return said


async def states(chat: Chat) -> Counter[tuple[str, str | None]]:
    return Counter(
        (row["state"], row["reason"]) for row in await chat.rows("notifications") if row["key"] == "broadcast"
    )


def got(person: Person) -> list[str]:
    return [said.text for said in person.heard if said.key == "broadcast"]


async def test_from_the_first_words_to_the_report(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    huaxin = await chat.customer("华新", owner=tom)
    jane = await reader(chat, "Jane", acme.id, by=tom)
    zhang = await reader(chat, "张伟", huaxin.id, by=tom, locale="zh-CN")
    await reader(chat, "Silent", acme.id, by=tom, says_yes=False)
    late = await reader(chat, "Late", acme.id, by=tom)

    card = await write(chat, ana, kind="invitation")
    assert "3 of 4; 1 opted out or never asked for news" in card.text
    assert "Dear Jane, Guanxi has news for Acme. Yours, Tom" in (await ana.presses("See it as they will")).text
    await ana.presses("Back")
    test = await ana.presses("Send it to me")
    assert "Dear Ana" in test.text
    assert (await ana.presses("I’m coming")).key == "invitation-tested"
    await ana.forges("broadcast.show:1")

    await ana.presses("Send")
    await late.says("stop")
    await chat.tick(after=timedelta(seconds=2))
    await chat.tick(after=timedelta(seconds=2))
    assert await states(chat) == {("sent", None): 2, ("skipped", "opted-out"): 2}
    assert got(jane) == ["Dear Jane, Guanxi has news for Acme. Yours, Tom"]
    assert got(late) == []

    assert (await jane.presses("I’m coming")).key == "invitation-answered-coming"
    assert (await jane.presses("Can’t come")).key == "invitation-answered-not_coming"
    assert (await jane.presses("I’m coming")).key == "invitation-answered-coming"
    assert (await zhang.presses("不再接收资讯")).key == "news-stopped"
    report = await ana.says("/broadcast 1")
    assert "Delivered: 2" in report.text
    assert "Coming: 1 – Jane (Acme)" in report.text
    assert "One reader said no to news since." in report.text
    assert len(await chat.rows("broadcast_answers")) == 1

    async with chat.house.database.unit_of_work() as uow:
        acmes = tables.contacts.c.customer_id == acme.id
        await uow.session.execute(update(tables.customers).values(grade="A", tags=["VIP"]))
        await uow.session.execute(update(tables.contacts).where(acmes).values(tags=["fair"]))
        await uow.commit()
    whom = {"grades": "A", "owners": "Tom"}
    counted = [
        (await write(chat, ana, **{**whom, **more})).text
        for more in (
            {"tags": "vip"},
            {"tags": "FAIR"},
            {"tags": "vip", "language": "zh"},
            {"tags": "vip", "grades": "B"},
        )
    ]
    assert ["0 of 4" in counted[0], "0 of 3" in counted[1], "0 of 1" in counted[2]] == [True] * 3
    assert "0 of 0" in counted[3]

    again = await write(chat, ana)
    assert "0 of 4" in again.text
    assert "1 within cool-down" in again.text
    assert (await ana.forges("broadcast.send:6")).key == "broadcast-nobody"
    assert (await jane.forges("invited.coming:6")).key == "broadcast-not-found"


async def test_a_large_one_needs_a_second_person(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    ana, ben = await chat.staff("Ana", role="manager"), await chat.staff("Ben", role="admin")
    acme = await chat.customer("Acme", owner=tom)
    jane = await reader(chat, "Jane", acme.id, by=tom)

    await ana.forges("company.topic:broadcasts")
    assert await ana.fills("company.change:broadcasts.all", {"approval_above": "-1"}) is None
    loosened = await ana.fills("company.change:broadcasts.all", {"approval_above": "51"})
    assert loosened is not None
    assert loosened.key == "own-limits"  # a manager would need nobody else any more
    preview = await ana.fills("company.change:broadcasts.all", {"approval_above": "0"})
    assert "A second person agrees above so many readers: 50 → 0" in (preview.text if preview else "")
    await ana.presses("Save")
    await write(chat, ana)
    asked = await ana.presses("Send")
    assert "A second person has been asked" in asked.text
    assert (await ana.forges("broadcast.send:1")).key == "broadcast-not-so"
    assert (await ana.fills("broadcast.write:1", NEWS)) is not None
    assert (await tom.says("/broadcast")).key == "not-allowed"
    await chat.tick()
    assert got(jane) == []

    olga = await chat.staff("Olga", role="manager", team="Elsewhere")
    await ben.presses("Approve")
    hidden = [(await olga.forges(f"broadcast.{verb}:1")).key for verb in ("show", "preview", "edit", "pause", "end")]
    assert (set(hidden), (await olga.says("/broadcast")).key) == ({"broadcast-not-found"}, "broadcast-none")
    await chat.tick(after=timedelta(seconds=2))
    await chat.tick(after=timedelta(seconds=2))
    assert len(got(jane)) == 1
    assert any(said.text.startswith("Ben approved broadcast 1") for said in ana.heard)


async def test_who_left_between_planning_and_sending_hears_nothing(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    jane = await reader(chat, "Jane", acme.id, by=tom)
    await write(chat, ana, day="2026-11-20", hour="15:00")
    await ana.presses("Send")
    await chat.tick(after=timedelta(seconds=2))
    assert await states(chat) == {("pending", None): 1}

    async def leaves(uow: UnitOfWork, actor: Staff | None) -> None:
        assert actor is not None
        await contact_leaves(uow, actor, 1, left=True, now=chat.now)

    await perform(chat.house.database.unit_of_work, leaves, actor=tom.staff, now=chat.now)
    await chat.tick(after=timedelta(days=3))
    assert (got(jane), await states(chat)) == ([], {("skipped", "gone"): 1})


async def plan_once_more(uow: UnitOfWork, actor: Staff | None) -> None:
    """As after a crash whose chunks nobody remembers."""
    facts = {"broadcast": 1, "after": 0, "step": "plan"}
    job = Job(
        kind=BROADCAST,
        action_id=await uow.action_id(),
        staff_id=None,
        facts=facts,
        told=None,
        created_at=datetime.now(UTC),
    )
    await uow.jobs.add(job)


async def test_paused_resumed_stopped_and_never_at_night(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "CHUNK", 2)  # several transactions, as with many, which need a second person
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    ben = await chat.staff("Ben", role="admin")
    acme = await chat.customer("Acme", owner=tom)
    readers = [await reader(chat, name, acme.id, by=tom) for name in ("Jo", "Kim", "Lee", "Max", "Noa")]

    chat.now = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
    await write(chat, ana)
    await ana.presses("Send")
    await chat.tick()
    await ben.presses("Approve")
    await chat.tick()
    await ana.forges("broadcast.show:1")
    await perform(chat.house.database.unit_of_work, plan_once_more, now=chat.now)
    await chat.tick()
    assert await states(chat) == {("pending", None): 5}  # at nine in the morning, each once
    await ana.presses("Pause")
    await chat.tick(to=datetime(2026, 11, 19, 9, 1, tzinfo=UTC))
    assert await states(chat) == {("pending", "broadcast-paused"): 5}
    await ana.presses("Resume")
    await chat.tick()
    await chat.tick(after=timedelta(seconds=1))
    assert [len(got(each)) for each in readers] == [1] * 5
    assert (await ana.forges("broadcast.resume:1")).key == "broadcast-not-so"

    chat.now += timedelta(days=15)
    chat.now = chat.now.replace(hour=23)
    await write(chat, ana, hour="10:00", day="2026-12-20")
    await ana.presses("Send")
    await chat.tick()
    await ben.presses("Approve")
    await chat.tick()
    await ana.forges("broadcast.show:2")
    await ana.presses("Stop")
    await ana.presses("Yes, stop it")
    await chat.tick(to=datetime(2026, 12, 20, 12, 0, tzinfo=UTC))
    assert (await states(chat))[("withdrawn", "broadcast-stopped")] == 5
    assert [len(got(each)) for each in readers] == [1] * 5


async def test_undone_and_sent_again_it_reaches_those_who_had_not_got_it(chat: Chat) -> None:
    tom, ana = await chat.staff("Tom"), await chat.staff("Ana", role="manager")
    acme = await chat.customer("Acme", owner=tom)
    near = [await reader(chat, name, acme.id, by=tom) for name in ("Jo", "Kim")]
    in_china = await a_contact(chat, acme.id, "Li Na", by=tom, phone="+8613911112222")
    far = await connected(chat, chat.stranger("Li"), in_china, by=tom)
    await far.forges("consent.set:marketing.yes")
    shy = await reader(chat, "Shy", acme.id, by=tom, says_yes=False)
    everybody = [*near, far, shy]

    chat.now = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)  # in China it is ten in the evening
    await write(chat, ana)
    await ana.presses("Send")
    await chat.tick(after=timedelta(seconds=2))
    assert [len(got(each)) for each in everybody] == [1, 1, 0, 0]

    assert (await ana.says("/undo")).key == "undone"
    await chat.tick(after=timedelta(seconds=2))
    card = await ana.forges("broadcast.show:1")
    assert (card.key, (await states(chat))[("withdrawn", "undone")]) == ("broadcast-card", 1)
    assert "1 of 4; 2 within cool-down, 1 opted out" in card.text
    await shy.forges("consent.set:marketing.yes")
    await ana.fills("broadcast.write:1", {"text_en": "A better text for {name}"})
    await ana.presses("Send")
    await chat.tick(after=timedelta(seconds=2))
    undone = await ana.says("/undo")
    redone = await ana.presses("Redo")
    await chat.tick(after=timedelta(seconds=2))
    await chat.tick(to=datetime(2026, 11, 19, 1, 30, tzinfo=UTC))
    assert (undone.key, redone.key) == ("undone", "redone")
    assert [len(got(each)) for each in everybody] == [1, 1, 1, 1]
    assert got(shy) == ["A better text for Shy"]
    assert "Delivered: 4" in (report := (await ana.says("/broadcast 1")).text)
    assert "Not sent" not in report

    chat.now = datetime(2026, 12, 9, 14, 0, tzinfo=UTC)
    await write(chat, ana)
    await ana.presses("Send")
    await chat.tick(after=timedelta(seconds=2))
    await ana.forges("broadcast.show:2")
    await ana.presses("Stop")
    await ana.presses("Yes, stop it")
    await chat.tick(after=timedelta(seconds=2))
    stopped = await ana.says("/broadcast 2")
    await ana.says("/undo")  # it was the wrong one
    await chat.tick(after=timedelta(seconds=2))
    await chat.tick(to=datetime(2026, 12, 10, 9, 30, tzinfo=UTC))
    assert "Not sent to 1: it was stopped" in stopped.text
    assert [len(got(each)) for each in everybody] == [2, 2, 2, 2]
