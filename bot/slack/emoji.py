"""Slack names emoji; we say them. Only those that mean something to us, and what people use in their place."""

from __future__ import annotations

from collections.abc import Mapping

CHARACTERS: Mapping[str, str] = {
    "white_check_mark": "✅",
    "heavy_check_mark": "✔️",
    "ballot_box_with_check": "☑️",
    "ticket": "🎫",
    "admission_tickets": "🎟️",
    "writing_hand": "✍️",
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "eyes": "👀",
    "x": "❌",
    "alarm_clock": "⏰",
    "bell": "🔔",
    "calendar": "📆",
    "pushpin": "📌",
    "star": "⭐",
    "fire": "🔥",
    "heart": "❤️",
    "tada": "🎉",
    "telephone_receiver": "📞",
    "phone": "☎️",
    "memo": "📝",
    "pencil": "📝",
    "moneybag": "💰",
    "question": "❓",
    "exclamation": "❗",
    "warning": "⚠️",
    "ok_hand": "👌",
    "pray": "🙏",
    "clap": "👏",
    "raised_hands": "🙌",
    "joy": "😂",
    "smile": "😄",
}


def character(name: str) -> str:
    """``white_check_mark`` as ✅, the skin tone left out; a name that stands for nothing here stays a name."""
    plain = name.partition("::")[0]
    return CHARACTERS.get(plain, plain)
