"""``guanxi run`` and ``demo`` as real processes: they start, answer, stop in time, and lose nothing."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.refusals import Refused, explain
from bot.running import run
from bot.settings import WrongSetting
from bot.staffing import add
from tests.bot.programs import done, environment, free_port, log_lines, started
from tests.fakes.telegram import FakeTelegram, User

STOPS_WITHIN_SECONDS = 10


def rows(place: Path, question: str) -> Sequence[Any]:
    with closing(sqlite3.connect(place / "guanxi.db")) as database:
        return database.execute(question).fetchall()


def on_telegram(telegram: FakeTelegram, port: int) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_BASE": telegram.base, "HTTP_PORT": str(port)}


async def staff_on_telegram(telegram: FakeTelegram, *names: str) -> list[User]:
    people = []
    for number, name in enumerate(names, start=501):
        await add(name, role="rep", team=None, locale="en", timezone="Europe/London", telegram=str(number), slack=None)
        people.append(telegram.user(number, first_name=name))
    return people


async def test_the_local_page_is_served_until_sigterm(place: Path) -> None:
    port = free_port()
    async with started("run", cwd=place, port=port, LOCAL_PAGE="true", HTTP_PORT=str(port)) as program:
        health = await program.until_healthy()
        assert health["ok"] is True
        assert health["database"]["dialect"] == "sqlite"
        assert health["channels"] == {"local": {"up": True, "last_update_at": None}}
        assert "guanxi_outbox_due 0.0" in (await program.get("/metrics")).text
        assert (await program.get("/")).status_code == 200
        examined = await done("doctor", cwd=place, LOCAL_PAGE="true", HTTP_PORT=str(port))

        ended = await program.stops()

    assert ended.code == 0, ended
    assert ended.seconds < STOPS_WITHIN_SECONDS
    assert f"http://127.0.0.1:{port}/?code=" in ended.out  # nobody works here yet
    assert examined.code == 0, examined
    assert f"Port {port}: guanxi run is at work there." in examined.out


async def test_telegram_is_polled_until_sigint(place: Path) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        [tom] = await staff_on_telegram(telegram, "Tom")
        async with started("run", cwd=place, port=port, **on_telegram(telegram, port)) as program:
            await program.until_healthy()
            await tom.says("/lead Acme Ltd, Bob Lee")
            await tom.chat.sees("Acme")
            await telegram.until_confirmed()
            health = await program.until_healthy()
            counted = (await program.get("/metrics")).text

            ended = await program.stops(signal.SIGINT)

    assert health["channels"]["telegram"]["up"] is True
    assert health["channels"]["telegram"]["last_update_at"] is not None
    assert 'guanxi_events_total{channel="telegram"} 1.0' in counted
    assert 'guanxi_notifications_total{channel="telegram",outcome="sent"} 1.0' in counted
    assert "guanxi_dispatch_seconds_count 1.0" in counted
    assert "Acme" not in counted
    assert ended.code == 0, ended
    assert ended.seconds < STOPS_WITHIN_SECONDS
    assert "Acme" not in ended.err and telegram.token not in ended.err
    assert not telegram.refusals


async def test_what_was_said_while_it_stopped_is_answered_after_the_restart(place: Path) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        people = await staff_on_telegram(telegram, "Tom", "Mei", "Ana")
        settings = on_telegram(telegram, port)
        async with started("run", cwd=place, port=port, **settings) as program:
            await program.until_healthy()
            for number in range(3):
                for person in people:
                    await person.says(f"/lead Company{person.id} number{number}, Bob Lee")
            await people[0].chat.sees("Company501")

            ended = await program.stops()
            assert ended.code == 0, ended
            assert ended.seconds < STOPS_WITHIN_SECONDS
        async with started("run", cwd=place, port=port, **settings) as program:
            for person in people:
                for number in range(3):
                    await person.chat.sees(f"number{number}", timeout=60)
            await telegram.until_confirmed()
            await program.stops()

        for person in people:
            assert len([message for message in person.chat.messages if message.is_by_bot]) == 3
    assert rows(place, "SELECT count(*) FROM leads") == [(9,)]
    assert rows(place, "SELECT count(*) FROM notifications WHERE state <> 'sent'") == [(0,)]


async def test_a_platform_that_hangs_does_not_hold_up_the_stop(place: Path) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        [tom] = await staff_on_telegram(telegram, "Tom")
        settings = on_telegram(telegram, port)
        with telegram.holding("sendMessage"):
            async with started("run", cwd=place, port=port, **settings) as program:
                await program.until_healthy()
                await tom.says("/lead Acme Ltd, Bob Lee")
                await telegram.until(lambda: telegram.calls_of("sendMessage"))

                ended = await program.stops()
        assert ended.code == 0, ended
        assert ended.seconds < STOPS_WITHIN_SECONDS
        assert rows(place, "SELECT state FROM notifications") == [("pending",)]

        async with started("run", cwd=place, port=port, **settings) as program:
            await telegram.until(lambda: len(telegram.calls_of("sendMessage")) > 1, timeout=60)
            await program.stops()
    assert rows(place, "SELECT state FROM notifications") == [("sent",)]


async def test_a_platform_that_hangs_does_not_hold_up_the_start(place: Path) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        with telegram.holding("getMe"):
            async with started("run", cwd=place, port=port, **on_telegram(telegram, port)) as program:
                health = await program.until_healthy()
                ended = await program.stops()

    assert health["ok"] is True
    assert health["channels"]["telegram"]["up"] is False
    assert ended.code == 0, ended
    assert ended.seconds < STOPS_WITHIN_SECONDS


async def test_it_starts_and_stops_without_a_network(place: Path) -> None:
    port = free_port()
    nowhere = {"TELEGRAM_TOKEN": "700:AAE-a-token-of-nobody", "TELEGRAM_API_BASE": "http://127.0.0.1:9"}
    async with started("run", cwd=place, port=port, HTTP_PORT=str(port), **nowhere) as program:
        health = await program.until_healthy()
        ended = await program.stops()

    assert health["ok"] is True
    assert health["channels"]["telegram"]["up"] is False
    assert ended.code == 0, ended
    assert any("GUANXI_PROXY" in str(line) for line in log_lines(ended.err))


async def test_a_port_that_is_taken_is_named(place: Path) -> None:
    port = free_port()
    async with started("run", cwd=place, port=port, LOCAL_PAGE="true", HTTP_PORT=str(port)) as program:
        await program.until_healthy()
        second = await done("run", cwd=place, LOCAL_PAGE="true", HTTP_PORT=str(port))
        await program.stops()

    assert second.code == 1
    assert second.err.startswith("GUANXI_HTTP_PORT: ")
    assert "Traceback" not in second.err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "GUANXI_TELEGRAM_TOKEN"),
        ({"TELEGRAM_TOKEN": "secret"}, "GUANXI_TELEGRAM_TOKEN: copy the whole token"),
        ({"LOCAL_PAGE": "perhaps"}, "GUANXI_LOCAL_PAGE: use true or false"),
        ({"LOCAL_PAGE": "true", "HTTP_PORT": "http"}, "GUANXI_HTTP_PORT: use a number"),
        ({"LOCAL_PAGE": "true", "HTTP_PORT": "70000"}, "GUANXI_HTTP_PORT: "),
        ({"LOCAL_PAGE": "true", "DATABASE_URL": "mysql://secret@here"}, "GUANXI_DATABASE_URL: use sqlite"),
        ({"LOCAL_PAGE": "true", "DATABASE_URL": "sqlite+aiosqlite:///:memory:"}, "GUANXI_DATABASE_URL: SQLite needs"),
        ({"LOCAL_PAGE": "true", "TIMEZONE": "London"}, "GUANXI_TIMEZONE: use an IANA name"),
        ({"LOCAL_PAGE": "true", "LOCALE": "fr"}, "GUANXI_LOCALE: 'fr' is not spoken yet"),
        ({"LOCAL_PAGE": "true", "CURRENCY": "dollars"}, "GUANXI_CURRENCY: use the three letters"),
        ({"LOCAL_PAGE": "true", "CURRENCY": "QQQ"}, "GUANXI_CURRENCY: QQQ is no currency"),
        ({"LOCAL_PAGE": "true", "COUNTRY": "UK"}, "GUANXI_COUNTRY: UK is no country; use the two letters"),
        ({"LOCAL_PAGE": "true", "COMPANY": "a\nb"}, "GUANXI_COMPANY: use a name of 1 to 100 characters"),
        ({"LOCAL_PAGE": "true", "LOG_LEVEL": "loud"}, "GUANXI_LOG_LEVEL: use DEBUG, INFO, WARNING or ERROR"),
        ({"LOCAL_PAGE": "true", "DATA_DIR": "/etc/passwd"}, "GUANXI_DATA_DIR: /etc/passwd is a file; name a folder"),
        ({"LOCAL_PAGE": "true", "DATABASE_URL": "postgresql://a:secret@b:c/d"}, "GUANXI_DATABASE_URL: its port is no"),
        ({"TELEGRAM_TOKEN": "1:0123456789", "TELEGRAM_API_BASE": "secret"}, "GUANXI_TELEGRAM_API_BASE: the address"),
        ({"LOCAL_PAGE": "true", "SLACK_APP_TOKEN": "xapp-secret"}, "GUANXI_SLACK_BOT_TOKEN: set it to the app's"),
        ({"LOCAL_PAGE": "true", "PROXY": "secret:3128"}, "GUANXI_PROXY: use http"),
        ({"LOCAL_PAGE": "true", "PROXY": "http://"}, "GUANXI_PROXY: use http"),
    ],
    ids=str,
)
async def test_a_wrong_setting_is_named_in_one_line(
    place: Path, settings: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"GUANXI_{name}", value)

    with pytest.raises((WrongSetting, Refused)) as refusal:
        await run()

    line = explain(refusal.value)
    assert line is not None
    assert said in line
    assert "\n" not in line and "secret" not in line


@pytest.mark.parametrize(
    ("host", "said"), [("127.0.0.1", "GUANXI_HTTP_PORT: "), ("192.0.2.1", "GUANXI_HTTP_HOST: 192.0.2.1 is no address")]
)
async def test_where_nothing_can_be_served_no_link_is_printed(
    place: Path, host: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = {"LOCAL_PAGE": "true", "HTTP_HOST": host, "HTTP_PORT": str(taken.getsockname()[1])}
        for name, value in settings.items():
            monkeypatch.setenv(f"GUANXI_{name}", value)

        with pytest.raises(Refused) as refusal:
            await run()

    assert str(refusal.value).startswith(said)
    assert capsys.readouterr().out == ""


async def test_a_file_of_settings_that_is_no_text_is_named(place: Path) -> None:
    (place / ".env").write_bytes(b"GUANXI_COMPANY=\xff\n")

    with pytest.raises(WrongSetting, match=r"^\.env: cannot be read .* UTF-8"):
        await run()


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////no/such/folder/guanxi.db", "postgresql+psycopg://a:secret@127.0.0.1:9/b"]
)
async def test_a_database_that_cannot_be_opened_is_named_in_one_line(place: Path, url: str) -> None:
    ended = await done("run", cwd=place, LOCAL_PAGE="true", DATABASE_URL=url)

    assert ended.code == 1
    assert ended.err.startswith("GUANXI_DATABASE_URL: ")
    assert len(ended.err.splitlines()) == 1, ended.err
    assert "secret" not in ended.err


async def test_the_demo_serves_a_company_and_leaves_nothing_behind(place: Path) -> None:
    port = free_port()
    temporary = place / "temporary"
    temporary.mkdir()
    # The demo ignores every setting, also wrong ones.
    async with started(
        *("demo", "--port", str(port)),
        cwd=place,
        port=port,
        more={"TMPDIR": str(temporary)},
        cold=True,
        DATABASE_URL="nonsense",
    ) as program:
        await program.until_healthy()
        page = await program.get("/")
        ended = await program.stops()

    assert page.status_code == 200
    assert ended.code == 0, ended
    assert ended.seconds < STOPS_WITHIN_SECONDS
    assert f"http://127.0.0.1:{port}" in ended.out
    assert list(temporary.iterdir()) == []
    assert not (place / "guanxi.db").exists()


async def test_help_imports_nothing_heavy(place: Path) -> None:
    # Typer itself imports pydantic once it parses a command's own arguments.
    heavy = "aiogram|aiosqlite|alembic|apscheduler|asyncio|babel|fastapi|httpx|matplotlib|sqlalchemy|structlog|uvicorn"
    ours = "domain|handlers|locales|scheduler|storage|web"
    code = (
        "import sys; sys.argv = ['guanxi', *sys.argv[1:]]\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('imported', *sorted(sys.modules))"
    )
    for arguments in (["--help"], ["run", "--help"], ["staff", "add", "--help"]):
        said = await _python(code, *arguments, cwd=place)
        imported = said.rpartition("imported ")[2].split()
        assert "typer" in imported
        assert [name for name in imported if re.fullmatch(f"({heavy}|{ours})", name)] == []
        assert "pydantic" not in imported or arguments != ["--help"]


async def _python(code: str, *arguments: str, cwd: Path) -> str:
    import asyncio

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, *arguments, cwd=cwd, env=environment({}), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out.decode()
