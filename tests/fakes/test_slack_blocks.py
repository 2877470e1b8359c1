"""Blocks, element by element: the longest of everything is taken, one more is refused with the place."""

from typing import Any

import pytest

from tests.fakes.slack.blocks import check_message_blocks
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import Json
from tests.fakes.slack.views import check_view

ROOMY = Rules(blocks_characters=1_000_000)


def plain(length: int | str) -> Json:
    return {"type": "plain_text", "text": length if isinstance(length, str) else "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(1)} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def accessory(element: Json) -> Json:
    return section(accessory=element)


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(1)} | more


def option(text: int = 1, value: int = 1, **more: Any) -> Json:
    return {"text": plain(text), "value": "x" * value} | more


def select(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "options": list(options or [option()])} | more


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": element} | more


def confirm(title: int = 1, text: int = 1, yes: int = 1, no: int = 1) -> Json:
    return {"title": plain(title), "text": mrkdwn(text), "confirm": plain(yes), "deny": plain(no)}


def rows(count: int, cells: int = 1) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * cells] * count}


def context(count: int) -> Json:
    return {"type": "context", "elements": [mrkdwn(1)] * count}


LIMITS: dict[str, tuple[Any, int, str, str]] = {
    "section text": (lambda n: section(text=mrkdwn(n)), 3_000, "less than 3001 characters", "text/text"),
    "section fields": (lambda n: section(fields=[mrkdwn(1)] * n), 10, "no more than 10 items", "fields"),
    "section field": (lambda n: section(fields=[mrkdwn(n)]), 2_000, "less than 2001 characters", "fields/0/text"),
    "header": (lambda n: {"type": "header", "text": plain(n)}, 150, "less than 151 characters", "text/text"),
    "context elements": (context, 10, "no more than 10 items", "elements"),
    "actions elements": (
        lambda n: actions(*[button(action_id=str(number)) for number in range(n)]),
        25,
        "no more than 25 items",
        "elements",
    ),
    "block_id": (lambda n: section(block_id="x" * n), 255, "less than 256 characters", "block_id"),
    "action_id": (
        lambda n: actions(button(action_id="x" * n)),
        255,
        "less than 256 characters",
        "elements/0/action_id",
    ),
    "button text": (lambda n: actions(button(text=plain(n))), 75, "less than 76 characters", "elements/0/text/text"),
    "button value": (
        lambda n: actions(button(value="x" * n)),
        2_000,
        "less than 2001 characters",
        "elements/0/value",
    ),
    "button url": (
        lambda n: actions(button(url="https://" + "x" * (n - 8))),
        3_000,
        "less than 3001 characters",
        "elements/0/url",
    ),
    "select options": (
        lambda n: actions(select(*[option()] * n)),
        100,
        "no more than 100 items",
        "elements/0/options",
    ),
    "option text": (
        lambda n: actions(select(option(text=n))),
        75,
        "less than 76 characters",
        "elements/0/options/0/text/text",
    ),
    "option value": (
        lambda n: actions(select(option(value=n))),
        150,
        "less than 151 characters",
        "elements/0/options/0/value",
    ),
    "option description": (
        lambda n: actions(select(option(description=plain(n)))),
        75,
        "less than 76 characters",
        "elements/0/options/0/description/text",
    ),
    "overflow options": (
        lambda n: accessory({"type": "overflow", "options": [option()] * n}),
        5,
        "no more than 5 items",
        "accessory/options",
    ),
    "checkboxes": (
        lambda n: accessory({"type": "checkboxes", "options": [option()] * n}),
        10,
        "no more than 10 items",
        "accessory/options",
    ),
    "option groups": (
        lambda n: accessory(
            {"type": "static_select", "option_groups": [{"label": plain(1), "options": [option()]}] * n}
        ),
        100,
        "no more than 100 items",
        "accessory/option_groups",
    ),
    "group label": (
        lambda n: accessory({"type": "static_select", "option_groups": [{"label": plain(n), "options": [option()]}]}),
        75,
        "less than 76 characters",
        "accessory/option_groups/0/label/text",
    ),
    "placeholder": (
        lambda n: accessory(select(placeholder=plain(n))),
        150,
        "less than 151 characters",
        "accessory/placeholder/text",
    ),
    "confirm title": (
        lambda n: actions(button(confirm=confirm(title=n))),
        100,
        "less than 101 characters",
        "elements/0/confirm/title/text",
    ),
    "confirm text": (
        lambda n: actions(button(confirm=confirm(text=n))),
        300,
        "less than 301 characters",
        "elements/0/confirm/text/text",
    ),
    "confirm button": (
        lambda n: actions(button(confirm=confirm(yes=n))),
        30,
        "less than 31 characters",
        "elements/0/confirm/confirm/text",
    ),
    "deny button": (
        lambda n: actions(button(confirm=confirm(no=n))),
        30,
        "less than 31 characters",
        "elements/0/confirm/deny/text",
    ),
    "alt text": (
        lambda n: {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x" * n},
        2_000,
        "less than 2001 characters",
        "alt_text",
    ),
    "image title": (
        lambda n: {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x", "title": plain(n)},
        2_000,
        "less than 2001 characters",
        "title/text",
    ),
    "input label": (
        lambda n: field({"type": "plain_text_input"}, label=plain(n)),
        2_000,
        "less than 2001 characters",
        "label/text",
    ),
    "input hint": (
        lambda n: field({"type": "plain_text_input"}, hint=plain(n)),
        2_000,
        "less than 2001 characters",
        "hint/text",
    ),
    "input value": (
        lambda n: field({"type": "plain_text_input", "initial_value": "x" * n}),
        3_000,
        "less than 3001 characters",
        "element/initial_value",
    ),
    "markdown": (
        lambda n: {"type": "markdown", "text": "x" * n},
        12_000,
        "less than 12001 characters",
        "text",
    ),
    "table rows": (rows, 100, "no more than 100 items", "rows"),
    "table cells": (lambda n: rows(1, n), 20, "no more than 20 items", "rows/0"),
    "video title": (
        lambda n: {
            "type": "video",
            "alt_text": "x",
            "title": plain(n),
            "thumbnail_url": "https://example.com/a.png",
            "video_url": "https://example.com/a",
        },
        200,
        "less than 201 characters",
        "title/text",
    ),
    "card body": (lambda n: {"type": "card", "body": mrkdwn(n)}, 200, "less than 201 characters", "body/text"),
}

WRONG: dict[str, tuple[Json, str]] = {
    "unknown block": ({"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "no type": ({"text": plain(1)}, "missing required field: type [json-pointer:/blocks/0]"),
    "no object": ("hello", "must provide an object [json-pointer:/blocks/0]"),  # type: ignore[dict-item]
    "empty section": ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "empty text": (section(text=plain(0)), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "bare text": (section(text="hello"), "must provide an object [json-pointer:/blocks/0/text]"),
    "emoji of mrkdwn": (
        section(text=mrkdwn(1) | {"emoji": True}),
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    "mrkdwn header": (
        {"type": "header", "text": mrkdwn(1)},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "mrkdwn button": (
        actions(button(text=mrkdwn(1))),
        "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]",
    ),
    "unknown field": (section(color="red"), "invalid additional property: color [json-pointer:/blocks/0]"),
    "unknown style": (
        actions(button(style="loud")),
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
    ),
    "no address": (actions(button(url="here")), "Invalid URL [json-pointer:/blocks/0/elements/0/url]"),
    "no elements": (actions(), "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
    "text in actions": (
        actions({"type": "plain_text_input"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button in input": (field(button()), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    "button in context": (
        {"type": "context", "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    "moment in section": (
        accessory({"type": "datetimepicker"}),
        "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]",
    ),
    "several in actions": (
        actions({"type": "multi_users_select"}),
        "unsupported type: multi_users_select [json-pointer:/blocks/0/elements/0/type]",
    ),
    "no options": (
        accessory({"type": "static_select"}),
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/accessory]",
    ),
    "empty options": (
        accessory({"type": "overflow", "options": []}),
        "must provide at least 1 items [json-pointer:/blocks/0/accessory/options]",
    ),
    "empty value": (
        actions(select(option(value=0))),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "a number for a value": (
        actions(button(value=12)),
        "must be a string [json-pointer:/blocks/0/elements/0/value]",
    ),
    "no date": (
        accessory({"type": "datepicker", "initial_date": "1.12.2026"}),
        "must be a valid date in the format YYYY-MM-DD [json-pointer:/blocks/0/accessory/initial_date]",
    ),
    "no time": (
        accessory({"type": "timepicker", "initial_time": "25:00"}),
        "must be a valid time in the format HH:mm [json-pointer:/blocks/0/accessory/initial_time]",
    ),
    "short moment": (
        actions({"type": "datetimepicker", "initial_date_time": 12}),
        "must be greater than or equal to 1000000000 [json-pointer:/blocks/0/elements/0/initial_date_time]",
    ),
    "long moment": (
        actions({"type": "datetimepicker", "initial_date_time": 10**10}),
        "must be less than or equal to 9999999999 [json-pointer:/blocks/0/elements/0/initial_date_time]",
    ),
    "moment of words": (
        actions({"type": "datetimepicker", "initial_date_time": "now"}),
        "must be an integer [json-pointer:/blocks/0/elements/0/initial_date_time]",
    ),
    "no truth": (
        field({"type": "plain_text_input", "multiline": "yes"}),
        "must be a boolean [json-pointer:/blocks/0/element/multiline]",
    ),
    "number without decimals said": (
        field({"type": "number_input"}),
        "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
    ),
    "elements that are none": (
        {"type": "actions", "elements": {}},
        "must provide an array [json-pointer:/blocks/0/elements]",
    ),
    "image without a source": (
        {"type": "image", "alt_text": "x"},
        "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]",
    ),
    "the same action": (
        actions(button(action_id="save"), button(action_id="save")),
        '`action_id` "save" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
}


def problems(*blocks: Any) -> list[str]:
    try:
        check_message_blocks(list(blocks), ROOMY)
    except Refusal as refusal:
        assert refusal.error == "invalid_blocks"
        return refusal.messages
    return []


@pytest.mark.parametrize("case", LIMITS)
def test_the_longest_is_taken_and_one_more_refused(case: str) -> None:
    build, most, words, place = LIMITS[case]

    assert problems(build(most)) == []
    assert any(words in one and one.endswith(f"[json-pointer:/blocks/0/{place}]") for one in problems(build(most + 1)))


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(case: str) -> None:
    block, words = WRONG[case]

    assert words in problems(block)


def test_a_block_id_stands_once_in_a_message() -> None:
    assert problems(section(block_id="a"), section(block_id="a")) == [
        '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'
    ]
    assert problems(actions(button(action_id="a")), actions(button(action_id="a"))) == []


def test_all_markdown_of_a_message_counts_together() -> None:
    half = {"type": "markdown", "text": "x" * 6_000}

    assert problems(half, half) == []
    assert problems(half, half, {"type": "markdown", "text": "x"}) != []


def test_all_blocks_of_a_message_count_together() -> None:
    blocks = [section(text=mrkdwn(2_825))] * 4
    check_message_blocks(blocks, Rules())

    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message_blocks([*blocks, section()], Rules())
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_message_blocks(blocks, Rules(blocks_count_json=True))


def test_every_kind_of_field_may_stand_in_a_modal() -> None:
    options = [option()]
    inputs: list[Json] = [
        {"type": "plain_text_input", "multiline": True, "min_length": 1, "max_length": 3_000},
        {"type": "email_text_input", "focus_on_load": True},
        {"type": "url_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}},
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "0"},
        {"type": "datepicker", "initial_date": "2026-12-01"},
        {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/London"},
        {"type": "datetimepicker", "initial_date_time": 1_800_000_000},
        {"type": "checkboxes", "options": options, "initial_options": options},
        {"type": "radio_buttons", "options": options, "initial_option": options[0]},
        {"type": "static_select", "options": options},
        {"type": "external_select", "min_query_length": 1},
        {"type": "users_select", "initial_user": "U1"},
        {"type": "conversations_select", "default_to_current_conversation": True, "filter": {"include": ["im"]}},
        {"type": "channels_select"},
        {"type": "multi_static_select", "options": options, "max_selected_items": 2},
        {"type": "multi_external_select"},
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "multi_conversations_select"},
        {"type": "multi_channels_select"},
        {"type": "rich_text_input"},
        {"type": "file_input", "filetypes": ["pdf"], "max_files": 3},
    ]
    view = {"type": "modal", "title": plain(24), "submit": plain(24), "blocks": [field(one) for one in inputs]}

    assert check_view(view, Rules()) is view
    assert check_view({"type": "home", "blocks": [section()] * 100}, Rules())["type"] == "home"


def test_settings_may_allow_more() -> None:
    check_message_blocks([actions({"type": "multi_users_select"})], Rules(multi_selects_in_actions=True))
