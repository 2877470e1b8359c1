"""Every chart of a lively company, in both languages, as docs/users/reports.md shows them."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from charts import drawing
from domain.people.model import Staff
from domain.reports.model import Report
from domain.reports.wanted import Wanted, usual_period
from handlers.rendering.texts import Reader, Texts
from handlers.reports.cards import read
from handlers.reports.charts import picture
from handlers.reports.tables import table
from storage.engine import open_database
from tests.databases import sqlite_url
from tests.pictures.drawing import IMAGES
from tests.storage.business import NOW, Business, make

LANGUAGES = ("en", "zh-CN")
SOURCES = ("fair", "fair", "website", "website", "website", "referral", "advert", "cold-call", None)


def _lively() -> Business:
    """Random rows, with amounts and sources as a company has them, and sales that take some weeks."""
    business, rolled = make(7, 240, days=90), random.Random(1)
    for deal in business.rows["opportunities"]:
        deal["amount_minor"], deal["amount_currency"] = rolled.randint(10**5, 5 * 10**7), rolled.choice(("GBP", "GBP", "CNY"))  # fmt: skip
        deal["lost_reason"] = rolled.choice(("price", "price", "timing", "competitor")) if deal["stage"] == "lost" else None  # fmt: skip
        deal["ended_in"] = rolled.choice(("qualified", "demo", "demo", "proposal")) if deal["stage"] == "lost" else None
        if deal["closed_at"] is not None:
            deal["ended_in"] = deal["ended_in"] or "negotiation"
            deal["closed_at"] = min(NOW, deal["created_at"] + timedelta(days=rolled.randint(4, 45)))
    for quota in business.rows["quotas"]:
        quota["amount_minor"], quota["amount_currency"] = rolled.choice((60, 80, 120)) * 10**6, "GBP"
    for lead in business.rows["leads"]:
        lead["source"] = rolled.choice(SOURCES)
    for answer in business.rows["survey_answers"]:
        if answer["score"] is not None and answer["survey_id"] == 1:
            answer["score"] = rolled.choice((2, 3, 4, 4, 5, 5, 5))
    return business


async def take(folder: Path) -> None:
    """Draw each report's chart into the images of the documentation."""
    drawing.set_up()
    texts = Texts("Guanxi")
    database = open_database(sqlite_url(folder))
    async with database.unit_of_work() as uow:
        await _lively().keep(uow)
        texts.follow(await uow.company.get())
        everybody: Staff = await uow.staff.get(4)
        for report in Report:
            wanted = Wanted(report=report, period=usual_period(report, NOW.date()))
            found = await read(uow, everybody, wanted, now=NOW)
            drawn = picture(found.numbers, people=None, table=table(found.numbers))
            assert drawn is not None, report
            for language in LANGUAGES:
                chart = texts.chart(drawn, Reader(language, "Europe/London"), now=NOW)
                (IMAGES / f"report-{report.value}-{language[:2]}.png").write_bytes(drawing.draw(chart))
    await database.dispose()
