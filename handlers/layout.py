"""How a rendered reply looks in a chat: which line a button belongs to, and how buttons share rows."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from handlers.chat import RenderedButton
from handlers.wording import shortened, width

log = structlog.get_logger()
Row = tuple[RenderedButton, ...]
_ROW_COLUMNS = 36  # what a phone shows of one row; the buttons of a row are equally wide
_ROW_BUTTONS = 3
_CIRCLED = tuple(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))  # ① to ㊿


def circled(number: int) -> str:
    """The sign that ties a line's buttons to it: ① to ㊿, then (51)."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def cut_label(label: str, mark: str, limit: int) -> str:
    """``label`` with the mark of its line, cut so that the mark stays readable."""
    ending = f" {mark}" if mark else ""
    return shortened(label, limit - len(ending)) + ending


def in_rows(buttons: Sequence[RenderedButton]) -> list[Row]:
    """Two or three short buttons a row, a long one alone, in their order."""
    rows: list[list[RenderedButton]] = []
    for button in buttons:
        if rows and not button.starts_row and _fits([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    is_left_alone = len(rows) > 1 and len(rows[-1]) == 1 and not rows[-1][0].starts_row
    if is_left_alone and len(rows[-2]) == _ROW_BUTTONS:
        moved = [rows[-2][-1], *rows[-1]]
        if _fits(moved):  # two and two look better than three and one
            rows[-2:] = [rows[-2][:-1], moved]
    return [tuple(row) for row in rows]


def _fits(row: Sequence[RenderedButton]) -> bool:
    widest = max(width(button.label) for button in row)
    return len(row) <= _ROW_BUTTONS and widest * len(row) <= _ROW_COLUMNS


def within(limit: int, line_rows: list[Row], own_rows: list[Row]) -> list[Row]:
    """At most ``limit`` buttons: rows of the last lines give way first, the reply's own stay.

    Lists page long before that; a list that does not is logged.
    """
    left = limit - sum(map(len, own_rows))
    if sum(map(len, line_rows)) > left:
        log.warning("buttons-left-out", limit=limit)
    kept = []
    for row in line_rows:
        left -= len(row)
        if left < 0:
            break
        kept.append(row)
    return [*kept, *own_rows]


def numbered(rows: Sequence[Row], start: int) -> str:
    """``1 Save  2 Cancel``: for channels without buttons. Numbers count the reply's buttons in order, from ``start``."""
    buttons = [button for row in rows for button in row]
    return "  ".join(
        f"{number} {button.label}" + (f": {button.url}" if button.url else "")
        for number, button in enumerate(buttons, start)
    )
