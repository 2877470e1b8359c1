"""Every recorded payload twice through the whole house: no error, one effect, and the next one is heard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.receive import ALLOWED_UPDATES
from domain.people.actions import NewStaff, add_staff, link_identity
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from tests.bot.telegram.stage import Stage, on_stage
from tests.bot.telegram.test_samples import FILES

pytestmark = [
    pytest.mark.spec,
    pytest.mark.skipif(not FILES, reason="the recorded payloads (../shared/specs/telegram) are not beside the project"),
]
TOM = 999_000_001
PATIENCE_SECONDS = 60
HEARD_EVERY = 10
EXPECTED = {
    "Bad Request: query is too old and response timeout expired or query ID is invalid",  # nobody pressed it here
    "Bad Request: chat not found",
    # People of the samples have ids that are channels' and groups' in other samples.
    "Bad Request: phone number can be requested in private chats only",
}
TABLES = (
    "leads",
    "customers",
    "contacts",
    "activities",
    "followups",
    "drafts",
    "attached_files",
    "identities",
    "staff",
)


def updates() -> list[dict[str, Any]]:
    """All samples; bare messages in the envelope that they lack."""
    samples = [json.loads(path.read_text()) for path in FILES]
    return [sample if "update_id" in sample else {"update_id": 1, "message": sample} for sample in samples]


def speaker(update: Mapping[str, Any]) -> Mapping[str, Any] | None:
    content = next((value for key, value in update.items() if key != "update_id" and isinstance(value, dict)), {})
    person = content.get("from") or content.get("user")
    return person if isinstance(person, dict) and isinstance(person.get("id"), int) else None


async def hire(stage: Stage, samples: list[dict[str, Any]]) -> None:
    """Whoever speaks in a sample works here, so that handlers have something to do."""
    people = {person["id"]: person for person in map(speaker, samples) if person and not person.get("is_bot")}

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        for number, person_id in enumerate(sorted(people)):
            role = list(Role)[number % len(Role)]
            staff = await add_staff(uow, None, NewStaff(name=f"Person {number}", role=role), now=stage.now)
            await uow.flush()
            await link_identity(uow, staff, "telegram", str(person_id), private_place=str(person_id))

    await perform(stage.house.database.unit_of_work, act, now=stage.now)


async def state(stage: Stage) -> tuple[list[int], int]:
    """How many rows there are, and how many messages were sent."""
    rows = [len(await stage.rows(table)) for table in TABLES]
    sent = [call for call in stage.server.calls if call.method.startswith("send") and not call.is_refused]
    return rows, len(sent)


@pytest.mark.parametrize(
    ("by_webhook", "are_staff"),
    [
        pytest.param(False, True, id="polling-staff"),
        pytest.param(True, False, id="webhook-strangers"),
    ],
)
async def test_every_sample_twice_has_one_effect(tmp_path: Path, *, by_webhook: bool, are_staff: bool) -> None:
    samples = updates()
    async with on_stage(tmp_path, by_webhook=by_webhook) as stage:
        tom = await stage.staff("Tom", TOM)
        if are_staff:
            await hire(stage, samples)
        pushed = []
        for number, sample in enumerate(samples):
            stage.server.introduce(sample)
            pushed.append(stage.server.push(sample, even_unwanted=True))
            if number % HEARD_EVERY == 0:
                await tom.says("/today")  # nothing before it keeps the next from being heard
        await settle(stage)
        heard = len(tom.chat.messages)
        assert heard == -(-len(samples) // HEARD_EVERY)
        once = await state(stage)
        inbox = await accepted(stage)

        for update in pushed:
            stage.server.repeat(update)
        await tom.says("/today")
        await settle(stage)

        assert len(tom.chat.messages) == heard + 1
        rows, sent = await state(stage)
        assert (rows, sent - 1) == once
        assert await accepted(stage) == inbox + 1
        assert stage.house.dispatcher.counters.incidents == 0
        assert {call.description for call in stage.server.refusals} <= EXPECTED
        assert {"message.from_bot", "message.anonymous"} <= {kind for _, kind in stage.house.dispatcher.unknown}


async def settle(stage: Stage) -> None:
    await stage.server.until_confirmed(PATIENCE_SECONDS)
    await stage.settles()


async def accepted(stage: Stage) -> int:
    async with stage.house.database.connection() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM inbox")).scalar_one())


def test_we_ask_for_no_kind_that_we_do_not_translate() -> None:
    from bot.telegram.receive import TRANSLATORS

    assert set(ALLOWED_UPDATES) <= set(TRANSLATORS)
