"""Somebody who draws charts at once: remembers what was to be seen, and gives the smallest picture there is."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from charts.model import Chart, NotDrawn

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


@dataclass
class FakeDrawer:
    drawn: list[Chart] = field(default_factory=list)
    is_broken: bool = False
    late: int = 0  # so many charts are not there in time

    async def draw(self, chart: Chart) -> bytes:
        if self.is_broken:
            raise NotDrawn("broken")
        if self.late:
            self.late -= 1
            raise NotDrawn("late", again=True)
        self.drawn.append(chart)
        return DOT
