"""The small parts of Block Kit, each within its limit: https://docs.slack.dev/reference/block-kit"""

from __future__ import annotations

from typing import Any

from bot.slack.wording import escaped, strong
from handlers.rendering.splitting import is_blank, without_surrogates
from handlers.rendering.wording import shortened

SECTION_LIMIT = 3000
LABEL_LIMIT = 150
HINT_LIMIT = 500
BLOCK_ID_LIMIT = 255
WORDLESS = "…"


def shown(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters that is not empty, because Slack refuses what is."""
    line = " ".join(without_surrogates(text).split())
    return WORDLESS if is_blank(line) else shortened(line, limit)


def block_text(text: str, limit: int) -> dict[str, Any]:
    """Plain text of a button, a label, an option."""
    return {"type": "plain_text", "text": shown(text, limit), "emoji": True}


def mrkdwn_section(text: str, *, bold: bool = False) -> dict[str, Any]:
    """A short text of ours."""
    words = escaped(shortened(without_surrogates(text), 500))
    return section(strong(words) if bold else words)


def section(mrkdwn: str) -> dict[str, Any]:
    """A text that is escaped already. ``verbatim``: Slack makes no links and mentions of its own from it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def input_block(element: dict[str, Any], *, label: str, hint: str, block_id: str, optional: bool) -> dict[str, Any]:
    block: dict[str, Any] = {
        "type": "input",
        "block_id": block_id[:BLOCK_ID_LIMIT],
        "label": block_text(label, LABEL_LIMIT),
        "element": element,
        "optional": optional,
    }
    return {**block, "hint": block_text(hint, HINT_LIMIT)} if hint.strip() else block
