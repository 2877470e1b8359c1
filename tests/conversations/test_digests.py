"""The team's digest: what changed since the last one that was read, and buttons that act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import Money
from handlers.dispatch import perform
from tests.conversations.conftest import Chat, Person, Said

THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
FRIDAY, MONDAY = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=4)


def digests(said: list[Said], reader: Person) -> list[Said]:
    mine = f"private:staff-{reader.id}"
    return [each for each in said if each.sent.row.key == "digest" and each.to == mine]


async def sale(chat: Chat, owner: Person, name: str, *, expected_on: date, **fields: object) -> int:
    """A possible sale of an own customer."""
    customer = await chat.customer(f"{name} Ltd", owner=owner)

    async def act(uow: UnitOfWork, actor: Staff | None) -> int:
        facts = {"customer_id": customer.id, "owner_id": owner.id, "name": name, "created_at": chat.now}
        made = Opportunity(**{**facts, "expected_on": expected_on, **fields})  # type: ignore[arg-type]
        return (await uow.opportunities.add(made)).id

    return await perform(chat.house.database.unit_of_work, act, now=chat.now, through="test")


async def nobodys_lead(chat: Chat, company: str) -> int:
    from domain.leads.model import Lead
    from domain.values.companies import company_key

    async def act(uow: UnitOfWork, actor: Staff | None) -> int:
        lead = Lead(company=company, company_key=company_key(company), owner_id=None, created_at=chat.now)
        return (await uow.leads.add(lead)).id

    return await perform(chat.house.database.unit_of_work, act, now=chat.now, through="test")


async def test_a_morning_is_finished_with_taps(chat: Chat) -> None:
    """Overdue, nobody's, slipped and won: each is one press, and what was done is seen on the card."""
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says(f"/next C{acme.id} today 5pm send the quote")
    await nobodys_lead(chat, "Globex")
    await nobodys_lead(chat, "Initech")
    await sale(chat, tom, "Seats", expected_on=date(2026, 11, 18))
    await sale(
        chat, tom, "Desks", expected_on=date(2026, 12, 1), stage="won", closed_at=chat.now, amount=Money(500_000, "GBP")
    )

    [card] = digests(await chat.tick(THURSDAY), ana)
    assert card.text.splitlines()[:2] == ["Your team", "Since yesterday · New leads: 2"]
    assert "Overdue: Tom 1" in card.text
    assert "Nobody’s leads: 2 · Globex, Initech" in card.text
    assert "Slipped: Seats Ltd (Tom, yesterday)" in card.text
    assert "Won: Desks Ltd £5,000 (Tom)" in card.text
    assert card.buttons == ["Nudge ①", "Assign ②", "Ask why ③", "Well done ④", "Details", "📊"]

    nudged = await ana.presses("Nudge")
    assert nudged.edits is not None
    assert "Asked Tom ✓" in nudged.text
    assert "Overdue: Tom 1 · asked ✓" in nudged.text
    [asked] = [said for said in await chat.delivered() if said.to == f"private:staff-{tom.id}"]
    assert "Ana asks about this one" in asked.text
    assert "send the quote" in asked.text
    ticked = await tom.presses("Done")
    assert "Nothing is overdue any more" in ticked.text

    choice = await ana.presses("Assign")
    assert "Who takes Globex?" in choice.text
    assert "One more is waiting" in choice.text
    assert choice.buttons[:2] == ["Tom · 0 open", "Ana · 0 open"]
    following = await ana.presses("Tom")
    assert "Globex → Tom ✓" in following.text
    assert "Who takes Initech?" in following.text
    assert following.buttons[0] == "Tom · 1 open"
    left = await ana.presses("Tom")
    assert "Initech → Tom ✓" in left.text
    assert "Nobody" not in left.text
    assert "Overdue" not in left.text  # he did it meanwhile
    assert {row["owner_id"] for row in await chat.rows("leads")} == {tom.id}

    await ana.presses("Ask why")
    [question] = [said for said in await chat.delivered() if "slipped" in said.text]
    assert "Seats Ltd · was expected yesterday" in question.text
    await tom.presses("Say why")
    answered = await tom.says("Their budget comes in January")
    assert "Ana has your answer" in answered.text
    [comment] = [said for said in await chat.delivered() if said.key == "comment-told"]
    assert comment.to == f"private:staff-{ana.id}"
    assert "Their budget comes in January" in comment.text

    await ana.presses("Well done")
    [praise] = [said for said in await chat.delivered() if said.key == "praised"]
    assert "Desks Ltd" in praise.text


async def test_it_tells_from_the_last_one_that_was_read(chat: Chat) -> None:
    """Whoever said nothing since did not read it. A quiet day is one line; after days off it says since when."""
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    await sale(chat, tom, "Desks", expected_on=date(2026, 12, 1), stage="won", closed_at=chat.now)
    [first] = digests(await chat.tick(THURSDAY), ana)
    assert "Desks" in first.text

    [unread] = digests(await chat.tick(FRIDAY), ana)
    assert "Since Wednesday" in unread.text
    assert "Desks" in unread.text
    await ana.says("/today")

    [after_days_off] = digests(await chat.tick(MONDAY), ana)  # it sums up the week
    assert after_days_off.text.splitlines()[0] == "Your team’s week"
    assert "Desks" in after_days_off.text
    await ana.says("/today")

    [quiet] = digests(await chat.tick(MONDAY + timedelta(days=1)), ana)
    assert quiet.text == "Since yesterday: nothing in the team needs you ✓"
    assert quiet.buttons == []
    assert digests(await chat.tick(MONDAY + timedelta(days=1, minutes=1)), ana) == []
    await ana.says("/digest settings")
    await ana.fills("digest.change", {"at": "07:15", "weekly": "0", "threshold": "2"})
    assert digests(await chat.tick(datetime(2026, 11, 27, 7, 14, tzinfo=UTC)), ana) == []
    [early] = digests(await chat.tick(datetime(2026, 11, 27, 7, 15, tzinfo=UTC)), ana)
    assert "Since Tuesday" in early.text
    [monday] = digests(await chat.tick(datetime(2026, 11, 30, 7, 15, tzinfo=UTC)), ana)
    assert monday.text.startswith("Since Tuesday")  # no week's, and Friday's was not read


async def test_on_demand_in_a_group_and_for_whom(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    zoe = await chat.staff("Zoe", role="manager", team="North")
    await sale(
        chat, tom, "Desks", expected_on=date(2026, 12, 1), stage="won", closed_at=chat.now, amount=Money(500_000, "GBP")
    )

    assert "Desks Ltd £5,000" in (await ana.says("日报")).text
    assert "nothing in the team needs you" in (await zoe.says("/digest")).text
    assert (await tom.says("/digest")).key == "not-allowed"
    assert (await tom.forges("digest.details:1")).key == "not-allowed"
    assert (await zoe.forges("digest.details:1")).key == "record-not-found"
    assert (await zoe.forges("digest.ask:1.won")).key == "record-not-found"
    assert (await ana.forges("digest.ask:1.unassigned")).key == "button-too-old"

    group = chat.group("Sales")
    said = await ana.says("/digest", place=group)
    assert "Desks Ltd" not in said.text
    assert "5,000" not in said.text
    assert "(Tom)" in said.text
    assert said.buttons == []

    # Looking back at the week is not hearing the day's news.
    max_ = await chat.staff("Max", role="manager")
    assert "Desks Ltd £5,000" in (await max_.says("/digest week")).text
    await chat.tick(chat.now + timedelta(minutes=5))
    assert "Desks Ltd £5,000" in (await max_.says("/digest")).text

    chat.now += timedelta(days=6)
    assert "Desks" not in (await ana.says("/digest")).text
    week = await ana.says("/digest week")
    assert "Desks Ltd £5,000" in week.text
    assert week.text.startswith("Your team’s week")
    assert "Desks" not in (await ana.says("/digest")).text, "the week that was asked for is not the day’s"
    assert (await ana.says("/digest yearly")).key == "wrong-usage"


async def test_details_open_what_they_name_and_settings_apply(chat: Chat) -> None:
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    for note in ("quote", "contract"):
        await tom.says(f"/next C{acme.id} today 5pm send the {note}")
    await tom.says("called Acme, they want a quote")
    await tom.presses("Save")
    [card] = digests(await chat.tick(THURSDAY), ana)
    assert "Overdue: Tom 2" in card.text

    details = await ana.presses("Details")
    assert "Logged: 1 (Tom 1)" in card.text
    assert "Tom: Call 1 · 2 overdue" in details.text
    opened = await ana.presses("Acme")
    assert opened.key == "followup-open"
    assert opened.edits is None
    assert "Overdue: Tom 2" in (await ana.presses("Back")).text

    settings = await ana.says("日报 设置")
    assert "Comes at 08:30" in settings.text
    without = await ana.presses("✓ Overdue")
    assert "Overdue" in without.buttons
    assert "nothing in the team needs you" in (await ana.says("/digest")).text
    await ana.says("/digest settings")
    assert "✓ Overdue" in (await ana.presses("Overdue")).buttons
    assert await ana.fills("digest.change", {"at": "25:99", "weekly": "1", "threshold": "0"}) is None
    assert set(ana.receipt.field_errors) == {"at", "threshold"}
    await ana.fills("digest.change", {"at": "", "weekly": "5", "threshold": "3"})
    assert "nothing in the team needs you" in (await ana.says("/digest")).text
    await ana.says("/undo")
    assert "Overdue: Tom 2" in (await ana.says("/digest")).text


async def test_a_manager_who_sells_a_team_without_members_and_a_move_between_teams(chat: Chat) -> None:
    """What is the reader's own is shown to them, and nobody is asked; whose team somebody is in now, is told of them."""
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    zoe = await chat.staff("Zoe", role="manager", team="North")
    acme = await chat.customer("Acme", owner=ana)
    await ana.says(f"/next C{acme.id} today 5pm send the quote")
    await sale(chat, tom, "Desks", expected_on=date(2026, 12, 1), stage="won", closed_at=chat.now)
    said = await chat.tick(THURSDAY)
    [hers] = digests(said, ana)
    assert "Overdue: Ana 1" in hers.text
    assert hers.buttons[0] == "Show ①"
    assert (await ana.forges("digest.ask:1.overdue")).text.count("asked") == 0
    [day] = [each for each in said if each.key == "my-day" and each.to == f"private:staff-{ana.id}"]
    assert "send the quote" in day.text
    assert day.buttons[-1] == "Your team"
    [empty] = digests(said, zoe)
    assert "nothing in the team needs you" in empty.text

    async def move(uow: UnitOfWork, actor: Staff | None) -> None:
        (await uow.staff.get(tom.id)).team = "North"

    await perform(chat.house.database.unit_of_work, move, now=chat.now, through="test")
    said = await chat.tick(FRIDAY)
    assert "Desks" in digests(said, zoe)[0].text
    assert "Desks" not in digests(said, ana)[0].text


async def test_who_heard_enough_today_hears_the_rest_in_my_day(chat: Chat) -> None:
    """Comments wait, what somebody gives one to do does not; /why says so."""
    ana, tom = await chat.staff("Ana", role="manager"), await chat.staff("Tom")
    acme = await chat.customer("Acme", owner=tom)
    await tom.says("/settings")
    await tom.presses("What I hear")
    assert "At most 10 messages a day" in (await tom.presses("10 a day")).text

    async def talk(uow: UnitOfWork, actor: Staff | None) -> None:
        from domain.customers.comments import comment_on

        assert actor is not None
        for number in range(12):
            told = [await uow.staff.get(tom.id)]
            await comment_on(uow, actor, ("customer", acme.id), f"remark {number}", told=told, now=chat.now)

    await perform(chat.house.database.unit_of_work, talk, actor=ana.staff, now=chat.now, through="test")
    heard = [said for said in await chat.delivered() if said.to == f"private:staff-{tom.id}"]
    assert [said.key for said in heard] == ["comment-told"] * 10
    await ana.says(f"/next C{acme.id} today 5pm send the quote @Tom")
    assert [said.key for said in await chat.delivered()] == ["followup-assigned"]
    assert "they had heard enough that day; it stands in My day" in (await tom.says("/why")).text
    assert "remark 11" in (await tom.says("/today")).text

    said = await chat.tick(THURSDAY)
    [day] = [each for each in said if each.key == "my-day" and each.to == f"private:staff-{tom.id}"]
    assert "Also for you: 2" in day.text
    assert "remark 11" in day.text


async def test_it_comes_at_the_readers_own_hour_in_the_week_the_clocks_change(chat: Chat) -> None:
    """In London half past eight is half past seven of UTC on Friday, and half past eight on Monday; in Shanghai neither."""
    chat.now = datetime(2026, 10, 22, 10, tzinfo=UTC)
    ana = await chat.staff("Ana", role="manager")
    lin = await chat.staff("Lin", role="manager", locale="zh-CN", timezone="Asia/Shanghai")
    for came, reader in (
        (datetime(2026, 10, 23, 0, 30, tzinfo=UTC), lin),
        (datetime(2026, 10, 23, 7, 30, tzinfo=UTC), ana),
        (datetime(2026, 10, 26, 0, 30, tzinfo=UTC), lin),
        (datetime(2026, 10, 26, 8, 30, tzinfo=UTC), ana),
    ):
        assert digests(await chat.tick(came - timedelta(minutes=1)), reader) == [], came
        assert len(digests(await chat.tick(came), reader)) == 1, came
