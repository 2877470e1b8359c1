"""A real Chromium for the tests marked ``browser``; where there is none they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.bot.local.stage import Stage, served

# Debian's headless build first: the same engine without a desktop, which takes a tenth of the time to open a page.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # milliseconds until something missing on the page fails the test

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for the whole run, which is why tests with it share the loop of the session; each opens profiles of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium-headless-shell")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(stage: Stage, browser: Browser) -> AsyncIterator[OpenPage]:
    """Opens the stage's page in a new browser profile; a fault or a blocked resource on it fails the test."""
    faults: list[str] = []
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(served(stage))

        async def open_one(path: str = "/", **context: Any) -> Page:
            settings = {"locale": "en-GB", "viewport": {"width": 1100, "height": 760}, **context}
            profile = await browser.new_context(**settings)
            stack.push_async_callback(profile.close)
            page = await profile.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
            await page.goto(address + path)
            return page

        yield open_one
    assert faults == []
