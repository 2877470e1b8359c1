"""Whatever a reply holds, what is made of it keeps to Slack's limits, and says all of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.forms import FormWords, Meta, form_view
from bot.slack.render import Message, home_view, messages, plain_messages
from bot.slack.wording import escaped, within_bytes
from handlers.chat import Rendered, RenderedButton, RenderedField, RenderedForm
from handlers.rendering.wording import clusters
from tests.fakes.slack.blocks import check_message_blocks
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.views import check_view

RULES = Rules(blocks_count_json=True)
WORDS = FormWords(cancel="Cancel", choose="Choose…")
FAMILY = "👨‍👩‍👧‍👦"

texts = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="a &<>*_`\n张🎫\u200d👩🏽‍💻", max_size=400),
    st.builds(
        lambda part, times: part * times, st.sampled_from(["&", "张", FAMILY, "word ", "<a>\n"]), st.integers(1, 9000)
    ),
)
labels = st.one_of(st.text(max_size=120), st.just("Done ①"), st.just("张" * 90))
presses = st.builds(
    lambda verb, number: f"{verb}:{number}", st.sampled_from(["a.b", "c", "lead.give:1."]), st.integers(0, 10**9)
)
buttons = st.builds(
    RenderedButton,
    label=labels,
    press=st.one_of(presses, st.text(max_size=64)),
    url=st.one_of(st.none(), st.none(), st.just("https://acme.example/a?b=1"), st.text(max_size=30)),
    opens_form=st.booleans(),
    is_main=st.booleans(),
)
rows = st.lists(st.lists(buttons, min_size=1, max_size=4).map(tuple), max_size=50).map(tuple)
bodies = st.builds(Rendered, text=texts, title=texts, rows=rows)
kinds = st.sampled_from(["text", "long", "choice", "date", "time", "number", "phone", "email"])
choices = st.lists(st.tuples(st.text(max_size=160), labels), max_size=130, unique_by=lambda choice: choice[0]).map(
    tuple
)
fields = st.builds(
    RenderedField,
    name=st.text(alphabet="abcdefgh-", min_size=1, max_size=40),
    label=texts,
    kind=kinds,
    required=st.booleans(),
    value=st.one_of(st.just(""), st.just("2026-12-01"), st.just("10:30"), texts),
    choices=st.one_of(st.just(()), choices),
    hint=texts,
)
forms = st.builds(
    RenderedForm,
    press=st.text(alphabet="form.send:0123456789", min_size=1, max_size=64),
    title=texts,
    submit=labels,
    fields=st.lists(fields, max_size=45, unique_by=lambda field: field.name).map(tuple),
)


def is_taken(shown: Sequence[Message]) -> None:
    """Raises Refusal when Slack would refuse one of the messages."""
    assert shown
    for message in shown:
        check_message_blocks(list(message.blocks), RULES)
        assert message.text.strip()
        assert len(message.text.encode()) <= 4000


@settings(max_examples=150, deadline=None)
@given(bodies)
def test_any_reply_becomes_messages_that_slack_takes(body: Rendered) -> None:
    is_taken(messages(body, choose="Choose…"))


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_without_blocks_the_words_fit_too(body: Rendered) -> None:
    for message in plain_messages(body):
        assert message.text.strip()
        assert len(message.text.encode()) <= 4000


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_any_reply_becomes_a_home_page_that_slack_takes(body: Rendered) -> None:
    check_view(home_view(body, choose="Choose…"), RULES)


@settings(max_examples=100, deadline=None)
@given(forms, st.dictionaries(st.text(alphabet="abcdefgh-", min_size=1), texts, max_size=3))
def test_any_form_becomes_a_modal_that_slack_takes(form: RenderedForm, errors: dict[str, str]) -> None:
    view = form_view(form, meta=Meta(place="D01", message="1.1"), words=WORDS, errors=errors)
    check_view(view, RULES)


@pytest.mark.parametrize("count", [0, 1, 5, 6, 25, 26, 100, 200])
def test_no_button_is_lost(count: int) -> None:
    rows = tuple((RenderedButton(f"B{number}", f"verb{number % 7}.x:{number}"),) for number in range(count))
    shown = messages(Rendered("text", rows=rows), choose="Choose…")
    is_taken(shown)
    assert pressed(shown) == [row[0].press for row in rows]


def pressed(shown: Sequence[Message]) -> list[str]:
    elements = [each for message in shown for block in message.blocks for each in block.get("elements", ())]
    found: list[str] = []
    for element in elements:
        found += [option["value"] for option in element["options"]] if "options" in element else [element["value"]]
    return found


def test_more_than_five_alike_are_a_list_to_choose_from() -> None:
    def kinds_of(count: int, label: str = "Mei") -> list[str]:
        rows = tuple((RenderedButton(label, f"lead.give:12.{number}"),) for number in range(count))
        [message] = messages(Rendered("To whom?", rows=rows), choose="Choose…")
        return [each["type"] for block in message.blocks for each in block.get("elements", ())]

    assert kinds_of(5) == ["button"] * 5
    assert kinds_of(6) == ["static_select"]
    assert kinds_of(6, "Done ③") == ["button"] * 6


def test_rows_cut_for_phones_are_joined_but_those_of_lines() -> None:
    rows = (
        (RenderedButton("Save", "a:1", is_main=True),),
        (RenderedButton("Cancel", "b:1"),),
        (RenderedButton("Who", "c:1", starts_row=True), RenderedButton("What", "d:1")),
        (RenderedButton("Acme ①", "e:1"),),
        (RenderedButton("Beta ②", "e:2"),),
        (RenderedButton("Done ③", "f:3"), RenderedButton("Later ③", "g:3")),
    )
    [message] = messages(Rendered("text", rows=rows), choose="")
    shown = [[each["text"]["text"] for each in block.get("elements", ())] for block in message.blocks]
    assert shown == [[], ["Save", "Cancel"], ["Who", "What"], ["Acme ①", "Beta ②"], ["Done ③", "Later ③"]]
    assert message.blocks[1]["elements"][0]["style"] == "primary"


def test_text_is_escaped_once_and_the_title_is_strong() -> None:
    [message] = messages(Rendered("a < b & c > d", title="Q&A"), choose="")
    assert message.blocks[0]["text"]["text"] == "*Q&amp;A*\na &lt; b &amp; c &gt; d"
    assert message.text == "Q&amp;A\na &lt; b &amp; c &gt; d"


def test_long_texts_are_paged_and_nothing_is_lost_or_torn() -> None:
    text = "".join(f"{number} {FAMILY}张& " for number in range(3000))
    shown = messages(Rendered(text), choose="")
    is_taken(shown)
    said = "".join(block["text"]["text"] for message in shown for block in message.blocks)
    assert said.replace(" ", "") == escaped(text).replace(" ", "")
    for message in shown:
        for block in message.blocks:
            assert block["text"]["text"].count("👨") == block["text"]["text"].count("👦")


def test_links_that_slack_refuses_stand_in_the_text() -> None:
    rows = (
        (RenderedButton("Open", "", url="https://acme.example/x"), RenderedButton("Broken", "", url="javascript:1")),
    )
    [message] = messages(Rendered("See", rows=rows), choose="")
    assert "Broken: javascript:1" in message.blocks[0]["text"]["text"]
    [button] = message.blocks[1]["elements"]
    assert (button["url"], "value" in button) == ("https://acme.example/x", False)


@given(texts, st.integers(20, 400))
def test_cutting_counts_bytes_as_they_travel(text: str, limit: int) -> None:
    text = text.encode("utf-8", "ignore").decode()
    cut = within_bytes(text, limit)
    assert len(escaped(cut).encode()) <= limit
    kept = cut.removesuffix("…")
    if cut != text:
        assert "".join(clusters(text)[: len(clusters(kept))]).startswith(kept)
