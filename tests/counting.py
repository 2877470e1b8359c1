"""How many statements something takes, so that one for each row is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gathers those that the engine runs; one for many rows counts once."""
    asked: list[str] = []

    def hear(*heard: Any) -> None:
        asked.append(heard[2].lstrip())

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
