"""The cookie of somebody who signed in: who, until when, and our signature over both."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime, timedelta

COOKIE = "guanxi_local"
LIFETIME = timedelta(days=30)


class Sessions:
    """Makes and reads cookies. ``key`` is secret and stays the same as long as they shall be good."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise ValueError("the key that signs cookies needs at least 16 bytes")
        self._key = key

    def cookie_for(self, user: str, *, now: datetime) -> str:
        payload = json.dumps([user, int((now + LIFETIME).timestamp())]).encode()
        return f"{_armoured(payload)}.{_armoured(self._signature(payload))}"

    def user_of(self, cookie: str | None, *, now: datetime) -> str | None:
        """Who the cookie says, or None when it is not ours, was changed or has run out."""
        if cookie is None:
            return None
        try:
            payload, signature = (_plain(part) for part in cookie.split("."))
        except (ValueError, binascii.Error):
            return None
        if not hmac.compare_digest(signature, self._signature(payload)):
            return None
        user, until = json.loads(payload)
        return str(user) if now.timestamp() < until else None

    def _signature(self, payload: bytes) -> bytes:
        return hmac.new(self._key, b"local-page:" + payload, hashlib.sha256).digest()


def _armoured(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
