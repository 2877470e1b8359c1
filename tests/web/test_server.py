import signal

import httpx
import pytest
from fastapi import FastAPI

from web.server import serving


async def test_the_app_is_served_on_a_free_port_within_the_block() -> None:
    app = FastAPI()
    app.add_api_route("/hello", lambda: "hello")

    async with serving(app, host="127.0.0.1", port=0) as port, httpx.AsyncClient() as http:
        assert (await http.get(f"http://127.0.0.1:{port}/hello")).json() == "hello"

    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"http://127.0.0.1:{port}/hello")


async def test_a_port_that_is_taken_is_said_at_once() -> None:
    async with serving(FastAPI(), host="127.0.0.1", port=0) as port:
        with pytest.raises(OSError, match="in use"):
            async with serving(FastAPI(), host="127.0.0.1", port=port):
                pass


async def test_the_signals_stay_with_the_program() -> None:
    before = signal.getsignal(signal.SIGTERM)

    async with serving(FastAPI(), host="127.0.0.1", port=0):
        assert signal.getsignal(signal.SIGTERM) is before
