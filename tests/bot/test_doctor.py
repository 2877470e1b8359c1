"""``guanxi doctor`` in real places: what it finds, what it says to do, and that it changes nothing."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backups
from bot.doctor import doctor
from bot.examination import Mark, clock
from bot.moving import upgrade
from bot.refusals import explain
from bot.settings import read_settings
from bot.staffing import add
from bot.wiring import open_house
from domain.journal.model import Source
from domain.people.model import Role, Staff
from domain.points.model import Cause, EntryKind
from domain.surveys.defining import current_edition
from storage.faults import UnfitDatabase
from tests.databases import PostgresServer
from tests.fakes.language_model import language_model
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def port(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A port of our own, which the doctor is told of; not listening yet."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GUANXI_HTTP_PORT", str(taken.getsockname()[1]))
        yield taken


@pytest.fixture
def page(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything set that a local page needs."""
    monkeypatch.setenv("GUANXI_LOCAL_PAGE", "true")
    monkeypatch.setenv("GUANXI_HTTP_PORT", "0")
    return place


async def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and the lines that are not ✓."""
    capsys.readouterr()
    code = await doctor()
    said = capsys.readouterr().out.splitlines()
    lines = [line for line in said if line[:2] in {"✓ ", "! ", "✗ "}]  # the rest is the log, on stderr when it is run
    assert code == (1 if any(line.startswith("✗") for line in lines) else 0)
    return code, "\n".join(line for line in lines if not line.startswith("✓"))


async def test_a_good_place(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await upgrade()

    assert await examined(capsys) == (0, "")


async def test_settings_that_cannot_be_read_are_named(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await upgrade()
    async with open_house(read_settings()) as house, house.database.unit_of_work() as uow:
        uow.acts(None, at=NOON, source=Source(channel="operator"))
        company = await uow.company.get()
        unreadable = {"service": {"accept": "soon"}, "stages": ["?"], "report-schedule:7": "{"}
        company.settings = {**company.settings, **unreadable}
        company.extra_holidays = ["soon"]
        await uow.staff.add(Staff(name="Eve", role=Role.REP, timezone="Mars/Base", created_at=NOON))
        csat = await current_edition(uow, "csat", now=NOON)
        csat.definition = {"of": "another version"}
        await uow.commit()

    code, said = await examined(capsys)

    assert code == 0
    *others, person, report, survey = said.splitlines()
    topics = [line.partition("“")[2].partition("”")[0] for line in others if "“" in line]
    assert topics == ["calendar", "service", "stages"]
    assert "guanxi config apply" in said
    assert "Eve" in person and "Mars/Base" in person
    assert "report-schedule:7" in report
    assert "csat" in survey


async def test_points_that_do_not_add_up_are_named(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await upgrade()
    async with open_house(read_settings()) as house:
        async with house.database.unit_of_work() as uow:
            for customer_id in (7, 8):
                account = await uow.points.account_of(customer_id)
                cause = Cause(kind=EntryKind.WON, source=f"opportunity:{customer_id}", turn=1, at=NOON)
                await uow.points.add(account.enter(cause, 50))
            await uow.commit()
        assert await examined(capsys) == (0, "")
        async with house.database.unit_of_work() as uow:
            (await uow.points.account_of(8)).balance = 51  # somebody's hand
            await uow.commit()

    code, said = await examined(capsys)

    assert (code, "C8 (kept)" in said, "C7" in said) == (1, True, False)


async def test_an_empty_place_stays_empty(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await examined(capsys)

    assert code == 0
    assert said == "! There is no database yet. guanxi run makes it."
    assert list(page.iterdir()) == []


async def test_no_channel_and_a_misspelt_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUANXI_LOCAL_PGAE", "true")

    code, said = await examined(capsys)

    assert code == 1
    assert "! GUANXI_LOCAL_PGAE is not a setting and has no effect. Did you mean GUANXI_LOCAL_PAGE?" in said
    assert "✗ No channel is set. Set GUANXI_TELEGRAM_TOKEN" in said


async def test_a_wrong_setting_stops_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUANXI_PROXY", "proxy:3128")

    code, said = await examined(capsys)

    assert code == 1
    assert said == "✗ GUANXI_PROXY: use http://HOST:PORT or socks5://HOST:PORT"


async def test_env_that_others_can_read(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (page / ".env").write_text("GUANXI_LOCALE=zh-CN\nGUANXI_COUNTRY=GB\n")
    (page / ".env").chmod(0o644)
    _, open_said = await examined(capsys)
    (page / ".env").chmod(0o600)
    _, private_said = await examined(capsys)

    assert "! 这台机器上的其他人也能读 .env" in open_said
    assert ".env" not in private_said


async def test_a_port_that_is_taken(
    page: Path, port: socket.socket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port.listen()

    code, said = await examined(capsys)
    monkeypatch.setenv("GUANXI_HTTP_HOST", "192.0.2.1")
    elsewhere = await examined(capsys)

    assert code == 1
    assert f"✗ GUANXI_HTTP_PORT: another program uses port {port.getsockname()[1]}." in said
    assert elsewhere[0] == 1 and "✗ GUANXI_HTTP_HOST: 192.0.2.1 is no address of this machine." in elsewhere[1]


async def test_telegram_in_order(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as telegram:
        monkeypatch.setenv("GUANXI_TELEGRAM_TOKEN", telegram.token)
        monkeypatch.setenv("GUANXI_TELEGRAM_API_BASE", telegram.base)
        telegram.rules.group_privacy = False
        good = await examined(capsys)
        telegram.rules.group_privacy = True
        private = await examined(capsys)
        telegram.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        taken = await examined(capsys)
        telegram.webhook.url = "https://example.com/hook"
        hooked = await examined(capsys)
        monkeypatch.setenv("GUANXI_TELEGRAM_TOKEN", "700:of-somebody-else")
        wrong = await examined(capsys)
        assert telegram.webhook.url == "https://example.com/hook"

    assert good == (0, "! There is no database yet. guanxi run makes it.")
    assert private[0] == 0 and "! Telegram: in groups the bot sees only" in private[1]
    assert taken[0] == 1 and "✗ Telegram: another program receives for this bot." in taken[1]
    assert hooked[0] == 1 and "✗ Telegram: a webhook is set" in hooked[1]
    assert wrong[0] == 1 and "✗ GUANXI_TELEGRAM_TOKEN: Telegram does not know this token." in wrong[1]


async def test_a_webhook_that_telegram_cannot_reach(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as telegram:
        monkeypatch.setenv("GUANXI_TELEGRAM_TOKEN", telegram.token)
        monkeypatch.setenv("GUANXI_TELEGRAM_API_BASE", telegram.base)
        monkeypatch.setenv("GUANXI_TELEGRAM_WEBHOOK_URL", "https://crm.example.com")
        telegram.rules.group_privacy = False
        before = await examined(capsys)
        telegram.webhook.url = "https://crm.example.com/telegram"
        await telegram.user(11).says("hello")
        telegram.webhook._failed("Connection refused")
        unreached = await examined(capsys)

    assert before[0] == 0
    assert unreached[0] == 1
    assert "✗ Telegram cannot reach GUANXI_TELEGRAM_WEBHOOK_URL (Connection refused)." in unreached[1]


async def test_telegram_out_of_reach(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUANXI_TELEGRAM_TOKEN", "700:AAE-a-token-of-nobody")
    monkeypatch.setenv("GUANXI_TELEGRAM_API_BASE", "http://127.0.0.1:9")

    code, said = await examined(capsys)
    monkeypatch.setenv("GUANXI_PROXY", "http://127.0.0.1:9")
    by_proxy = await examined(capsys)

    assert code == 1
    assert "✗ Telegram unreachable: nobody answers at GUANXI_TELEGRAM_API_BASE." in said
    assert by_proxy[0] == 1 and "✗ Telegram unreachable through GUANXI_PROXY." in by_proxy[1]
    assert "AAE" not in said


@pytest.mark.parametrize(
    ("off", "mark"), [(2, Mark.FINE), (-29, Mark.FINE), (40, Mark.NOTE), (-200, Mark.NOTE), (400, Mark.BAD)]
)
def test_the_clock(off: int, mark: Mark) -> None:
    assert clock(NOON, NOON + timedelta(seconds=off)).mark is mark


@pytest.mark.parametrize(("off", "said"), [(-400, "✗"), (200, "!"), (0, "")])
async def test_slacks_clock_and_ours(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], off: int, said: str
) -> None:
    async with FakeSlack() as slack:
        monkeypatch.setenv("GUANXI_SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("GUANXI_SLACK_APP_TOKEN", slack.app_token)
        monkeypatch.setenv("GUANXI_SLACK_API_BASE", slack.api_base)
        slack.advance(off)

        _, lines = await examined(capsys)

    [line] = [line for line in lines.splitlines() if "clock" in line] or [""]
    assert line[:1] == said
    assert ("300 Slack’s requests are refused" in line) is bool(off)


async def test_a_schema_that_is_not_ours_or_behind(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3
    from contextlib import closing

    await upgrade()
    with closing(sqlite3.connect("guanxi.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    newer = await examined(capsys)
    (page / "guanxi.db").write_text("no database" * 1000)
    damaged = await examined(capsys)

    assert newer[0] == 1 and "✗ The schema (9999) was made by a newer Guanxi." in newer[1]
    assert damaged[0] == 1 and "the database’s file cannot be used (file is not a database)." in damaged[1]


async def test_backups_that_are_missing_or_old(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await add("Mei", role="admin", team=None, locale=None, timezone="Europe/London", telegram=None, slack=None)
    none = await examined(capsys)
    (page / "backups").mkdir()
    (page / "backups" / backups.name_at(datetime.now(UTC) - timedelta(hours=72), ".db")).touch()
    old = await examined(capsys)
    (page / "backups" / backups.name_at(datetime.now(UTC), ".db", automatic=True)).touch()
    fresh = await examined(capsys)

    assert none == (0, "! There is no backup yet. guanxi run makes one each day; for one now: guanxi backup")
    assert old[0] == 0 and "! The newest backup is 72 hours old." in old[1]
    assert fresh == (0, "")


async def test_a_year_whose_make_up_days_nobody_knows(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.calendar import Kind, enter
    from domain.values.calendars import Calendar

    year = datetime.now(UTC).year + 1
    monkeypatch.setenv("GUANXI_COUNTRY", "CN")
    unknown = not Calendar(country="CN").knows(year)
    await upgrade()
    _, before = await examined(capsys)
    await enter(Kind.WORK, [f"{year}-02-06"])
    _, after = await examined(capsys)

    assert (f"! The make-up workdays of {year} are not known yet" in before) is unknown
    assert f"{year}" not in after


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_is_closed(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.chmod(0o500)
    try:
        code, said = await examined(capsys)
    finally:
        page.chmod(0o700)

    assert code == 1
    assert f"✗ Guanxi may not write to {page}" in said


@pytest.mark.postgres
async def test_postgres_and_one_that_is_away(
    page: Path, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres_server.empty_database()
    monkeypatch.setenv("GUANXI_DATABASE_URL", url)
    monkeypatch.setenv("GUANXI_AUTO_MIGRATE", "false")
    empty = await examined(capsys)
    await upgrade()
    good = await examined(capsys)
    old = page / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1\n")
    old.chmod(0o700)
    monkeypatch.setenv("PATH", f"{page}:{os.environ['PATH']}")
    outdated = await examined(capsys)
    postgres_server.drop(url)
    postgres_server.execute("CREATE DATABASE plain_letters TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    monkeypatch.setenv("GUANXI_DATABASE_URL", postgres_server.url("plain_letters"))
    unfit = await examined(capsys)
    with pytest.raises(UnfitDatabase) as refused:
        await upgrade()
    postgres_server.execute(str(explain(refused.value)).partition("name that: ")[2])  # what it says to do can be done
    for name in ("plain_letters", "plain_letters_utf8"):
        postgres_server.drop(postgres_server.url(name))
    monkeypatch.setenv("GUANXI_DATABASE_URL", "postgresql+psycopg://somebody:secret@127.0.0.1:9/guanxi")
    away = await examined(capsys)
    monkeypatch.setenv("GUANXI_DATABASE_URL", postgres_server.url("none_such"))
    gone = await examined(capsys)

    assert "! There is no database yet." in empty[1]
    assert good[0] == 0 and "✗" not in good[1]
    assert "! pg_dump is older than the PostgreSQL server" in outdated[1]
    assert unfit[0] == 1 and "keeps texts as SQL_ASCII, Guanxi needs UTF8" in unfit[1]
    assert "CREATE DATABASE plain_letters_utf8 TEMPLATE template0 ENCODING 'UTF8'" in unfit[1]
    assert away[0] == 1 and "✗ GUANXI_DATABASE_URL: the database does not answer (Connection refused)" in away[1]
    assert gone[0] == 1 and 'does not answer (database "none_such" does not exist)' in gone[1]
    assert "secret" not in away[1]


async def test_a_language_model_is_asked_a_sentence(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await upgrade()
    async with language_model() as fake:
        monkeypatch.setenv("GUANXI_LLM_BASE_URL", fake.url)
        monkeypatch.setenv("GUANXI_LLM_MODEL", "small")

        assert await examined(capsys) == (0, "")
        fake.content = "Hello! How can I help?"
        _, useless = await examined(capsys)
        fake.status = 401
        _, refused = await examined(capsys)
    _, gone = await examined(capsys)

    assert "no JSON" in useless
    assert "status-401" in refused
    assert "cannot be reached" in gone
