"""A double tap: the second press of a button arrives before the first one's answer is on the screen."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.chat import ChatEvent, Press

WITHIN = timedelta(seconds=5)

_Key = tuple[str, str, str, str, str]


class DoubleTaps:
    """What was pressed and answered a moment ago, in this process: one process receives for a bot, and after a restart
    nobody's finger is still on the button.

    Were the second press told that the card has had its day, it would take the result and its Undo off the screen.
    """

    def __init__(self) -> None:
        self._answered: dict[_Key, datetime] = {}

    def answered(self, event: ChatEvent, *, now: datetime) -> None:
        """The press did what it is for."""
        key = _key(event)
        if key is not None:
            self._answered = {each: at for each, at in self._answered.items() if now - at <= WITHIN}
            self._answered[key] = now

    def is_second(self, event: ChatEvent, *, now: datetime) -> bool:
        """Was the same button of the same message answered to the same person just now?"""
        at = self._answered.get(_key(event) or ("", "", "", "", ""))
        return at is not None and now - at <= WITHIN


def _key(event: ChatEvent) -> _Key | None:
    pressed, sender = event.content, event.sender
    if not isinstance(pressed, Press) or pressed.message is None or sender is None:
        return None
    return (event.channel, event.conversation.key, sender.user, pressed.message, pressed.payload)
