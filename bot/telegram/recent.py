"""The words of the latest messages in groups: a reaction names a message by its number alone, and a bot cannot ask for it."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 3000


@dataclass(frozen=True)
class Said:
    user: str
    name: str
    text: str


class Recent:
    """Kept in memory, so that what people say among themselves is stored nowhere. After a restart it begins anew."""

    def __init__(self, most: int = MOST) -> None:
        self._said: dict[tuple[int, int], Said] = {}
        self._most = most

    def note(self, chat_id: int, message_id: int, said: Said) -> None:
        """Also after a change of the words."""
        self._said.pop((chat_id, message_id), None)
        if len(self._said) >= self._most:
            del self._said[next(iter(self._said))]
        self._said[chat_id, message_id] = said

    def of(self, chat_id: int, message_id: int) -> Said | None:
        return self._said.get((chat_id, message_id))
