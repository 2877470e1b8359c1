"""Installed for a whole organisation: whoever is of it may join, from whichever workspace; others are visitors."""

from __future__ import annotations

from pathlib import Path

from domain.people.model import Role
from tests.bot.slack.stage import on_stage


async def test_colleagues_of_every_workspace_may_join_and_nobody_else(tmp_path: Path) -> None:
    async with on_stage(tmp_path, enterprise="E0ORG") as stage:
        server = stage.server
        ann = await stage.staff("Ann", role=Role.ADMIN)
        mei = server.person("Mei", team_id="T0SECOND", enterprise="E0ORG")
        eve = server.person("Eve", team_id="T0FOREIGN", enterprise="E0OTHER", is_stranger=True)
        for person in (mei, eve):
            server.says(person, "hello")
            await stage.settles()

        offered, welcomed = [
            [m.labels for m in server.messages_in(server.dm(person)) if m.is_by_bot] for person in (mei, eve)
        ]
        assert any(label.startswith("Join as") for labels in offered for label in labels)
        assert welcomed
        assert not any(label.startswith("Join as") for labels in welcomed for label in labels)
        room = server.channel("team", ann, mei)
        server.says(mei, f"<@{server.bot.id}> today", channel=room)
        await stage.settles()
        assert not server.refusals
