"""``make test`` holds each conversation on one of both databases, half of them on each; ``make check`` holds all on both.

What differs between the databases is held by the contracts of ``tests/storage``, which run on both every time.
"""

from __future__ import annotations

import os
import zlib
from collections import defaultdict
from collections.abc import Iterable

import pytest

IN_TURN = bool(os.environ.get("GUANXI_IN_TURN"))
KINDS = ("sqlite", "postgres")


def of_another_turn(items: Iterable[pytest.Function]) -> set[pytest.Function]:
    """Those whose twin on the other database is held instead. What is on one database alone stays."""
    twins: defaultdict[str, dict[str, pytest.Function]] = defaultdict(dict)
    for item in items:
        kind = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
        if kind in KINDS:
            twins[item.nodeid.replace(str(kind), "", 1)][str(kind)] = item
    pairs = {name: pair for name, pair in twins.items() if len(pair) == len(KINDS)}
    return {pair[KINDS[zlib.crc32(name.encode()) % len(KINDS)]] for name, pair in pairs.items()}
