"""``guanxi slack-manifest`` and ``guanxi doctor``, as an operator runs them."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.running import live
from bot.settings import Settings
from bot.slack.manifest import EVENTS, SCOPES
from bot.staffing import add
from bot.wiring import open_house
from tests.bot.programs import done, free_port, log_lines, started
from tests.fakes.slack import FakeSlack


async def test_the_manifest_is_all_that_slack_needs(place: Path) -> None:
    ran = await done("slack-manifest", cwd=place, COMPANY="Acme")
    made = json.loads(ran.out)

    assert ran.code == 0
    assert made["display_information"]["name"] == "Acme"
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert made["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert [command["command"] for command in made["features"]["slash_commands"]] == ["/crm"]
    assert [shortcut["callback_id"] for shortcut in made["features"]["shortcuts"]] == ["log", "ticket"]
    assert made["features"]["app_home"]["home_tab_enabled"] is True

    [link] = [word for word in ran.err.split() if word.startswith("https://api.slack.com/apps?")]
    assert json.loads(parse_qs(urlsplit(link).query)["manifest_json"][0]) == made
    assert "OAuth & Permissions" in ran.err
    assert "Basic Information" in ran.err


async def test_a_manifest_for_http(place: Path) -> None:
    ran = await done("slack-manifest", "--url", "https://crm.example.com/", cwd=place, LOCALE="zh-CN")
    made = json.loads(ran.out)
    address = "https://crm.example.com/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["features"]["slash_commands"][0]["url"] == address
    assert "复制" in ran.err

    refused = await done("slack-manifest", "--url", "crm.example.com", cwd=place)
    assert refused.code == 1
    assert "--url" in refused.err


async def test_the_doctor_names_scope_and_clock(place: Path) -> None:
    async with FakeSlack() as slack:
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_BASE": slack.api_base,
            "HTTP_PORT": "0",
        }
        well = await done("doctor", cwd=place, **settings)
        slack.world.scopes.discard("reactions:read")
        ill = await done("doctor", cwd=place, **settings)

    assert "✓ Slack: guanxi answers" in well.out
    assert "✗ Slack: the app lacks reactions:read" in ill.out
    assert (well.code, ill.code) == (0, 1)


async def test_a_bot_token_alone_is_refused_with_what_to_do(place: Path) -> None:
    ran = await done("run", cwd=place, SLACK_BOT_TOKEN="xoxb-1")
    assert ran.code == 1
    assert "GUANXI_SLACK_APP_TOKEN" in ran.err


async def test_the_program_connects_and_tick_sends_through_slack(place: Path) -> None:
    async with FakeSlack() as slack:
        tom = slack.person("Tom", real_name="Tom Fox")
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_BASE": slack.api_base,
        }
        await add("Tom", role="rep", team=None, locale="en", timezone="Europe/London", telegram=None, slack=tom.id)
        port = free_port()
        async with started("run", cwd=place, port=port, HTTP_PORT=str(port), **settings) as program:
            health = await program.until_healthy()
            await slack.until_connected()
            slack.says(tom, "/lead Acme Ltd, Bob Lee")
            await slack.sees(tom, "Saved ✓", timeout=20)
            slack.says(tom, "/next L1 tomorrow 10am call them")
            await slack.sees(tom, "L1", timeout=20)
            health = await program.until_healthy()
            ended = await program.stops()
        later = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        ticked = await done("tick", "--now", later, cwd=place, **settings)

    assert health["channels"]["slack"]["up"] is True
    assert ended.code == 0, ended
    assert "Acme" not in ended.err
    assert slack.bot_token not in ended.err
    sent = [json.loads(line) for line in ticked.out.splitlines()]
    assert {"sent"} == {line["outcome"] for line in sent if line["channel"] == "slack"}
    assert any(line["key"] == "followup-due" for line in sent), ticked
    assert not [call for call in slack.refusals if call.error != "expired_trigger_id"]


async def test_one_platform_that_is_down_leaves_the_others_alone(place: Path) -> None:
    port = free_port()
    async with FakeSlack() as slack:
        slack.world.token_error = "token_revoked"
        settings = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_BASE": slack.api_base,
            "LOCAL_PAGE": "true",
            "HTTP_PORT": str(port),
        }
        async with started("run", cwd=place, port=port, **settings) as program:
            down = (await program.until_healthy())["channels"]
            slack.world.token_error = ""
            await slack.until_connected()
            while not (back := (await program.until_healthy())["channels"]["slack"])["up"]:
                pass
            ended = await program.stops()

    assert down["local"]["up"] is True
    assert (down["slack"]["up"], down["slack"]["token_refused"]) == (False, True)
    assert back["token_refused"] is False
    assert ended.code == 0, ended
    refused = [line for line in log_lines(ended.err) if line["event"] == "slack-token-refused"]
    assert len(refused) == 1
    assert "GUANXI_SLACK_BOT_TOKEN" in refused[0]["remedy"]


async def test_a_team_starts_from_nothing_on_slack(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeSlack() as slack:
        settings = Settings.model_construct(
            database_url=f"sqlite+aiosqlite:///{place / 'guanxi.db'}",
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_api_base=slack.api_base,
            company="Acme",
            timezone="Europe/London",
            http_port=0,
        )
        ana = slack.person("ana", real_name="Ana Gray")
        stop = asyncio.Event()
        async with open_house(settings) as house:
            running = asyncio.create_task(live(house, stop))
            await slack.until_connected()
            [code] = re.findall(r"join (\w+)", capsys.readouterr().out)
            slack.says(ana, f"join {code}")
            card = await slack.sees(ana, "Welcome to Acme, Ana Gray", timeout=20)
            stop.set()
            await running
    assert card.labels
