"""A finished reply as the messages that Slack takes: sections of text, and blocks of buttons under the last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.buttons import broken_links, button_blocks
from bot.slack.elements import SECTION_LIMIT, WORDLESS, section
from bot.slack.wording import escaped, strong, within_bytes
from handlers.chat import Rendered
from handlers.rendering.splitting import is_blank, split, without_surrogates

BLOCKS_LIMIT = 48
BLOCKS_CHARACTERS = 9_000
"""Slack refuses blocks of together 11 300 to 13 300 characters, depending on what is in them."""
FALLBACK_BYTES = 3_000
"""``text`` beside blocks is what notifications show; chat.update takes at most 4 000 bytes of it."""
PLAIN_BYTES = 3_900
HOME_BLOCKS = 100
HOME_BYTES = 200_000
PIECE = 2_900


@dataclass(frozen=True, kw_only=True)
class Message:
    """One native message. ``text`` is escaped, and shown where blocks cannot be."""

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


def messages(body: Rendered, *, choose: str) -> list[Message]:
    """The messages that show ``body``, in order; at least one. ``choose`` as in ``button_blocks``."""
    title, texts = _title(body), _texts(body)
    blocks = [section(each) for each in _sections(title, texts)]
    blocks += button_blocks(body.rows, choose=choose)
    summary = "\n".join(part for part in (title, *texts) if part) or WORDLESS
    pages = list(_pages(blocks or [section(WORDLESS)]))
    return [
        Message(text=_fallback(summary if number == 0 else _words_of(page) or title or WORDLESS), blocks=tuple(page))
        for number, page in enumerate(pages)
    ]


def plain_messages(body: Rendered) -> list[Message]:
    """The same words without blocks, for when Slack refused those."""
    words = "\n".join(part for part in (_title(body), *_texts(body)) if part) or WORDLESS
    return [Message(text=escaped(piece)) for piece in _in_bytes(words, PLAIN_BYTES)]


def home_view(body: Rendered, *, choose: str) -> dict[str, Any]:
    """The home page. What does not fit is left out at the end, where the least important is."""
    blocks = [section(each) for each in _sections(_title(body), _texts(body))]
    blocks += button_blocks(body.rows, choose=choose)
    kept: list[dict[str, Any]] = []
    size = 0
    for block in blocks or [section(WORDLESS)]:
        size += len(json.dumps(block, ensure_ascii=False).encode())
        if len(kept) == HOME_BLOCKS - 1 or size > HOME_BYTES:
            kept.append(section(WORDLESS))
            break
        kept.append(block)
    return {"type": "home", "blocks": kept}


def has_words(body: Rendered) -> bool:
    return bool(_title(body) or _texts(body) or any(body.rows))


def _title(body: Rendered) -> str:
    title = without_surrogates(body.title).strip()
    return "" if is_blank(title) else title


def _texts(body: Rendered) -> list[str]:
    parts = (without_surrogates(part).strip("\n") for part in (body.text, *broken_links(body.rows)))
    return [part for part in parts if not is_blank(part)]


def _sections(title: str, texts: Sequence[str]) -> list[str]:
    """Escaped texts of at most 3 000 characters, the title strongly at the start of the first."""
    opening = strong(escaped(title)) if title and len(escaped(title)) < SECTION_LIMIT // 2 else escaped(title)
    joined = "\n".join(texts)
    if len(opening) + 1 + len(escaped(joined)) <= SECTION_LIMIT:
        return [words for words in ["\n".join(part for part in (opening, escaped(joined)) if part)] if words]
    pieces = [*_escaped_pieces(title)] if len(opening) > SECTION_LIMIT else [opening] if opening else []
    return [*pieces, *_escaped_pieces(joined)]


def _escaped_pieces(text: str, limit: int = PIECE) -> Iterable[str]:
    """Cut where a reader would, never through a character; an & takes five places when it travels."""
    for piece in split(text, limit):
        if is_blank(piece):
            continue
        if len(escaped(piece)) <= SECTION_LIMIT:
            yield escaped(piece)
        else:
            yield from _escaped_pieces(piece, max(limit // 2, 1))


def _in_bytes(text: str, limit: int) -> Iterable[str]:
    for piece in split(text, limit):
        if is_blank(piece):
            continue
        if len(escaped(piece).encode()) <= limit or len(piece) == 1:
            yield piece
        else:
            yield from _in_bytes_halved(piece, limit)


def _in_bytes_halved(text: str, limit: int) -> Iterable[str]:
    size = len(text)
    while size > 1 and any(len(escaped(piece).encode()) > limit for piece in split(text, size)):
        size //= 2
    return [piece for piece in split(text, size) if not is_blank(piece)]


def _pages(blocks: Sequence[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    characters = 0
    for block in blocks:
        size = len(json.dumps(block, ensure_ascii=False))
        if page and (len(page) == BLOCKS_LIMIT or characters + size > BLOCKS_CHARACTERS):
            yield page
            page, characters = [], 0
        page.append(block)
        characters += size
    yield page


def _words_of(page: Sequence[dict[str, Any]]) -> str:
    texts = (block["text"]["text"] for block in page if block["type"] == "section")
    return "\n".join(texts).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _fallback(text: str) -> str:
    return escaped(within_bytes(text, FALLBACK_BYTES))
