"""What the company has set, in chat: previewed with what it does, saved, undone, told in one line, and used from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.leads.actions import NewLead, add_lead
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.conversations.conftest import START, Chat, Person


@pytest.fixture
async def ana(chat: Chat) -> Person:
    return await chat.staff("Ana", role="manager")


URGENT = {"answer": "10m", "solve": "4 小时", "answer_A": "5分钟", "solve_A": ""}


async def test_a_level_is_previewed_told_and_moves_the_deadlines_of_open_tickets(chat: Chat, ana: Person) -> None:
    sam, tom = await chat.staff("Sam", role="agent"), await chat.staff("Tom")
    acme = await chat.customer("ACME", owner=tom)
    await sam.says(f"/ticket C{acme.id} the press stands still")
    await sam.says("/take T1")
    await chat.tick(after=timedelta(minutes=1))
    [before] = await chat.rows("tickets")

    await ana.says("/settings")
    await ana.presses("Company settings")
    await ana.presses("Service levels")
    preview = await ana.fills("company.change:service.normal", {"answer": "20m", "solve": "1d", "answer_B": "10m"})
    saved = await ana.presses("Save")
    heard = await chat.tick(after=timedelta(minutes=1))
    [after] = await chat.rows("tickets")

    assert preview is not None
    assert preview.key == "company-preview"
    assert "First answer, Normal: 1 h → 20 min" in preview.text
    assert "First answer, Normal, B customers: – → 10 min" in preview.text
    assert "One open ticket gets another deadline." in preview.text
    assert "answered in 20 min, solved in one working day; otherwise for B" in saved.text
    [line] = [said.text for said in heard if said.key == "company-changed"]  # the agent hears it, not the rep
    assert line.startswith("Ana changed the company’s settings: First answer, Normal: 1 h → 20 min; Solution, Normal: ")
    assert line.endswith("2 working days → one working day; First answer, Normal, B customers: – → 10 min.")
    assert before["answer_due_at"] - after["answer_due_at"] == timedelta(minutes=40)
    assert (after["answer_seconds"], after["solve_due_at"] < before["solve_due_at"]) == (1200, True)

    await ana.presses("Undo")
    heard = await chat.tick(after=timedelta(minutes=1))
    assert (await chat.rows("tickets"))[0]["answer_due_at"] == before["answer_due_at"]
    [line] = [
        said.text for said in heard if said.key == "company-changed"
    ]  # who works by it is not left with the old word
    assert "First answer, Normal: 20 min → 1 h" in line
    assert "Settings of the company changed" in (await ana.says("/history")).text


async def test_stages_get_other_names_and_places_and_the_old_ones_stay_readable(chat: Chat, ana: Person) -> None:
    acme = await chat.customer("ACME", owner=ana)
    await ana.fills(f"opportunity.open:{acme.id}", {"name": "Press"})
    await ana.forges("opportunity.stage:1.demo")

    preview = await ana.fills("company.name:stages.new", {"en": "Trial run", "zh": "试用"})
    await ana.presses("Save")
    hiding = await ana.forges("company.offer:stages.demo")
    await ana.presses("Save")
    await ana.fills("company.name:stages.qualified", {"en": "Worth it", "zh": ""})
    await ana.presses("Save")
    card = await ana.says("O1")
    moved = await ana.presses("Trial run")

    assert preview is not None
    assert "New: stage “Trial run”" in preview.text
    assert "One open opportunity stays in “Demo” until somebody moves it." in hiding.text
    assert "Demo" in card.text
    assert card.buttons[:6] == ["Worth it", "Proposal", "Negotiation", "Trial run", "Won", "Lost"]
    assert "Trial run" in moved.text
    assert (await ana.forges("opportunity.stage:1.demo")).key == "button-too-old"
    assert "Demo → Trial run" in (await ana.says("/history O1")).text
    mei = await chat.staff("Mei", role="manager", locale="zh-CN")
    assert "试用" in (await mei.says("O1")).text
    await ana.fills(f"opportunity.open:{acme.id}", {"name": "Second"})
    for key in ("qualified", "proposal", "negotiation", "trial-run"):
        last = await ana.forges(f"company.offer:stages.{key}")
        if last.key == "company-preview":
            await ana.presses("Save")
    assert last.key == "last-offered"


async def test_sources_and_reasons_are_kept_by_their_keys(chat: Chat, ana: Person) -> None:
    await ana.fills("company.name:sources.new", {"en": "Canton Fair", "zh": "广交会"})
    await ana.presses("Save")
    await ana.fills("company.name:lost_reasons.new", {"en": "", "zh": "没预算"})
    await ana.presses("Save")
    await ana.fills("lead.new", {"company": "Acme", "source": "广交会"})
    await ana.fills("lead.new", {"company": "Globex", "source": "my uncle"})

    first, second = await ana.says("L1"), await ana.says("L2")
    await ana.forges("lead.lost:1")
    lost = await ana.presses("没预算")

    assert [row["source"] for row in await chat.rows("leads")] == ["canton-fair", "my uncle"]
    assert "Canton Fair" in first.text
    assert "my uncle" in second.text
    assert "没预算" in lost.text
    assert (await chat.rows("leads"))[0]["lost_reason"] == "own"


async def test_the_ladder_is_counted_on_last_month_and_reminds_by_the_new_steps(chat: Chat, ana: Person) -> None:
    tom = await chat.staff("Tom")

    async def add(uow: UnitOfWork, actor: Staff | None) -> None:
        for days in (1, 8, 20):
            assert actor is not None
            await add_lead(uow, actor, NewLead(company=f"Lead {days}"), now=START - timedelta(days=days))

    await perform(chat.house.database.unit_of_work, add, actor=tom.staff, now=START)
    await chat.tick()

    preview = await ana.fills("company.change:ladder.other", {"owner": "1", "manager": "2", "at_risk": "3"})
    await ana.presses("Save")
    told = [said for said in await chat.tick(after=timedelta(minutes=1)) if "untouched" in said.key]

    assert preview is not None
    # Steps of the last month: 0, 2 and 3 by the old ladder, 1, 3 and 3 by the new one.
    assert "Last month this would have reminded 7 times; it was 5. 2 leads are told of" in preview.text
    assert {said.to for said in told} == {"private:staff-1", "private:staff-2"}
    await ana.fills("company.change:ladder.A", {"owner": "", "manager": "", "at_risk": ""})
    assert (
        "A leads: owner reminded after one working day without a word, manager told after 2"
        in (await ana.presses("Save")).text
    )
    assert await ana.fills("company.change:ladder.A", {"owner": "2", "manager": "2", "at_risk": "9"}) is None
    assert list(ana.receipt.field_errors) == ["at_risk"]


async def test_a_change_of_somebody_else_is_seen_before_it_is_overwritten(chat: Chat, ana: Person) -> None:
    mei = await chat.staff("Mei", role="manager")
    await ana.fills("company.change:service.rest", {"accept": "5m", "close": "2d", "capacity": "4"})
    await mei.fills("company.change:service.rest", {"accept": "10m", "close": "3d", "capacity": "6"})
    await mei.presses("Save")

    again = await ana.presses("Save")
    saved = await ana.presses("Save")
    twice = await ana.forges("company.save:1")

    assert again.key == "company-preview-anew"
    assert "Tickets at once: 6 → 4" in again.text
    assert saved.key == "company-saved"
    assert twice.key == "setting-gone"


async def test_only_leaders_set_things_and_what_cannot_be_set_is_said_at_its_field(chat: Chat, ana: Person) -> None:
    tom = await chat.staff("Tom")
    forms = {
        "company.change:calendar.hours": ({"mon": "9-12", "tue": "12-9"}, ["tue"]),
        "company.change:calendar.days": ({"free": "2026-12-24..2026-12-26", "work": "tomorrow"}, ["work"]),
        "company.change:company.all": (
            {"name": "", "language": "en", "timezone": "Mars", "currency": "GBX", "country": "XX"},
            ["name", "timezone", "currency", "country"],
        ),
        "company.change:service.rest": ({"accept": "soon", "close": "3d", "capacity": "0"}, ["accept", "capacity"]),
        "company.name:stages.new": ({"en": "", "zh": ""}, ["en"]),
    }
    for press, (values, wrong) in forms.items():
        assert (await tom.fills(press, values)).key == "not-allowed"  # type: ignore[union-attr]
        assert await ana.fills(press, values) is None
        assert list(ana.receipt.field_errors) == wrong
    for payload in (
        "company.show:",
        "company.topic:service",
        "company.save:1",
        "company.people:",
        "company.edit:ladder.A",
    ):
        assert (await tom.forges(payload)).key == "not-allowed"
    for payload in (
        "company.topic:x",
        "company.edit:service.x",
        "company.up:stages.qualified",
        "company.offer:ladder.A",
        "company.edit:service.99",
    ):
        assert (await ana.forges(payload)).key == "button-too-old"
    assert (await ana.fills("company.change:service.99", {"capacity": "3"})).key == "button-too-old"  # type: ignore[union-attr]
    assert await chat.rows("drafts") == []


async def test_a_topic_is_undone_apart_from_what_was_set_since(chat: Chat, ana: Person) -> None:
    await ana.fills("company.change:service.rest", {"accept": "5m", "close": "2d", "capacity": "4"})
    await ana.presses("Save")
    [first] = [row["id"] for row in await chat.rows("journal_actions") if row["name"] == "company-changed"]
    await ana.fills("company.name:stages.new", {"en": "Trial run", "zh": ""})
    await ana.presses("Save")
    await ana.says("/report funnel every Monday 9:00")

    await ana.forges(f"undo:{first}")

    [company] = await chat.rows("company")
    assert {key.partition(":")[0] for key in company["settings"]} == {"stages", "report-schedule"}
    undo = max(row["id"] for row in await chat.rows("journal_actions"))
    await ana.forges(f"undo:{undo}")  # what was undone is set again, beside the others
    [company] = await chat.rows("company")
    assert company["settings"]["service"]["capacity"] == 4
    assert {key.partition(":")[0] for key in company["settings"]} == {"stages", "service", "report-schedule"}

    await ana.fills("company.change:service.rest", {"accept": "5m", "close": "2d", "capacity": "6"})
    await ana.presses("Save")
    assert (await ana.forges(f"undo:{first}")).key == "undo-refused"
