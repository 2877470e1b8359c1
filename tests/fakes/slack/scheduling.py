"""``chat.scheduleMessage`` and what belongs to it: messages that the platform sends later by itself."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.chatting import CONTENT, posting_place, read_content
from tests.fakes.slack.events import message_posted
from tests.fakes.slack.people import Channel
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.requests import Request, method
from tests.fakes.slack.schema import Json

LONGEST_SECONDS = 120 * 24 * 3600.0
WINDOW_SECONDS = 5 * 60
MOST_IN_WINDOW = 30


@dataclass(eq=False, kw_only=True)
class Scheduled:
    id: str
    channel: Channel
    at: int
    made_at: int
    content: dict[str, Any]
    task: "asyncio.Task[None] | None" = None

    def raw(self) -> Json:
        """The message as the list of scheduled ones has it."""
        return {
            "id": self.id,
            "channel_id": self.channel.id,
            "post_at": self.at,
            "date_created": self.made_at,
            "text": self.content["text"],
        }


@method(
    "chat.scheduleMessage", tier=3, scope="chat:write", arguments=f"channel post_at thread_ts reply_broadcast {CONTENT}"
)
def schedule_message(request: Request) -> Json:
    channel, content = posting_place(request, is_public_enough=False), read_content(request)
    asked, world = request.need("post_at"), request.world
    if not asked.isdigit():
        raise invalid_arguments("must be an integer [json-pointer:/post_at]")
    at, now = int(asked), world.now()
    if at <= now:
        raise Refusal("time_in_past")
    if at > now + LONGEST_SECONDS:
        raise Refusal("time_too_far")
    beside = [one for one in world.scheduled.values() if one.channel is channel and _window(one.at) == _window(at)]
    if len(beside) >= MOST_IN_WINDOW:
        raise Refusal("restricted_too_many")
    scheduled = Scheduled(id=world.new_id("Q"), channel=channel, at=at, made_at=int(now), content=content)
    scheduled.task = asyncio.create_task(_send(request, scheduled))
    world.scheduled[scheduled.id] = scheduled
    message = {"text": content["text"], "type": "delayed_message", "bot_id": world.bot_id, "team": world.team_id}
    return {"channel": channel.id, "scheduled_message_id": scheduled.id, "post_at": at, "message": message}


@method("chat.deleteScheduledMessage", tier=3, scope="chat:write", arguments="channel scheduled_message_id as_user")
def delete_scheduled(request: Request) -> Json:
    scheduled = request.world.scheduled.get(request.need("scheduled_message_id"))
    if scheduled is None or scheduled.channel is not request.channel():
        raise Refusal("invalid_scheduled_message_id")
    if scheduled.task is not None:
        scheduled.task.cancel()
    del request.world.scheduled[scheduled.id]
    return {}


@method("chat.scheduledMessages.list", tier=3, arguments="channel latest oldest cursor limit", reads=True)
def list_scheduled(request: Request) -> Json:
    shown, page = request.page(
        [one for one in request.world.scheduled.values() if request.text("channel") in {"", one.channel.id}]
    )
    return {"scheduled_messages": [one.raw() for one in shown], "response_metadata": page}


async def _send(request: Request, scheduled: Scheduled) -> None:
    world = request.world
    await world.clock.reaches(scheduled.at)
    del world.scheduled[scheduled.id]
    message_posted(request.deliveries, world.post(scheduled.channel, user=world.bot.id, **scheduled.content))


def _window(at: int) -> int:
    return at // WINDOW_SECONDS
