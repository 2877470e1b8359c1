"""Nothing lost, nothing doubled, order kept. ``GUANXI_CAMPAIGN=1`` makes it long; a seed repeats a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.telegram.campaign import Campaign, Plan
from tests.campaign import IS_LONG, SEED
from tests.databases import PostgresServer
from tests.fakes.telegram import FakeTelegram, Rules
from tests.storage.conftest import BACKENDS


async def test_a_short_campaign_by_polling(tmp_path: Path) -> None:
    plan = Plan(seed=1, messages=5, faults=6, outages=(0.3,))
    async with FakeTelegram(rules=Rules(rates_enforced=False)) as server:
        await Campaign(plan, server, tmp_path).run()


@pytest.mark.postgres
async def test_a_short_campaign_by_webhook_on_postgres(tmp_path: Path, postgres_server: PostgresServer) -> None:
    plan = Plan(seed=2, messages=5, faults=6, outages=(0.3,), kills=0, by_webhook=True)
    async with FakeTelegram(rules=Rules(rates_enforced=False)) as server:
        await Campaign(plan, server, tmp_path, postgres_server.fresh_database()).run()


if IS_LONG:

    @pytest.mark.parametrize("database", BACKENDS)
    @pytest.mark.parametrize("round_", range(6))
    async def test_a_long_campaign(tmp_path: Path, database: str, round_: int, request: pytest.FixtureRequest) -> None:
        seed = SEED + round_
        plan = Plan(
            seed=seed,
            people=8,
            messages=40,
            faults=150,
            kills=3,
            outages=(60.0, 1.0, 5.0) if round_ == 0 else (1.0, 5.0),
            by_webhook=bool(round_ % 2),
        )
        url = request.getfixturevalue("postgres_server").fresh_database() if database == "postgres" else ""
        async with FakeTelegram(rules=Rules(rates_enforced=bool(round_ % 3), chat_burst=5)) as server:
            await Campaign(plan, server, tmp_path, url).run()
