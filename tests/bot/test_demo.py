"""The first command of the README as a newcomer meets it: the real sandbox company in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.demo import CLOCK, serving_demo
from bot.demo_company import CHIPS
from tests.bot.local.conftest import PATIENCE, browser
from tests.bot.local.visitor import visiting

LONG_WAY = 60_000  # milliseconds for a week hour by hour, on a loaded machine

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with serving_demo(tmp_path, port=0) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(address: str, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A browser of the language asked for, with the demo open."""
    page = await browser.new_page(locale=request.param)
    page.set_default_timeout(PATIENCE)
    await page.goto(address)
    yield page
    await page.context.close()


@pytest.mark.parametrize("newcomer", ["en-GB"], indirect=True)
async def test_tom_logs_a_call_and_is_reminded_on_friday(newcomer: Page, tmp_path: Path) -> None:
    await newcomer.click(f"text={CHIPS['Tom'][0]}")
    card = newcomer.locator(".theirs").last
    await expect(card).to_contain_text("Acme")
    await expect(card).to_contain_text("10:00")

    await newcomer.locator(".theirs .button", has_text="Save").last.click()
    await expect(newcomer.locator(".theirs .button", has_text="Undo").last).to_be_visible()

    await newcomer.click(".clock")
    await newcomer.click("text=Friday 10:00")
    reminder = newcomer.locator(".message", has_text="Snooze 1 h").filter(has_text="Acme").last
    await expect(reminder).to_be_visible(timeout=LONG_WAY)
    labels = await reminder.locator(".row .button").all_inner_texts()
    assert labels == ["Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call"]
    moved = timedelta(seconds=float((tmp_path / CLOCK).read_text()))
    assert timedelta(0) < moved <= timedelta(days=7)


@pytest.mark.parametrize("newcomer", ["zh-CN"], indirect=True)
async def test_mei_does_the_same_in_chinese(newcomer: Page) -> None:
    await newcomer.click(f"text={CHIPS['Mei'][0]}")
    card = newcomer.locator(".theirs").last
    await expect(card).to_contain_text("张总")
    await expect(card).to_contain_text("10:00")

    await newcomer.locator(".theirs .button", has_text="保存").last.click()
    await expect(newcomer.locator(".theirs .button", has_text="撤销").last).to_be_visible()


async def test_a_sandbox_that_is_kept_goes_on_at_the_time_it_was_moved_to(tmp_path: Path) -> None:
    (tmp_path / CLOCK).write_text(str(timedelta(days=30).total_seconds()))

    async with serving_demo(tmp_path, port=0) as address, visiting(address) as page:
        welcome = await page.hello()

    ahead = datetime.fromisoformat(welcome["now"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < ahead <= timedelta(days=30)
