"""How a lead looks: its card in every state, with what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.company.keeping import lost_reasons_of
from domain.company.model import Company
from domain.leads.model import Lead, LeadStatus
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.records.lines import attachment_buttons, detail_lines, latest_lines, name_of, next_lines, point_lines
from handlers.rendering.own_words import lost_reason, source_word
from handlers.rendering.secrets import Secret


async def lead_card(
    uow: UnitOfWork,
    lead: Lead,
    *,
    said: str = "lead-card",
    first: tuple[Button, ...] = (),
    last: tuple[Button, ...] = (),
    lines: tuple[Line, ...] = (),
    facts: dict[str, Any] | None = None,
    in_group: bool = False,
    is_new: bool = False,
) -> Reply:
    """The card, saying ``said`` above it; ``first`` and ``last`` are buttons around its own, ``lines`` follow its own.

    ``is_new``: nothing can have happened yet, so nothing is looked for.
    """
    owner = None if lead.owner_id is None else await uow.staff.get(lead.owner_id)
    person = lead.name if lead.company else None
    company = await uow.company.get()
    return Reply(
        said,
        {
            "lead": lead.id,
            "name": name_of(lead.title, in_group=in_group),
            "status": Phrase(f"lead-status-{lead.status.value}"),
            "owner": owner.name if owner else None,
            "reason": lost_reason(lost_reasons_of(company), lead.lost_reason),
            **(facts or {}),
        },
        lines=(
            *_full_name(lead, in_group=in_group),
            *detail_lines(person=name_of(person, in_group=in_group)),
            *point_lines(lead.points, owner=lead.owner_id),
            *(() if in_group else _internal_lines(lead, company)),
            *detail_lines(
                amount=Secret("amount", lead.amount, "amount", lead.owner_id) if lead.amount and not in_group else None
            ),
            *(next_lines(()) if is_new else await latest_lines(uow, lead_id=lead.id)),
            *lines,
        ),
        buttons=(
            *first,
            *_buttons(lead, in_group=in_group),
            *(() if is_new or in_group else await attachment_buttons(uow, "lead", lead.id)),
            *last,
        ),
        card=f"lead:{lead.id}",
    )


def _full_name(lead: Lead, *, in_group: bool) -> tuple[Line, ...]:
    """Cards are titled by the short name; only the record's own shows the whole one."""
    is_longer = bool(lead.company) and lead.company != lead.title and not in_group
    return detail_lines(full_name=lead.company if is_longer else None)


def _internal_lines(lead: Lead, company: Company) -> tuple[Line, ...]:
    """What the company thinks of it is for the company."""
    source = source_word(company, lead.source)
    return detail_lines(source=source, campaign=lead.campaign, grade=lead.grade, tags=lead.tags, note=lead.note)


def _buttons(lead: Lead, *, in_group: bool) -> tuple[Button, ...]:
    show = (Button("button-show-me", press=f"record.private:lead.{lead.id}"),) if in_group else ()
    history = Button("button-history", press=f"history.of:lead.{lead.id}")
    if lead.status is LeadStatus.CONVERTED:
        customer = Button("button-open-customer", press=f"record.show:customer.{lead.customer_id}")
        return (*show, customer, history)
    if lead.status is LeadStatus.LOST:
        return (*show, Button("button-reopen", press=f"lead.reopen:{lead.id}"), history)
    return (
        *show,
        Button("button-log", press=f"record.log:lead.{lead.id}"),
        *_next_statuses(lead),
        Button("button-convert", press=f"lead.convert:{lead.id}"),
        Button("button-lost", press=f"lead.lost:{lead.id}"),
        Button("button-edit", press=f"lead.edit:{lead.id}", opens_form=True),
        Button("button-assign", press=f"lead.assign:{lead.id}"),
        history,
    )


def _next_statuses(lead: Lead) -> tuple[Button, ...]:
    wanted = {
        LeadStatus.NEW: (LeadStatus.WORKING, LeadStatus.QUALIFIED),
        LeadStatus.WORKING: (LeadStatus.QUALIFIED,),
        LeadStatus.QUALIFIED: (),
    }
    return tuple(
        Button(f"button-{status.value}", press=f"lead.status:{lead.id}.{status.value}")
        for status in wanted.get(lead.status, ())
    )


def ask_reason(lead: Lead, offered: Sequence[str]) -> Reply:
    """Why was it lost? A button a reason, or words."""
    reasons = tuple(Button(f"lost-{reason}", press=f"lead.lose:{lead.id}.{reason}") for reason in offered)
    back = Button("button-back", press=f"lead.show:{lead.id}")
    return Reply(
        "lead-ask-reason",
        {"lead": lead.id, "name": Secret("name", lead.title)},
        buttons=(*reasons, back),
        card=f"lead:{lead.id}",
    )
