"""``domain.ports.FileStore`` in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime


class FilesInMemory:
    """``troubles`` are raised in turn by the next calls of ``put``."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.put_at: dict[str, datetime] = {}
        self.troubles: list[OSError] = []

    def put(self, content: bytes) -> str:
        if self.troubles:
            raise self.troubles.pop(0)
        name = f"{len(self.put_at) + 1:032x}"
        self.contents[name], self.put_at[name] = content, datetime.now(UTC)
        return name

    def get(self, name: str) -> bytes:
        if name not in self.contents:
            raise FileNotFoundError(name)
        return self.contents[name]

    def remove(self, name: str) -> None:
        self.contents.pop(name, None)

    def names_before(self, moment: datetime) -> Sequence[str]:
        return [name for name in self.contents if self.put_at[name] < moment]
