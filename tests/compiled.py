"""One cache of compiled statements for all databases of a test run.

Each test opens a database of its own, and SQLAlchemy would compile some thirty statements anew for each: a third of the
time of a conversation. In the program there is one database, whose engine has its own cache as ever.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

STATEMENTS = 5000


def share_compiled_statements() -> None:
    """From here on; a statement's place in the cache is named by its dialect, so those of one kind have to be equal."""
    shared: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    Engine._compiled_cache = property(lambda engine: shared, lambda engine, own: None)  # type: ignore[assignment]
    DefaultDialect.__eq__ = _is_same  # type: ignore[method-assign, assignment]
    DefaultDialect.__hash__ = _hash  # type: ignore[method-assign, assignment]


def _is_same(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other)


def _hash(one: DefaultDialect) -> int:
    return hash(type(one))
