"""Programs that are there in a moment: forked from one process that has loaded the libraries, which takes seconds.

What runs is what ``python -m MODULE`` runs, in a process, a folder and an environment of its own, and it may be killed like any
other. ``Programs`` starts them; run as a program, ``python -m tests.forking DESCRIPTOR``, this module is what they are forked from.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from bot.warming import warm_up
from tests.loopback import stay_on_loopback

ROOT = Path(__file__).parent.parent
LOADED = (
    "bot.cli",
    "bot.running",
    "bot.page",
    "bot.demo",
    "bot.doctor",
    "bot.health",
    "bot.telegram.telegram",
    "bot.slack.slack",
)
REQUEST = 1 << 18  # bytes; the environment is the most of it


class Forked:
    """A process that runs, with as much of ``asyncio.subprocess.Process`` as tests need."""

    def __init__(self, pid: int, end: asyncio.Task[int], out: asyncio.StreamReader, err: asyncio.StreamReader) -> None:
        self.pid = pid
        self.stdout = out
        self.stderr = err
        self._end = end

    @property
    def returncode(self) -> int | None:
        """As ``subprocess`` gives it: negative when a signal ended it, None while it runs."""
        return self._end.result() if self._end.done() else None

    def send_signal(self, number: signal.Signals) -> None:
        if not self._end.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        return await asyncio.shield(self._end)

    async def communicate(self) -> tuple[bytes, bytes]:
        """What it wrote, from where nobody has read yet, when it has ended."""
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self._end)
        return out, err


class Programs:
    """Where programs are forked from; starts with the first of them, and ends with this process."""

    def __init__(self) -> None:
        self._ours: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, module: str, *arguments: str, cwd: Path, env: Mapping[str, str]) -> Forked:
        told, tells = os.pipe()
        out, into_out = os.pipe()
        err, into_err = os.pipe()
        asked = {"module": module, "arguments": arguments, "cwd": str(cwd), "env": dict(env)}
        socket.send_fds(self._connected(), [json.dumps(asked).encode()], [into_out, into_err, tells])
        for theirs in (into_out, into_err, tells):
            os.close(theirs)
        news, stdout, stderr = [await _read_by_stream(descriptor) for descriptor in (told, out, err)]
        pid = int(await news.readline())
        return Forked(pid, asyncio.create_task(_end(news)), stdout, stderr)

    def _connected(self) -> socket.socket:
        if self._ours is None:
            self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, REQUEST)
            own = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
            # It ends by itself when our side of the socket is closed, which our own end does at the latest.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking", str(theirs.fileno())],
                cwd=ROOT,
                env=own | {"PYTHONWARNINGS": "default", "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
        return self._ours

    def close(self) -> None:
        if self._ours is not None and self._process is not None:
            self._ours.close()
            self._process.wait()


async def _read_by_stream(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb"))
    return reader


async def _end(news: asyncio.StreamReader) -> int:
    return int(await news.read())  # to the end of the stream, which closes it


# ---------------------------------------------------------------- what they are forked from


def main(descriptor: int) -> None:
    for module in LOADED:
        importlib.import_module(module)
    warm_up()  # what each program loads beside receiving, once for all of them
    stay_on_loopback()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who stands between us and a program is waited for by nobody
    with socket.socket(fileno=descriptor) as asked:
        while True:
            request, descriptors, _, _ = socket.recv_fds(asked, REQUEST, 3)
            if not request:
                return
            if os.fork() == 0:
                asked.close()
                _stand_by(json.loads(request), *descriptors)
                return
            for each in descriptors:
                os.close(each)


def _stand_by(wanted: Mapping[str, Any], out: int, err: int, tells: int) -> None:
    """Start the program, and tell its number and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        os.close(tells)
        _become(wanted, out, err)
    os.close(out)
    os.close(err)
    os.write(tells, f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):
        os.write(tells, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(wanted: Mapping[str, Any], out: int, err: int) -> NoReturn:
    """From here on this process is the program: its streams, folder, environment and arguments."""
    for descriptor, place in ((out, 1), (err, 2)):
        os.dup2(descriptor, place)
        os.close(descriptor)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    time.tzset()
    tempfile.tempdir = None
    sys.argv = [wanted["module"], *wanted["arguments"]]
    runpy.run_module(wanted["module"], run_name="__main__", alter_sys=True)
    raise SystemExit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
