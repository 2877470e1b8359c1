"""The page outside the demo: everybody is who they signed in as."""

import httpx
import pytest

from bot.local.connection import SIGNED_OUT
from bot.local.people import LocalPerson
from handlers.chat import Rendered
from tests.bot.local.stage import CARD, GROUP, Stage, picture, served
from tests.bot.local.visitor import visiting


@pytest.fixture
def stage() -> Stage:
    return Stage(is_demo=False)


async def sign_in(address: str, code: str = "good-code", origin: str | None = None) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.post(f"{address}/local/sign-in", json={"code": code}, headers={"Origin": origin or address})


def cookie_of(answer: httpx.Response) -> str:
    return answer.headers["set-cookie"].split(";")[0]


async def test_a_link_signs_in_once_with_a_cookie_that_scripts_and_other_sites_do_not_get(stage: Stage) -> None:
    async with served(stage) as address:
        first, second = await sign_in(address), await sign_in(address)

    assert first.status_code == 200
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert second.status_code == 403
    assert "set-cookie" not in second.headers


async def test_only_our_own_page_may_use_the_code(stage: Stage) -> None:
    async with served(stage) as address:
        foreign = await sign_in(address, origin="https://evil.example")
        async with httpx.AsyncClient() as http:
            looked_at = await http.get(f"{address}/?code=good-code")

    assert foreign.status_code == 403
    assert looked_at.status_code == 200
    assert stage.codes == {"good-code": "tom"}


async def test_without_a_cookie_the_socket_says_sign_in_first(stage: Stage) -> None:
    async with served(stage) as address:
        async with visiting(address) as page:
            assert await page.closed_with() == SIGNED_OUT
        async with visiting(address, cookie="guanxi_local=forged.forged") as page:
            assert await page.closed_with() == SIGNED_OUT


async def test_who_signed_in_sees_and_does_only_what_is_theirs(stage: Stage) -> None:
    await stage.say("private:mei", CARD)
    await stage.say(GROUP, Rendered(text="for Mei"), to_user="mei")
    await stage.say(GROUP, Rendered(text="for all"))
    async with served(stage) as address:
        cookie = cookie_of(await sign_in(address))
        async with visiting(address, cookie=cookie) as page:
            welcome = await page.hello()
            as_mei = await page.say("hello", user="mei")
            await page.send(type="older", place="private:mei", before="99")
            older = await page.next("refused")
            await page.send(type="move_clock", step="hour", **{"as": "tom"})
            clock = await page.next("refused")
            await stage.say("private:mei", CARD)
            await stage.say(GROUP, Rendered(text="for Mei again"), to_user="mei")
            own = await page.say("hello")
            pushed = await page.next("message") if own["type"] != "ack" else None

    assert (welcome["demo"], welcome["me"]) == (False, "tom")
    assert {place["key"] for place in welcome["places"]} == {"private:tom", GROUP}
    assert [person["chips"] for person in welcome["people"]] == [[]] * 5
    assert [message["text"] for part in welcome["history"] for message in part["messages"]] == ["for all"]
    assert set(welcome["reading"]) == {"tom"}
    assert (as_mei["reason"], older["reason"], clock["reason"]) == ("unknown-person", "no-such-place", "not-allowed")
    assert (own["type"], pushed) == ("ack", None)
    assert stage.texts() == ["hello"]


async def test_pushes_meant_for_others_do_not_arrive(stage: Stage) -> None:
    async with served(stage) as address:
        cookie = cookie_of(await sign_in(address))
        async with visiting(address, cookie=cookie) as page:
            await page.hello()
            await stage.say("private:mei", CARD)
            await stage.say(GROUP, Rendered(text="for Mei"), to_user="mei")
            await stage.say(GROUP, Rendered(text="for Tom"), to_user="tom")
            first = await page.next("message")

    assert first["message"]["text"] == "for Tom"


async def test_who_left_the_company_is_out(stage: Stage) -> None:
    async with served(stage) as address:
        cookie = cookie_of(await sign_in(address))
        async with visiting(address, cookie=cookie) as page:
            await page.hello()
            stage.company.staff = [person for person in stage.company.staff if person.user != "tom"]
            refused = await page.say("hello")
        async with visiting(address, cookie=cookie) as page:
            code = await page.closed_with()

    assert refused["reason"] == "unknown-person"
    assert code == SIGNED_OUT
    assert stage.heard == []


async def test_files_need_the_eyes_they_are_for(stage: Stage) -> None:
    of_tom = await stage.say("private:tom", Rendered(text="", picture=picture()))
    of_mei = await stage.say("private:mei", Rendered(text="", picture=picture()))
    in_group = await stage.say(GROUP, Rendered(text="", picture=picture()), to_user="mei")
    paths = [f"private:tom/{of_tom}", f"private:mei/{of_mei}", f"{GROUP}/{in_group}"]
    async with served(stage) as address, httpx.AsyncClient(base_url=address) as http:
        cookie = cookie_of(await sign_in(address))
        signed_out = [(await http.get(f"/local/files/{path}/picture")).status_code for path in paths]
        signed_in = [
            (await http.get(f"/local/files/{path}/picture", headers={"Cookie": cookie})).status_code for path in paths
        ]

    assert signed_out == [404, 404, 404]
    assert signed_in == [200, 404, 404]


async def test_signing_out_takes_the_cookie_back(stage: Stage) -> None:
    async with served(stage) as address, httpx.AsyncClient() as http:
        answer = await http.post(f"{address}/local/sign-out", headers={"Origin": address})
        foreign = await http.post(f"{address}/local/sign-out", headers={"Origin": "https://evil.example"})

    assert 'guanxi_local=""' in answer.headers["set-cookie"]
    assert foreign.status_code == 403


async def test_in_the_demo_there_is_nothing_to_sign_in_to() -> None:
    stage = Stage()
    async with served(stage) as address:
        assert (await sign_in(address)).status_code == 403


async def test_a_newcomer_is_known_at_once(stage: Stage) -> None:
    stage.codes["for-li"] = "li"
    stage.company.staff.append(LocalPerson(user="li", name="Li", role="rep"))
    async with served(stage) as address:
        cookie = cookie_of(await sign_in(address, "for-li"))
        async with visiting(address, cookie=cookie) as page:
            assert (await page.hello())["me"] == "li"
