"""Blocks of messages, modals and home tabs: which there are, and whether a list of them may be shown."""

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.elements import (
    ID,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    PLAIN_OPTION,
    RICH_TEXT,
    SLACK_FILE,
    URL,
    in_actions,
    plain,
    text,
)
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import (
    Check,
    Found,
    Json,
    any_object,
    any_schema,
    boolean,
    each,
    fields,
    integer,
    one_of,
    string,
    typed,
    wrong,
)

IN_MESSAGE = 50
IN_VIEW = 100
MARKDOWN = 12_000
TABLE_ROWS = 100
TABLE_CELLS = 20
INTERACTIVE = {"actions", "context_actions"}

CELL = any_schema(
    typed({"raw_text": fields({"text": string()}), "raw_number": any_object, "rich_text": RICH_TEXT}),
)
IMAGE_ICON = typed({"image": fields({"alt_text": string(2_000)}, image_url=URL, slack_file=SLACK_FILE)})
CARD = fields(
    block_id=ID,
    hero_image=IMAGE_ICON,
    icon=IMAGE_ICON,
    slack_icon=fields({"name": string()}),
    title=text(150),
    subtitle=text(150),
    body=text(200),
    actions=each(any_object),
)


def kinds(rules: Rules) -> dict[str, Check]:
    """Blocks that may stand anywhere."""
    return {
        "section": _worded(
            fields(
                block_id=ID, text=text(3_000), fields=each(text(2_000), most=10), accessory=IN_SECTION, expand=boolean
            )
        ),
        "divider": fields(block_id=ID),
        "image": _pictured(
            fields(
                {"alt_text": string(2_000, least=1)},
                block_id=ID,
                image_url=URL,
                slack_file=SLACK_FILE,
                title=plain(2_000),
            )
        ),
        "actions": fields({"elements": each(in_actions(rules), most=25)}, block_id=ID),
        "context": fields({"elements": each(IN_CONTEXT, most=10)}, block_id=ID),
        "input": fields(
            {"label": plain(2_000), "element": IN_INPUT},
            block_id=ID,
            hint=plain(2_000),
            optional=boolean,
            dispatch_action=boolean,
        ),
        "header": fields({"text": plain(150)}, block_id=ID, level=integer(1, 4)),
        "video": fields(
            {"alt_text": string(), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
            block_id=ID,
            author_name=string(50),
            description=plain(200),
            provider_icon_url=URL,
            provider_name=string(),
            title_url=URL,
        ),
        "rich_text": RICH_TEXT,
        "file": fields({"external_id": string(), "source": one_of("remote")}, block_id=ID),
        "alert": fields(
            {"text": text(3_000)}, block_id=ID, level=one_of(*"default info warning error success".split())
        ),
        "card": CARD,
        "carousel": fields({"elements": each(typed({"card": CARD}), most=10)}, block_id=ID),
    }


def message_kinds(rules: Rules) -> dict[str, Check]:
    rows = each(each(CELL, most=TABLE_CELLS), most=TABLE_ROWS)
    return kinds(rules) | {
        "markdown": fields({"text": string(MARKDOWN, least=1)}, block_id=ID),
        "table": fields({"rows": rows}, block_id=ID, column_settings=each(any_object, most=TABLE_CELLS)),
        "context_actions": fields({"elements": each(IN_CONTEXT_ACTIONS, most=5)}, block_id=ID),
    }


def check_message_blocks(blocks: Any, rules: Rules) -> None:
    """Raises Refusal for blocks that no message may have."""
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    found: Found = []
    each(typed(message_kinds(rules)), least=0, most=IN_MESSAGE)(blocks, "/blocks", found)
    if not found:
        _check_ids(blocks, "/blocks", found)
        _check_markdown(blocks, found)
    if found:
        raise Refusal("invalid_blocks", *found)
    if characters(blocks, rules) > rules.blocks_characters:
        raise Refusal("msg_blocks_too_long")


def check_view_blocks(blocks: Any, rules: Rules, found: Found) -> None:
    each(typed(kinds(rules)), least=0, most=IN_VIEW)(blocks, "/view/blocks", found)
    if not found:
        _check_ids(blocks, "/view/blocks", found)


def check_options(options: Any, found: Found, path: str = "/options") -> None:
    each(PLAIN_OPTION, least=0, most=100)(options, path, found)


def characters(blocks: list[Json], rules: Rules) -> int:
    """How long the platform finds blocks."""
    if rules.blocks_count_json:
        return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    return sum(len(words) for words in _texts(blocks))


def elements(blocks: list[Json]) -> Iterator[tuple[str, Json, Json]]:
    """All elements that somebody can press, fill in or choose from, with their block and JSON pointer below the list."""
    for number, block in enumerate(blocks):
        if block["type"] in INTERACTIVE:
            for place, element in enumerate(block["elements"]):
                yield f"/{number}/elements/{place}", block, element
        elif block["type"] == "section" and "accessory" in block:
            if block["accessory"]["type"] != "image":
                yield f"/{number}/accessory", block, block["accessory"]
        elif block["type"] == "input":
            yield f"/{number}/element", block, block["element"]


def _worded(check: Check) -> Check:
    def checked(value: Any, path: str, found: Found) -> None:
        check(value, path, found)
        if "text" not in value and "fields" not in value:
            wrong(found, "must define either `text` or `fields`", path)

    return checked


def _pictured(check: Check) -> Check:
    def checked(value: Any, path: str, found: Found) -> None:
        check(value, path, found)
        if ("image_url" in value) == ("slack_file" in value):
            wrong(found, "must define either `image_url` or `slack_file`", path)

    return checked


def _check_ids(blocks: list[Json], path: str, found: Found) -> None:
    """A block's id is unique in the message, an action's within its block."""
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if "block_id" in block:
            if block["block_id"] in seen:
                wrong(found, f'`block_id` "{block["block_id"]}" already exists', f"{path}/{number}/block_id")
            seen.add(block["block_id"])
    actions: set[tuple[int, str]] = set()
    for place, block, element in elements(blocks):
        key = (id(block), element.get("action_id", ""))
        if key[1] and key in actions:
            wrong(found, f'`action_id` "{key[1]}" already exists', f"{path}{place}/action_id")
        actions.add(key)


def _check_markdown(blocks: list[Json], found: Found) -> None:
    total = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if total > MARKDOWN:
        wrong(found, f"must be less than {MARKDOWN + 1} characters in all markdown blocks", "/blocks")


def marked_texts(value: Any) -> Iterator[str]:
    """Every text that the platform reads as mrkdwn."""
    if isinstance(value, list):
        for one in value:
            yield from marked_texts(one)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for one in value.values():
            yield from marked_texts(one)


def _texts(value: Any) -> Iterator[str]:
    """Every text that is shown, wherever it stands."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, str) and name in {"text", "alt_text"}:
                yield one
            else:
                yield from _texts(one)
