"""The end that comes in time, whatever hangs: a platform, a database, a thread of a library."""

from __future__ import annotations

import os
import sys
import threading

import structlog

log = structlog.get_logger()


def exit_within(seconds: float) -> None:
    """End the process with 0 in so many seconds if it still runs then. Does not wait, and is not undone.

    Nothing is lost by it: what was acknowledged is committed, and what was not sent stays in the outbox.
    """
    # A daemon thread: neither a blocked loop nor a thread that the interpreter waits for holds it up.
    timer = threading.Timer(seconds, _exit)
    timer.daemon = True
    timer.start()


def _exit() -> None:
    log.warning("stopped-in-the-middle")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
