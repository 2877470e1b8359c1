"""Scenes on Slack: a sentence and its card, the home tab, a form with an error."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bot.slack.stage import Stage, on_stage
from tests.fakes.slack import Message, Person, View
from tests.pictures.drawing import SLACK, Take, plain, tag

CHINA = timedelta(hours=8)


def blocks(shown: list[dict[str, Any]], *, errors: dict[str, str] | None = None) -> str:
    """Sections, buttons and inputs as the payload has them."""
    return "".join(_block(block, errors or {}) for block in shown)


def _block(block: dict[str, Any], errors: dict[str, str]) -> str:
    if block["type"] == "section":
        return tag("div", _marked_up(block["text"]["text"]), "text")
    if block["type"] == "actions":
        return tag("div", "".join(_button(each) for each in block["elements"]), "row")
    optional = " <i>(optional)</i>" if block.get("optional") else ""
    hint = tag("div", plain(block["hint"]["text"]), "hint") if "hint" in block else ""
    wrong = tag("div", plain(errors[block["block_id"]]), "error") if block["block_id"] in errors else ""
    given = block["element"].get("initial_value", "")
    label = tag("label", plain(block["label"]["text"]) + optional)
    return label + tag("div", plain(given), "input") + wrong + hint


def _button(element: dict[str, Any]) -> str:
    words = element.get("text") or element["placeholder"]
    return tag("b", plain(words["text"]), element.get("style", ""))


def _marked_up(mrkdwn: str) -> str:
    """``mrkdwn`` is escaped already; of its marks ours use the strong one alone, at the start."""
    first, star, rest = mrkdwn.removeprefix("*").partition("*")
    return tag("b", first) + rest if mrkdwn.startswith("*") and star else mrkdwn


def post(message: Message, name: str, *, zone: timedelta = timedelta(0)) -> str:
    clock = tag("time", f"{datetime.fromtimestamp(float(message.ts), UTC) + zone:%H:%M}")
    app = "" if name != "Guanxi" else tag("span", "APP", "app")
    words = blocks(message.blocks) if message.blocks else tag("div", plain(message.plain), "text")
    return tag(
        "div", f"<i>{plain(name[0])}</i><b>{plain(name)}</b> {app} {clock}{words}", "said bot" if app else "said"
    )


async def says(stage: Stage, person: Person, text: str) -> Message:
    said: Message = stage.server.says(person, text)
    await stage.settles()
    return said


def newest(stage: Stage, person: Person) -> Message:
    return stage.server.messages_in(stage.server.dm(person))[-1]


async def english(folder: Path, take: Take) -> None:
    async with on_stage(folder) as stage:
        tom = await stage.staff("Tom")
        said = await says(stage, tom, "called Acme, they want a quote for 20 seats ~50k, follow up Friday 10am")
        await take("slack-card-en", SLACK, post(said, "Tom") + post(newest(stage, tom), "Guanxi"))
        for text in ("/lead Beta", "/next Beta, send the quote today 15:00", "/lead Acme"):
            await says(stage, tom, text)
        await stage.server.presses(newest(stage, tom), "Change").answered()
        view = await stage.server.sees_view(tom, "E-mail")
        await stage.server.submits(view, {"E-mail": "no address"}).answered()
        await take("slack-form-en", SLACK, modal(view, {"E-mail": "no address"}))
        stage.server.closes(view)
        await says(stage, tom, "/next Acme, call about the trial today 17:00")
        opened = stage.server.opens_home(tom)
        assert opened is not None
        await stage.settles()
        home = stage.server.home_of(tom)
        assert home is not None
        tabs = "<nav><b>Home</b><span>Messages</span><span>About</span></nav>"
        await take("slack-home-en", SLACK, tabs + blocks(home.blocks))


def modal(view: View, typed: dict[str, str]) -> str:
    """The first seven fields, with what was typed into them."""
    shown = []
    for block in view.blocks[:7]:
        words = typed.get(block["label"]["text"])
        element = {**block["element"], "initial_value": words} if words else block["element"]
        shown.append({**block, "element": element})
    ends = f"<button>{plain(view.form['close']['text'])}</button> "
    ends += tag("button", plain(view.form["submit"]["text"]), "primary")
    title = f"<b style='font-size:20px'>{plain(view.title)}</b>"
    return tag("form", title + blocks(shown, errors=view.errors) + tag("div", ends, "ends"))


async def chinese(folder: Path, take: Take) -> None:
    async with on_stage(folder) as stage:
        mei = await stage.staff("小美", locale="zh-CN", timezone="Asia/Shanghai")
        said = await says(stage, mei, "刚给华新科技张总打了电话，预算20万，周五上午10点跟进")
        card = post(newest(stage, mei), "Guanxi", zone=CHINA)
        await take("slack-card-zh", SLACK, post(said, "小美", zone=CHINA) + card)
