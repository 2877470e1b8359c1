"""How the platform can be told to misbehave when it is called."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.fakes.slack.refusals import Refusal


class Way(Enum):
    REFUSE = auto()
    """Answer an error and do nothing."""
    CUT = auto()
    """Close the connection and do nothing."""
    LOSE_ANSWER = auto()
    """Do it, and close the connection instead of answering."""
    NONSENSE = auto()
    """Answer something that is no JSON, and do nothing."""


@dataclass
class Fault:
    """``method`` is a method's name, or ``*`` for any."""

    method: str
    way: Way
    times: int = 1
    refusal: Refusal | None = None
    status: int = 200
    body: str = ""
    after: int = 0
    """So many calls go through before."""

    def concerns(self, method: str) -> bool:
        return self.times > 0 and self.method in {method, "*"}


@dataclass
class Faults:
    planned: list[Fault] = field(default_factory=list)
    outage: Fault | None = None
    lags: dict[str, float] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    def next_for(self, method: str) -> Fault | None:
        """The fault that this call meets; it is used up."""
        if self.outage is not None:
            return self.outage
        for fault in self.planned:
            if fault.concerns(method):
                if fault.after:
                    fault.after -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    async def delay(self, method: str) -> None:
        for name in (method, "*"):
            if name in self.gates:
                await self.gates[name].wait()
            if name in self.lags:
                await asyncio.sleep(self.lags[name])

    @contextmanager
    def hold(self, method: str) -> Iterator[None]:
        gate = self.gates[method] = asyncio.Event()
        try:
            yield
        finally:
            del self.gates[method]
            gate.set()
