"""The adapter alone, with a desk that answers as it is told: toasts, modals that nobody announced, forms of several steps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack.modals import Words
from bot.slack.slack import Slack
from handlers.chat import (
    ChatEvent,
    Field,
    Form,
    FormClosed,
    FormFilled,
    Outgoing,
    Phrase,
    Press,
    Receipt,
    Rendered,
    RenderedButton,
    RenderedField,
    RenderedForm,
)
from tests.bot.slack.stage import QUICK, UNHURRIED
from tests.fakes.slack import FakeSlack, Message, Person, Rules


@dataclass
class Desk:
    """``answer`` decides what is dispatched back; ``heard`` is what came."""

    heard: list[ChatEvent] = field(default_factory=list)
    answer: Callable[[ChatEvent], Receipt] = lambda event: Receipt()

    async def dispatch(self, event: ChatEvent) -> Receipt:
        self.heard.append(event)
        return self.answer(event)


def say(key: str, locale: str, facts: Mapping[str, Any]) -> str:
    return key


def in_words(receipt: Receipt) -> tuple[str, dict[str, str], RenderedForm | None]:
    errors = {name: phrase.key for name, phrase in receipt.field_errors.items()}
    form = receipt.form
    if form is None:
        return receipt.toast.key if receipt.toast else "", errors, None
    fields = tuple(RenderedField(each.name, each.label, each.kind, False, each.value, (), "") for each in form.fields)
    return "", errors, RenderedForm(form.press, form.title, "Save", fields)


def a_form(count: int) -> Form:
    return Form("form.send:1", "Title", tuple(Field(f"f{n}", f"Field {n}", value=f"v{n}") for n in range(count)))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def server() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rules=Rules(rates_enforced=False)) as slack:
        yield slack
        assert not slack.refusals


@pytest.fixture
async def slack(server: FakeSlack, desk: Desk) -> AsyncIterator[Slack]:
    import asyncio

    adapter = Slack(
        server.bot_token,
        desk.dispatch,
        Words(say=say, receipt=in_words),
        app_token=server.app_token,
        api_base=server.api_base,
        rates=UNHURRIED,
        pauses=QUICK,
        now=lambda: datetime.fromtimestamp(server.now(), UTC),
    )
    receiving = asyncio.create_task(adapter.receive())
    await server.until_connected()
    yield adapter
    await adapter.stop()
    await receiving
    await adapter.channel.close()


async def card(server: FakeSlack, slack: Slack, tom: Person, *, opens_form: bool = False) -> Message:
    body = Rendered("A card", rows=((RenderedButton("Press", "verb:1", opens_form=opens_form),),))
    await slack.channel.send(Outgoing(place=server.dm(tom).id, body=body))
    return await server.sees(tom, "A card", button="Press")


async def test_a_toast_is_whispered(server: FakeSlack, slack: Slack, desk: Desk) -> None:
    tom = server.person("Tom")
    shown = await card(server, slack, tom)
    desk.answer = lambda event: Receipt(toast=Phrase("Already done"))
    await server.presses(shown, "Press").answered()
    await slack.idle()

    [whispered] = server.ephemerals_of(tom)
    assert whispered.plain == "Already done"
    assert len(server.messages_in(server.dm(tom))) == 1


@pytest.mark.parametrize("announced", [True, False])
async def test_a_form_opens_announced_or_not(server: FakeSlack, slack: Slack, desk: Desk, announced: bool) -> None:
    tom = server.person("Tom")
    shown = await card(server, slack, tom, opens_form=announced)
    desk.answer = lambda event: Receipt(form=a_form(2)) if isinstance(event.content, Press) else Receipt()
    await server.presses(shown, "Press").answered()
    view = await server.sees_view(tom, "Field 1")
    await server.submits(view, {"Field 1": "changed"}).answered()

    sent = desk.heard[-1].content
    assert sent == FormFilled("form.send:1", {"f0": "v0", "f1": "changed"}, shown.ts)
    assert len(server.calls_of("views.open")) == 1


async def test_a_form_may_be_answered_with_the_next(server: FakeSlack, slack: Slack, desk: Desk) -> None:
    tom = server.person("Tom")
    shown = await card(server, slack, tom, opens_form=True)
    further = Receipt(form=replace(a_form(4), press="form.send:1.1"), field_errors={"f3": Phrase("no good")})

    def answer(event: ChatEvent) -> Receipt:
        if isinstance(event.content, Press):
            return Receipt(form=a_form(2))
        return further if len(desk.heard) == 2 else Receipt()

    desk.answer = answer
    await server.presses(shown, "Press").answered()
    await server.submits(await server.sees_view(tom, "Field 1"), {"Field 1": "first"}).answered()
    assert "no good" in (await server.sees_view(tom, "Field 3")).plain
    await server.submits(await server.sees_view(tom, "Field 3"), {"Field 3": "better"}).answered()

    assert [event.content for event in desk.heard[1:]] == [
        FormFilled("form.send:1", {"f0": "v0", "f1": "first"}, shown.ts),
        FormFilled("form.send:1.1", {"f0": "v0", "f1": "first", "f2": "v2", "f3": "better"}, shown.ts),
    ]
    assert server.open_view_of(tom) is None


async def test_closing_a_form_is_told(server: FakeSlack, slack: Slack, desk: Desk) -> None:
    tom = server.person("Tom")
    shown = await card(server, slack, tom, opens_form=True)
    desk.answer = lambda event: Receipt(form=a_form(2))
    await server.presses(shown, "Press").answered()

    told = server.closes(await server.sees_view(tom, "Field 1"))

    assert told is not None
    await told.answered()
    assert desk.heard[-1].content == FormClosed("form.send:1")


async def test_choices_beyond_five_are_picked_from_a_list(server: FakeSlack, slack: Slack, desk: Desk) -> None:
    tom = server.person("Tom")
    rows = tuple((RenderedButton(f"Person {n}", f"lead.give:1.{n}"),) for n in range(8))
    await slack.channel.send(Outgoing(place=server.dm(tom).id, body=Rendered("To whom?", rows=rows)))
    shown = await server.sees(tom, "To whom?")
    picked = server.picks(shown, "slack-choose", "Person 6")
    assert picked is not None
    await picked.answered()
    assert desk.heard[-1].content == Press("lead.give:1.6", shown.ts)


async def test_files_and_pictures_are_uploaded_before_the_words(server: FakeSlack, slack: Slack) -> None:
    tom = server.person("Tom")
    body = Rendered("Scan it", picture=b"\x89PNG...", picture_alt="A code", document=b"a,b\n", document_name="list.csv")
    await slack.channel.send(Outgoing(place=server.dm(tom).id, body=body))

    methods = [call.method for call in server.calls if call.method.startswith(("files.", "chat."))]
    assert methods == [
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
        "chat.postMessage",
    ]
    names = [file.name for message in server.messages_in(server.dm(tom)) for file in message.files]
    assert names == ["picture.png", "list.csv"]


async def test_a_command_is_answered_where_it_was_typed_and_its_file_in_the_private_chat(
    server: FakeSlack, slack: Slack, desk: Desk
) -> None:
    tom = server.person("Tom")
    sales = server.channel("sales", tom, has_bot=False)
    await server.command("/crm", "today", user=tom, channel=sales).answered()
    event = desk.heard[-1]
    body = Rendered("Your list", document=b"a,b\n", document_name="list.csv")
    await slack.channel.send(Outgoing(place=event.conversation.key, body=body, extra=event.extra))

    [whispered] = server.ephemerals_of(tom, channel=sales)
    assert whispered.plain == "Your list"
    assert [file.name for message in server.messages_in(server.dm(tom)) for file in message.files] == ["list.csv"]


async def test_an_error_that_belongs_to_no_field_is_shown_at_the_first(
    server: FakeSlack, slack: Slack, desk: Desk
) -> None:
    tom = server.person("Tom")
    shown = await card(server, slack, tom, opens_form=True)
    desk.answer = lambda event: (
        Receipt(form=a_form(2)) if isinstance(event.content, Press) else Receipt(field_errors={"other": Phrase("no")})
    )
    await server.presses(shown, "Press").answered()
    view = await server.sees_view(tom, "Field 1")
    await server.submits(view).answered()
    assert view.errors == {"f0": "no"}
