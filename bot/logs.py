"""Logs are JSON lines on stderr with ids, never customer text."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog


def _where(exc_info: object) -> str:
    """The exception's type and the places it passed, without its message and without any values."""
    import traceback

    if not isinstance(exc_info, tuple) or exc_info[0] is None:
        return ""
    frames = traceback.extract_tb(exc_info[2])[-8:]
    return f"{exc_info[0].__name__} at " + " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))


# One list for the life of the process: loggers keep the one that stood when they were first used.
PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # The exception's place is logged, its message may hold what a customer wrote.
    structlog.processors.ExceptionRenderer(_where),
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


def set_up_logs(level: str = "INFO", stream: TextIO = sys.stderr) -> None:
    """Send our own logs and those of the libraries to ``stream``."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=stream, format="%(levelname)s %(name)s", force=True)
