"""Rows of buttons as blocks: buttons where there are few, lists to choose from where there are many of one kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import structlog

from bot.slack.elements import block_text
from bot.slack.forms import BUTTONS_LIMIT, OPTIONS_LIMIT
from bot.slack.interactions import LINK, OPENS_FORM
from handlers.chat import RenderedButton

log = structlog.get_logger(__name__)

ELEMENTS_LIMIT = 25
TEXT_LIMIT = 75
VALUE_LIMIT = 2000
OPTION_VALUE_LIMIT = 150
URL_LIMIT = 3000
URL = re.compile(r"(https?://[A-Za-z0-9.\[\]:-]+|slack://[a-z]+)([/?#][^\s<>|]*)?", re.ASCII)
TIED = re.compile(r"([①-⓿㉑-㊿]|\(\d+\))$")
"""A button that belongs to a line of the text says so by its mark; it stays a button, one tap away."""
PRESS = "press"


def is_link(url: str) -> bool:
    """Whether Slack takes this address on a button; it refuses the whole message when it does not."""
    return len(url) <= URL_LIMIT and URL.fullmatch(url) is not None


def broken_links(rows: Sequence[Sequence[RenderedButton]]) -> list[str]:
    """The links that cannot stand on a button, each a line for the text: "label: address"."""
    buttons = [button for row in rows for button in row]
    return [f"{button.label}: {button.url}" for button in buttons if button.url and not is_link(button.url)]


def button_blocks(rows: Sequence[Sequence[RenderedButton]], *, choose: str) -> list[dict[str, Any]]:
    """The blocks of all buttons, in order. ``choose`` stands on a list before something is chosen."""
    kept = [row for row in ([each for each in row if _is_possible(each)] for row in rows) if row]
    numbers = itertools.count()
    blocks: list[dict[str, Any]] = []
    for run in _runs(kept):
        if isinstance(run, _Choices):
            blocks += [_actions([each]) for each in _lists(run.buttons, numbers, choose)]
        else:
            blocks += [
                _actions([_button(each, numbers) for each in run.row[at : at + ELEMENTS_LIMIT]])
                for at in range(0, len(run.row), ELEMENTS_LIMIT)
            ]
    return blocks


class _Choices:
    """Many buttons that do the same with different things."""

    def __init__(self, buttons: Sequence[RenderedButton]) -> None:
        self.buttons = buttons


class _Row:
    def __init__(self, row: Sequence[RenderedButton]) -> None:
        self.row = row


def _runs(rows: Sequence[Sequence[RenderedButton]]) -> Iterator[_Choices | _Row]:
    """Neighbours of one kind, over the ends of rows, are choices when there are more than five of them."""
    flat = [(number, button) for number, row in enumerate(rows) for button in row]
    row: list[RenderedButton] = []
    row_number = 0
    for _, group in itertools.groupby(flat, key=lambda each: _kind(each[1], each[0])):
        members = list(group)
        if len(members) > BUTTONS_LIMIT and _kind(members[0][1], 0)[0] == PRESS:
            if row:
                yield _Row(row)
            row = []
            yield _Choices([button for _, button in members])
            continue
        for number, button in members:
            if row and number != row_number and _is_apart(rows[row_number], rows[number]):
                yield _Row(row)
                row = []
            row_number = number
            row.append(button)
    if row:
        yield _Row(row)


def _is_apart(before: Sequence[RenderedButton], row: Sequence[RenderedButton]) -> bool:
    """Rows are cut for phones. Slack breaks them itself, so only those that mean something are kept apart: several
    buttons of one line of the text."""
    if row[0].starts_row:
        return True
    ties = [TIED.search(each[0].label) is not None for each in (before, row)]
    return any(ties) and not (all(ties) and len(before) == len(row) == 1)


def _kind(button: RenderedButton, number: int) -> tuple[Any, ...]:
    """What makes buttons alike: their verb. Links, the main button and those of a line are alike to none."""
    is_alone = button.url is not None or button.is_main or TIED.search(button.label) is not None
    if is_alone or len(button.press) > OPTION_VALUE_LIMIT:
        return ("alone", number, id(button))
    verb, _, argument = button.press.partition(":")
    owner, _, _ = argument.rpartition(".")
    return (PRESS, verb, owner, button.opens_form)


def _lists(buttons: Sequence[RenderedButton], numbers: Iterator[int], choose: str) -> Iterator[dict[str, Any]]:
    for at in range(0, len(buttons), OPTIONS_LIMIT):
        some = buttons[at : at + OPTIONS_LIMIT]
        options = [{"text": block_text(each.label, TEXT_LIMIT), "value": each.press} for each in some]
        yield {
            "type": "static_select",
            "action_id": _action_id(some[0], next(numbers)),
            "placeholder": block_text(choose, 150),
            "options": options,
        }


def _button(button: RenderedButton, numbers: Iterator[int]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "type": "button",
        "text": block_text(button.label, TEXT_LIMIT),
        "action_id": _action_id(button, next(numbers)),
    }
    shown |= {"url": button.url} if button.url is not None else {"value": button.press}
    return {**shown, "style": "primary"} if button.is_main else shown


def _action_id(button: RenderedButton, number: int) -> str:
    """Unique in the message; says whether a form is opened, which cannot wait for what the press does."""
    kind = LINK if button.url is not None else OPENS_FORM if button.opens_form else PRESS
    return f"{kind}:{number}"


def _actions(elements: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def _is_possible(button: RenderedButton) -> bool:
    if button.url is not None:
        return is_link(button.url)
    is_short_enough = 1 <= len(button.press) <= VALUE_LIMIT
    if not is_short_enough:
        log.error("slack-button-payload-refused", verb=button.press.partition(":")[0][:64])
    return is_short_enough
