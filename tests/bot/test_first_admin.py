"""The link on an empty database: printed at every start until somebody came in, on Telegram or on the local page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from fastapi import FastAPI

from bot import file_store
from bot.first_admin import page_address, print_first_link, register_links
from bot.local.setup import SomebodyElse
from bot.page import page_routes, sign_in
from bot.platforms import Platform
from bot.settings import Settings
from bot.wiring import House, copies_of, open_house
from domain.people.actions import NewStaff, add_staff, invite
from domain.people.model import Invitation, Role, Staff
from domain.ports import UnitOfWork
from handlers.dispatch import perform
from scheduler.delivery import Sent

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
CODE = re.compile(r"(?:start|code)=(\w+)")


@pytest.fixture
def sent() -> list[Sent]:
    return []


@pytest.fixture
async def house(tmp_path: Path, sent: list[Sent]) -> AsyncIterator[House]:
    settings = Settings.model_construct(
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'guanxi.db'}",
        company="Acme",
        timezone="Europe/London",
        currency="GBP",
        country="GB",
        local_page=True,
        http_port=8099,
    )
    async with open_house(settings, now=lambda: NOW, on_settled=sent.append) as opened:
        yield opened


async def add(house: House, name: str, role: Role = Role.REP) -> tuple[Staff, str]:
    async def act(uow: UnitOfWork, actor: Staff | None) -> tuple[Staff, Invitation]:
        staff = await add_staff(uow, None, NewStaff(name=name, role=role), now=NOW)
        return staff, await invite(uow, None, staff=staff, now=NOW)

    staff, invitation = await perform(house.database.unit_of_work, act, now=NOW)
    return staff, invitation.code


async def staff_of(house: House) -> list[Staff]:
    async with house.database.read() as uow:
        return list(await uow.staff.list_all())


class OnTelegram:
    """As much of a platform as the first link asks for."""

    name = "telegram"

    def __init__(self, username: str) -> None:
        self._username = username

    def address(self, code: str) -> str | None:
        return f"https://t.me/{self._username}?start={code}"


class OnSlack:
    """A platform on which no link carries a code."""

    name = "slack"

    def address(self, code: str) -> str | None:
        return None


async def printed(house: House, capsys: pytest.CaptureFixture[str], *platforms: OnTelegram | OnSlack) -> str:
    capsys.readouterr()
    await print_first_link(house, cast("Sequence[Platform]", platforms))
    return capsys.readouterr().out


async def test_the_link_and_its_code_are_printed(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    said = await printed(house, capsys, OnTelegram("acme_bot"))

    telegram, page = CODE.findall(said)
    assert telegram == page
    assert f"https://t.me/acme_bot?start={telegram}" in said
    assert f"http://127.0.0.1:8099/?code={page}" in said
    assert "admin of Acme" in said
    assert "█▀" in said


async def test_beside_the_links_it_says_what_to_write_where_there_is_none(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await printed(house, capsys, OnSlack())

    [page] = CODE.findall(said)
    assert f"write to the bot on Slack:  join {page}" in said


async def test_a_new_start_replaces_the_link(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    [first] = CODE.findall(await printed(house, capsys))
    [second] = CODE.findall(await printed(house, capsys))

    assert await sign_in(house).redeem(first, None) is None
    assert await sign_in(house).redeem(second, None) == "staff-1"


async def test_nothing_is_printed_once_somebody_is_there(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    await add(house, "Tom")

    assert await printed(house, capsys, OnTelegram("acme_bot")) == ""


async def test_the_opener_on_the_page_becomes_admin_and_finds_the_card(
    house: House, capsys: pytest.CaptureFixture[str], sent: list[Sent]
) -> None:
    [code] = CODE.findall(await printed(house, capsys))

    user = await sign_in(house).redeem(code, None)
    await house.delivery.deliver_all()

    [staff] = await staff_of(house)
    assert (user, staff.role, staff.name) == (f"staff-{staff.id}", Role.ADMIN, "Admin")
    assert [person.user for person in await house.people.people()] == [user]
    [card] = sent
    assert (card.row.key, card.place) == ("welcome-admin", f"private:{user}")
    assert card.body is not None
    assert "Welcome to Acme" in card.body.title
    assert await sign_in(house).redeem(code, None) is None


async def test_a_colleague_signs_in_by_an_invitation(house: House, sent: list[Sent]) -> None:
    mei, code = await add(house, "Mei")

    user = await sign_in(house).redeem(f" {code.lower()} ", None)
    await house.delivery.deliver_all()

    assert user == f"staff-{mei.id}"
    assert [said.row.key for said in sent] == ["welcome-staff"]
    [card] = sent
    assert card.reply is not None
    assert re.fullmatch(r"undo:\d+", card.reply.buttons[-1].press)


async def test_an_admin_who_tries_a_colleagues_link_does_not_use_it_up(house: House) -> None:
    mei, code = await add(house, "Mei")

    with pytest.raises(SomebodyElse):
        await sign_in(house).redeem(code, "staff-99")

    assert await house.people.people() == []
    assert await sign_in(house).redeem(code, f"staff-{mei.id}") == f"staff-{mei.id}"


async def test_who_signed_in_stays_so_over_a_restart(house: House) -> None:
    cookie = sign_in(house).sessions.cookie_for("staff-1", now=NOW)

    assert sign_in(house).sessions.user_of(cookie, now=NOW) == "staff-1"
    [kept] = file_store.folder_of(house.settings, copies_of(house.settings)).iterdir()
    assert (kept.name, kept.stat().st_mode & 0o077) == ("page.key", 0)
    kept.write_bytes(b"")
    assert sign_in(house).sessions.user_of(cookie, now=NOW) is None
    assert len(kept.read_bytes()) == 32


async def test_somebody_who_left_does_not_come_in(house: House) -> None:
    mei, code = await add(house, "Mei")

    async def leave(uow: UnitOfWork, actor: Staff | None) -> None:
        (await uow.staff.get(mei.id)).is_active = False

    await perform(house.database.unit_of_work, leave, now=NOW)

    assert await sign_in(house).redeem(code, None) is None


def test_the_page_is_opened_under_a_name_that_a_browser_reaches() -> None:
    def opened(host: str) -> str:
        return page_address(Settings.model_construct(http_host=host, http_port=80))("X")

    assert opened("0.0.0.0") == "http://127.0.0.1:80/?code=X"
    assert opened("::") == "http://[::1]:80/?code=X"
    assert opened("crm.local") == "http://crm.local:80/?code=X"


async def test_invitations_carry_the_link_that_helps_others(house: House) -> None:
    register_links(house, cast("Sequence[Platform]", [OnTelegram("acme_bot")]))
    assert [address("X") for address in house.links.values()] == ["https://t.me/acme_bot?start=X"]


async def test_without_telegram_invitations_carry_the_page(house: House) -> None:
    register_links(house, [])
    assert [address("X") for address in house.links.values()] == ["http://127.0.0.1:8099/?code=X"]


def test_a_link_names_the_address_that_people_really_open() -> None:
    behind_a_proxy = Settings(page_url="https://crm.example.com/", http_host="0.0.0.0", _env_file=None)

    assert page_address(behind_a_proxy)("X") == "https://crm.example.com/?code=X"


async def test_the_page_answers_under_the_name_that_people_open_and_no_other(house: House) -> None:
    house.settings.page_url = "https://crm.example.com"
    app = FastAPI()
    app.include_router(page_routes(house, sign_in(house)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://crm.example.com") as browser:
        ours = await browser.get("/")
        others = await browser.get("/", headers={"Host": "evil.example"})

    assert (ours.status_code, others.status_code) == (200, 421)
