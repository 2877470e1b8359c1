"""What a review finds, in words, each with its rows and what can be done about it."""

from __future__ import annotations

from domain.company.keeping import sources_of
from domain.reports.model import Cell
from domain.reviews.findings import (
    LEAST_LEADS,
    LEAST_LOAD,
    LEAST_STUCK,
    Overload,
    find_overload,
    find_payment,
    find_stall,
)
from handlers.chat import Button, Line
from handlers.reports.lines import Numbers, mark


def review_lines(numbers: Numbers, draft_id: int) -> list[Line]:
    """Each with Show and what can be done; where the rows are too few it is said."""
    return [_stall(numbers, draft_id), _payment(numbers, draft_id), _load(numbers, draft_id)]


def _rows(draft_id: int, cell: Cell) -> Button:
    return Button("button-rows", press=f"review.rows:{draft_id}.{mark(cell)}.0")


def _stall(numbers: Numbers, draft_id: int) -> Line:
    stall = find_stall(numbers.of("stages"))
    if stall is None:
        return Line("review-no-stall", {"least": LEAST_STUCK})
    facts = {
        "stage": numbers.name("stages", stall.stage),
        "stuck": stall.stuck,
        "all": stall.all,
        "median": stall.median,
    }
    rows = _rows(draft_id, Cell(section="stages", group=stall.stage, measure="stuck"))
    plan = Button("button-review-plan", press=f"review.plan:{draft_id}.{stall.stage}")
    return Line("review-stall", facts, buttons=(rows, plan))


def _payment(numbers: Numbers, draft_id: int) -> Line:
    payment = find_payment(numbers.of("leads"))
    if payment is None:
        return Line("review-no-source", {"least": LEAST_LEADS})
    best, worst = payment.best, payment.worst
    facts = {
        "best": numbers.name("leads", best.group),
        "leads": best.counts["all"],
        "won": best.counts["won"],
        "worst": numbers.name("leads", worst.group) if worst is not None else None,
        "lost": worst.counts["all"] if worst is not None else 0,
    }
    shown = worst if worst is not None else best
    buttons = [_rows(draft_id, Cell(section="leads", group=shown.group, measure="all"))]
    if worst is not None and worst.group in sources_of(numbers.company).offered:
        buttons.append(Button("button-review-source", press=f"review.source:{worst.group}"))
    return Line("review-source", facts, buttons=tuple(buttons))


def _load(numbers: Numbers, draft_id: int) -> Line:
    overload = overload_of(numbers)
    if overload is None:
        return Line("review-no-load", {"least": LEAST_LOAD})
    names = {"name": numbers.people[overload.giver], "to": numbers.people[overload.taker]}
    late = next((line.counts["all"] for line in numbers.of("overdue") if line.group == overload.giver), 0)
    facts = {**names, "count": overload.count, "typical": round(overload.typical), "late": late or None}
    rows = _rows(draft_id, Cell(section="load", group=overload.giver, measure="all"))
    give = Button(
        "button-review-give",
        press=f"review.give:{draft_id}.{overload.giver}.{overload.taker}",
        facts={**names, "count": overload.give},
    )
    return Line("review-load", facts, buttons=(rows, give))


def overload_of(numbers: Numbers) -> Overload | None:
    load = {int(line.group): line.counts["all"] for line in numbers.of("load") if line.group is not None}
    return find_overload(load, numbers.takers)
