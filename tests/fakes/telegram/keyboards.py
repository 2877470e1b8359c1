"""What may stand under a message, refused in the platform's words."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.rules import Rules

LOOKS = {"text", "icon_custom_emoji_id", "style"}
CALLBACK_BYTES = 64
PLACEHOLDER_LIMIT = 64
MARKUPS = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}


@dataclass(frozen=True)
class Button:
    """An inline button as people see it. ``press`` is its callback data, ``url`` its link."""

    label: str
    press: str | None = None
    url: str | None = None


def check_markup(markup: Any, rules: Rules, *, is_private: bool) -> None:
    """Raise 400 for a reply markup that the platform does not accept."""
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if not markup.keys() & MARKUPS:
        raise bad_request("can't parse reply keyboard markup JSON object")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"], rules, is_private=is_private)
    if "keyboard" in markup:
        _check_keyboard(markup["keyboard"], is_private=is_private)
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long" if placeholder else "input field placeholder is empty")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > rules.keyboard_bytes:
        raise bad_request("reply markup is too long")


def buttons_of(markup: dict[str, Any] | None) -> list[list[Button]]:
    """Rows of inline buttons; empty without an inline keyboard."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [[Button(cell["text"], cell.get("callback_data"), cell.get("url")) for cell in row] for row in rows]


def _check_inline(rows: list[list[dict[str, Any]]], rules: Rules, *, is_private: bool) -> None:
    cells = [cell for row in rows for cell in row]
    if any(len(row) > rules.buttons_in_a_row for row in rows) or len(cells) > rules.buttons_in_a_keyboard:
        raise bad_request("reply markup is too long")
    for cell in cells:
        _check_inline_button(cell, is_private=is_private)


def _check_inline_button(cell: dict[str, Any], *, is_private: bool) -> None:
    if not str(cell.get("text", "")).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    does = cell.keys() - LOOKS
    if not does:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(does) > 1:
        raise bad_request("an inline keyboard button must do exactly one thing")
    if "callback_data" in cell and not 1 <= len(str(cell["callback_data"]).encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in cell and not _is_link(str(cell["url"])):
        raise bad_request(f"inline keyboard button URL '{cell['url']}' is invalid: Wrong HTTP URL")
    if "web_app" in cell and not is_private:
        raise bad_request("BUTTON_TYPE_INVALID")


def _is_link(url: str) -> bool:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in {"http", "https"}:
        return "." in (parts.hostname or "")
    return parts.scheme in {"tg", "ton"} and bool(parts.netloc)


def _check_keyboard(rows: list[list[dict[str, Any] | str]], *, is_private: bool) -> None:
    for cell in (cell for row in rows for cell in row):
        button = {"text": cell} if isinstance(cell, str) else cell
        if not str(button.get("text", "")).strip():
            raise bad_request("keyboard button text must be non-empty")
        if button.get("request_contact") and not is_private:
            raise bad_request("phone number can be requested in private chats only")
        if button.get("request_location") and not is_private:
            raise bad_request("location can be requested in private chats only")
        if "web_app" in button and not is_private:
            raise bad_request("Web App buttons can be used in private chats only")
