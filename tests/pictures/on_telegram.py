"""Scenes on Telegram: a sentence and its card, a reminder, My day, a form asked question by question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bot.telegram.stage import Stage, on_stage
from tests.fakes.telegram import Message, User
from tests.pictures.drawing import TELEGRAM, Take, plain, tag

FRIDAY_10 = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CHINA = timedelta(hours=8)
SENTENCE = "called Acme, they want a quote for 20 seats ~50k, follow up Friday 10am"


def bubble(message: Message, *, zone: timedelta = timedelta(0)) -> str:
    """A message with its buttons. The bot's first line is bold where the payload says so."""
    words = plain(message.text)
    for strong in message.marked("bold"):
        words = words.replace(plain(strong), tag("b", plain(strong)), 1)
    sent_at = f"{datetime.fromtimestamp(message.sent_at, UTC) + zone:%H:%M}"
    clock = tag("time", sent_at if message.is_by_bot else f"{sent_at} ✓✓")
    rows = [tag("div", "".join(tag("b", plain(each.label)) for each in row), "row") for row in message.buttons]
    return tag("div", words + clock, "said bot" if message.is_by_bot else "said mine") + "".join(rows)


async def says(stage: Stage, user: User, text: str) -> tuple[Message, Message]:
    """What was said, and the newest answer."""
    said = await user.says(text)
    await stage.settles()
    return said, user.chat.last


async def presses(stage: Stage, user: User, label: str) -> Message:
    message = user.chat.find("", button=label)
    assert message is not None, (label, user.chat.last.labels)
    await user.presses(message, label)
    await stage.settles()
    return message


async def english(folder: Path, take: Take) -> None:
    async with on_stage(folder) as stage:
        tom = await stage.staff("Tom", 12)
        said, card = await says(stage, tom, SENTENCE)
        await take("telegram-card-en", TELEGRAM, bubble(said) + bubble(card))
        await presses(stage, tom, "Save")
        for text in ("/lead Beta", "/next Beta, send the quote today 15:00", "/lead Gamma"):
            await says(stage, tom, text)
        _, day = await says(stage, tom, "/today")
        await take("telegram-myday-en", TELEGRAM, bubble(day))
        await says(stage, tom, "L1")
        await presses(stage, tom, "Change")
        await presses(stage, tom, "E-mail")
        asked = bubble(tom.chat.last)
        answered, whole = await says(stage, tom, "hank@acme.example")
        await take("telegram-form-en", TELEGRAM, asked + bubble(answered) + bubble(whole))


async def english_reminder(folder: Path, take: Take) -> None:
    async with on_stage(folder) as stage:
        tom = await stage.staff("Tom", 12)
        await says(stage, tom, SENTENCE)
        await presses(stage, tom, "Save")
        await stage.comes(FRIDAY_10)
        reminder = tom.chat.find("Acme", button="Snooze")
        assert reminder is not None
        before = bubble(reminder)
        after = bubble(await presses(stage, tom, "Done"))
        await take("telegram-reminder-en", TELEGRAM, before + tag("div", "⤵ Done", "step") + after)


async def chinese(folder: Path, take: Take) -> None:
    async with on_stage(folder) as stage:
        mei = await stage.staff("小美", 13, locale="zh-CN", timezone="Asia/Shanghai")
        said, card = await says(stage, mei, "刚给华新科技张总打了电话，预算20万，周五上午10点跟进")
        await take("telegram-card-zh", TELEGRAM, bubble(said, zone=CHINA) + bubble(card, zone=CHINA))
        await presses(stage, mei, "保存")
        await stage.comes(FRIDAY_10 - CHINA)
        reminder = mei.chat.find("张总", button="1小时后提醒")
        assert reminder is not None
        await take("telegram-reminder-zh", TELEGRAM, bubble(reminder, zone=CHINA))
        await says(stage, mei, "跟进 华新科技，今天18点发报价")
        _, day = await says(stage, mei, "今天")
        await take("telegram-myday-zh", TELEGRAM, bubble(day, zone=CHINA))
