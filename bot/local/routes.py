"""The page's addresses: the page itself, its socket, pictures and documents, signing in and out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, WebSocket
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from bot.local.channel import LocalChannel
from bot.local.connection import SIGNED_OUT, Connection
from bot.local.messages import StoredFile, file_of, may_see, picture_type
from bot.local.sessions import COOKIE, LIFETIME
from bot.local.setup import PageSetup, SignIn, SomebodyElse
from bot.local.uploads import read_upload


class Code(BaseModel):
    code: str = Field(min_length=1, max_length=200)
    instead: bool = False  # of whoever is signed in there


def local_routes(channel: LocalChannel, setup: PageSetup) -> APIRouter:
    """The routes to mount on the web app. They check Host and Origin themselves; webhooks beside them do not need it."""
    page = _Page(channel, setup)
    router = APIRouter()
    known_host = [Depends(setup.gate.check_host)]
    router.add_api_route("/", page.show, methods=["GET"], dependencies=known_host)
    router.add_api_route(
        "/local/files/{place}/{message}/{kind}", page.give_file, methods=["GET"], dependencies=known_host
    )
    own_page = [Depends(setup.gate.check_origin)]
    router.add_api_route("/local/uploads/{place}", page.take_upload, methods=["POST"], dependencies=own_page)
    router.add_api_route("/local/sign-in", page.sign_in, methods=["POST"], dependencies=own_page)
    router.add_api_route("/local/sign-out", page.sign_out, methods=["POST"], dependencies=own_page)
    router.add_api_websocket_route("/local/socket", page.talk)
    return router


class _Page:
    def __init__(self, channel: LocalChannel, setup: PageSetup) -> None:
        self._channel = channel
        self._setup = setup

    async def show(self) -> FileResponse:
        return FileResponse(self._setup.static / "index.html", media_type="text/html; charset=utf-8")

    async def talk(self, socket: WebSocket) -> None:
        headers = socket.headers
        if not self._setup.gate.is_own_origin(headers.get("origin", ""), headers.get("host", "")):
            await socket.close(1008)  # before the acceptance: the browser sees 403
            return
        await socket.accept()
        user = self._signed_in(socket.cookies.get(COOKIE))
        if self._setup.demo is None and not await self._exists(user):
            await socket.close(SIGNED_OUT)
            return
        await Connection(socket, channel=self._channel, setup=self._setup, user=user).run()

    async def give_file(self, request: Request, place: str, message: str, kind: str) -> Response:
        """A picture to show, or a document to save. Not there and not yours are the same answer."""
        viewers = await self._viewers(request.cookies.get(COOKIE), place)
        row = await self._channel.history.find(place, message) if viewers else None
        file = file_of(row["body"], kind) if row is not None and may_see(row["body"], viewers) else None
        if file is None:
            raise HTTPException(404)
        content, media_type = file.content, file.media_type
        if content is None:
            content = await self._stored(file)
            media_type = media_type if kind == "document" else picture_type(content)
        disposition = "inline" if media_type.startswith("image/") else "attachment"
        return Response(
            content,
            media_type=media_type,
            headers={
                "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(file.name, safe='')}",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=86400, immutable",
            },
        )

    async def take_upload(self, request: Request, place: str) -> JSONResponse:
        """Keep what somebody is about to send there; the message that follows names it. Only who may speak there may."""
        if not await self._viewers(request.cookies.get(COOKIE), place):
            raise HTTPException(404)
        content = await read_upload(request)
        stored = await asyncio.to_thread(self._channel.files.put, content)
        return JSONResponse({"stored": stored, "size": len(content)})

    async def _stored(self, file: StoredFile) -> bytes:
        try:
            return await asyncio.to_thread(self._channel.files.get, file.stored or "")
        except OSError:  # the page's own files are kept for a month
            raise HTTPException(404) from None

    async def sign_in(self, request: Request, code: Code) -> JSONResponse:
        """Exchange a one-time code for the cookie. Only the page's script asks for this, so that a chat app which looks
        at the link beforehand does not use it up.

        An admin who tries a colleague's link is asked first, and told who they are (409): else they would be the
        colleague, who then had no way in.
        """
        entry = self._setup.entry
        here = None if code.instead else self._signed_in(request.cookies.get(COOKIE))
        people = (await self._channel.book.refresh()).people
        here = here if here in people else None
        try:
            user = await entry.redeem(code.code, here) if isinstance(entry, SignIn) else None
        except SomebodyElse:
            return JSONResponse({"name": people[here].name if here is not None else ""}, 409)
        if user is None or not isinstance(entry, SignIn):
            raise HTTPException(403, "This link was used or is too old.")
        answer = JSONResponse({"user": user})
        answer.set_cookie(
            COOKIE,
            entry.sessions.cookie_for(user, now=_real_now()),
            max_age=int(LIFETIME.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    async def sign_out(self) -> Response:
        answer = Response(status_code=204)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    def _signed_in(self, cookie: str | None) -> str | None:
        entry = self._setup.entry
        return entry.sessions.user_of(cookie, now=_real_now()) if isinstance(entry, SignIn) else None

    async def _exists(self, user: str | None) -> bool:
        return user is not None and user in (await self._channel.book.refresh()).people

    async def _viewers(self, cookie: str | None, place: str) -> frozenset[str]:
        """With whose eyes the browser looks at the place; nobody's when it may not."""
        found = await self._channel.book.find_place(place)
        members = frozenset(found.members) if found else frozenset()
        if self._setup.demo is not None:
            return members
        user = self._signed_in(cookie)
        return members & {user} if await self._exists(user) and user is not None else frozenset()


def _real_now() -> datetime:
    """Cookies live in the browser's time, which nobody moves."""
    return datetime.now(UTC)
