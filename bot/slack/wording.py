"""Slack's markup: what people wrote in it as plain text, and our plain text as it must travel.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.rendering.wording import clusters

MARK = re.compile(r"<([^<>\n]*)>")
LOOSE_SPACE = re.compile(r"[ \t]{2,}")
AFTER_A_NAME = " \t,:，：、"
AUTOMATIC = ("http://", "https://", "mailto:", "tel:")


def plain(text: str, *, name_of: Callable[[str], str], me: str = "") -> str:
    """What somebody wrote, without markup. ``<@U01>`` becomes ``@Name``, our own mention nothing, links their words."""

    def shown(match: re.Match[str]) -> str:
        return _shown(match[1], name_of, me)

    words = MARK.sub(shown, text)
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _tidy(words) if me and f"<@{me}" in text else words


def mentioned(text: str) -> list[str]:
    """Ids of the people whom a text names, each once, without the label that old clients send along."""
    found = (match[1][1:].partition("|")[0] for match in MARK.finditer(text) if match[1].startswith("@"))
    return list(dict.fromkeys(found))


def _shown(inside: str, name_of: Callable[[str], str], me: str) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "" if me and target[1:] == me else f"@{label.lstrip('@') or name_of(target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return _special(target[1:], label)
    if not target.startswith(AUTOMATIC):
        return f"<{inside}>"
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == address or address.endswith(f"//{label}") or target.startswith(("mailto:", "tel:")):
        return label or address
    return f"{label} ({address})"


def _special(command: str, label: str) -> str:
    """``<!here>``, ``<!subteam^S01|@sales>``, ``<!date^…|yesterday>``."""
    name = command.partition("^")[0]
    return label or f"@{name}"


def _tidy(text: str) -> str:
    return LOOSE_SPACE.sub(" ", text.lstrip(AFTER_A_NAME)).rstrip()


def escaped(text: str) -> str:
    """``&``, ``<`` and ``>`` travel as entities, and nothing else is escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def strong(text: str) -> str:
    """Bold, where the text itself does not end it."""
    return f"*{text}*" if text and not {"*", "\n", "`"} & set(text) else text


def within_bytes(text: str, limit: int) -> str:
    """``text``, which is not escaped yet, such that it takes at most ``limit`` bytes of UTF-8 when it is."""
    if len(escaped(text).encode()) <= limit:
        return text
    size, kept = len("…".encode()), []
    for cluster in clusters(text[:limit]):
        size += len(escaped(cluster).encode())
        if size > limit:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"
