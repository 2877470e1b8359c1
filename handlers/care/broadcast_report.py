"""What became of a broadcast: delivered, failed and why, opted out, answers."""

from __future__ import annotations

from collections import Counter

from domain.broadcasts.model import Answer, Broadcast, BroadcastState
from domain.broadcasts.planning import about
from domain.notifications.model import NotificationState
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Phrase, Reply
from handlers.records.history_fields import phrase_or

MOST_NAMED = 20


async def report_card(uow: UnitOfWork, broadcast: Broadcast) -> Reply:
    """As it stands now; while something waits, with Pause and Stop."""
    ends = await uow.broadcasts.count_ends(about(broadcast.id))
    by_state = Counter[str]()
    unsaid = Counter[str]()
    for (state, reason), amount in ends.items():
        by_state[state] += amount
        if state in {NotificationState.SKIPPED, NotificationState.FAILED, NotificationState.WITHDRAWN}:
            unsaid[reason or "error"] += amount
    waiting = by_state[NotificationState.PENDING]
    lines = [
        Line("broadcast-delivered", {"sent": by_state[NotificationState.SENT], "waiting": waiting}),
        *(
            Line("broadcast-unsaid", {"count": amount, "why": phrase_or(f"reason-{reason}", "reason-error")})
            for reason, amount in unsaid.most_common()
        ),
    ]
    if broadcast.started_at is not None:
        stopped = await uow.broadcasts.count_stopped_since(about(broadcast.id), broadcast.started_at)
        if stopped:
            lines.append(Line("broadcast-opted-out-since", {"count": stopped}))
    if broadcast.is_invitation:
        lines += await _answers(uow, broadcast)
    is_over = broadcast.is_planned and not waiting and broadcast.state is BroadcastState.SENDING
    facts = {
        "number": broadcast.id,
        "state": Phrase("broadcast-state-over" if is_over else f"broadcast-state-{broadcast.state}"),
        "at": broadcast.started_at,
        "planned": broadcast.is_planned or broadcast.state is BroadcastState.STOPPED,
    }
    return Reply(
        "broadcast-report",
        facts,
        lines=tuple(lines),
        buttons=_buttons(broadcast, is_over=is_over),
        card=f"broadcast:{broadcast.id}",
        private=True,
    )


def _buttons(broadcast: Broadcast, *, is_over: bool) -> tuple[Button, ...]:
    number = broadcast.id
    refresh = Button("broadcast-refresh", press=f"broadcast.show:{number}")
    stop = Button("broadcast-stop", press=f"broadcast.stop:{number}")
    back = Button("button-back", press="broadcast.list:")
    if is_over or broadcast.state is BroadcastState.STOPPED:
        return (refresh, back)
    if broadcast.state is BroadcastState.PAUSED:
        return (Button("broadcast-resume", press=f"broadcast.resume:{number}", is_main=True), stop, refresh, back)
    return (Button("broadcast-pause", press=f"broadcast.pause:{number}"), stop, refresh, back)


async def _answers(uow: UnitOfWork, broadcast: Broadcast) -> list[Line]:
    counted = await uow.broadcasts.count_answers(broadcast.id)
    lines = []
    for answer in Answer:
        named = await uow.broadcasts.list_answered(broadcast.id, answer, limit=MOST_NAMED)
        names = [f"{each.name} ({each.company})" for each in named]
        facts = {"count": counted.get(answer, 0), "names": names or None, "more": counted.get(answer, 0) - len(names)}
        lines.append(Line(f"broadcast-answered-{answer}", facts))
    return lines
