"""The real clients, pointed at the fake. Importing this imports slack-bolt."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.fake import FakeSlack

PATH = "/slack/events"


def client(slack: FakeSlack, token: str | None = None) -> AsyncWebClient:
    """A Web API client with the app's bot token, or another token."""
    return AsyncWebClient(token=slack.bot_token if token is None else token, base_url=slack.api_base)


def bolt_app(slack: FakeSlack) -> AsyncApp:
    """A bolt app without listeners."""
    return AsyncApp(client=client(slack), signing_secret=slack.signing_secret)


@asynccontextmanager
async def connected(
    slack: FakeSlack, app: AsyncApp, *, ping_interval: float = 10
) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app at work over Socket Mode, until the end of the block."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await slack.until_connected()
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def served(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[str]:
    """The app at work over signed HTTP, until the end of the block; gives its address."""
    runner = web.AppRunner(AsyncSlackAppServer(0, PATH, app).web_app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.pushing.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    try:
        yield slack.pushing.url
    finally:
        slack.pushing.url = ""
        await runner.cleanup()
