"""A speaker in Shanghai and one in New York, each with a small book of customers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Context, Known, Names

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")

CHINESE = Names(
    [
        Known("customer", 1, "远航科技有限公司"),
        Known("customer", 2, "杭州云帆软件"),
        Known("customer", 3, "天成建材"),
        Known("customer", 4, "天诚装饰"),
        Known("customer", 5, "东方红酒店"),
        Known("lead", 9, "绿源食品"),
        Known("contact", 11, "李伟", parent=1, title="总经理"),
        Known("contact", 12, "陈晓东", parent=2, title="CTO"),
        Known("contact", 13, "李强", parent=3),
        Known("contact", 14, "司马南", parent=4, title="经理"),
        Known("contact", 15, "Jason Wu", parent=5),
    ]
)
ENGLISH = Names(
    [
        Known("customer", 1, "Bluestone Analytics Inc"),
        Known("customer", 2, "Pinecrest Foods"),
        Known("customer", 3, "Pinecrest Dental"),
        Known("customer", 4, "Orion Freight"),
        Known("customer", 5, "Delmar"),
        Known("contact", 11, "Rebecca Lane", parent=1, title="CFO"),
        Known("contact", 12, "Hannah Brooks", parent=2),
        Known("contact", 13, "Omar Farouk", parent=4),
        Known("contact", 14, "Grace Lim", parent=5),
        Known("contact", 15, "Hannah Weiss", parent=3),
    ]
)

Speaker = Callable[[str], Context]


@pytest.fixture
def chinese() -> Context:
    """Wednesday 18 November 2026, 10:30 in Shanghai."""
    return Context(
        now=datetime(2026, 11, 18, 10, 30, tzinfo=SHANGHAI),
        zone=SHANGHAI,
        working_hours=(time(9), time(18)),
        currency="CNY",
        date_order="YMD",
        country="CN",
        names=CHINESE,
    )


@pytest.fixture
def english() -> Context:
    """Wednesday 18 November 2026, 10:30 in New York."""
    return Context(
        now=datetime(2026, 11, 18, 10, 30, tzinfo=NEW_YORK),
        zone=NEW_YORK,
        working_hours=(time(9), time(18)),
        currency="USD",
        date_order="MDY",
        country="US",
        names=ENGLISH,
    )


@pytest.fixture
def empty(english: Context) -> Context:
    """An account without a single customer."""
    return replace(english, names=Names())
