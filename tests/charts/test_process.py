from __future__ import annotations

import asyncio
import os
import signal

import psutil
import pytest

from charts.model import Funnel, NotDrawn, Step
from charts.process import DrawingProcess

FUNNEL = Funnel(title="漏斗", steps=(Step(label="线索", value=3),))


def workers() -> list[psutil.Process]:
    return [each for each in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(each.cmdline())]


async def test_the_process_begins_with_the_first_chart_survives_its_death_and_ends() -> None:
    drawing = DrawingProcess(patience=60)
    assert not drawing.is_started
    assert (await drawing.draw(FUNNEL)).startswith(b"\x89PNG")

    [worker] = workers()
    worker.send_signal(signal.SIGINT)  # a Ctrl-C meant for the program
    assert await asyncio.gather(*(drawing.draw(FUNNEL) for _ in range(3)))
    assert workers() == [worker]

    os.kill(worker.pid, signal.SIGKILL)
    assert (await drawing.draw(FUNNEL)).startswith(b"\x89PNG")
    [another] = workers()
    assert another.pid != worker.pid

    await drawing.close()
    another.wait(60)  # told to end; on a busy machine that takes it longer than a stop waits for it
    assert workers() == []
    assert not drawing.is_started


async def test_what_cannot_be_drawn_is_refused_and_the_next_is_not() -> None:
    drawing = DrawingProcess(patience=60)
    with pytest.raises(NotDrawn):
        await drawing.draw("no chart")  # type: ignore[arg-type]
    assert (await drawing.draw(FUNNEL)).startswith(b"\x89PNG")
    await drawing.close()


async def test_the_queue_is_bounded_and_nobody_waits_for_ever() -> None:
    drawing = DrawingProcess(most_waiting=1, patience=0.001)
    first, second = await asyncio.gather(drawing.draw(FUNNEL), drawing.draw(FUNNEL), return_exceptions=True)
    assert isinstance(first, NotDrawn)
    assert str(first) == "it took too long"
    assert str(second) == "too many wait"
    await drawing.close()
