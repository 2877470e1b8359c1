"""What runs in the worker process. Nothing heavy is imported at its head: the program imports it to name ``draw``."""

from __future__ import annotations

import os
import signal
import threading

from charts.model import Chart

# One chart takes a fifth of a second. Past these the process ends itself and another begins: so much computing, or, where
# nothing is computed any more, so long by the clock, which says little on a busy machine.
MOST_COMPUTING, LONGEST_SECONDS = 5, 30
MEEKNESS = 5  # chats are answered first; more, and a busy machine would let charts starve


def begin() -> None:
    """Make the process ready: the libraries, the font, and an end when the program ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too; the program says when to stop
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from charts import drawing

    drawing.set_up()
    os.nice(MEEKNESS)  # not before: on a busy machine the first chart would come late


def _end_with_parent() -> None:
    """A program that was killed says nothing; its end of this pipe closes all the same."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def draw(chart: Chart) -> bytes:
    """The chart as PNG."""
    from charts import drawing

    signal.setitimer(signal.ITIMER_PROF, MOST_COMPUTING)
    signal.alarm(LONGEST_SECONDS)
    try:
        return drawing.draw(chart)
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
