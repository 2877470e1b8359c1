"""Rows of buttons as an inline keyboard that fits a phone and Telegram's limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import structlog
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from handlers.chat import RenderedButton
from handlers.rendering.splitting import is_blank, without_surrogates

log = structlog.get_logger(__name__)

COLUMNS = 36
"""What a narrow phone shows in one row, in Latin letters; a Chinese character takes two."""
PADDING = 2
ROW_LIMIT = 8
BUTTONS_LIMIT = 100
BYTES_LIMIT = 9_500
"""Telegram refuses keyboards of about 10 kB (as users report it), so a little room is left."""
LABEL_LIMITS = (64, 32, 16, 8)
PRESS_BYTES = 64
URL_LIMIT = 2_000
NAMELESS = "…"
LINK = re.compile(r"(https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?|tg://[a-z]+)([/?#][^\s]*)?", re.ASCII)


def keyboard(rows: Sequence[Sequence[RenderedButton]]) -> InlineKeyboardMarkup | None:
    """The keyboard of ``rows``, or None without any button. A row too wide is broken, in order.

    A button that Telegram would refuse is left out and logged: it would take the whole message with it.
    """
    kept = [row for row in ([button for button in row if _is_possible(button)] for row in rows) if row]
    for label_limit in LABEL_LIMITS:
        markup = _markup(kept, label_limit=label_limit)
        if _size(markup) <= BYTES_LIMIT:
            break
    while _size(markup) > BYTES_LIMIT:
        markup.inline_keyboard.pop()
    shown = sum(len(row) for row in markup.inline_keyboard)
    wanted = sum(len(row) for row in kept)
    if shown < wanted:
        log.warning("telegram-buttons-left-out", shown=shown, wanted=wanted)
    return markup if markup.inline_keyboard else None


def asking_phone(rows: Sequence[Sequence[RenderedButton]]) -> ReplyKeyboardMarkup | None:
    """The button that sends the person's own phone, which Telegram shows in place of the letters; None without it."""
    labels = [button.label for row in rows for button in row if button.asks_phone]
    if not labels:
        return None
    share = KeyboardButton(text=labels[0], request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True)


def is_link(url: str) -> bool:
    """Whether Telegram takes this address on a button; it refuses the whole message when it does not."""
    return len(url) <= URL_LIMIT and LINK.fullmatch(url) is not None


def broken_links(rows: Sequence[Sequence[RenderedButton]]) -> list[str]:
    """The links that cannot stand on a button, each a line for the text: "label: address"."""
    buttons = [button for row in rows for button in row]
    return [f"{button.label}: {button.url}" for button in buttons if button.url and not is_link(button.url)]


def _is_possible(button: RenderedButton) -> bool:
    if button.url is not None:
        return is_link(button.url)
    is_short_enough = 1 <= len(button.press.encode("utf-8", "replace")) <= PRESS_BYTES
    if not is_short_enough:
        log.error("telegram-button-payload-refused", verb=button.press.partition(":")[0][:PRESS_BYTES])
    return is_short_enough


def _markup(rows: Iterable[Sequence[RenderedButton]], *, label_limit: int) -> InlineKeyboardMarkup:
    laid_out: list[list[InlineKeyboardButton]] = []
    count = 0
    for row in rows:
        buttons = [_native(button, label_limit) for button in row[: BUTTONS_LIMIT - count]]
        count += len(buttons)
        laid_out += _broken(buttons)
    return InlineKeyboardMarkup(inline_keyboard=laid_out)


def _native(button: RenderedButton, label_limit: int) -> InlineKeyboardButton:
    label = " ".join(without_surrogates(button.label).split())
    label = label if len(label) <= label_limit else label[: label_limit - 1] + "…"
    label = NAMELESS if is_blank(label) else label
    if button.url is not None:
        return InlineKeyboardButton(text=label, url=button.url)
    return InlineKeyboardButton(text=label, callback_data=without_surrogates(button.press))


def _broken(buttons: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """One row as rows that fit: the buttons of a row are equally wide, so the widest label decides."""
    rows: list[list[InlineKeyboardButton]] = []
    widest = 0
    for button in buttons:
        widest = max(widest, width(button.text) + PADDING)
        fits = rows and len(rows[-1]) < ROW_LIMIT and widest * (len(rows[-1]) + 1) <= COLUMNS
        if fits:
            rows[-1].append(button)
        else:
            rows.append([button])
            widest = width(button.text) + PADDING
    return rows


def width(label: str) -> int:
    """Columns that a label takes."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in label
    )


def _size(markup: InlineKeyboardMarkup) -> int:
    """Bytes of the JSON, which ends at the limit whether or not letters are escaped on the way."""
    return len(markup.model_dump_json(exclude_none=True).encode())
