"""Nothing lost, nothing doubled, order kept. ``GUANXI_CAMPAIGN=1`` makes it long; a seed repeats a run."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.bot.telegram.campaign import Campaign, Plan
from tests.fakes.telegram import FakeTelegram, Rules

IS_LONG = bool(os.environ.get("GUANXI_CAMPAIGN"))


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
async def test_a_short_campaign(tmp_path: Path, *, by_webhook: bool) -> None:
    plan = Plan(
        seed=1 + by_webhook, messages=5, faults=6, outages=(0.3,), kills=0 if by_webhook else 1, by_webhook=by_webhook
    )
    async with FakeTelegram(rules=Rules(rates_enforced=False)) as server:
        await Campaign(plan, server, tmp_path).run()


if IS_LONG:

    @pytest.mark.parametrize("round_", range(6))
    async def test_a_long_campaign(tmp_path: Path, round_: int) -> None:
        seed = int(os.environ.get("GUANXI_CAMPAIGN_SEED", random.randrange(1_000_000))) + round_
        plan = Plan(
            seed=seed,
            people=8,
            messages=40,
            faults=150,
            kills=3,
            outages=(60.0, 1.0, 5.0) if round_ == 0 else (1.0, 5.0),
            by_webhook=bool(round_ % 2),
        )
        async with FakeTelegram(rules=Rules(rates_enforced=bool(round_ % 3), chat_burst=5)) as server:
            await Campaign(plan, server, tmp_path).run()
