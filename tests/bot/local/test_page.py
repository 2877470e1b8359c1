"""The page in a real browser, as the people of the story use it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from domain.errors import TryAgain
from handlers.chat import FormClosed, FormFilled, Press, Rendered, Text
from tests.bot.local.conftest import OpenPage
from tests.bot.local.stage import CARD, CHIPS, GROUP, NASTY, SHORT_FORM, Stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PHONE = {"viewport": {"width": 375, "height": 720}, "has_touch": True, "is_mobile": True}


async def say(page: Page, text: str) -> None:
    await page.fill("#say", text)
    await page.press("#say", "Enter")


async def be(page: Page, user: str) -> None:
    await page.click(f'[data-user="{user}"]')
    await expect(page.locator(f'[data-user="{user}"]')).to_have_attribute("aria-current", "true")


async def test_the_story_from_the_sentence_to_the_reminder(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await page.click(f"text={CHIPS['en'][0]}")
    await expect(page.locator(".mine .text")).to_have_text(CHIPS["en"][0])

    await page.click("text=Save")
    await expect(page.locator(".theirs .title")).to_have_text("Saved · Acme")
    await expect(page.locator(".theirs .stamp")).to_contain_text("edited")

    await page.click(".clock")
    await page.click("text=Friday 10:00")
    await expect(page.locator(".clock .long")).to_have_text("Fri 21 Nov, 10:00")
    await expect(page.locator(".theirs .title").last).to_have_text("Follow up: Acme")
    labels = await page.locator(".message").last.locator(".row .button").all_inner_texts()
    assert labels == ["Done", "Snooze 1 h", "Tomorrow", "Reschedule", "Log a call"]


@pytest.mark.parametrize(
    ("language", "user", "words"), [("en-US", "tom", "Write a message"), ("zh-CN", "mei", "输入消息"), ("fr", "tom", "Write a message")]
)  # fmt: skip
async def test_it_opens_as_whoever_speaks_the_browsers_language(
    language: str, user: str, words: str, open_page: OpenPage
) -> None:
    page = await open_page(locale=language)

    await expect(page.locator(f'[data-user="{user}"]')).to_have_attribute("aria-current", "true")
    await expect(page.locator("#say")).to_have_attribute("placeholder", words)
    await expect(page.locator("#say")).to_be_focused()
    await expect(page.locator(".chip")).to_have_count(3)


async def test_times_are_those_of_the_person(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:mei", CARD)
    page = await open_page()
    await expect(page.locator(".clock .long")).to_have_text("Thu 20 Nov, 09:30")

    await be(page, "mei")

    await expect(page.locator(".clock .long")).to_have_text("11月20日 周四 17:30")
    await expect(page.locator(".stamp time")).to_have_text("17:30")
    await expect(page.locator(".day")).to_have_text("今天")
    assert await page.get_attribute("html", "lang") == "zh-CN"


async def test_somebody_elses_news_show_as_a_dot_until_they_look(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await be(page, "ana")
    await expect(page.locator('[data-user="tom"] .dot')).to_have_count(0)

    await stage.say("private:tom", CARD)

    await expect(page.locator('[data-user="tom"] .dot')).to_have_count(1)
    await expect(page).to_have_title("(1) Acme & Söhne")
    await be(page, "tom")
    await expect(page.locator(".theirs .title")).to_have_text("Call · Acme")
    await be(page, "ana")
    await expect(page.locator('[data-user="tom"] .dot')).to_have_count(0)
    await page.reload()
    await expect(page.locator('[data-user="ana"]')).to_have_attribute("aria-current", "true")
    await expect(page.locator('[data-user="tom"] .dot')).to_have_count(0)


async def test_unread_messages_are_counted_by_conversation(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    group = page.locator(f'[data-key="{GROUP}"]')

    await stage.say(GROUP, Rendered(text="one"))
    await stage.say(GROUP, Rendered(text="two"))
    await stage.say(GROUP, Rendered(text="not for Tom"), to_user="mei")

    await expect(group.locator(".badge")).to_have_text("2")
    await group.click()
    await expect(group.locator(".badge")).to_have_count(0)
    await expect(page.locator(".theirs .text")).to_have_text(["one", "two"])


async def test_in_the_group_a_private_answer_is_seen_by_one(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await page.click(f'[data-key="{GROUP}"]')
    await say(page, "/today")
    await expect(page.locator(".private")).to_have_text("Only you can see this")
    await expect(page.locator(".bubble .quote")).to_contain_text("/today")

    await be(page, "mei")

    await expect(page.locator(".sender")).to_have_text("Tom")
    await expect(page.locator(".message")).to_have_count(1)


async def test_names_with_markup_are_only_text(stage: Stage, open_page: OpenPage) -> None:
    stage.company.staff[1] = stage.company.staff[1].__class__(user="tom", name=NASTY, role="rep")
    page = await open_page()
    await say(page, "names")

    await expect(page.locator(".theirs .title")).to_have_text(NASTY)
    await expect(page.locator('[data-user="tom"] .person-name')).to_have_text(NASTY)
    await expect(page.locator(".theirs .text a")).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    assert await page.evaluate("window.hacked") is None


async def test_only_harmless_links_become_links(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await say(page, "link")

    await expect(page.locator("a.button")).to_have_text("Open")
    await expect(page.locator("a.button")).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.locator("span.button")).to_have_text("Bad")


async def test_enter_sends_shift_enter_breaks_the_line_and_a_composition_is_left_alone(
    stage: Stage, open_page: OpenPage
) -> None:
    page = await open_page()
    await page.focus("#say")
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    for properties in ("isComposing: true", "keyCode: 229"):
        await page.evaluate(
            f"document.querySelector('#say').dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, {properties}}}))"
        )
    await expect(page.locator("#say")).to_have_value("one\ntwo")

    await page.keyboard.press("Enter")

    await expect(page.locator(".mine .text")).to_have_text("one\ntwo")
    await expect(page.locator("#say")).to_have_value("")
    assert stage.texts() == ["one\ntwo"]


async def test_chinese_input_by_the_browsers_own_composition_is_not_sent_half_done(
    stage: Stage, open_page: OpenPage
) -> None:
    page = await open_page(locale="zh-CN")
    await page.focus("#say")
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send("Input.imeSetComposition", {"text": "jintian", "selectionStart": 7, "selectionEnd": 7})
    await keyboard.send("Input.insertText", {"text": "今天"})
    await expect(page.locator("#say")).to_have_value("今天")
    assert stage.heard == []

    await page.keyboard.press("Enter")

    await expect(page.locator(".theirs .title")).to_contain_text("My day")
    assert stage.texts() == ["今天"]


async def test_buttons_rest_while_a_press_is_under_way_and_a_double_tap_is_one(
    stage: Stage, open_page: OpenPage
) -> None:
    await stage.say("private:tom", CARD)
    page = await open_page()
    save = page.locator('[data-payload="draft.save:1"]')
    stage.doors_open.clear()

    await save.dblclick()

    await expect(save).to_have_attribute("aria-disabled", "true")
    await expect(page.locator('[data-payload="draft.drop:1"]')).to_have_attribute("aria-disabled", "true")
    stage.doors_open.set()
    undo = page.locator('[data-payload="undo:1"]')
    await expect(undo).to_be_visible()
    await expect(undo).not_to_have_attribute("aria-disabled", "true")
    assert [event.content for event in stage.heard] == [Press("draft.save:1", "1")]


async def test_the_keyboard_stays_on_a_card_that_was_edited(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:tom", CARD)
    page = await open_page()
    await page.focus('[data-payload="draft.save:1"]')

    await page.keyboard.press("Enter")

    await expect(page.locator('[data-payload="undo:1"]')).to_be_focused()


async def test_a_toast_comes_with_the_answer(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await say(page, "/today")

    await page.click('[data-payload="f.done:12"]')

    await expect(page.locator("#toast")).to_have_text("Pressed f.done:12")


async def test_a_sheet_with_a_field_of_each_kind_keeps_what_was_typed_beside_the_errors(
    stage: Stage, open_page: OpenPage
) -> None:
    await stage.say("private:tom", CARD)
    page = await open_page()
    await page.click('[data-payload="draft.form:1"]')
    sheet = page.locator("dialog")
    await expect(sheet.locator("h2")).to_have_text("Reschedule F31")
    kinds = await sheet.locator("input, select, textarea").evaluate_all("all => all.map((one) => one.type)")
    assert kinds == ["text", "date", "time", "text", "tel", "email", *["radio"] * 3, "select-one", "textarea"]

    note = sheet.get_by_label("What happens then")
    await note.fill("  ")
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet.locator(".field-error").first).to_have_text("Please fill this in.")
    assert len(stage.heard) == 1

    await note.fill("wrong")
    await sheet.get_by_label("Visit").check()
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet.locator(".field-error").first).to_have_text("This note is wrong.")
    await expect(note).to_be_focused()
    await expect(note).to_have_value("wrong")
    await expect(note).to_have_attribute("aria-invalid", "true")

    await note.fill("Send the contract")
    await sheet.get_by_role("button", name="Save").click()
    await expect(sheet).to_have_count(0)
    await expect(page.locator(".theirs .title")).to_have_text("Thank you")
    filled = stage.heard[-1].content
    assert isinstance(filled, FormFilled)
    assert (filled.form, filled.message) == ("draft.fill:1", "1")
    assert dict(filled.values) == {
        "note": "Send the contract", "day": "2025-11-28", "hour": "10:00", "amount": "", "phone": "", "email": "",
        "kind": "visit", "stage": "", "more": "",
    }  # fmt: skip


async def test_a_sheet_that_is_closed_says_so(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:tom", CARD)
    page = await open_page()
    await page.click('[data-payload="draft.form:1"]')
    await expect(page.locator("dialog input").first).to_be_focused()

    await page.keyboard.press("Escape")

    await expect(page.locator("dialog")).to_have_count(0)
    await say(page, "after it")
    await expect(page.locator(".mine .text")).to_have_text("after it")
    await expect(page.locator(".sending")).to_have_count(0)
    assert stage.heard[1].content == FormClosed("draft.fill:1")


async def test_a_form_in_a_message_is_filled_where_it_stands(stage: Stage, open_page: OpenPage) -> None:
    message = await stage.say("private:tom", Rendered(text="First.", form=SHORT_FORM))
    page = await open_page()
    await page.get_by_label("What happens then").fill("good")

    await stage.say("private:tom", Rendered(text="Reworded.", form=SHORT_FORM), edit=message)
    await expect(page.locator(".theirs .text")).to_have_text("Reworded.")
    await expect(page.get_by_label("What happens then")).to_have_value("good")
    await page.locator(".inline-form").get_by_role("button", name="Save").click()

    await expect(page.locator(".theirs .title")).to_have_text("Thank you")
    assert stage.heard[0].content == FormFilled("survey:1", {"note": "good", "kind": "call"}, message)


async def test_pictures_have_words_and_documents_are_saved_under_their_name(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    await say(page, "picture")
    await say(page, "document")
    drawn = page.get_by_alt_text("Pipeline by stage")
    await expect(drawn).to_be_visible()
    await page.wait_for_function("document.querySelector('.picture').naturalWidth === 240")

    async with page.expect_download() as saving:
        await page.click(".document")

    assert (await saving.value).suggested_filename == "线索 leads.csv"


async def test_a_reply_quotes_what_it_answers(stage: Stage, open_page: OpenPage) -> None:
    message = await stage.say("private:tom", CARD)
    page = await open_page()
    await page.hover(".message")
    await page.get_by_role("button", name="Reply to Acme & Söhne").click()
    await expect(page.locator(".replying")).to_contain_text("Call · Acme")

    await say(page, "no, Thursday")

    await expect(page.locator(".mine .quote")).to_contain_text("Call · Acme")
    await expect(page.locator(".replying")).to_be_hidden()
    assert stage.heard[0].reply_to == message


async def test_what_is_written_without_a_connection_arrives_once_and_in_order(
    stage: Stage, open_page: OpenPage
) -> None:
    page = await open_page()
    await say(page, "before")
    await expect(page.locator(".theirs")).to_have_count(1)
    stage.cut_the_line()
    await expect(page.locator("#banner")).to_be_visible()
    await say(page, "during, one")
    await say(page, "during, two")
    await expect(page.locator(".sending")).to_have_count(2)
    missed = await stage.say("private:tom", Rendered(text="missed"))
    await stage.say("private:tom", Rendered(text="missed, then edited"), edit=missed)

    stage.line_is_cut = False

    await expect(page.locator("#banner")).to_be_hidden()
    await expect(page.locator(".sending")).to_have_count(0)
    await expect(page.locator(".mine .text")).to_have_text(["before", "during, one", "during, two"])
    await expect(page.get_by_text("missed, then edited")).to_have_count(1)
    assert stage.texts() == ["before", "during, one", "during, two"]


async def test_an_answer_lost_on_the_way_does_not_double_what_was_said(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    stage.doors_open.clear()
    await say(page, "only once")
    await expect(page.locator(".mine")).to_have_count(1)
    stage.channel.audience.close()
    await expect(page.locator("#banner")).to_be_visible()

    stage.doors_open.set()

    await expect(page.locator("#banner")).to_be_hidden()
    await expect(page.locator(".theirs")).to_have_count(1)
    await expect(page.locator(".mine .text")).to_have_text(["only once"])
    await page.wait_for_function("sessionStorage.getItem('guanxi-queue') === '[]'")
    assert stage.texts() == ["only once"]


async def test_a_passing_fault_is_tried_again_in_order(stage: Stage, open_page: OpenPage) -> None:
    stage.troubles = [TryAgain(), TryAgain()]
    page = await open_page()
    await say(page, "first")
    await say(page, "second")

    await expect(page.locator(".theirs")).to_have_count(2)
    await expect(page.locator(".sending")).to_have_count(0)

    assert stage.texts() == ["first", "second"]


async def test_a_reload_does_not_lose_what_was_not_sent_yet(stage: Stage, open_page: OpenPage) -> None:
    page = await open_page()
    stage.troubles = [TryAgain()] * 2
    await say(page, "kept")
    await page.reload()

    await expect(page.locator(".theirs")).to_have_count(1)

    assert stage.texts() == ["kept"]


async def test_older_messages_come_when_one_scrolls_up(stage: Stage, open_page: OpenPage) -> None:
    for number in range(120):
        await stage.say("private:tom", Rendered(text=f"number {number}"))
    page = await open_page()
    await expect(page.locator("#thread").get_by_text("number 119", exact=True)).to_be_in_viewport()
    await expect(page.locator("#thread").get_by_text("number 20", exact=True)).to_have_count(0)

    await page.evaluate("document.querySelector('#thread').scrollTop = 0")
    await expect(page.locator("#thread").get_by_text("number 20", exact=True)).to_have_count(1)
    await expect(page.locator("#thread").get_by_text("number 70", exact=True)).to_be_in_viewport()

    await stage.say("private:tom", Rendered(text="news"))
    await page.click("#newest")
    await expect(page.locator("#thread").get_by_text("news", exact=True)).to_be_in_viewport()
    await expect(page.locator("#newest")).to_be_hidden()


async def test_a_long_text_is_folded_and_one_that_is_too_long_is_said_so(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:tom", Rendered(text="word " * 1_000))
    page = await open_page()
    folded = await page.locator(".theirs .bubble").bounding_box()
    await page.click("text=Show all")
    whole = await page.locator(".theirs .bubble").bounding_box()
    assert folded is not None
    assert whole is not None
    assert whole["height"] > 2 * folded["height"]

    await page.evaluate("document.querySelector('#say').value = 'x'.repeat(100001)")
    await page.press("#say", "Enter")

    await expect(page.locator("#composer .field-error")).to_contain_text("at most 100,000 characters")
    assert stage.heard == []


async def test_on_a_phone_everything_fits_and_the_drawer_leads_to_the_others(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:tom", CARD)
    await stage.say("private:tom", Rendered(title="W" * 80, text="x" * 400))
    await stage.say("private:ana", CARD)
    page = await open_page(**PHONE)
    await expect(page.locator("#sidebar")).not_to_be_in_viewport()
    menu = page.get_by_role("button", name="Conversations, something new")
    assert await page.evaluate("document.documentElement.scrollWidth") == 375
    await stage.say("private:tom", CARD)
    await expect(page.locator(".row").last).to_be_in_viewport(ratio=1)
    await page.reload()
    await expect(page.locator(".row").last).to_be_in_viewport(ratio=1)
    for selector in (".clock", ".send", ".bubble >> nth=-1", ".row >> nth=-1"):
        box = await page.locator(selector).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375

    await menu.click()
    await expect(page.locator("#sidebar")).to_be_in_viewport()
    await page.click(f'[data-key="{GROUP}"]')

    await expect(page.locator("#sidebar")).not_to_be_in_viewport()
    await expect(page.locator("h1")).to_have_text("Acme launch")


async def test_everything_is_reached_by_the_keyboard_and_has_a_name(stage: Stage, open_page: OpenPage) -> None:
    await stage.say("private:tom", CARD)
    page = await open_page()
    await expect(page.locator(".row")).to_have_count(2)

    nameless = await page.evaluate(
        """[...document.querySelectorAll('button, a, input, textarea')].filter(
            (one) => !one.innerText?.trim() && !one.getAttribute('aria-label') && !one.labels?.length
        ).map((one) => one.outerHTML)"""
    )

    assert nameless == []
    assert await page.get_attribute("#thread", "role") == "log"
    await page.focus("#say")
    await page.keyboard.press("Shift+Tab")
    assert await page.evaluate("document.activeElement.matches('.clip')")
    await page.keyboard.press("Shift+Tab")
    assert await page.evaluate("document.activeElement.closest('#chips') !== null")


class TestSignedIn:
    """Outside the demo."""

    @pytest.fixture
    def stage(self) -> Stage:
        return Stage(is_demo=False)

    async def test_a_link_signs_in_and_there_is_no_being_somebody_else(self, stage: Stage, open_page: OpenPage) -> None:
        page = await open_page("/?code=good-code")

        await expect(page.locator(".signed-in")).to_contain_text("Tom")
        await expect(page.locator(".people")).to_have_count(0)
        await expect(page.locator(".clock")).to_have_count(0)
        assert page.url.endswith("/")
        await say(page, "hello")
        await expect(page.locator(".theirs")).to_have_count(1)
        await page.reload()
        await expect(page.locator(".mine .text")).to_have_text("hello")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.locator(".sign-in h1")).to_have_text("Sign in")
        assert [event.content for event in stage.heard] == [Text("hello")]

    async def test_a_colleagues_link_is_left_unused_unless_that_is_wanted(
        self, stage: Stage, open_page: OpenPage
    ) -> None:
        stage.codes["for-mei"] = "mei"
        page = await open_page("/?code=good-code")
        await expect(page.locator(".signed-in")).to_contain_text("Tom")
        link = page.url + "?code=for-mei"

        await page.goto(link)
        await expect(page.locator(".sheet h2")).to_have_text("You are signed in as Tom")
        await page.get_by_role("button", name="Stay Tom").click()
        await expect(page.locator(".signed-in")).to_contain_text("Tom")
        assert stage.codes == {"for-mei": "mei"}
        await page.goto(link)
        await page.get_by_role("button", name="Use it here, and sign me out").click()
        await expect(page.locator(".signed-in")).to_contain_text("Mei")
        assert stage.codes == {}

    async def test_a_used_link_says_so_in_the_browsers_language(self, open_page: OpenPage) -> None:
        page = await open_page("/?code=old", locale="zh-CN")

        await expect(page.locator(".sign-in [role=alert]")).to_have_text("链接已使用或已过期，请重新索取。")
