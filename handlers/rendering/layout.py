"""How a rendered reply looks in a chat: which line a button belongs to, and how buttons share rows."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from handlers.chat import RenderedButton
from handlers.rendering.wording import shortened, width

log = structlog.get_logger()
Row = tuple[RenderedButton, ...]
_ROW_COLUMNS = 36  # what a phone shows of one row; the buttons of a row are equally wide
_ROW_BUTTONS = 3
_BUTTON_PADDING = 2
_CIRCLED = tuple(map(chr, (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))))  # ① to ㊿


def circled(number: int) -> str:
    """The sign that ties a line's buttons to it: ① to ㊿, then (51)."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def cut_label(label: str, mark: str, limit: int) -> str:
    """``label`` with the mark of its line, cut so that the mark stays readable."""
    ending = f" {mark}" if mark else ""
    return shortened(label, limit - len(ending)) + ending


def in_rows(buttons: Sequence[RenderedButton]) -> list[Row]:
    """As few rows as fit, in order, and those as even as may be: two and three rather than one, three and one."""
    rows: list[Row] = []
    start = 0
    for at in range(1, len(buttons) + 1):
        if at == len(buttons) or buttons[at].starts_row:
            rows += _even_rows(buttons[start:at])
            start = at
    return rows


def _even_rows(buttons: Sequence[RenderedButton]) -> list[Row]:
    """The best way to break one run of buttons: for each length of it, from the best ways of what is before its last row."""
    best: list[tuple[tuple[int, int], list[Row]]] = [((0, 0), [])]
    for end in range(1, len(buttons) + 1):
        ways = []
        for size in range(1, min(_ROW_BUTTONS, end) + 1):
            row = tuple(buttons[end - size : end])
            if size == 1 or _fits(row):
                (count, squares), before = best[end - size]
                ways.append(((count + 1, squares + size * size), [*before, row]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _fits(row: Sequence[RenderedButton]) -> bool:
    widest = max(width(button.label) for button in row)
    return (widest + _BUTTON_PADDING) * len(row) <= _ROW_COLUMNS


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
