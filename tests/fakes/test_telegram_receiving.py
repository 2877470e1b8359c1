"""How updates reach a bot: by polls that confirm, and by a webhook that insists."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.telegram import TOKEN, FakeTelegram, Rules, User

Json = dict[str, Any]


class Api:
    """Bare calls to the fake."""

    def __init__(self, telegram: FakeTelegram, http: aiohttp.ClientSession) -> None:
        self._base = f"{telegram.base}/bot{TOKEN}"
        self._http = http

    async def __call__(self, method: str, **values: Any) -> Any:
        """The whole answer of a call."""
        async with self._http.post(f"{self._base}/{method}", json=values) as answer:
            return await answer.json()

    async def texts(self, **values: Any) -> list[str]:
        """Texts of the messages that one poll gives."""
        return [update["message"]["text"] for update in (await self("getUpdates", **values))["result"]]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def api(telegram: FakeTelegram) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as http:
        yield Api(telegram, http)


@pytest.fixture
def tom(telegram: FakeTelegram) -> User:
    return telegram.user(1001, first_name="Tom")


async def first_id(api: Api) -> int:
    return int((await api("getUpdates"))["result"][0]["update_id"])


async def test_an_offset_confirms_for_ever(telegram: FakeTelegram, api: Api, tom: User) -> None:
    for text in "abc":
        await tom.says(text)

    start = await first_id(api)
    assert await api.texts(limit=2) == ["a", "b"]
    assert await api.texts(offset=start + 1) == ["b", "c"]
    assert await api.texts(offset=start) == ["b", "c"]
    assert await api.texts(offset=-1) == ["c"]
    assert await api.texts(offset=start + 1) == ["c"]
    assert await api.texts(offset=start + 3) == []
    assert telegram.pending == []


async def test_a_poll_waits_for_what_comes(telegram: FakeTelegram, api: Api, tom: User) -> None:
    poll = asyncio.create_task(api.texts(timeout=30))
    await telegram.until(lambda: telegram.is_polled)

    await tom.says("hi")

    assert await poll == ["hi"]


async def test_the_poller_that_waits_is_ended_by_another(telegram: FakeTelegram, api: Api, tom: User) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.is_polled)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    ended = await first
    await telegram.until(lambda: telegram.is_polled)
    assert (await api("setWebhook", url="https://example.org"))["ok"]

    terminated = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert (ended["error_code"], ended["description"]) == (409, terminated)
    assert (await second)["description"] == "Conflict: terminated by setWebhook request"


async def test_a_poller_that_died_is_in_nobodys_way(telegram: FakeTelegram, api: Api, tom: User) -> None:
    dead = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.is_polled)
    dead.cancel()
    await telegram.until(lambda: not telegram.is_polled)

    await tom.says("hi")

    assert await api.texts(timeout=30) == ["hi"]
    assert telegram.refusals == []


async def test_a_call_happens_though_its_client_went_away(telegram: FakeTelegram, api: Api, tom: User) -> None:
    await tom.starts()
    with telegram.holding("sendMessage"):
        hasty = asyncio.create_task(api("sendMessage", chat_id=1001, text="late"))
        await telegram.until(lambda: telegram.calls_of("sendMessage"))
        hasty.cancel()
        await asyncio.gather(hasty, return_exceptions=True)

    assert (await tom.sees("late")).text == "late"


async def test_kinds_that_were_not_asked_for_stay_away(telegram: FakeTelegram, api: Api, tom: User) -> None:
    message = await tom.says("hi")
    await tom.reacts(message, "👍")
    assert len((await api("getUpdates", allowed_updates=["message_reaction"]))["result"]) == 1
    await tom.reacts(message, "🔥")
    await tom.says("unheard")

    def kinds(updates: list[Json]) -> list[str]:
        return [kind for update in updates for kind in update if kind != "update_id"]

    assert kinds((await api("getUpdates"))["result"]) == ["message", "message_reaction"]
    assert kinds(telegram.unwanted) == ["message_reaction", "message"]


async def test_updates_age_and_numbers_jump_after_a_week(telegram: FakeTelegram, api: Api, tom: User) -> None:
    await tom.says("a")
    start = await first_id(api)
    await tom.says("b")
    assert telegram.pending[1]["update_id"] == start + 1
    telegram.advance(24 * 3600 + 1)
    assert await api.texts() == []
    telegram.advance(7 * 24 * 3600)
    await tom.says("c")
    assert await api.texts() == ["c"]
    assert await first_id(api) != start + 2


async def test_a_repeated_update_comes_again_after_it_was_confirmed(
    telegram: FakeTelegram, api: Api, tom: User
) -> None:
    telegram.deliver_twice()
    await tom.says("a")
    start = await first_id(api)
    assert await api.texts(offset=start + 1) == []

    telegram.repeat(telegram.updates[0])

    assert await api.texts(offset=start + 1) == ["a"]
    assert await api.texts(offset=start + 1) == []


class Hook:
    """A bot's webhook that answers as it is told, 200 when told nothing."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refused: list[str] = []
        self.secrets: set[str | None] = set()
        self.refuses: dict[str, list[web.Response]] = {}
        self.says: Json | None = None

    async def takes(self, request: web.Request) -> web.Response:
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        text = (await request.json())["message"]["text"]
        if self.refuses.get(text):
            self.refused.append(text)
            return self.refuses[text].pop(0)
        self.taken.append(text)
        return web.json_response(self.says) if self.says else web.Response()


@pytest.fixture
async def hook(telegram: FakeTelegram) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.takes)
    async with TestServer(app, host="127.0.0.1") as server:
        telegram.webhook.routes["https://bot.example.org"] = str(server.make_url("")).rstrip("/")
        yield hook


async def test_a_webhook_is_asked_until_it_takes_each_chat_in_order(
    telegram: FakeTelegram, api: Api, tom: User, hook: Hook
) -> None:
    telegram.rules.webhook_pause_scale = 0.001
    ana = telegram.user(1002)
    hook.refuses["a"] = [web.Response(status=500), web.Response(status=503, headers={"Retry-After": "9"})]
    await tom.says("a")
    await tom.says("b")
    await ana.says("c")

    assert (await api("setWebhook", url="https://bot.example.org/hook", secret_token="s-1"))["ok"]
    await telegram.until_confirmed()

    assert hook.refused == ["a", "a"]
    assert [text for text in hook.taken if text != "c"] == ["a", "b"]
    assert "c" in hook.taken
    assert hook.secrets == {"s-1"}
    assert telegram.webhook.pauses == [1.0, 9.0]
    info = (await api("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"]) == ("https://bot.example.org/hook", 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_the_answer_of_a_webhook_may_be_a_call(telegram: FakeTelegram, api: Api, tom: User, hook: Hook) -> None:
    hook.says = {"method": "sendMessage", "chat_id": 1001, "text": "by return"}
    await api("setWebhook", url="https://bot.example.org/hook")

    await tom.says("hi")

    assert (await tom.sees("by return")).is_by_bot
    hook.says = {"method": "sendMessage", "chat_id": 5, "text": "lost"}
    await tom.says("hi again")
    await telegram.until(lambda: telegram.refusals)
    assert telegram.refusals[0].description == "Bad Request: chat not found"


async def test_a_webhook_that_goes_away_leaves_the_rest_to_polls(
    telegram: FakeTelegram, api: Api, tom: User, hook: Hook
) -> None:
    await api("setWebhook", url="https://bot.example.org/hook")
    hook.refuses["a"] = [web.Response(status=500) for _ in range(1000)]
    await tom.says("a")
    await telegram.until(lambda: telegram.webhook.pauses)
    assert (await api("deleteWebhook"))["ok"]

    assert await api.texts() == ["a"]
    assert (await api("deleteWebhook", drop_pending_updates=True))["ok"]
    assert await api.texts() == []


async def test_a_flood_of_one_chat_is_stopped_before_it_is_sent() -> None:
    async with FakeTelegram(rules=Rules(unsent_per_chat=2, rates_enforced=False)) as telegram:
        await telegram.user(1001).starts()
        async with aiohttp.ClientSession() as http:
            api = Api(telegram, http)
            with telegram.holding("sendMessage"):
                calls = [asyncio.create_task(api("sendMessage", chat_id=1001, text=str(n))) for n in range(3)]
                await telegram.until(lambda: telegram.refusals)
            answers = await asyncio.gather(*calls)
    assert sorted(answer.get("parameters", {}).get("retry_after", 0) for answer in answers) == [0, 0, 60]
