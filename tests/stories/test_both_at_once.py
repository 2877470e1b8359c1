"""A rep's day on Slack and Telegram at once: one person, and what was begun on one goes on on the other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.stories.both import Both, both_at_once

CODE = re.compile(r"join ([0-9A-Z]{12})")
THURSDAY_10 = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with both_at_once(tmp_path) as both:
        yield both


async def test_a_day_on_two_platforms(both: Both) -> None:
    at_desk = await both.slack.staff("Tom")
    at_phone = await both.telegram.stranger("Tommy")

    code = CODE.search((await at_desk.says("/link")).text)
    assert code is not None
    linked = await at_phone.says(f"/join {code[1]}")
    assert "Slack" in linked.text
    assert "Telegram" in linked.text

    await at_desk.says("called Acme, they want a quote for 20 seats, follow up Friday 10am")
    await at_phone.says("/resume")
    card = await at_phone.presses("Go on")
    assert card.lines[0] == "Acme (new lead)"
    assert "tomorrow 10:00" in (await at_phone.says("no, Thursday")).text
    assert (await at_phone.presses("Save")).text.startswith("Saved · Acme")

    await both.comes(THURSDAY_10 - timedelta(hours=1, minutes=30))
    assert (await at_phone.last()).text.startswith("My day")
    await at_desk.says("F1")  # at work by now
    await both.comes(THURSDAY_10)
    reminder = await at_desk.last()
    assert reminder.text.startswith("⏰ Acme · today 10:00")
    assert not any(text.startswith("⏰") for text in await at_phone.heard())

    await at_desk.presses("Done")
    rows = [(row["status"], row["owner_id"]) for row in await both.slack.rows("followups")]
    assert rows == [("done", 1)]
    assert len(await both.slack.rows("staff")) == 1
    assert "Acme" not in (await at_phone.says("/today")).text
