"""What the log said meanwhile: faults that passed on another try, and incidents that did not."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog


@dataclass
class Trouble:
    passing_faults: int = 0
    incidents: int = 0
    _said: set[str] = field(default_factory=set)

    def hear(self, logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if entry.get("event") == "passing-fault":
            self.passing_faults += 1
        if entry.get("event") == "incident":
            self.incidents += 1
        if method in {"error", "exception", "critical"}:
            self._say(str(dict(entry)))
        raise structlog.DropEvent

    def _say(self, words: str) -> None:
        """Each trouble once: a benchmark repeats itself."""
        told = words[:100]
        if told not in self._said:
            self._said.add(told)
            print(f"  trouble: {words}", flush=True)


@contextmanager
def listening() -> Iterator[Trouble]:
    """Count what is logged in this block. Benchmarks print nothing of it but errors."""
    trouble = Trouble()
    before = structlog.get_config()["processors"]
    structlog.configure(processors=[structlog.processors.format_exc_info, trouble.hear])
    try:
        yield trouble
    finally:
        structlog.configure(processors=before)
