"""``/roles``: who may do and see what, printed from the tables that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.approvals.model import kinds_for
from domain.company.guarded import LOCKABLE, MASKABLE
from domain.company.keeping import locks_of, masks_of
from domain.people.model import Role
from domain.people.seeing import SEES, scope_of
from domain.tickets.model import WORKERS
from handlers.chat import Line, Phrase, Reply
from handlers.company.role_fields import field_name
from handlers.context import ChatContext
from handlers.router import LEADERS, ROUTES, command, is_for

# Said of a role in general: next to the one above it, and with a team or without. Of one person it is plain which.
_USUAL = {Role.AGENT: "roles-usual-agent", Role.MANAGER: "roles-usual-manager"}


def commands_of(role: Role) -> Sequence[str]:
    """The commands of this role that not every colleague has."""
    return sorted(
        name
        for name, each in ROUTES.commands.items()
        if each.who is not None and is_for(each, role) and not all(is_for(each, other) for other in Role)
    )


@command("roles", "权限", who=LEADERS)
async def roles(ctx: ChatContext, rest: str) -> Reply:
    """A few lines a role: what they see, which commands are theirs alone, what they decide, whom they look after."""
    lines: list[Line] = []
    masks, locks = masks_of(ctx.company), locks_of(ctx.company)
    for role in Role:
        facts = {
            "role": Phrase("role-choice", {"role": Phrase(f"role-{role}")}),
            "sees": Phrase(_USUAL.get(role, f"roles-sees-{SEES[role]}")),
            "tickets": role in WORKERS,
            "leads": role in LEADERS,
        }
        lines.append(Line("roles-role", facts))
        parts: dict[str, list[Any]] = {
            "commands": [f"/{name}" for name in commands_of(role)],
            "decides": [Phrase(f"roles-decides-{kind}") for kind in sorted(kinds_for(role))],
            "masked": [field_name("masks", each) for each in MASKABLE if each in masks.fields(role)],
            "locked": [field_name("locks", each) for each in LOCKABLE if each in locks.fields(role)],
        }
        lines += [Line(f"roles-{name}", {name: found}) for name, found in parts.items() if found]
    for person in await ctx.uow.staff.list_active():
        if person.sees is not None:
            scope = scope_of(person.role, person.team, person.sees)
            lines.append(Line("roles-person", {"name": person.name, "sees": Phrase(f"roles-sees-{scope}")}))
    return Reply("roles", lines=tuple(lines), private=True)
