"""Reports beside their bare SQL, charts beside bare matplotlib, chats while charts are drawn, memory after hundreds of them."""

from __future__ import annotations

import asyncio
import io
import statistics
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import psutil
from sqlalchemy import event, insert, select, text

from benchmarks.desk import Desk, bare_connection, open_desk, sqlite_in
from benchmarks.measure import Row, in_turn
from benchmarks.plan import Plan
from charts import drawing
from charts.model import Bars, Funnel, Series, Step
from charts.process import DrawingProcess
from domain.people.model import Staff
from domain.reports.model import Report
from domain.reports.periods import Period
from domain.reports.wanted import Wanted, asked_of
from handlers.reports.cards import read
from storage import tables
from tests.databases import running_postgres
from tests.storage.business import NOW, Business, make

BARS = Bars(
    title="Activity", stacked=True, labels=tuple(f"Person {number}" for number in range(12)),
    series=tuple(Series(name=name, values=tuple(range(1, 13))) for name in ("Calls", "Visits", "E-mails", "Demos")),
)  # fmt: skip
FUNNEL = Funnel(title="Funnel", steps=tuple(Step(label=f"Step {number}", value=100 / number) for number in range(1, 6)))
CHARTS, AT_ONCE, DAYS = 500, 20, 900


async def reports(plan: Plan) -> list[Row]:
    beside_sql = [await _beside_sql(plan, "SQLite", sqlite_in(plan.folder))]
    with running_postgres() as server:
        beside_sql.append(await _beside_sql(plan, "PostgreSQL", server.empty_database()))
    return [*beside_sql, await _beside_matplotlib(plan), *await _while_drawing(plan)]


async def _beside_sql(plan: Plan, database: str, url: str) -> Row:
    """The slowest report beside its own aggregates, run bare."""
    size = plan.pick(quick=2000, full=40_000)
    async with open_desk(url, reps=1) as desk:
        await _fill(desk, make(1, size, days=DAYS))
        asker = await _admin(desk)
        worst, said = 0.0, ""
        for report in Report:
            ratio = await _one(desk, asker, report, rounds=plan.pick(quick=2, full=5))
            worst, said = max((worst, said), (ratio, report.value))
    return Row(
        name=f"Each report over all of {size:,} leads and {2 * size:,} activities on {database}: the worst beside its bare SQL aggregate",
        measured=worst,
        limit=3.0,
        details=f"{said} is the worst of {len(Report)}",
    )


async def _one(desk: Desk, asker: Staff, report: Report, *, rounds: int) -> float:
    """Beside the very statements that count it, run by the driver alone with the same values."""
    wanted = Wanted(report=report, period=Period(NOW.date() - timedelta(days=DAYS), NOW.date()))

    async def ours() -> int:
        async with desk.house.database.read() as uow:
            await read(uow, asker, wanted, now=NOW)
        return 1

    statements = await _statements(desk, asker, wanted)
    plain = bare_connection(desk.house.settings.database_url)

    async def bare() -> int:
        for statement, values in statements:
            plain.execute(statement, values).fetchall()
        return 1

    try:
        return (await in_turn(ours, bare, rounds=rounds)).wall_ratio
    finally:
        plain.close()


async def _statements(desk: Desk, asker: Staff, wanted: Wanted) -> list[tuple[str, Any]]:
    """What the report asks of its sections, as the driver gets it."""
    heard: list[tuple[str, Any]] = []
    async with desk.house.database.read() as uow:
        connection = uow.session.bind.sync_connection  # type: ignore[attr-defined]

        def hear(_: Any, __: Any, statement: str, values: Any, *rest: Any) -> None:
            heard.append((statement, values))

        event.listen(connection, "before_cursor_execute", hear)
        asked = await asked_of(uow, asker, wanted, now=NOW)
        heard.clear()
        await uow.reports.read(asker, asked)
        event.remove(connection, "before_cursor_execute", hear)
    return heard


async def _fill(desk: Desk, business: Business) -> None:
    """The random company beside the desk's own rows, which have other ids."""
    async with desk.house.database.unit_of_work() as uow:
        for name in ("tickets", "activities", "followups", "opportunities", "leads", "contact_points", "customers"):
            await uow.session.execute(text(f"DELETE FROM {name}"))
        known = set(await uow.session.scalars(select(tables.staff.c.id)))
        people = [row for row in business.staff if row["id"] not in known]
        await uow.session.execute(insert(tables.staff), people)
        for name in ("customers", "contacts", "leads", "opportunities", "activities", "followups", "tickets", "surveys", "survey_answers"):  # fmt: skip
            rows = business.rows[name]
            if name == "surveys":
                await uow.session.execute(text("DELETE FROM surveys"))
            for first in range(0, len(rows), 5000):
                await uow.session.execute(insert(tables.metadata.tables[name]), rows[first : first + 5000])
        await uow.session.execute(text("ANALYZE"))
        await uow.commit()


async def _admin(desk: Desk) -> Staff:
    async with desk.house.database.read() as uow:
        return next(each for each in await uow.staff.list_active() if each.leads_others and each.team is None)


async def _beside_matplotlib(plan: Plan) -> Row:
    drawing.set_up()

    async def ours() -> int:
        for _ in range(5):
            drawing.draw(BARS)
        return 5

    async def bare() -> int:
        for _ in range(5):
            _bare_bars()
        return 5

    pairs = await in_turn(ours, bare, rounds=plan.rounds)
    return Row(name="A chart beside bare matplotlib drawing the same", measured=pairs.cpu_ratio, limit=1.3, details=pairs.said)  # fmt: skip


def _bare_bars() -> bytes:
    """Stacked bars with their values and a legend, as one writes them by hand."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.WIDTH, 6.1), dpi=drawing.DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    begins = [0.0] * len(BARS.labels)
    for series in BARS.series:
        values = [value or 0.0 for value in series.values]
        bars = axes.barh(range(len(values)), values, 0.72, left=begins, label=series.name)
        axes.bar_label(bars, label_type="center")
        begins = [begin + value for begin, value in zip(begins, values, strict=True)]
    for place, total in enumerate(begins):
        axes.annotate(f"{total:g}", (total, place), (5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(BARS.labels)), BARS.labels)
    axes.invert_yaxis()
    axes.set_title(BARS.title, loc="left")
    axes.grid(axis="x")
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.09), ncols=4, frameon=False)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    return drawn.getvalue()


async def _while_drawing(plan: Plan) -> list[Row]:
    drawer = DrawingProcess(patience=600, most_waiting=CHARTS)
    await drawer.draw(FUNNEL)
    async with open_desk(sqlite_in(plan.folder), reps=4) as desk:
        idle, busy = [], []
        for _ in range(plan.pick(quick=2, full=6)):
            idle += await _answers(desk, 30)
            being_drawn = [asyncio.ensure_future(drawer.draw(BARS)) for _ in range(AT_ONCE)]
            while not all(each.done() for each in being_drawn):
                busy += await _answers(desk, 5)
            await asyncio.gather(*being_drawn)
    some, many = plan.pick(quick=(10, 60), full=(50, CHARTS))
    first = await _after(drawer, some)
    last = await _after(drawer, many - some)
    await drawer.close()
    return [
        Row(
            name=f"A chat answer while {AT_ONCE} charts are drawn: median beside the idle one",
            measured=statistics.median(busy) / statistics.median(idle),
            limit=1.5,
            details=f"{statistics.median(busy) * 1000:.1f} ms beside {statistics.median(idle) * 1000:.1f} ms, {len(busy)} answers",
        ),
        Row(
            name=f"Memory of the drawing process after {many} charts: beside that after {some}",
            measured=last / first,
            limit=1.2,
            details=f"{last / 1e6:.0f} MB beside {first / 1e6:.0f} MB",
        ),
    ]


async def _answers(desk: Desk, count: int) -> Sequence[float]:
    took = []
    for number in range(count):
        rep = desk.reps[number % len(desk.reps)]
        began = time.perf_counter()
        await desk.handle(desk.says(rep, f"/find Acme {number}"))
        await desk.settle()
        took.append(time.perf_counter() - began)
    return took


async def _after(drawer: DrawingProcess, count: int) -> int:
    for number in range(count):
        await drawer.draw(BARS if number % 2 else FUNNEL)
    children = psutil.Process().children(recursive=True)
    return max(child.memory_info().rss for child in children)
