"""A team starts from nothing: the first link, the confirmation, teammates, further channels."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

from tests.conversations.conftest import Chat
from tests.conversations.joining import Caller, code_in, first_code, phone


async def test_the_opener_of_the_first_link_becomes_admin_and_confirms_with_one_tap(chat: Chat) -> None:
    phone(chat)
    anna = Caller(chat, "1", "Anna Berg", locale="en-GB", timezone="Europe/Berlin")

    code = await first_code(chat)
    [welcome] = await anna.says(f"/start {code}")
    [again] = await anna.says(f"/start {code}")

    assert again.key == "start-hello"  # the link tapped twice
    [staff] = await chat.rows("staff")
    assert (staff["name"], staff["role"], staff["locale"], staff["timezone"]) == (
        "Anna Berg",
        "admin",
        "en",
        "Europe/Berlin",
    )
    assert "Welcome to Guanxi, Anna Berg" in welcome.text
    assert "Berlin, it is 10:00 there" in welcome.text
    assert welcome.buttons == ["That’s right", "Change", "中文"]

    [ready] = await anna.presses("That’s right")

    [company] = await chat.rows("company")
    assert company["timezone"] == "Europe/Berlin"
    assert ready.key == "start-ready"
    assert ready.buttons[0] == "Add a teammate"


async def test_confirming_what_the_company_has_already_writes_nothing(chat: Chat) -> None:
    phone(chat)
    anna = Caller(chat, "1", "Anna")
    await anna.says(f"/start {await first_code(chat)}")

    [ready] = await anna.presses("That’s right")

    assert not any(label.startswith("Undo") for label in ready.buttons)


async def test_a_chinese_opener_is_welcomed_in_chinese(chat: Chat) -> None:
    phone(chat)
    li = Caller(chat, "1", "李雷", locale="zh-hans")

    [welcome] = await li.says(f"/start {await first_code(chat)}")

    assert "李雷，欢迎来到 Guanxi！" in welcome.text
    assert (await chat.rows("staff"))[0]["locale"] == "zh-CN"


async def test_a_language_that_we_do_not_speak_leaves_the_companys(chat: Chat) -> None:
    phone(chat)
    hans = Caller(chat, "1", "Hans", locale="de", timezone="Mars/Olympus")

    await hans.says(f"/start {await first_code(chat)}")

    [staff] = await chat.rows("staff")
    assert (staff["locale"], staff["timezone"]) == ("en", "Europe/London")


async def test_a_code_works_once(chat: Chat) -> None:
    phone(chat)
    code = await first_code(chat)
    await Caller(chat, "1", "Anna").says(f"/start {code}")

    [refused] = await Caller(chat, "2", "Eve").says(f"/start {code}")

    assert refused.key == "invitation-invalid"
    assert len(await chat.rows("staff")) == 1


async def test_of_two_who_open_the_link_at_once_one_becomes_admin(chat: Chat) -> None:
    phone(chat)
    code = await first_code(chat)
    callers = [Caller(chat, str(number), f"Caller {number}") for number in range(5)]

    await asyncio.gather(*(caller.says(f"/start {code}") for caller in callers))

    assert [person["role"] for person in await chat.rows("staff")] == ["admin"]
    keys = sorted(said.key for said in chat.said)
    assert keys == ["invitation-invalid"] * 4 + ["welcome-admin"]


async def test_the_first_link_runs_out_and_is_replaced(chat: Chat) -> None:
    phone(chat)
    first = await first_code(chat)
    second = await first_code(chat)

    [old] = await Caller(chat, "1", "Anna").says(f"/start {first}")
    chat.now += timedelta(days=7)
    [late] = await Caller(chat, "1", "Anna").says(f"/start {second}")

    assert (old.key, late.key) == ("invitation-invalid", "invitation-invalid")
    assert await chat.rows("staff") == []


async def test_a_first_link_is_worth_nothing_once_somebody_is_there(chat: Chat) -> None:
    phone(chat)
    code = await first_code(chat)
    await chat.staff("Tom")

    [refused] = await Caller(chat, "2", "Eve").says(f"/start {code}")

    assert refused.key == "invitation-invalid"
    assert len(await chat.rows("staff")) == 1


async def test_a_wrong_code_says_so(chat: Chat) -> None:
    phone(chat)

    [refused] = await Caller(chat, "2", "Eve").says("/join nonsense<script>")

    assert refused.key == "invitation-invalid"


async def test_join_without_a_code_shows_how(chat: Chat) -> None:
    phone(chat)

    [usage] = await Caller(chat, "2", "Eve").says("/join")

    assert "join 4F7K2Q" in usage.text


# ---------------------------------------------------------------- what was guessed is changed


async def test_the_profile_is_changed_question_by_question(chat: Chat) -> None:
    phone(chat)
    anna = Caller(chat, "1", "Anna")
    await anna.says(f"/start {await first_code(chat)}")

    await anna.presses("Change")
    await anna.presses("Time zone")
    [wrong] = await anna.says("Atlantis")
    [again] = await anna.says("new york")
    [card] = await anna.presses("Save")

    assert wrong.key == "form-ask"
    assert "Atlantis" in wrong.text
    assert again.key == "form-overview"
    assert card.key == "profile-card"
    assert "New York" in card.text
    [staff] = await chat.rows("staff")
    assert staff["timezone"] == "America/New_York"
    await anna.presses("Undo")
    assert (await chat.rows("staff"))[0]["timezone"] == "Europe/London"


async def test_a_form_sent_at_once_is_checked_field_by_field(chat: Chat) -> None:
    tom = await chat.staff("Tom")
    await chat.staff("Mei")
    values = {"name": "mei", "language": "en", "timezone": "上海", "work_start": "9", "work_end": "17:30"}

    assert await tom.fills("start.profile", {**values, "timezone": "Atlantis", "work_end": "soon"}) is None
    assert set(tom.receipt.field_errors) == {"timezone", "work_end"}
    assert await tom.fills("start.profile", values) is None
    assert tom.receipt.field_errors["name"].key == "name-taken"
    assert await tom.fills("start.profile", {**values, "name": "Tom", "work_end": "8"}) is None
    assert tom.receipt.field_errors["work_end"].key == "hours-reversed"

    card = await tom.fills("start.profile", {**values, "name": "Thomas"})

    assert card is not None
    person = (await chat.rows("staff"))[0]
    assert (person["name"], person["timezone"]) == ("Thomas", "Asia/Shanghai")
    assert (person["work_start"], person["work_end"]) == (time(9), time(17, 30))


async def test_one_tap_changes_the_language(chat: Chat) -> None:
    phone(chat)
    anna = Caller(chat, "1", "Anna")
    await anna.says(f"/start {await first_code(chat)}")

    [card] = await anna.presses("中文")

    assert "语言：中文" in card.text
    assert card.buttons[:3] == ["没错", "修改", "English"]


# ---------------------------------------------------------------- teammates


async def test_a_teammate_is_added_and_joins_by_the_link_that_was_forwarded(chat: Chat) -> None:
    channel = phone(chat)
    anna = Caller(chat, "1", "Anna")
    await anna.says(f"/start {await first_code(chat)}")

    done, invitation = await anna.says("/team Mei, rep")

    assert any(label.startswith("Undo") for label in done.buttons)
    assert f"https://phone.test/?start={code_in(invitation)}" in invitation.text
    assert channel.sent[-1].body.picture is not None
    assert channel.sent[-1].edit is None

    mei = Caller(chat, "2", "Mei Lin", locale="zh-CN", timezone="Asia/Shanghai")
    [welcome] = await mei.says(f"/start {code_in(invitation)}")

    staff = (await chat.rows("staff"))[1]
    assert (staff["name"], staff["role"], staff["locale"], staff["timezone"]) == (
        "Mei",
        "rep",
        "zh-CN",
        "Asia/Shanghai",
    )
    assert welcome.key == "welcome-staff"
    [hello] = await mei.presses("没错")
    assert hello.key == "start-hello"


async def test_joining_can_be_undone_and_the_code_works_again(chat: Chat) -> None:
    phone(chat)
    anna = await chat.staff("Anna", role="admin")
    await anna.says("/team Mei, rep")
    code = code_in(anna.heard[-1])
    wrong_phone = Caller(chat, "2", "Somebody")
    await wrong_phone.says(f"/join {code}")

    await wrong_phone.presses("Undo")
    [welcome] = await Caller(chat, "3", "Mei").says(f"/join {code}")

    assert welcome.key == "welcome-staff"
    linked = {row["user"]: row["staff_id"] for row in await chat.rows("identities") if row["channel"] == "phone"}
    assert linked["2"] is None
    assert linked["3"] is not None


async def test_adding_can_be_undone(chat: Chat) -> None:
    anna = await chat.staff("Anna", role="admin")

    await anna.says("/team Mei, rep")
    code = code_in(anna.heard[-1])
    await anna.presses("Undo")

    assert [row["name"] for row in await chat.rows("staff")] == ["Anna"]
    phone(chat)
    [refused] = await Caller(chat, "2", "Mei").says(f"/join {code}")
    assert refused.key == "invitation-invalid"


async def test_a_pasted_code_counts_as_join(chat: Chat) -> None:
    phone(chat)
    anna = await chat.staff("Anna", role="admin")
    await anna.says("/team Mei, rep")
    code = code_in(anna.heard[-1])

    [welcome] = await Caller(chat, "2", "Mei").says(f" {code[:4].lower()} {code[4:8]} {code[8:]} ")

    assert welcome.key == "welcome-staff"


# ---------------------------------------------------------------- a second channel


async def test_a_second_channel_belongs_to_the_same_person(chat: Chat) -> None:
    phone(chat)
    tom = await chat.staff("Tom")
    await tom.says("/help")
    linking = await tom.says("/link")
    here = await tom.says(f"/join {code_in(linking)}")
    assert here.key == "link-elsewhere"  # and is not spent

    [linked] = await Caller(chat, "9", "Tommy").says(f"/join {code_in(linking)}")

    assert linked.key == "channel-linked"
    assert "Phone" in linked.text
    [told] = [said for said in await chat.delivered() if said.key == "account-opened"] or [tom.heard[-1]]
    assert "now open on Phone as well" in told.text
    accounts = [row for row in await chat.rows("identities") if row["staff_id"] == tom.id]
    assert {row["channel"] for row in accounts} == {"local", "phone"}
    assert len(await chat.rows("staff")) == 1


async def test_an_account_that_is_not_theirs_is_unlinked(chat: Chat) -> None:
    phone(chat)
    anna, tom = await chat.staff("Anna", role="admin"), await chat.staff("Tom")
    await tom.says("/help")
    eve = Caller(chat, "9", "Eve")
    await eve.says(f"/join {code_in(await tom.says('/link'))}")
    await anna.says("/team")
    shown = await anna.presses("Tom")
    assert "Unlink Phone · Eve" in shown.buttons

    await anna.presses("Unlink Phone")

    [turned_away] = await eve.says("/today")
    assert turned_away.key == "for-staff-only"
    assert (await tom.says("/today")).key == "my-day"
    assert (await anna.presses("Undo")).key == "undone"
    assert (await eve.says("/today"))[-1].key == "my-day"


async def test_an_account_that_is_somebodys_is_refused(chat: Chat) -> None:
    phone(chat)
    anna = await chat.staff("Anna", role="admin")
    tom = await chat.staff("Tom")
    await anna.says("/team Mei, rep")

    refused = await tom.says(f"/join {code_in(anna.heard[-1])}")

    assert refused.key == "identity-taken"
    [welcome] = await Caller(chat, "2", "Mei").says(f"/join {code_in(anna.heard[-1])}")
    assert welcome.key == "welcome-staff"


async def test_who_left_comes_back_under_a_new_entry(chat: Chat) -> None:
    phone(chat)
    anna = await chat.staff("Anna", role="admin")
    await anna.says("/team Mei, rep")
    mei = Caller(chat, "2", "Mei")
    await mei.says(f"/join {code_in(anna.heard[-1])}")
    await anna.forges("team.left:2")
    [gone] = await mei.says("hello")

    await anna.says("/team Mei, agent")
    [welcome] = await mei.says(f"/join {code_in(anna.heard[-1])}")

    assert gone.key == "former-welcome"
    assert welcome.key == "welcome-staff"
