"""The platform's markup of text: what it makes of ``&``, ``<`` and ``>``, and what a person reads in the end."""

import re
from collections.abc import Mapping

MARKS = re.compile(r"<([^<>\n]+)>")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
TARGET = re.compile(r"<(?:[@#!]|[A-Za-z][A-Za-z0-9+.-]*:)[^<>\n]*>")
NAMED = {"@": "@", "#": "#", "!": "@"}


def stored(text: str) -> str:
    """Text as the platform keeps it: three characters escaped, but for links and mentions in angle brackets."""
    text = ENTITY.sub("&amp;", text)
    kept: list[str] = []
    end = 0
    for mark in MARKS.finditer(text):
        kept += [_escaped(text[end : mark.start()]), mark.group()]
        end = mark.end()
    return "".join([*kept, _escaped(text[end:])])


def is_broken(text: str) -> bool:
    """Whether somebody forgot to escape: a bracket that neither links nor names, or a bare ampersand."""
    rest = TARGET.sub("", text)
    return "<" in rest or ENTITY.search(rest) is not None


def typed(text: str) -> str:
    """What a person typed, as the platform keeps it: brackets are theirs unless they name somebody or link."""
    marked = re.sub(r"<(?![@#!]|https?:|mailto:)", "&lt;", ENTITY.sub("&amp;", text))
    return stored(marked)


def readable(text: str, names: Mapping[str, str]) -> str:
    """What a person reads: labels of links, names of people and channels, the three characters as themselves.

    A pair of angle brackets that was not escaped is taken for a link, as on the platform, and shows without them.
    """

    def shown(mark: re.Match[str]) -> str:
        inside = mark.group(1)
        target, bar, label = inside.partition("|")
        if inside[0] in NAMED and not bar:
            return NAMED[inside[0]] + names.get(target[1:], target[1:])
        return label if bar else target.removeprefix("mailto:")

    return MARKS.sub(shown, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich_text(text: str, block_id: str) -> dict[str, object]:
    """What a person typed, as the block in which it reaches apps."""
    pieces: list[dict[str, object]] = []
    end = 0
    for mark in re.finditer(r"<@(\w+)>|<#(\w+)(?:\|[^>]*)?>|<(https?:[^>|]+)(?:\|([^>]*))?>", text):
        if mark.start() > end:
            pieces.append({"type": "text", "text": _unescaped(text[end : mark.start()])})
        user, channel, url, label = mark.groups()
        if user:
            pieces.append({"type": "user", "user_id": user})
        elif channel:
            pieces.append({"type": "channel", "channel_id": channel})
        else:
            pieces.append({"type": "link", "url": url} | ({"text": label} if label else {}))
        end = mark.end()
    if text[end:]:
        pieces.append({"type": "text", "text": _unescaped(text[end:])})
    section = {"type": "rich_text_section", "elements": pieces}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
