"""The HTTP side: paths, tokens, bodies, answers, and the record of calls."""

import asyncio
import inspect
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.telegram import account, editing, sending, topics  # noqa: F401  (they fill METHODS)
from tests.fakes.telegram.faults import Fault, Faults, Way
from tests.fakes.telegram.refusals import Refusal, bad_request, too_many_requests
from tests.fakes.telegram.requests import METHODS, Request, Upload
from tests.fakes.telegram.rules import MEGABYTE
from tests.fakes.telegram.schema import Schema, published_schema, read_without_schema
from tests.fakes.telegram.webhook import Webhook
from tests.fakes.telegram.world import Json, World

TOO_MANY_UNSENT_SECONDS = 60
SERVED = {name.lower(): name for name in METHODS}


@dataclass
class Call:
    """One call of the bot. ``values`` are typed parameters, or raw form fields when they were not even readable."""

    method: str
    values: Json
    at: float
    files: dict[str, Upload] = field(default_factory=dict)
    status: int = 200
    description: str = ""
    result: Any = None
    is_fault: bool = False
    """Whether the test told the platform to fail it."""

    @property
    def is_refused(self) -> bool:
        return self.status >= 400


class Server:
    """Serves one bot on a free port of 127.0.0.1."""

    def __init__(self, world: World, faults: Faults, schema: Schema | None) -> None:
        self.world = world
        self.faults = faults
        self.calls: list[Call] = []
        self.base = ""
        self.webhook = Webhook(world, self._execute_quietly)
        self._schema = schema
        self._runner: web.AppRunner | None = None
        self._work: set[asyncio.Task[Any]] = set()

    @classmethod
    def with_published_schema(cls, world: World, faults: Faults) -> "Server":
        return cls(world, faults, published_schema())

    async def start(self) -> None:
        app = web.Application(client_max_size=self.world.rules.upload_bytes + MEGABYTE)
        app.router.add_route("GET", "/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_route("*", "/{rest:.*}", _not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port: int = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        await self.webhook.stop()
        self.world.updates.end_poll(Refusal(502, "Bad Gateway"))
        for work in self._work:
            work.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, http: web.Request) -> web.StreamResponse:
        name = http.match_info["method"]
        if http.match_info["token"] != self.world.token:
            wrong = _wrong_token(http.match_info["token"])
            self._record(name, {}, wrong)
            return _answer(wrong)
        try:
            fields, files = await _body(http)
        except web.HTTPRequestEntityTooLarge:
            too_large = Refusal(413, "Request Entity Too Large")
            self._record(name, {}, too_large)
            return _answer(too_large)
        return await self._misbehave_or_serve(http, name, fields, files)

    async def _misbehave_or_serve(
        self, http: web.Request, name: str, fields: dict[str, str], files: dict[str, Upload]
    ) -> web.StreamResponse:
        fault = self.faults.next_for(name.lower())
        if fault is not None and fault.way is not Way.LOSE_ANSWER:
            call = self._record(SERVED.get(name.lower(), name), dict(fields), fault.refusal, is_fault=True)
            call.status = fault.refusal.status if fault.refusal else 599
            return _misbehave(http, fault)
        try:
            result = await self._execute_to_the_end(name, fields, files)
        except Refusal as refusal:
            return _answer(refusal)
        if fault is not None:
            return _misbehave(http, fault)
        return web.json_response({"ok": True, "result": result})

    async def _execute_to_the_end(self, name: str, fields: dict[str, str], files: dict[str, Upload]) -> Any:
        """A poll ends when its client goes away; anything else happens all the same, though nobody hears of it."""
        if name.lower() == "getupdates":
            return await self.execute(name, fields, files)
        work = asyncio.create_task(self.execute(name, fields, files))
        self._work.add(work)
        work.add_done_callback(self._work.discard)
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(work)

    async def execute(self, name: str, fields: dict[str, str], files: dict[str, Upload]) -> Any:
        """Run one method and record it. Raises Refusal."""
        call = Call(SERVED.get(name.lower(), name), dict(fields), self.world.now(), files)
        is_poll = name.lower() == "getupdates"
        if not is_poll:
            self.calls.append(call)
            self.world.changed.ring()
        try:
            call.result = await self._run(call, fields, files)
        except Refusal as refusal:
            call.status, call.description = refusal.status, refusal.description
            if is_poll:
                self.calls.append(call)
            raise
        finally:
            self.world.changed.ring()
        return call.result

    async def _run(self, call: Call, fields: dict[str, str], files: dict[str, Upload]) -> Any:
        function = METHODS.get(call.method)
        if function is None:
            raise self._unserved(call.method)
        call.values = self._read(call.method, fields)
        if any(len(upload.content) > self.world.rules.upload_bytes for upload in files.values()):
            raise Refusal(413, "Request Entity Too Large")
        request = Request(self.world, self.webhook, call.method, call.values, files)
        with _Unsent(request):
            await self.faults.delay(call.method.lower())
            result = function(request)
            return await result if inspect.isawaitable(result) else result

    def _read(self, method: str, fields: dict[str, str]) -> Json:
        if self._schema is None:
            return read_without_schema(fields)
        return self._schema.read(method, fields, refuse_unknown=self.world.rules.refuse_unknown_parameters)

    def _unserved(self, name: str) -> Refusal:
        if self._schema is not None and name.lower() in self._schema.names:
            return Refusal(500, f"Internal Server Error: the fake does not serve {name} yet")
        return Refusal(404, "Not Found: method not found")

    async def _execute_quietly(self, name: str, values: Json) -> None:
        """A call that came as the answer to a webhook: recorded, and nobody hears its result."""
        fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
        try:
            await self.execute(name, fields, {})
        except Refusal:
            return

    def _record(self, name: str, values: Json, refusal: Refusal | None, *, is_fault: bool = False) -> Call:
        call = Call(name, values, self.world.now(), is_fault=is_fault)
        if refusal is not None:
            call.status, call.description = refusal.status, refusal.description
        self.calls.append(call)
        self.world.changed.ring()
        return call

    async def _serve_file(self, http: web.Request) -> web.StreamResponse:
        if http.match_info["token"] != self.world.token:
            return _answer(_wrong_token(http.match_info["token"]))
        for media in self.world.files.values():
            if media.path == http.match_info["path"]:
                return web.Response(body=media.content, content_type="application/octet-stream")
        return _answer(Refusal(404, "Not Found"))


class _Unsent:
    """Counts the messages of a chat that wait to be sent; too many are refused."""

    def __init__(self, request: Request) -> None:
        is_send = request.method.startswith("send")
        self._chat = request.world.chats.get(request.values.get("chat_id", 0)) if is_send else None
        self._limit = request.world.rules.unsent_per_chat

    def __enter__(self) -> None:
        if self._chat is None:
            return
        if self._chat.unsent >= self._limit:
            self._chat = None
            raise too_many_requests(TOO_MANY_UNSENT_SECONDS)
        self._chat.unsent += 1

    def __exit__(self, *_: object) -> None:
        if self._chat is not None:
            self._chat.unsent -= 1


async def _body(http: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Form fields and files of a request, wherever it carries them: address, form, multipart or JSON."""
    fields: dict[str, str] = dict(http.query)
    files: dict[str, Upload] = {}
    if http.content_type == "application/json":
        fields |= {
            key: value if isinstance(value, str) else json.dumps(value) for key, value in (await http.json()).items()
        }
        return fields, files
    for name, value in (await http.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read())
            value.file.close()
            fields.setdefault(name, f"attach://{name}")
        else:
            fields[name] = value if isinstance(value, str) else bytes(value).decode()
    return _without_attached(fields, files), files


def _without_attached(fields: dict[str, str], files: dict[str, Upload]) -> dict[str, str]:
    """A part that another field names by ``attach://`` is no parameter itself."""
    for name in files:
        own = f"attach://{name}"
        if fields[name] == own and any(own in value for key, value in fields.items() if key != name):
            del fields[name]
    return fields


def _answer(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.parameters["retry_after"])} if "retry_after" in refusal.parameters else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)


def _wrong_token(token: str) -> Refusal:
    number, colon, secret = token.partition(":")
    if not (number.isdigit() and colon and secret):
        return Refusal(401, "Unauthorized: invalid token specified")
    return Refusal(401, "Unauthorized")


def _misbehave(http: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.way is Way.REFUSE:
        return _answer(fault.refusal or bad_request("told to fail"))
    if fault.way is Way.NONSENSE:
        return web.Response(text=fault.body, status=fault.status, content_type="text/html")
    if http.transport is not None:
        http.transport.abort()
    raise asyncio.CancelledError


async def _not_found(_: web.Request) -> web.StreamResponse:
    return _answer(Refusal(404, "Not Found"))
