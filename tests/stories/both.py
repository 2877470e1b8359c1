"""One house on both platforms at once, each with its strict fake, under one clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.connecting import connect_slack, connect_telegram
from bot.first_admin import register_links
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.bot.slack import stage as slack_stage
from tests.bot.telegram import stage as telegram_stage
from tests.fakes import slack as fake_slack
from tests.fakes import telegram as fake_telegram
from tests.stories.desk import WEDNESDAY
from tests.stories.slack_desk import SlackDesk
from tests.stories.telegram_desk import TelegramDesk


@dataclass
class Both:
    """``comes`` moves both clocks; what is due goes out once, wherever its reader last spoke."""

    slack: SlackDesk
    telegram: TelegramDesk

    async def comes(self, moment: datetime) -> None:
        server = self.telegram.stage.server
        server.advance((moment - self.telegram.stage.now).total_seconds())
        await self.slack.comes(moment)
        await self.telegram.stage.settles()


@asynccontextmanager
async def both_at_once(folder: Path) -> AsyncIterator[Both]:
    """At the end no call of ours was refused by either."""
    async with (
        fake_telegram.FakeTelegram(rules=fake_telegram.Rules(rates_enforced=False)) as telegram,
        fake_slack.FakeSlack(rules=fake_slack.Rules(rates_enforced=False)) as slack,
    ):
        telegram.advance(WEDNESDAY.timestamp() - telegram.now())
        slack.advance(WEDNESDAY.timestamp() - slack.world.now())
        settings = Settings.model_construct(
            database_url=f"sqlite+aiosqlite:///{folder / 'guanxi.db'}",
            data_dir=folder / "data",
            telegram_token=telegram.token,
            telegram_api_base=telegram.base,
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_base=slack.api_base,
            company="Guanxi",
            timezone="Europe/London",
            currency="GBP",
            country="GB",
        )
        async with (
            open_house(settings, now=lambda: datetime.fromtimestamp(slack.world.now(), UTC)) as house,
            _at_work(house, telegram, slack) as both,
        ):
            yield both
        assert [call.method for call in telegram.refusals] == []
        assert [call.method for call in slack.refusals] == []


@asynccontextmanager
async def _at_work(
    house: House, telegram: fake_telegram.FakeTelegram, slack: fake_slack.FakeSlack
) -> AsyncIterator[Both]:
    on_telegram = connect_telegram(house, rates=telegram_stage.UNHURRIED, pauses=telegram_stage.QUICK)
    on_slack = connect_slack(house, rates=slack_stage.UNHURRIED, pauses=slack_stage.QUICK)
    stop, platforms = asyncio.Event(), (on_telegram, on_slack)
    for platform in platforms:
        await platform.start()
    register_links(house, platforms)
    working = [asyncio.create_task(platform.receive()) for platform in platforms]
    working.append(asyncio.create_task(house.delivery.run(stop=stop)))
    try:
        await slack.until_connected()
        yield Both(
            SlackDesk(slack_stage.Stage(house, slack, on_slack)),
            TelegramDesk(telegram_stage.Stage(house, telegram)),
        )
    finally:
        for platform in platforms:
            await platform.stop()
        stop.set()
        house.delivery.wakened.set()
        await asyncio.gather(*working)
        for platform in platforms:
            await platform.channel.close()
