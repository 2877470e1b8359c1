"""How often a bot may speak: one chat, one group, all chats."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.fakes.telegram.refusals import too_many_requests
from tests.fakes.telegram.rules import Rules

MINUTE = 60.0


@dataclass
class Bucket:
    """Fills by ``rate`` a second up to ``size``; one message takes one."""

    size: float
    rate: float
    level: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a message may go; 0 when it may go now."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        # A hair's breadth is forgiven, so that rounding does not refuse who waited exactly as long as told.
        return 0.0 if self.level > 1 - 1e-6 else (1 - self.level) / self.rate


class Rates:
    """Admits messages or raises 429 with the whole seconds to wait. Refused messages count for nothing."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._chats: dict[int, Bucket] = {}
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._overall: dict[bool, Bucket] = {}

    def admit(self, chat_id: int, *, is_group: bool, is_paid: bool, now: float) -> None:
        if not self._rules.rates_enforced:
            return
        buckets = [self._chat(chat_id, now), self._all_chats(now, is_paid=is_paid)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if is_group:
            wait = max(wait, self._group_wait(chat_id, now))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait - 1e-6)))
        for bucket in buckets:
            bucket.level -= 1
        if is_group:
            self._groups[chat_id].append(now)

    def _chat(self, chat_id: int, now: float) -> Bucket:
        size = float(max(1, self._rules.chat_burst))
        return self._chats.setdefault(chat_id, Bucket(size, self._rules.messages_per_second_and_chat, size, now))

    def _all_chats(self, now: float, *, is_paid: bool) -> Bucket:
        rate = self._rules.paid_messages_per_second if is_paid else self._rules.messages_per_second
        return self._overall.setdefault(is_paid, Bucket(rate, rate, rate, now))

    def _group_wait(self, chat_id: int, now: float) -> float:
        sent = self._groups[chat_id]
        while sent and sent[0] <= now - MINUTE:
            sent.popleft()
        if len(sent) < self._rules.messages_per_minute_and_group:
            return 0.0
        return sent[0] + MINUTE - now
