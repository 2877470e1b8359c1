"""Every story on every channel, from one script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

import tests.stories.tickets  # noqa: F401  (it fills STORIES)
from tests.stories.desk import Desk
from tests.stories.stories import STORIES, Story

OpenDesk = Callable[[Path], AbstractAsyncContextManager[Desk]]


def _local() -> OpenDesk:
    from tests.stories.local_desk import local_desk

    return local_desk


def _telegram() -> OpenDesk:
    from tests.stories.telegram_desk import telegram_desk

    return telegram_desk


def _slack() -> OpenDesk:
    from tests.stories.slack_desk import slack_desk

    return slack_desk


# A chat library is slow to import, so a desk is imported when its stories are played.
DESKS: dict[str, Callable[[], OpenDesk]] = {"local": _local, "telegram": _telegram, "slack": _slack}


@pytest.fixture(params=list(DESKS))
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    async with DESKS[request.param]()(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
async def test_story(desk: Desk, story: Story) -> None:
    await story(desk)
