"""Teams are a tree: who sees whom, moving between them, and what one person sees besides."""

from __future__ import annotations

from handlers.chat import Phrase, Press
from handlers.people.teams import team_code
from tests.conversations.conftest import Chat, Person


async def team_of(chat: Chat, person: Person) -> object:
    return next(row["team"] for row in await chat.rows("staff") if row["id"] == person.id)


async def test_a_manager_sees_the_teams_below_and_moving_moves_what_is_seen(chat: Chat) -> None:
    anna, ana = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ana", role="manager", team="Sales")
    mei, ben = await chat.staff("Mei", team="Sales/North"), await chat.staff("Ben", role="manager", team="Sales/North")
    tom = await chat.staff("Tom", team="Support")
    await tom.says("/lead Acme Ltd, Zoe")
    await mei.says("/lead Globex, Ann")

    assert (await ana.says("L1")).key == "record-not-found"
    assert (await ana.says("L2")).key == "lead-card"
    assert (await ben.says("L2")).key == "lead-card"
    assert (await ana.says("/team @Tom to Sales/North")).key == "not-allowed"

    moved = await anna.says("/team @Tom to north")
    assert moved.key == "team-person"
    assert await team_of(chat, tom) == "Sales/North"
    [told] = [said for said in await chat.tick() if said.key == "moved-to-team"]
    assert told.text == "Anna put you in the team Sales/North now."
    assert (await ben.says("L1")).key == "lead-card"
    assert (await anna.says("/team @Tom to Nowhere")).key == "team-missing"
    assert (await anna.says("/team @Nobody to Sales")).key == "staff-not-found"

    await anna.says("/team")
    tree = await anna.presses("Teams")
    assert "managed by Ana" in tree.text
    await anna.presses("Sales")
    assert (await anna.presses("Remove")).key == "team-in-use"
    await anna.does(Press(f"team.place:{team_code('Sales')}"))
    form = anna.receipt.form
    assert form is not None
    assert await anna.fills(form.press, {"team": "Sales/North/Sales"}) is None
    assert await anna.fills(form.press, {"team": "Sales/North"}) is None
    assert set(anna.receipt.field_errors) == {"team"}
    assert await anna.fills(form.press, {"team": "SALES/north"}) is None
    longest = "/".join("x" * 60 for _ in range(3))
    assert await anna.fills(form.press, {"team": f"{longest}/{'y' * 17}"}) is None  # what is below it would be too long
    assert set(anna.receipt.field_errors) == {"team"}
    renamed = await anna.fills(form.press, {"team": "Selling / UK"})
    assert renamed is not None
    assert await team_of(chat, tom) == "Selling/UK/North"
    assert (await ana.says("L1")).key == "lead-card"
    await anna.presses("Undo")
    assert await team_of(chat, tom) == "Sales/North"
    assert (await anna.fills(form.press, {"team": "x"})).key == "teams"  # type: ignore[union-attr]


async def test_a_team_without_members_is_there_until_it_is_removed(chat: Chat) -> None:
    anna, ana = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ana", role="manager", team="Sales")
    tom = await chat.staff("Tom", team="Sales")

    made = await anna.fills("team.began", {"team": "sales/South"})
    assert made is not None
    assert "South · nobody in it" in made.text
    assert await anna.fills("team.began", {"team": "Sales/south"}) is None
    assert anna.receipt.field_errors["team"] == Phrase("team-taken", {"team": "Sales/South"})
    assert await ana.fills("team.began", {"team": "Support"}) is not None
    assert "Support" not in (await ana.forges("team.tree:")).text
    empty = await ana.says("/report funnel South")
    assert empty.key == "report"
    assert "Sales/South" in empty.text

    await ana.says("/team")
    await ana.presses("Tom")
    await ana.presses("Change team")
    assert (await ana.presses("Sales/South")).key == "team-person"
    assert await team_of(chat, tom) == "Sales/South"
    assert [said.text for said in await chat.tick() if said.key == "company-changed"] == [
        "Anna changed the company’s settings: New: team Sales; New: team Sales/South."
    ]
    await ana.presses("Undo")
    await anna.forges("team.tree:")
    await anna.presses("South")
    assert "South" not in (await anna.presses("Remove")).text
    assert (await tom.forges("team.tree:")).key == "not-allowed"


async def test_what_one_person_sees_is_set_by_an_admin_and_told(chat: Chat) -> None:
    anna, ana = await chat.staff("Anna", role="admin", team=None), await chat.staff("Ana", role="manager", team="Sales")
    mei, tom = await chat.staff("Mei", team="Sales"), await chat.staff("Tom", team="Sales/North")
    await tom.says("/lead Acme Ltd, Zoe")
    assert (await mei.says("L1")).key == "record-not-found"

    await anna.says("/team")
    await anna.presses("Mei")
    await anna.presses("What they see")
    card = await anna.presses("Team")

    assert "(set for them)" in card.text
    [told] = [said for said in await chat.tick() if said.key == "sight-changed"]
    assert told.to == "private:staff-3"
    assert told.text.startswith("Anna set what you see: the team’s")
    assert (await mei.says("L1")).key == "lead-card"
    printed = (await ana.says("/roles")).text
    assert (
        "Mei, set for them: sees the team’s and the teams’ below it, nobody’s, and what is shared with them." in printed
    )
    assert "a manager without a team everything" in printed
    await anna.forges(f"team.setsight:{mei.id}.own")
    assert (await mei.says("L1")).key == "record-not-found"

    assert (await ana.forges(f"team.setsight:{mei.id}.all")).key == "not-allowed"
    assert (await anna.forges(f"team.setsight:{mei.id}.desk")).key == "not-a-sight"
    assert (await anna.forges(f"team.setsight:{anna.id}.own")).key == "not-a-sight"
    await anna.forges(f"team.setsight:{mei.id}.all")
    assert (await ana.forges(f"team.link:{mei.id}")).key == "not-allowed"  # the link would let Ana see everything
