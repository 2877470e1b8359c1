"""The whole house on Slack against the strict fake of the platform, joined by real HTTP and web sockets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.slack.stage import Stage, on_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path) as stage:
        yield stage
        await stage.settles()
        assert not stage.server.refusals
        assert not stage.server.broken_markup
