from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from web.app import STATIC, build_app


def client(*, is_well: bool = True) -> httpx.AsyncClient:
    async def health() -> Mapping[str, Any]:
        return {"ok": is_well, "outbox": {"depth": 3}}

    async def metrics() -> bytes:
        return b"guanxi_outbox_depth 3\n"

    hooks = APIRouter()

    @hooks.post("/hook")
    async def hook() -> str:
        return "heard"

    app = build_app(health=health, metrics=metrics, routers=[hooks], static=STATIC)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8080")


@pytest.mark.parametrize(("is_well", "status"), [(True, 200), (False, 503)])
async def test_health_shows_the_facts_and_says_by_the_status_whether_all_is_well(is_well: bool, status: int) -> None:
    async with client(is_well=is_well) as http:
        answer = await http.get("/health")

    assert answer.status_code == status
    assert answer.json() == {"ok": is_well, "outbox": {"depth": 3}}


async def test_metrics_are_prometheus_text() -> None:
    async with client() as http:
        answer = await http.get("/metrics")

    assert answer.text == "guanxi_outbox_depth 3\n"
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_routes_of_channels_are_mounted() -> None:
    async with client() as http:
        assert (await http.post("/hook")).json() == "heard"


@pytest.mark.parametrize("path", ["/health", "/static/chat.js", "/nothing-here"])
async def test_every_answer_carries_the_security_headers(path: str) -> None:
    async with client() as http:
        headers = (await http.get(path)).headers

    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-cache"


async def test_nothing_outside_the_static_folder_is_served() -> None:
    async with client() as http:
        assert (await http.get("/static/%2e%2e/app.py")).status_code == 404


async def test_there_is_no_public_description_of_the_routes() -> None:
    async with client() as http:
        assert {(await http.get(path)).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}
