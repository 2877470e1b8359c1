import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.local.sessions import LIFETIME, Sessions

NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
SESSIONS = Sessions(b"a key only for these tests")


def test_a_cookie_says_who_signed_in_until_it_runs_out() -> None:
    cookie = SESSIONS.cookie_for("王伟", now=NOW)

    assert SESSIONS.user_of(cookie, now=NOW) == "王伟"
    assert SESSIONS.user_of(cookie, now=NOW + LIFETIME - timedelta(seconds=1)) == "王伟"
    assert SESSIONS.user_of(cookie, now=NOW + LIFETIME) is None


def test_a_cookie_of_another_key_is_not_ours() -> None:
    foreign = Sessions(b"another key of enough bytes").cookie_for("ana", now=NOW)

    assert SESSIONS.user_of(foreign, now=NOW) is None


def test_a_changed_cookie_is_not_ours() -> None:
    signature = SESSIONS.cookie_for("tom", now=NOW).split(".")[1]
    payload = json.dumps(["ana", int(NOW.timestamp()) + 1000]).encode()
    forged = f"{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.{signature}"

    assert SESSIONS.user_of(forged, now=NOW) is None


@pytest.mark.parametrize("cookie", [None, "", ".", "a.b.c", "tom", "%%%.%%%", "YQ.YQ", "é.é"])
def test_rubbish_is_nobody(cookie: str | None) -> None:
    assert SESSIONS.user_of(cookie, now=NOW) is None


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Sessions(b"short")
