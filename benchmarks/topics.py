"""Every topic by the name that the command line knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from benchmarks.chat_action import many_conversations, one_action
from benchmarks.measure import Row
from benchmarks.plan import Plan

Topic = Callable[[Plan], Awaitable[list[Row]]]

TOPICS: Mapping[str, Topic] = {
    "action": one_action,
    "sixteen": many_conversations,
}
