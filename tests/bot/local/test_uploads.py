"""Files put on the page: by request and frame, and by the paper clip of a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from bot.local.messages import LARGEST_IN_ROW
from domain.attachments.model import LARGEST
from domain.errors import FileRefused
from handlers.chat import Album, Attachment, Rendered
from tests.bot.local.conftest import OpenPage
from tests.bot.local.stage import GROUP, Stage, picture, served
from tests.bot.local.visitor import Visitor, visiting

NAMED = {"name": "quote.pdf", "media_type": "application/pdf", "size": 9}


async def post(address: str, place: str, content: Any, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.post(
            f"{address}/local/uploads/{place}", content=content, headers={"Origin": address, **headers}
        )


async def get(address: str, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient() as http:
        return await http.get(address + path, headers=headers)


async def message_of(page: Visitor) -> dict[str, Any]:
    return dict((await page.next("message"))["message"])


async def test_a_file_goes_up_and_its_message_names_it(stage: Stage) -> None:
    async with served(stage) as address:
        answer = (await post(address, "private:tom", b"%PDF-1.7 ")).json()
        async with visiting(address) as page:
            await page.hello()
            ack = await page.say("called Acme", uploads=[{**NAMED, "stored": answer["stored"]}])
        [row] = (await stage.channel.history.page("private:tom", limit=1))[0]
        given = await get(address, f"/local/files/private:tom/{row['id']}/upload-0")
        beyond = await get(address, f"/local/files/private:tom/{row['id']}/upload-1")

    [event] = stage.heard
    assert ack["type"] == "ack"
    assert event.content == Attachment(
        "file", answer["stored"], "quote.pdf", "application/pdf", 9, caption="called Acme"
    )
    assert await stage.channel.fetch(answer["stored"], limit=100) == b"%PDF-1.7 "
    assert given.content == b"%PDF-1.7 "
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert beyond.status_code == 404


async def test_several_are_an_album_and_a_picture_is_shown(stage: Stage) -> None:
    async with served(stage) as address:
        first, second = [(await post(address, "private:tom", picture())).json() for _ in range(2)]
        async with visiting(address) as page:
            await page.hello()
            await page.send(
                type="say",
                id="d" * 16,
                **{"as": "tom"},
                place="private:tom",
                text="",
                uploads=[
                    {"stored": each["stored"], "name": "a.png", "media_type": "image/png", "size": each["size"]}
                    for each in (first, second)
                ],
            )
            shown = await message_of(page)
            await page.next("ack")
        drawn = await get(address, shown["uploads"][1]["url"])

    [event] = stage.heard
    assert isinstance(event.content, Album)
    assert [file.kind for file in event.content.files] == ["photo", "photo"]
    assert [set(upload) for upload in shown["uploads"]] == [{"kind", "name", "size", "url"}] * 2
    assert (drawn.headers["content-type"], drawn.content) == ("image/png", picture())


async def test_markup_called_a_picture_is_only_saved(stage: Stage) -> None:
    async with served(stage) as address:
        stored = (await post(address, "private:tom", b"<svg onload=alert(1)>", **{"Content-Type": "text/html"})).json()
        async with visiting(address) as page:
            await page.hello()
            upload = {"stored": stored["stored"], "name": "a.svg", "media_type": "image/svg+xml", "size": 21}
            await page.say("look", uploads=[upload])
        [row] = (await stage.channel.history.page("private:tom", limit=1))[0]
        given = await get(address, f"/local/files/private:tom/{row['id']}/upload-0")

    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["content-disposition"].startswith("attachment")


async def test_what_is_too_large_or_empty_or_for_elsewhere_is_not_taken(stage: Stage) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // (1 << 20) + 1):
            yield bytes(1 << 20)

    async with served(stage) as address:
        statuses = [
            (await post(address, "private:tom", endless())).status_code,
            (await post(address, "private:tom", bytes(LARGEST + 1))).status_code,
            (await post(address, "private:tom", b"")).status_code,
            (await post(address, "private:nobody", b"x")).status_code,
            (await post(address, "private:tom", b"x", Origin="https://evil.example")).status_code,
        ]

    assert statuses == [413, 413, 400, 404, 403]
    assert stage.files.contents == {}


@pytest.mark.parametrize(
    "named",
    [
        {**NAMED, "stored": "../../etc/passwd"},
        {**NAMED, "stored": "0" * 32, "size": LARGEST + 1},
        {**NAMED, "stored": "0" * 32, "size": 0},
        {"stored": "0" * 32},
    ],
)
async def test_a_forged_name_is_malformed(stage: Stage, named: dict[str, Any]) -> None:
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        answer = await page.say("x", uploads=[named])
        nothing = await page.say("")
        many = await page.say("x", uploads=[{**NAMED, "stored": "0" * 32}] * 11)

    assert [each["reason"] for each in (answer, nothing, many)] == ["malformed"] * 3
    assert stage.heard == []


async def test_what_is_not_there_is_gone_for_good(stage: Stage) -> None:
    with pytest.raises(FileRefused) as refusal:
        await stage.channel.fetch("0" * 32, limit=10)
    kept = stage.files.put(b"x" * 11)
    with pytest.raises(FileRefused) as too_large:
        await stage.channel.fetch(kept, limit=10)

    assert (refusal.value.reason, too_large.value.reason) == (FileRefused.GONE, FileRefused.TOO_LARGE)


async def test_a_large_picture_lies_there_too_and_is_shown(stage: Stage) -> None:
    content = b"\xff\xd8\xff\xe0" + bytes(LARGEST_IN_ROW)
    number = await stage.say("private:tom", Rendered(text="here", picture=content, picture_alt="Shop"))
    async with served(stage) as address:
        given = await get(address, f"/local/files/private:tom/{number}/picture")

    assert stage.files.contents
    assert (given.content, given.headers["content-type"]) == (content, "image/jpeg")


async def test_a_large_document_lies_beside_the_messages(stage: Stage) -> None:
    content = b"x" * (LARGEST_IN_ROW + 1)
    number = await stage.say("private:tom", Rendered(text="here", document=content, document_name="q.pdf"))
    async with served(stage) as address:
        given = await get(address, f"/local/files/private:tom/{number}/document")
        stage.files.contents.clear()
        gone = await get(address, f"/local/files/private:tom/{number}/document")

    assert "content" not in stage.store.rows[0]["body"]["document"]
    assert (given.content, given.headers["content-type"]) == (content, "application/octet-stream")
    assert gone.status_code == 404


async def test_without_signing_in_nothing_is_taken_or_given() -> None:
    stage = Stage(is_demo=False)
    async with served(stage) as address:
        taken = await post(address, "private:tom", b"x")
        async with httpx.AsyncClient() as http:
            signed = await http.post(
                f"{address}/local/sign-in", json={"code": "good-code"}, headers={"Origin": address}
            )
        cookie = signed.headers["set-cookie"].split(";")[0]
        own = await post(address, "private:tom", b"x", Cookie=cookie)
        others = await post(address, "private:mei", b"x", Cookie=cookie)

    assert [answer.status_code for answer in (taken, own, others)] == [404, 200, 404]


async def test_in_a_group_a_file_is_for_us_only_when_we_are_named(stage: Stage) -> None:
    stored = stage.files.put(b"x")
    async with served(stage) as address, visiting(address) as page:
        await page.hello()
        await page.say("see this", place=GROUP, uploads=[{**NAMED, "stored": stored}])
        await page.say("@Acme & Söhne called Acme", place=GROUP, uploads=[{**NAMED, "stored": stored}])

    first, second = [event.content for event in stage.heard]
    assert isinstance(first, Attachment)
    assert isinstance(second, Attachment)
    assert (first.addressed, second.addressed, second.caption) == (False, True, "called Acme")


# ---------------------------------------------------------------- by hand


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_paper_clip_takes_files_along(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="Attach photos or files").click()
    await (await choosing.value).set_files(
        [
            {"name": "shop.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "线索 quote.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    await expect(page.locator(".chosen-name")).to_have_text(["shop.png", "线索 quote.pdf"])
    await expect(page.get_by_role("alert")).to_have_text("That file is empty.")
    await page.fill("#say", "called Acme, here is their shop")
    await page.press("#say", "Enter")

    await expect(page.locator(".mine .picture")).to_be_visible()
    await page.wait_for_function("document.querySelector('.mine .picture').naturalWidth === 240")
    await expect(page.locator(".mine .document")).to_contain_text("线索 quote.pdf")
    await expect(page.locator(".chosen")).to_have_count(0)
    await page.reload()
    await expect(page.locator(".mine .picture")).to_be_visible()
    [event] = stage.heard
    assert isinstance(event.content, Album)
    assert event.content.caption == "called Acme, here is their shop"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_file_can_be_left_out_and_one_alone_be_sent(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await page.set_input_files(
        "input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": b"hello"} for name in ("one.txt", "two.txt")],
    )
    await page.get_by_role("button", name="Leave out one.txt").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator(".mine .document")).to_contain_text("two.txt")

    assert isinstance(stage.heard[0].content, Attachment)
    assert stage.heard[0].content.name == "two.txt"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_what_did_not_get_through_stays(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    stage.files.troubles.append(OSError("disk full"))
    await page.set_input_files("input[type=file]", [{"name": "one.txt", "mimeType": "text/plain", "buffer": b"hello"}])
    await page.fill("#say", "see this")
    await page.press("#say", "Enter")
    await expect(page.get_by_role("alert")).to_contain_text("did not get through")
    await expect(page.locator("#say")).to_have_value("see this")

    await page.press("#say", "Enter")
    await expect(page.locator(".mine .document")).to_contain_text("one.txt")
