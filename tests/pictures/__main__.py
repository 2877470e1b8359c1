"""Take all pictures of both platforms anew, and those of the reports."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.pictures import of_reports, on_slack, on_telegram
from tests.pictures.drawing import camera


async def main() -> None:
    async with camera() as take:
        for scene in (
            on_telegram.english,
            on_telegram.english_reminder,
            on_telegram.chinese,
            on_slack.english,
            on_slack.chinese,
        ):
            with tempfile.TemporaryDirectory() as folder:
                await scene(Path(folder), take)
    with tempfile.TemporaryDirectory() as folder:
        await of_reports.take(Path(folder))


asyncio.run(main())
