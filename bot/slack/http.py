"""Slack's requests over HTTP, each signed: https://docs.slack.dev/authentication/verifying-requests-from-slack"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from domain.errors import TryAgain

log = structlog.get_logger(__name__)

PATH = "/slack/events"
BODY_LIMIT = 1_000_000
"""Bytes. Slack's own requests stay far below; nobody else is read any further."""
OLD = timedelta(minutes=5)
REMEMBERED = 20_000
GOOD_FOR_SECONDS = 2 * OLD.total_seconds()

Handle = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]


class Signatures:
    """Says whether a request is Slack's own and new, and remembers what was answered to those that were handled."""

    def __init__(self, secret: str, *, now: Callable[[], datetime]) -> None:
        self._secret = secret.encode()
        self._now = now
        self._answers: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def fault(self, body: bytes, stamp: str, signature: str) -> str | None:
        """What is wrong with a request, None when nothing is. The age is judged first, the signature in constant time."""
        if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 15:
            return "no-timestamp"
        if abs(self._now().timestamp() - int(stamp)) > OLD.total_seconds():
            return "too-old"
        wanted = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(f"v0={wanted}".encode(), signature.encode()) else "wrong-signature"

    def answer_to(self, signature: str) -> bytes | None:
        """What was answered to the very same request; a replay does nothing and hears the same again."""
        known = self._answers.get(signature)
        return None if known is None else known[1]

    def answered(self, signature: str, answer: bytes) -> None:
        """It was handled. What was refused may come again."""
        now = self._now().timestamp()
        self._answers[signature] = (now, answer)
        while len(self._answers) > REMEMBERED or now - next(iter(self._answers.values()))[0] > GOOD_FOR_SECONDS:
            self._answers.popitem(last=False)


def signed_routes(secret: str, handle: Handle, *, now: Callable[[], datetime]) -> APIRouter:
    """One address for events, commands and interactions: ``/slack/events``."""
    router, signatures = APIRouter(), Signatures(secret, now=now)

    @router.post(PATH)
    async def receive(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        signature = request.headers.get("X-Slack-Signature", "")
        fault = signatures.fault(body, request.headers.get("X-Slack-Request-Timestamp", ""), signature)
        if fault is not None:
            log.warning("slack-request-refused", fault=fault, remedy=_remedy(fault))
            return PlainTextResponse("refused", status_code=401)
        known = signatures.answer_to(signature)
        if known is not None:
            log.info("slack-request-replayed")
            return Response(known, media_type="application/json" if known else None)
        payload = payload_of(body, request.headers.get("Content-Type", ""))
        if payload is None:
            return PlainTextResponse("not understood", status_code=400)
        answer = await _answered(payload, handle)
        if answer.status_code == 200:
            signatures.answered(signature, bytes(answer.body))
        return answer

    return router


async def _read(request: Request) -> bytes | None:
    """The raw body; None when it is too long, of which no more is read."""
    announced = request.headers.get("Content-Length", "0")
    if not announced.isdigit() or int(announced) > BODY_LIMIT:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def payload_of(body: bytes, kind: str) -> Mapping[str, Any] | None:
    """Events come as JSON, interactions as the form field ``payload``, commands as a form; None for anything else."""
    try:
        text = body.decode()
        if kind.partition(";")[0].strip().lower() == "application/json":
            return _object(text)
        fields = dict(parse_qsl(text, keep_blank_values=True))
    except (UnicodeDecodeError, ValueError):
        return None
    if "payload" in fields:
        return _object(fields["payload"])
    return fields or None


def _object(text: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


async def _answered(payload: Mapping[str, Any], handle: Handle) -> Response:
    if payload.get("ssl_check") == "1":
        return Response(status_code=200)
    if payload.get("type") == "url_verification":
        return JSONResponse({"challenge": str(payload.get("challenge") or "")})
    try:
        said = await handle(payload)
    except TryAgain:
        # Slack repeats an event that was not taken.
        return PlainTextResponse("again, please", status_code=503)
    except Exception:
        # Dispatch answers for its own bugs; one that gets here must not come again and again.
        log.exception("slack-request-failed", kind=payload.get("type"))
        said = None
    return JSONResponse(dict(said)) if said is not None else Response(status_code=200)


def _remedy(fault: str) -> str:
    if fault == "too-old":
        return "set this machine's clock: it differs from Slack's by more than five minutes"
    return "set GUANXI_SLACK_SIGNING_SECRET to the Signing Secret of the app's page Basic Information"
