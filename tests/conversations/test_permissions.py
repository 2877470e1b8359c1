"""Who may see and do what: every button, form and command that exists, tried by those whose record it is not."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.local.history import History, Row
from bot.local.messages import Body
from bot.local.people import CHANNEL, private_place
from domain.leads.actions import NewLead, add_lead
from domain.opportunities.actions import OpportunityChange, open_opportunity
from domain.people.actions import deactivate_staff
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.money import Money
from handlers.chat import ChatEvent, Content, Conversation, FormFilled, PlaceKind, Press, Sender, Text
from handlers.dispatch import perform
from handlers.router import ROUTES
from tests.campaign import IS_LONG
from tests.conversations.conftest import Chat, Person
from tests.databases import sqlite_url

RECORDS = (
    "leads",
    "customers",
    "contacts",
    "contact_points",
    "opportunities",
    "followups",
    "activities",
    "record_shares",
    "staff",
    "company",
    "invitations",
    "bound_groups",
    "inquiries",
)
# What only Mei may read: titles, a person, a phone, notes, an amount.
SECRETS = ("Hush Holdings", "Veiled Ventures", "Priscilla", "900123", "whispered", "777", "Covert deal")
FOR_CUSTOMERS = ("stopped", "mydata", "points-for-customers", "forget-sure")  # what they may say
GARBAGE = ("", "0", "-1", "999999999999999", "x", "1.2.3", "1.lead.99", "…", "\0")
# The walk is long: `make campaign` adds the arguments, speakers and the channel that differ least from those of every day.
SECOND = ("0", "2", "hour", "none", "other", "won", "lead.1") if IS_LONG else ("0", "other", "lead.1")
OWN_FORMS = frozenset({"lead.new", "settings.change", "start.profile", "team.new"})
WORDS = (
    "",
    "x",
    "0",
    "L1",
    "C1",
    "P1",
    "O1",
    "F1",
    "@Mei",
    "@Mei @Tom",
    "@Tom to @Mei",
    "C1 tomorrow 10am call",
    "Kim, rep",
)


@dataclass
class World:
    """Mei's records, one of each kind, and her unfinished drafts."""

    chat: Chat
    mei: Person
    ids: Mapping[str, int]
    drafts: tuple[int, ...]
    read: sqlite3.Connection
    """Past everything of ours: what is stored is looked at thousands of times."""
    seen: dict[int | None, Mapping[str, Any]] = field(default_factory=dict)
    """What must stay as it was, without the staff row of whoever tries."""

    def aimed(self) -> Iterator[str]:
        """Arguments that name what is Mei's, in every form that a button has."""
        first = self.ids["lead"]
        assert set(self.ids.values()) == {first}  # so that one number names a record of each kind
        yield from (str(number) for number in sorted({first, self.mei.id, *self.drafts}))
        yield from (f"{first}.{second}" for second in SECOND)
        for record, record_id in self.ids.items():
            yield f"{record}.{record_id}"
            if IS_LONG:
                yield f"{record}.{record_id}.2"

    def snapshot(self, *, but: int | None = None) -> dict[str, Any]:
        """All business rows, and Mei's drafts; without the staff row of ``but``, who may change their own settings."""
        kept = dict.fromkeys(RECORDS, "1 = 1")
        kept["staff"], kept["invitations"] = (
            f"(:but IS NULL OR {column} IS NOT :but)" for column in ("id", "staff_id")
        )
        kept["drafts"] = "staff_id = :mei"
        given = {"but": but, "mei": self.mei.id}
        # A manager may save the company's own forms. Saved as they stood they leave another version, and nothing else.
        shown = dict.fromkeys(kept, "*") | {"company": "name, locale, timezone, currency, country, settings"}
        return {
            table: self.read.execute(f"SELECT {shown[table]} FROM {table} WHERE {which} ORDER BY id", given).fetchall()
            for table, which in kept.items()
        }


class Unkept(History):
    """Keeps nothing of what the bot says: there are thousands of answers, and ``chat.said`` has them."""

    def __init__(self) -> None:
        self._numbers = itertools.count(100_000)

    async def add(self, place: str, body: Body, *, at: datetime) -> Row:
        return {"id": next(self._numbers), "sender": None, "body": body, "at": at, "edited_at": None}

    async def replace(self, place: str, message: str, body: Body, *, at: datetime) -> Row | None:
        return None


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """SQLite alone: that both databases show the same to everybody is proven in tests/storage."""
    return sqlite_url(tmp_path)


@pytest.fixture
async def world(chat: Chat, tmp_path: Path) -> AsyncIterator[World]:
    mei = await chat.staff("Mei", team="North")
    veiled = await chat.customer("Veiled Ventures", owner=mei)

    async def act(uow: UnitOfWork, actor: Staff | None) -> Mapping[str, int]:
        assert actor is not None
        lead = await add_lead(
            uow,
            actor,
            NewLead(company="Hush Holdings", person="Priscilla", phones=("+447700900123",), note="whispered"),
            now=chat.now,
        )
        change = OpportunityChange(name="Covert deal", amount=Money.of(777777, "GBP"))
        sale = await open_opportunity(uow, actor, veiled.id, change, now=chat.now)
        return {"lead": lead.id, "opportunity": sale.id}

    ids = await perform(chat.house.database.unit_of_work, act, actor=mei.staff, now=chat.now)
    await mei.fills(f"contact.add:{veiled.id}", {"name": "Priscilla", "note": "whispered"})
    await mei.says(f"/next C{veiled.id} friday 10am whispered")
    await mei.says("called Veiled Ventures, whispered about 777k, follow up Monday")
    await mei.says("/lead Hush Harbour whispered")
    await mei.says("Hush One, 07700900124\nHush Two, 07700900125")
    await mei.says("/find zzz")
    drafts = tuple(row["id"] for row in await chat.rows("drafts"))
    chat.house.local.history = Unkept()
    with closing(sqlite3.connect(tmp_path / "guanxi.db", isolation_level=None)) as read:
        yield World(chat, mei, {**ids, "customer": veiled.id, "contact": 1, "followup": 1}, drafts, read)


async def _former(world: World) -> Person:
    """Mei's former manager, who might remember every button."""
    eve = await world.chat.staff("Eve", role="manager", team="North")

    async def act(uow: UnitOfWork, actor: Staff | None) -> Staff:
        return await deactivate_staff(uow, None, eve.id)

    await perform(world.chat.house.database.unit_of_work, act, now=world.chat.now)
    return eve


async def _rep(world: World) -> Person:
    return await world.chat.staff("Tom", team="North")


async def _other_manager(world: World) -> Person:
    return await world.chat.staff("Max", role="manager", team="South")


OTHERS = pytest.mark.parametrize(
    "who", [_former, _rep, *([_other_manager] if IS_LONG else [])], ids=lambda who: who.__name__
)
REPS = pytest.mark.parametrize(
    "who", [_rep, *([_former, _other_manager] if IS_LONG else [])], ids=lambda who: who.__name__
)


def _event(person: Person, content: Content, *, place: str | None = None) -> ChatEvent:
    """Not ``person.does``, which waits each time until the answer is settled: there are thousands."""
    number = next(person.chat.deliveries)
    return ChatEvent(
        channel=CHANNEL,
        delivery_id=f"tried:{number}",
        conversation=Conversation(
            channel=CHANNEL,
            key=place or private_place(person.user),
            kind=PlaceKind.GROUP if place else PlaceKind.PRIVATE,
        ),
        sender=Sender(user=person.user, name=person.name),
        at=person.chat.now,
        content=content,
        message=f"in-{number}",
    )


async def _tried(world: World, person: Person, contents: Sequence[Content]) -> None:
    """Do all of it, as one who is not Mei; nothing breaks, nothing of hers is shown or written."""
    chat, counters = world.chat, world.chat.house.dispatcher.counters
    own = person.staff.id if person.staff is not None and person.staff.is_active else None
    if own not in world.seen:
        world.seen[own] = world.snapshot(but=own)
    before, heard = world.seen[own], len(chat.said)
    for content in contents:
        await chat.house.dispatcher.dispatch(_event(person, content))
        assert counters.incidents == 0, content
    await chat.settle()
    for said in chat.said[heard:]:
        if said.sent.body is not None and said.sent.row.staff_id != world.mei.id:
            shown = "\n".join([said.text, *said.buttons])
            assert not [secret for secret in SECRETS if secret in shown], (contents[0], shown)
    after = world.snapshot(but=own)
    for table, rows in before.items():
        assert after[table] == rows, (table, contents[0])


@REPS
async def test_no_button_of_mine_shows_or_changes_anything_for_another(world: World, who: Any) -> None:
    person = await who(world)
    for verb in sorted(ROUTES.presses):
        await _tried(world, person, [Press(f"{verb}:{argument}") for argument in world.aimed()])


@OTHERS
async def test_no_form_of_mine_is_taken_from_another(world: World, who: Any) -> None:
    person = await who(world)
    filled = {"name": "Taken", "company": "Taken Ltd", "note": "taken", "role": "admin"}
    for verb in sorted(ROUTES.forms):
        values = {} if verb in OWN_FORMS else filled
        arguments = [*world.aimed(), *GARBAGE]
        await _tried(world, person, [FormFilled(f"{verb}:{argument}", values) for argument in arguments])


@OTHERS
async def test_no_command_tells_another_of_what_is_mine(world: World, who: Any) -> None:
    person = await who(world)
    for name in sorted({*ROUTES.commands} - {"lead", "log", "team", "next"}):  # those write what is the speaker's own
        await _tried(world, person, [Text(f"/{name} {words}") for words in WORDS])


async def test_a_forged_button_breaks_nothing(world: World) -> None:
    nobody = world.chat.stranger("Nobody")
    garbage = GARBAGE if IS_LONG else GARBAGE[::4]
    for verb in sorted(ROUTES.presses):
        await _tried(world, nobody, [Press(f"{verb}:{argument}") for argument in garbage])
    await _tried(
        world, nobody, [Press(payload) for payload in ("", ":", "nothing:1", "undo:@", "x" * 5000, "\ud800:1")]
    )


async def test_a_stranger_commands_nothing(world: World) -> None:
    nobody = world.chat.stranger("Nobody")
    before = world.snapshot()
    for name in sorted(ROUTES.commands.keys() - {"ticket"}):  # anybody may ask for something
        said = await nobody.says(f"/{name} C1 tomorrow 10am, Kim, rep")
        assert said.key in {"for-staff-only", "invitation-invalid", "unknown-command", *FOR_CUSTOMERS}, name
    assert world.snapshot() == before


async def test_my_own_forged_buttons_break_nothing(world: World) -> None:
    counters = world.chat.house.dispatcher.counters
    for verb in sorted(ROUTES.presses):
        for argument in GARBAGE if IS_LONG else GARBAGE[1::2]:
            await world.chat.house.dispatcher.dispatch(_event(world.mei, Press(f"{verb}:{argument}")))
            assert counters.incidents == 0, (verb, argument)
    await world.chat.settle()


async def test_a_manager_undoes_only_what_those_did_whom_they_look_after(chat: Chat) -> None:
    """Else a manager who was made a rep of would undo that, and one team the work of another."""
    admin, max_ = await chat.staff("Anna", role="admin"), await chat.staff("Max", role="manager", team="South")
    mia = await chat.staff("Mia", role="manager", team="South")
    ben, tom = await chat.staff("Ben", team="South"), await chat.staff("Tom", team="North")
    await admin.forges(f"team.setrole:{mia.id}.rep")
    demoted = (await chat.rows("journal_actions"))[-1]["id"]
    await tom.says("/lead Northern Ltd, 020 7946 0124")
    norths = (await chat.rows("journal_actions"))[-1]["id"]
    await ben.says("/lead Southern Ltd, 020 7946 0125")
    souths = (await chat.rows("journal_actions"))[-1]["id"]

    assert (await max_.forges(f"history.undo:{demoted}")).key == "record-not-found"
    assert (await max_.forges(f"undo:{norths}")).key == "record-not-found"
    assert (await max_.forges(f"history.undo:{souths}")).key == "undone"
    assert (await admin.forges(f"history.undo:{norths}")).key == "undone"
    assert [row["role"] for row in await chat.rows("staff") if row["name"] == "Mia"] == ["rep"]


@pytest.mark.parametrize("forms", [True, False] if IS_LONG else [False], ids=str)
async def test_a_group_reads_nothing_unmasked(world: World, forms: bool) -> None:
    """Mei presses each of her buttons where a customer may read along."""
    chat, group = world.chat, world.chat.group("launch")
    chat.house.local.capabilities = replace(chat.house.local.capabilities, forms=forms)
    for verb in sorted(ROUTES.presses):
        heard = len(chat.said)
        for argument in world.aimed():
            await chat.house.dispatcher.dispatch(_event(world.mei, Press(f"{verb}:{argument}"), place=group))
        await chat.settle()
        for said in chat.said[heard:]:
            if said.sent.place == group and said.sent.body is not None and "to_user" not in said.sent.row.extra:
                shown = "\n".join([said.text, *said.buttons])
                assert not [secret for secret in SECRETS if secret in shown], (verb, said.key, shown)
