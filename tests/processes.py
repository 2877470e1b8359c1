"""``pytest --processes N``: everything is loaded once, and N processes forked from this one run the tests.

pytest-xdist would load everything in each worker, which takes ten seconds of CPU apiece. Here another process costs next to nothing,
so there may be more of them than CPUs, and none idles while a test waits for a browser, a database or a platform. What else
is made once for all (``tests/conftest.py`` says what) is made before they are forked.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest
from _pytest._io import TerminalWriter
from _pytest.capture import FDCapture
from _pytest.unraisableexception import collect_unraisable

FORKING = multiprocessing.get_context("fork")
AT_ONCE = 8  # tests of one file that a process takes together; those in a browser stay together, so that one process starts it
WAITING = (
    "tests/crash/",
    "tests/bot/",
    "tests/stories/",
    "tests/storage/",
)  # folders whose tests wait, or take long: begun first, amid the others
NUMBER = 4  # bytes of a number in the queue

Chunk = Sequence[pytest.Item]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--processes", type=int, default=0, help="run the tests in so many forked processes (0: in this one)"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    processes, option = session.config.getoption("processes"), session.config.option
    # A debugger needs the terminal, which a forked process has not.
    if not processes or option.collectonly or option.usepdb or option.trace or session.testsfailed:
        return None
    _run_all(session, processes)
    return True


# ---------------------------------------------------------------- who runs what


def chunks(items: Sequence[pytest.Item]) -> list[Chunk]:
    """All tests in the order in which they are begun."""
    waiting: list[Chunk] = []
    others: list[Chunk] = []
    for chunk in _together(items):
        (waiting if chunk[0].nodeid.startswith(WAITING) else others).append(chunk)
    return _amid(waiting, others)


def _together(items: Sequence[pytest.Item]) -> Iterator[Chunk]:
    chunk: list[pytest.Item] = []
    for item in items:
        in_browser = item.get_closest_marker("browser") is not None
        if chunk and (item.path != chunk[0].path or (len(chunk) >= AT_ONCE and not in_browser)):
            yield chunk
            chunk = []
        chunk.append(item)
    if chunk:
        yield chunk


def _amid(waiting: Sequence[Chunk], others: Sequence[Chunk]) -> list[Chunk]:
    """One and one, to the end of the shorter."""
    shorter = min(len(waiting), len(others))
    mixed = [chunk for pair in zip(waiting, others, strict=False) for chunk in pair]
    return [*mixed, *waiting[shorter:], *others[shorter:]]


# ---------------------------------------------------------------- the process that collects


@dataclass
class Worker:
    process: BaseProcess
    told: Connection
    busy_with: str | None = None


def _run_all(session: pytest.Session, processes: int) -> None:
    in_order = chunks(session.items)
    # The queue is a pipe that holds the numbers of all chunks from the beginning: whoever is free reads the next.
    queue, into_queue = os.pipe()
    workers = [_forked(session, in_order, queue, into_queue) for _ in range(processes)]
    os.close(queue)
    try:
        with os.fdopen(into_queue, "wb") as numbers:
            numbers.write(b"".join(number.to_bytes(NUMBER, "big") for number in range(len(in_order))))
        _hear(session, workers)
    finally:
        for worker in workers:
            worker.process.terminate()
            worker.process.join()
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)


def _forked(session: pytest.Session, in_order: Sequence[Chunk], queue: int, into_queue: int) -> Worker:
    told, tells = FORKING.Pipe(duplex=False)

    def work() -> None:
        os.close(into_queue)
        told.close()
        _work(session, _items(in_order, queue), tells)

    process = FORKING.Process(target=work, daemon=False)
    process.start()
    tells.close()
    return Worker(process, told)


def _hear(session: pytest.Session, workers: Sequence[Worker]) -> None:
    """Take the reports of all, as if each test had run here. What died, or was not run by whoever had taken it, has failed."""
    hook, config = session.config.hook, session.config
    by_connection = {worker.told: worker for worker in workers}
    left = {item.nodeid: item for item in session.items}
    while by_connection and not (session.shouldfail or session.shouldstop):
        for connection in wait(list(by_connection)):
            assert isinstance(connection, Connection)
            worker = by_connection[connection]
            try:
                what, content = connection.recv()
            except EOFError:
                del by_connection[connection]
                continue
            if what == "begun":
                worker.busy_with = content
            elif what == "ended":
                worker.busy_with = None
                hook.pytest_runtest_logfinish(nodeid=content, location=left.pop(content).location)
            else:
                report = hook.pytest_report_from_serializable(config=config, data=content)
                hook.pytest_runtest_logreport(report=report)
    if not (session.shouldfail or session.shouldstop):
        busy = {worker.busy_with: worker for worker in workers}
        for nodeid, item in left.items():
            words = _how_it_ended(busy[nodeid]) if nodeid in busy else "not run: the process that had taken it ended"
            report = pytest.TestReport(nodeid, item.location, {}, "failed", words, "call")
            hook.pytest_runtest_logreport(report=report)


def _how_it_ended(worker: Worker) -> str:
    worker.process.join()
    return f"the process that ran it ended with {worker.process.exitcode}"


# ---------------------------------------------------------------- a process that runs tests


class Telling:
    """Hands the reports of this process to the one that collects."""

    def __init__(self, config: pytest.Config, tells: Connection) -> None:
        self._config = config
        self._tells = tells

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._tells.send(("begun", nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._tells.send(("report", data))

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self._tells.send(("ended", nodeid))


def _work(session: pytest.Session, items: Iterator[pytest.Item], tells: Connection) -> None:
    config = session.config
    _with_streams_of_its_own(config)
    config.pluginmanager.register(Telling(config, tells))
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if following is None:
            _tell_what_was_left(item, tells)
        item = following


def _tell_what_was_left(last: pytest.Item, tells: Connection) -> None:
    """What only a look for garbage finds, as an error in a ``__del__`` or a coroutine that nobody awaited: plain pytest looks once
    more at its end, to which a forked process does not come."""
    gc.collect()
    try:
        collect_unraisable(last.config)
    except (pytest.PytestUnraisableExceptionWarning, RuntimeError, ExceptionGroup) as left:
        words = "left by this test, or by one before it in its process:\n" + "".join(format_exception(left))
        report = pytest.TestReport(last.nodeid, last.location, {}, "failed", words, "teardown")
        tells.send(("report", last.config.hook.pytest_report_to_serializable(config=last.config, report=report)))


def _items(in_order: Sequence[Chunk], queue: int) -> Iterator[pytest.Item]:
    while number := os.read(queue, NUMBER):
        yield from in_order[int.from_bytes(number, "big")]


def _with_streams_of_its_own(config: pytest.Config) -> None:
    """What tests print is kept in files, whose positions forked processes would share; and only one reports to the terminal."""
    capturing: Any = config.pluginmanager.getplugin("capturemanager")
    for stream in (capturing._global_capturing.out, capturing._global_capturing.err):
        if isinstance(stream, FDCapture):
            with tempfile.TemporaryFile(buffering=0) as own:
                os.dup2(own.fileno(), stream.tmpfile.fileno())
    reporter: Any = config.pluginmanager.getplugin("terminalreporter")
    reporter._tw = TerminalWriter(Path(os.devnull).open("w"))  # noqa: SIM115  # as long as the process
