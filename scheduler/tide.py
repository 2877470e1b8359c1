"""How many broadcasts are in hand at once: few, so that what is urgent never waits behind them for its channel's turn."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

LEAST, MOST = 25, 600
LOOKED_BACK = 0.25  # seconds
AHEAD = 1.0  # as many as leave within so long


class Tide:
    """As many as leave within a second at the rate of late, within bounds: on a channel of thirty a second a reminder waits
    behind thirty or so, on one without limits six hundred are under way. ``on_room`` is called when half of them have left."""

    def __init__(self, on_room: Callable[[], None], *, now: Callable[[], float] = time.monotonic) -> None:
        self._on_room = on_room
        self._now = now
        self._sent: deque[float] = deque(maxlen=MOST)
        self._in_hand = 0

    def room(self) -> int:
        """How many more may be claimed; 0 until half of those in hand have left, so that they are claimed by the batch."""
        most = self._most()
        return most - self._in_hand if self._in_hand <= most // 2 else 0

    def claimed(self, count: int) -> None:
        self._in_hand += count

    def ended(self, *, was_sent: bool) -> None:
        """One of them has left, or was put off or left out."""
        self._in_hand -= 1
        if was_sent:
            self._sent.append(self._now())
        if self._in_hand <= self._most() // 2:
            self._on_room()

    def _most(self) -> int:
        since = self._now() - LOOKED_BACK
        while self._sent and self._sent[0] < since:
            self._sent.popleft()
        return min(MOST, max(LEAST, int(len(self._sent) * AHEAD / LOOKED_BACK)))
