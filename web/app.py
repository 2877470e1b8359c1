"""The HTTP side of the running program: health, metrics, the page's files, and whatever routes are mounted on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from web.security import SecurityHeaders

STATIC = Path(__file__).parent / "static"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text format

Health = Callable[[], Awaitable[Mapping[str, Any]]]
Metrics = Callable[[], Awaitable[bytes]]


def build_app(
    *, health: Health, metrics: Metrics, routers: Sequence[APIRouter] = (), static: Path | None = None
) -> FastAPI:
    """Build the app. ``routers`` are the channels' webhooks and page; ``static`` is served under ``/static``.

    ``health`` gives JSON whose ``ok`` decides between 200 and 503; ``metrics`` gives Prometheus' text.
    """
    app = FastAPI(title="Guanxi", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders)
    app.include_router(_operations(health, metrics))
    for router in routers:
        app.include_router(router)
    if static is not None:
        app.mount("/static", StaticFiles(directory=static), name="static")
    return app


def _operations(health: Health, metrics: Metrics) -> APIRouter:
    router = APIRouter()

    @router.get("/health")
    async def show_health() -> JSONResponse:
        facts = await health()
        return JSONResponse(dict(facts), status_code=200 if facts.get("ok", True) else 503)

    @router.get("/metrics")
    async def show_metrics() -> Response:
        return Response(await metrics(), headers={"Content-Type": METRICS_TYPE})

    return router
