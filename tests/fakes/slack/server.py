"""The HTTP side: paths, tokens, bodies, answers, and the record of calls."""

import asyncio
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.fakes.slack import chatting, conversing, filing, hooks, scheduling, showing  # noqa: F401  (they fill METHODS)
from tests.fakes.slack.delivering import Deliveries, Way
from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.faults import Way as WayToFail
from tests.fakes.slack.filing import receive_upload
from tests.fakes.slack.pushing import Pushing
from tests.fakes.slack.refusals import Refusal, missing_scope
from tests.fakes.slack.requests import METHODS, Method, Request, method
from tests.fakes.slack.rules import MEGABYTE
from tests.fakes.slack.schema import Json
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.world import World

JSON_TYPE = "application/json"
RATED_BY_CHANNEL = "chat.postMessage"
LOGIN_PAGE = "<!DOCTYPE html><html><body>Sign in to your workspace</body></html>"


@method("apps.connections.open", tier=1, scope="connections:write", is_for_app_token=True)
def open_connection(request: Request) -> Json:
    return {"url": request.new_ticket()}


@dataclass
class Call:
    """One call of the app. ``values`` are the parameters as they came: strings in a form, any JSON in JSON."""

    method: str
    values: Json = field(repr=False)
    at: float
    status: int = 200
    error: str = ""
    messages: tuple[str, ...] = ()
    result: Any = field(default=None, repr=False)
    is_fault: bool = False
    """Whether the test told the platform to fail it."""

    @property
    def is_refused(self) -> bool:
        return bool(self.error) or self.status >= 400


class Server:
    """Serves one workspace on a free port of 127.0.0.1."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.calls: list[Call] = []
        self.sockets = Sockets(world)
        self.pushing = Pushing(world)
        self.deliveries = Deliveries(world, self._way)
        self._runner: web.AppRunner | None = None
        self._work: set[asyncio.Task[Any]] = set()

    def _way(self) -> Way:
        return self.pushing if self.pushing.url else self.sockets

    async def start(self) -> None:
        app = web.Application(client_max_size=64 * MEGABYTE)
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/{kind:actions|commands|app}/{team}/{hook}", self._serve_hook)
        app.router.add_post("/upload/v1/{file}", self._serve_upload)
        app.router.add_get("/files-pri/{file}/{name}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port: int = self._runner.addresses[0][1]
        self.world.base = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.pushing.stop()
        await self.sockets.close()
        for work in [*self._work, *(one.task for one in self.world.scheduled.values() if one.task)]:
            work.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    # The Web API.

    async def _serve(self, http: web.Request) -> web.StreamResponse:
        name = http.match_info["method"]
        fault = self.faults.next_for(name)
        call = Call(name, {}, self.world.now())
        self.calls.append(call)
        try:
            call.values, token, warnings = await self._read(http, METHODS.get(name))
            self.world.changed.ring()
            if fault is not None and fault.way is not WayToFail.LOSE_ANSWER:
                call.is_fault = True
                call.status, call.error = _planned(fault)
                return _misbehave(http, fault)
            answer = await self._work_to_the_end(call, token, warnings)
        except Refusal as refusal:
            call.status, call.error, call.messages = refusal.status, refusal.error, tuple(refusal.messages)
            return _refuse(refusal)
        finally:
            self.world.changed.ring()
        if fault is not None:
            return _misbehave(http, fault)
        scopes, at = ",".join(sorted(self.world.scopes)), formatdate(self.world.now(), usegmt=True)
        return web.json_response(answer, headers={"X-OAuth-Scopes": scopes, "Date": at})

    async def _work_to_the_end(self, call: Call, token: str, warnings: list[str]) -> Json:
        """What was asked happens all the same when the app hangs up before it hears the answer."""
        work = asyncio.create_task(self._run(call, token, warnings))
        self._work.add(work)
        work.add_done_callback(self._work.discard)
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(work)

    async def _run(self, call: Call, token: str, warnings: list[str]) -> Json:
        await self.faults.delay(call.method)
        asked = METHODS.get(call.method)
        if asked is None:
            raise Refusal("unknown_method", req_method=call.method)
        self._check_token(asked, token)
        if self.world.rules.refuse_unknown_parameters:
            asked.check_names(call.values)
        if asked.name != RATED_BY_CHANNEL:
            self.world.rates.admit_call(asked.name, asked.tier, self.world.now())
        request = Request(self.world, self.deliveries, asked, call.values, self.sockets.ticket, warnings)
        call.result = {"ok": True, **asked.function(request)}
        if request.warnings:
            metadata = {"warnings": request.warnings}
            call.result |= {"warning": ",".join(request.warnings)}
            call.result["response_metadata"] = call.result.get("response_metadata", {}) | metadata
        return dict(call.result)

    def _check_token(self, asked: Method, token: str) -> None:
        world = self.world
        if asked.name == "api.test":
            return
        if not token:
            raise Refusal("not_authed")
        if token not in {world.bot_token, world.app_token}:
            raise Refusal("invalid_auth")
        if (token == world.app_token) != asked.is_for_app_token:
            raise Refusal("not_allowed_token_type")
        if world.token_error:
            raise Refusal(world.token_error)
        if asked.scope and not asked.is_for_app_token and asked.scope not in world.scopes:
            raise missing_scope(asked.scope, ",".join(sorted(world.scopes)))

    async def _read(self, http: web.Request, asked: Method | None) -> tuple[Json, str, list[str]]:
        """Parameters, token and warnings of a call. Raises Refusal."""
        values: Json = dict(http.query)
        warnings: list[str] = []
        if http.method == "POST" and http.content_type == JSON_TYPE:
            if asked is None or not asked.reads:
                values |= await _json_body(http)
            if http.charset is None:
                warnings.append("missing_charset")
        elif http.method == "POST":
            values |= {name: value for name, value in (await http.post()).items() if isinstance(value, str)}
        header = http.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip()
        own = str(values.pop("token", ""))
        # The method that opens sockets takes its token from the header alone.
        if not token and not (asked is not None and asked.is_for_app_token and own):
            return values, own, warnings
        return values, token or "in the wrong place", warnings

    # Everything else that the app may call.

    async def _serve_hook(self, http: web.Request) -> web.StreamResponse:
        call = Call("response_url", {}, self.world.now())
        self.calls.append(call)
        fault = self.faults.next_for("response_url")
        if fault is not None and fault.way is not WayToFail.LOSE_ANSWER:
            call.is_fault = True
            call.status, call.error = _planned(fault)
            return _misbehave(http, fault)
        await self.faults.delay("response_url")
        try:
            call.values = await http.json()
            hooks.use(self.world, self.deliveries, http.match_info["hook"], call.values)
        except ValueError:
            call.status, call.error = 400, "invalid_payload"
            return web.Response(status=400, text="invalid_payload")
        except Refusal as refusal:
            call.status, call.error, call.messages = refusal.status, refusal.error, tuple(refusal.messages)
            return _refuse(refusal)
        finally:
            self.world.changed.ring()
        return _misbehave(http, fault) if fault else web.Response(text="ok", content_type="text/html")

    async def _serve_upload(self, http: web.Request) -> web.StreamResponse:
        fault = self.faults.next_for("upload")
        if fault is not None:
            return _misbehave(http, fault)
        content = await _uploaded(http)
        try:
            file = receive_upload(self.world, http.match_info["file"], content)
        except Refusal as refusal:
            return web.Response(status=refusal.status, text=refusal.error)
        return web.Response(text=f"OK - {len(file.content)}")

    async def _serve_file(self, http: web.Request) -> web.StreamResponse:
        """A file; who shows no good token gets the page to sign in, with a 200."""
        fault = self.faults.next_for("download")
        if fault is not None:
            return _misbehave(http, fault)
        await self.faults.delay("download")
        token = http.headers.get("Authorization", "").removeprefix("Bearer ")
        is_allowed = token == self.world.bot_token and not self.world.token_error and "files:read" in self.world.scopes
        file = self.world.files.get(http.match_info["file"].partition("-")[2])
        if not is_allowed:
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        if file is None or file.is_deleted:
            return web.Response(status=404, text="not found")
        return web.Response(body=file.content, content_type=file.mimetype)


async def _json_body(http: web.Request) -> Json:
    try:
        body = await http.json()
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return {name: value for name, value in body.items() if value is not None}


async def _uploaded(http: web.Request) -> bytes:
    if http.content_type.startswith("multipart/"):
        for value in (await http.post()).values():
            if isinstance(value, web.FileField):
                with value.file as file:
                    return bytes(file.read())
    return await http.read()


def _planned(fault: Fault) -> tuple[int, str]:
    if fault.refusal is not None:
        return fault.refusal.status, fault.refusal.error
    return (fault.status, "nonsense") if fault.way is WayToFail.NONSENSE else (599, "cut")


def _refuse(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)


def _misbehave(http: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.way is WayToFail.REFUSE and fault.refusal is not None:
        return _refuse(fault.refusal)
    if fault.way is WayToFail.NONSENSE:
        return web.Response(text=fault.body, status=fault.status, content_type="text/html")
    if http.transport is not None:
        http.transport.abort()
    raise asyncio.CancelledError
