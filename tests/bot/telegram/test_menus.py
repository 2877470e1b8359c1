"""Whose menu lists what: by role and language, told once, and again when it changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from domain.people.actions import Profile, change_profile, change_role, deactivate_staff
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import Call


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage


def menus_of(stage: Stage, user: int) -> list[Call]:
    """What Telegram was told of one person's menu."""
    scope = {"type": "chat", "chat_id": user}
    calls = [*stage.server.calls_of("setMyCommands"), *stage.server.calls_of("deleteMyCommands")]
    return [call for call in calls if call.values.get("scope") == scope]


def named(call: Call) -> dict[str, str]:
    commands: Sequence[dict[str, Any]] = call.values["commands"]
    return {one["command"]: one["description"] for one in commands}


async def change(stage: Stage, action: Any) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        tom = await uow.staff.find_by_name("Tom")
        ana = await uow.staff.find_by_name("Ana")
        await action(uow, tom, ana)

    await perform(stage.house.database.unit_of_work, act, now=stage.now)


async def shown(stage: Stage, user: int, times: int) -> Call:
    await stage.server.until(lambda: len(menus_of(stage, user)) >= times)
    return menus_of(stage, user)[-1]


async def test_a_menu_follows_role_and_language_and_ends_with_the_work(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    await stage.staff("Ana", 11, role=Role.ADMIN)
    await tom.says("/today")
    first = named(await shown(stage, 12, 1))
    assert {"lead", "today", "help"} <= first.keys()
    assert "digest" not in first
    assert "digest" in named(await shown(stage, 11, 1))

    async def becomes_manager(uow: UnitOfWork, tom: Staff, ana: Staff) -> None:
        await change_role(uow, ana, tom.id, Role.MANAGER)

    await change(stage, becomes_manager)
    await tom.says("/today")
    assert "digest" in named(await shown(stage, 12, 2))

    async def speaks_chinese(uow: UnitOfWork, tom: Staff, ana: Staff) -> None:
        profile = Profile(
            name="Tom", locale="zh-CN", timezone=tom.timezone, work_start=tom.work_start, work_end=tom.work_end
        )
        await change_profile(uow, tom, profile)

    await change(stage, speaks_chinese)
    await tom.says("/today")
    assert named(await shown(stage, 12, 3))["lead"] == "新增线索"

    async def leaves(uow: UnitOfWork, tom: Staff, ana: Staff) -> None:
        await deactivate_staff(uow, ana, tom.id)

    await change(stage, leaves)
    await tom.says("hello")
    assert (await shown(stage, 12, 4)).method == "deleteMyCommands"

    await tom.says("hello again")
    await stage.settles()
    assert (len(menus_of(stage, 12)), len(menus_of(stage, 11))) == (4, 1)
    assert not stage.server.refusals


async def test_everybody_else_sees_what_everybody_may_do(stage: Stage) -> None:
    eve = stage.server.user(13)
    await eve.starts()
    await stage.settles()

    assert menus_of(stage, 13) == []
    for call in stage.server.calls_of("setMyCommands"):
        assert set(named(call)) == {"start", "help", "join", "ticket", "points", "mydata", "forget", "stop"}


async def test_who_never_opened_the_chat_is_asked_about_once(stage: Stage) -> None:
    tom = await stage.staff("Tom", 12)
    stage.server.fail_next("setMyCommands", 400, "Bad Request: chat not found", times=10)
    for number in range(3):
        await tom.says(f"/find {number}")
        await stage.settles()

    assert len([call for call in stage.server.calls_of("setMyCommands") if call.is_fault]) == 1
    [tom_row] = await stage.rows("identities")
    assert tom_row["menu"] is None
