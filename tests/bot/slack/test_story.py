"""What people do on Slack, through the whole house."""

from __future__ import annotations

import pytest

from domain.people.model import Role
from tests.bot.slack.stage import Stage
from tests.fakes.slack import Channel, Message, Person


async def says(stage: Stage, person: Person, text: str) -> Message:
    """Say it to the app; gives its newest answer."""
    before = len(stage.server.messages_in(stage.server.dm(person)))
    stage.server.says(person, text)
    await stage.settles()
    answers = stage.server.messages_in(stage.server.dm(person))
    assert len(answers) > before, f"no answer to {text!r}"
    return answers[-1]


async def test_a_sentence_becomes_a_card_that_is_saved_in_place(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "called Acme, they want a quote for 20 seats, follow up Friday 10am")
    assert "Acme" in card.plain

    await stage.server.presses(card, "Save").answered()
    await stage.settles()

    [saved] = stage.server.messages_in(stage.server.dm(tom))
    assert saved.ts == card.ts
    assert [row["company"] for row in await stage.rows("leads")] == ["Acme"]


async def test_the_same_message_as_two_events_has_one_effect(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom)
    stage.server.deliver_twice()
    stage.server.says(tom, f"<@{stage.server.bot.id}> /lead Beta Ltd, Jane Miller", channel=sales)
    await stage.settles()

    [answer] = stage.server.messages_in(sales)
    assert "Saved ✓ L1 B." in answer.plain
    assert answer.thread_ts is not None
    assert len(await stage.rows("leads")) == 1


async def test_a_card_in_a_thread_stays_at_hand_when_the_channel_gets_another_id(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom, kind="group")
    stage.server.says(tom, f"<@{stage.server.bot.id}> called Acme, they want a quote", channel=sales)
    await stage.settles()
    [card] = stage.server.messages_in(sales)

    stage.server.changes_id(sales)
    await stage.settles()
    stage.server.says(tom, "tomorrow 10am", channel=sales, thread_ts=card.thread_ts)
    await stage.settles()
    await stage.server.presses(card, "Save", user=tom).answered()
    await stage.settles()

    assert card.ts in {said.ts for said in stage.server.messages_in(sales) if "Save" not in said.labels}
    assert {row["place"] for row in await stage.rows("cards")} == {f"{sales.id}/{card.thread_ts}"}
    assert [row["company"] for row in await stage.rows("leads")] == ["Acme"]


@pytest.mark.parametrize("text", ["lead Beta Ltd, Jane Miller", "/lead Beta Ltd, Jane Miller"])
async def test_a_command_is_answered_to_one_person_anywhere(stage: Stage, text: str) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom, has_bot=False)

    await stage.server.command("/crm", text, user=tom, channel=sales).answered()
    await stage.settles()

    [answer] = stage.server.ephemerals_of(tom, channel=sales)
    assert "Beta" in answer.plain
    assert not stage.server.messages_in(sales)
    assert [row["company"] for row in await stage.rows("leads")] == ["Beta Ltd"]


async def test_a_form_is_a_modal_with_errors_at_the_field(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "/lead Beta Ltd, Jane Miller")
    await stage.server.presses(card, "Change").answered()
    view = await stage.server.sees_view(tom, "Company")
    labels = view.field_labels()
    assert "Company" in labels

    refused = stage.server.submits(view, {"E-mail": "no address"})
    await refused.answered()
    view = await stage.server.sees_view(tom)
    assert list(view.errors) == ["email"]

    await stage.server.submits(view, {"E-mail": "jane@beta.example"}).answered()
    await stage.settles()
    assert stage.server.open_view_of(tom) is None
    assert [row["value"] for row in await stage.rows("contact_points")] == ["jane@beta.example"]
    assert len(stage.server.messages_in(stage.server.dm(tom))) == 1


# ---------------------------------------------------------------- what one person sees


async def test_a_private_card_is_replaced_where_it_stands(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom, has_bot=False)
    await stage.server.command("/crm", "called Acme, they want a quote", user=tom, channel=sales).answered()
    await stage.settles()
    [card] = stage.server.ephemerals_of(tom, channel=sales)

    await stage.server.presses(card, "Save", user=tom).answered()
    await stage.settles()

    [saved] = stage.server.ephemerals_of(tom, channel=sales)
    assert "Save" not in saved.labels
    assert not stage.server.messages_in(stage.server.dm(tom))
    assert len(await stage.rows("activities")) == 1


async def test_a_private_answer_that_comes_too_late_goes_to_the_private_chat(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom, has_bot=False)
    stage.server.rules.hook_seconds = 0
    await stage.server.command("/crm", "today", user=tom, channel=sales).answered()
    await stage.settles()

    assert not stage.server.ephemerals_of(tom, channel=sales)
    [refused] = stage.server.refusals
    assert refused.method == "response_url"
    stage.server.calls.remove(refused)
    assert len(stage.server.messages_in(stage.server.dm(tom))) == 1


async def test_an_error_is_said_to_its_speaker_alone(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom)
    asked = stage.server.says(tom, f"<@{stage.server.bot.id}> /customer C999", channel=sales)
    await stage.settles()

    [whispered] = stage.server.ephemerals_of(tom, channel=sales)
    assert whispered.thread_ts in {asked.ts, None}
    assert not stage.server.messages_in(sales)


async def test_who_cannot_be_whispered_to_is_answered_in_the_private_chat(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom)
    stage.server.fail_next("chat.postEphemeral", "user_not_in_channel")
    stage.server.says(tom, f"<@{stage.server.bot.id}> /customer C999", channel=sales)
    await stage.settles()

    assert len(stage.server.messages_in(stage.server.dm(tom))) == 1


async def test_a_form_opened_from_a_private_card_answers_there(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom, has_bot=False)
    await stage.server.command("/crm", "lead Beta Ltd, Jane Miller", user=tom, channel=sales).answered()
    await stage.settles()
    [card] = stage.server.ephemerals_of(tom, channel=sales)
    await stage.server.presses(card, "Change", user=tom).answered()
    form = await stage.server.sees_view(tom, "Company")

    await stage.server.submits(form, {"Company": "Gamma Ltd"}).answered()
    await stage.settles()

    [changed] = stage.server.ephemerals_of(tom, channel=sales)
    assert "Gamma" in changed.plain
    assert not stage.server.messages_in(stage.server.dm(tom))


# ---------------------------------------------------------------- forms


async def test_a_trigger_that_expired_gives_a_card_that_opens_the_form(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "/lead Beta Ltd, Jane Miller")
    stage.server.fail_next("views.open", "expired_trigger_id")
    await stage.server.presses(card, "Change").answered()
    await stage.settles()
    assert stage.server.open_view_of(tom) is None

    offer = await stage.server.sees(tom, "took too long", button="Open form")
    await stage.server.presses(offer, "Open form", user=tom).answered()
    form = await stage.server.sees_view(tom, "Company")
    await stage.server.submits(form, {"Company": "Gamma Ltd"}).answered()
    await stage.settles()
    assert [row["company"] for row in await stage.rows("leads")] == ["Gamma Ltd"]


async def test_a_form_that_is_no_longer_wanted_says_so(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "/lead Beta Ltd, Jane Miller")
    await says(stage, tom, "/undo")
    await stage.server.presses(card, "Change").answered()
    view = await stage.server.sees_view(tom, "answer is in the chat")
    assert view.field_labels() == []


# ---------------------------------------------------------------- cards


async def test_a_card_that_is_gone_is_said_afresh(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "called Acme, they want a quote")
    stage.server.fail_next("chat.update", "message_not_found")
    await stage.server.presses(card, "Save").answered()
    await stage.settles()

    answers = stage.server.messages_in(stage.server.dm(tom))
    assert len(answers) == 2
    assert "Undo" in answers[-1].labels


async def test_language_and_zone_come_from_the_profile(stage: Stage) -> None:
    mei = stage.server.person("Mei", tz="Asia/Shanghai", locale="zh-CN")
    stage.server.says(mei, "你好")
    await stage.settles()

    [identity] = [row for row in await stage.rows("identities") if row["user"] == mei.id]
    assert identity["locale"] == "zh-CN"
    assert identity["name"] == "Mei"
    answers = stage.server.messages_in(stage.server.dm(mei))
    assert answers
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in answer.plain) for answer in answers)


async def test_who_is_met_in_a_channel_can_be_written_to(stage: Stage) -> None:
    mei = stage.server.person("Mei")
    sales = stage.server.channel("sales", mei)
    stage.server.says(mei, f"<@{stage.server.bot.id}> hello", channel=sales)
    await stage.settles()
    [identity] = [row for row in await stage.rows("identities") if row["user"] == mei.id]
    assert identity["private_place"] == stage.server.dm(mei).id


async def test_the_home_tab_shows_my_day_and_its_buttons_change_it_there(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    await says(stage, tom, "/lead Acme, Jane")
    await says(stage, tom, "/next Acme, send the quote today")
    chatted = len(stage.server.messages_in(stage.server.dm(tom)))
    stage.server.opens_home(tom)
    await stage.settles()

    home = stage.server.home_of(tom)
    assert home is not None
    assert "send the quote" in home.plain
    await stage.server.presses(home, "Done", user=tom).answered()
    await stage.settles()
    changed = stage.server.home_of(tom)
    assert changed is not None
    assert "Done" not in changed.labels
    assert [row["status"] for row in await stage.rows("followups")] == ["done"]
    assert len(stage.server.messages_in(stage.server.dm(tom))) == chatted


async def test_a_message_is_logged_with_its_thread(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    jane = stage.server.person("Jane")
    sales = stage.server.channel("sales", tom, jane)
    root = stage.server.says(jane, "Acme wants a quote for 20 seats", channel=sales)
    stage.server.says(tom, "I will send it", channel=sales, thread_ts=root)
    await stage.settles()
    await stage.server.shortcut("log", user=tom, message=root).answered()
    await stage.settles()

    [card] = [*stage.server.messages_in(stage.server.dm(tom)), *stage.server.ephemerals_of(tom)]
    assert "Acme" in card.plain
    await stage.server.presses(card, "Save", user=tom).answered()
    await stage.settles()
    [kept] = await stage.rows("activities")
    assert "I will send it" in kept["note"]


async def test_other_apps_and_foreigners_do_no_harm(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    guest = stage.server.person("Guest", team_id="T0OTHER", is_stranger=True)
    sales = stage.server.channel("sales", tom, guest, is_shared=True)
    stage.server.other_app_says(f"<@{stage.server.bot.id}> /lead Spam Ltd", channel=sales)
    stage.server.says(guest, f"<@{stage.server.bot.id}> /find Acme", channel=sales)
    await stage.settles()

    assert not await stage.rows("leads")
    [stranger] = [row for row in await stage.rows("identities") if row["user"] == guest.id]
    assert stranger["staff_id"] is None
    assert not stage.house.dispatcher.counters.incidents


async def reminded(stage: Stage, channel: Channel | None, person: Person) -> Message:
    """The card of a follow-up, in a channel's thread or in the private chat."""
    name = f"<@{stage.server.bot.id}> " if channel is not None else ""
    stage.server.says(person, f"{name}/lead Beta Ltd, Jane Miller", channel=channel)
    await stage.settles()
    stage.server.says(person, f"{name}/next L1 Friday 10am send the quote", channel=channel)
    await stage.settles()
    return stage.server.messages_in(channel or stage.server.dm(person))[-1]


@pytest.mark.parametrize("in_channel", [False, True])
async def test_a_check_mark_on_a_followup_is_done(stage: Stage, in_channel: bool) -> None:
    tom = await stage.staff("Tom")
    sales = stage.server.channel("sales", tom) if in_channel else None
    card = await reminded(stage, sales, tom)

    stage.server.reacts(tom, card, "white_check_mark")
    await stage.settles()
    assert [row["status"] for row in await stage.rows("followups")] == ["done"]

    stage.server.unreacts(tom, card, "white_check_mark")
    await stage.settles()
    assert [row["status"] for row in await stage.rows("followups")] == ["open"]


async def test_a_colleague_joins_with_one_tap_of_the_admin(stage: Stage) -> None:
    ana = await stage.staff("Ana", role=Role.ADMIN)
    mei = stage.server.person("mei", real_name="Mei Lin", tz="Asia/Shanghai", locale="en-US")
    stage.server.says(mei, "hello")
    await stage.settles()
    welcome = stage.server.messages_in(stage.server.dm(mei))[-1]

    await stage.server.presses(welcome, next(each for each in welcome.labels if "rep" in each)).answered()
    await stage.settles()
    request = await stage.server.sees(ana, "Mei Lin", button="Approve")
    await stage.server.presses(request, "Approve").answered()
    await stage.settles()

    [joined] = [row for row in await stage.rows("staff") if row["name"] == "Mei Lin"]
    assert (joined["role"], joined["timezone"], joined["locale"]) == ("rep", "Asia/Shanghai", "en")
    assert (await says(stage, mei, "/today")).plain


async def test_a_reply_under_a_card_is_answered_there(stage: Stage) -> None:
    tom = await stage.staff("Tom")
    card = await says(stage, tom, "/lead Beta Ltd, Jane Miller")
    stage.server.says(tom, "they moved to Leeds", thread_ts=card)
    await stage.settles()

    answer = stage.server.messages_in(stage.server.dm(tom))[-1]
    assert answer.thread_ts == card.ts
    assert "L1" in answer.plain
