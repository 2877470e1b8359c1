"""How often an app may call: each method by its tier, each channel by the second."""

import math
from dataclasses import dataclass

from tests.fakes.slack.refusals import rate_limited
from tests.fakes.slack.rules import MINUTE, Rules


@dataclass
class Bucket:
    """Fills by ``rate`` a second up to ``size``; one call takes one."""

    size: float
    rate: float
    level: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a call may be made; 0 when it may be made now."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        # A hair's breadth is forgiven, so that rounding does not refuse who waited exactly as long as told.
        return 0.0 if self.level > 1 - 1e-6 else (1 - self.level) / self.rate


class Rates:
    """Admits calls or raises 429 with the whole seconds to wait. Refused calls count for nothing."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._buckets: dict[str, Bucket] = {}

    def admit_call(self, method: str, tier: int | None, now: float) -> None:
        """``tier`` None: a method with a number of its own."""
        per_minute = self._rules.calls_per_minute[tier] if tier else self._rules.special_calls_per_minute
        burst = max(self._rules.tier_burst, per_minute / MINUTE)
        if self._rules.is_commercial and method in {"conversations.history", "conversations.replies"}:
            per_minute, burst = 1, 1
        self._admit(method, per_minute / MINUTE, burst, now)

    def admit_message(self, channel: str, now: float) -> None:
        rules = self._rules
        self._admit(f"to {channel}", rules.messages_per_second_and_channel, float(max(1, rules.channel_burst)), now)

    def _admit(self, key: str, rate: float, size: float, now: float) -> None:
        if not self._rules.rates_enforced:
            return
        bucket = self._buckets.setdefault(key, Bucket(size, rate, size, now))
        if (wait := bucket.wait(now)) > 0:
            raise rate_limited(max(1, math.ceil(wait - 1e-6)))
        bucket.level -= 1
