"""``conversations.*``, ``users.*`` and whatever else the app asks about the workspace."""

import math
from collections.abc import Callable

from tests.fakes.slack.events import membership
from tests.fakes.slack.messages import Message
from tests.fakes.slack.people import Person
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.requests import SPECIAL, Request, method
from tests.fakes.slack.schema import Json

SCOPE_OF_KIND = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("group", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}
SCOPE_TO_READ = dict(SCOPE_OF_KIND.values())
PAGED = "cursor limit"
PERIOD = "latest oldest inclusive include_all_metadata"


@method("api.test", tier=4, arguments="error foo")
def api_test(request: Request) -> Json:
    if request.text("error"):
        raise Refusal(request.text("error"))
    return {"args": request.values}


@method("auth.test", tier=SPECIAL)
def auth_test(request: Request) -> Json:
    world = request.world
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.team_name,
        "user": world.bot.name,
        "team_id": world.team_id,
        "user_id": world.bot.id,
        "bot_id": world.bot_id,
        "is_enterprise_install": bool(world.rules.enterprise),
        **({"enterprise_id": world.rules.enterprise} if world.rules.enterprise else {}),
    }


@method("auth.revoke", tier=3, arguments="test", reads=True)
def revoke(request: Request) -> Json:
    if not request.flag("test"):
        request.world.token_error = "token_revoked"
    return {"revoked": not request.flag("test")}


@method("team.info", tier=3, scope="team:read", arguments="team domain", reads=True)
def team_info(request: Request) -> Json:
    world = request.world
    if request.text("team") not in {"", world.team_id}:
        raise Refusal("team_not_found")
    icon = {f"image_{size}": "https://avatars.example.com/team.png" for size in (34, 44, 68, 88, 102, 132, 230)}
    team = {
        "id": world.team_id,
        "name": world.team_name,
        "url": f"https://{world.domain}.slack.com/",
        "domain": world.domain,
        "email_domain": "",
        "icon": icon | {"image_default": True},
        "is_verified": False,
    }
    return {"team": team}


@method("bots.info", tier=3, scope="users:read", arguments="bot team_id", reads=True)
def bots_info(request: Request) -> Json:
    if request.text("bot") not in {"", request.world.bot_id}:
        raise Refusal("bot_not_found")
    profile = request.world.bot_profile()
    del profile["team_id"]
    return {"bot": profile | {"user_id": request.world.bot.id}}


@method("users.info", tier=4, scope="users:read", arguments="user include_locale", reads=True)
def users_info(request: Request) -> Json:
    return {"user": _raw(request, _person(request, request.need("user")))}


@method("users.lookupByEmail", tier=3, scope="users:read.email", arguments="email team_id", reads=True)
def lookup_by_email(request: Request) -> Json:
    email = request.need("email")
    for person in request.world.people.values():
        if person.email == email and not person.is_deleted:
            return {"user": _raw(request, person)}
    raise Refusal("users_not_found")


@method("users.list", tier=2, scope="users:read", arguments=f"include_locale team_id {PAGED}", reads=True)
def users_list(request: Request) -> Json:
    members = [person for person in request.world.people.values() if person.team_id == request.world.team_id]
    shown, page = request.page(members)
    return {
        "members": [_raw(request, person) for person in shown],
        "cache_ts": int(request.world.now()),
        "response_metadata": page,
    }


@method("conversations.open", tier=3, arguments="channel users return_im prevent_creation")
def open_conversation(request: Request) -> Json:
    users = [one for one in request.text("users").split(",") if one]
    request.need_scope("mpim:write" if len(users) > 1 else "im:write")
    if request.text("channel"):
        channel = request.channel()
        if channel.kind not in {"im", "mpim"}:
            raise Refusal("method_not_supported_for_channel_type")
    elif not users:
        raise Refusal("users_list_not_supplied")
    else:
        people = [_person(request, one) for one in users]
        if any(person.is_deleted for person in people):
            raise Refusal("user_disabled")
        if len(people) == 1 and people[0].is_bot:
            raise Refusal("cannot_dm_bot")
        if len(people) == 1:
            channel = request.world.im(people[0])
        else:
            name = f"mpdm-{'--'.join(person.name for person in people)}-1"
            members = [request.world.bot.id, *(person.id for person in people)]
            channel = request.world.add_channel("mpim", name, members)
    return {"channel": channel.raw() if request.flag("return_im") else {"id": channel.id}}


@method("conversations.info", tier=3, arguments="channel include_locale include_num_members", reads=True)
def conversations_info(request: Request) -> Json:
    channel = request.channel()
    request.need_scope(SCOPE_TO_READ[channel.kind])
    has_count, has_locale = request.flag("include_num_members"), request.flag("include_locale")
    return {"channel": channel.raw(has_count=has_count, has_locale=has_locale)}


@method("conversations.join", tier=3, scope="channels:join", arguments="channel")
def join(request: Request) -> Json:
    channel = request.channel()
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    if not channel.has_bot:
        channel.has_bot = True
        channel.members.append(request.world.bot.id)
        membership(request.deliveries, "member_joined_channel", channel, user=request.world.bot.id, inviter="")
    return {"channel": channel.raw()}


@method("conversations.leave", tier=3, arguments="channel")
def leave(request: Request) -> Json:
    channel = request.channel()
    channel.has_bot = False
    channel.members = [one for one in channel.members if one != request.world.bot.id]
    return {}


@method("conversations.members", tier=4, arguments=f"channel {PAGED}", reads=True)
def members(request: Request) -> Json:
    channel = request.channel()
    request.need_scope(SCOPE_TO_READ[channel.kind])
    shown, page = request.page(channel.members)
    return {"members": shown, "response_metadata": page}


@method("conversations.list", tier=2, arguments=f"exclude_archived types team_id {PAGED}", reads=True)
def list_conversations(request: Request) -> Json:
    kinds = _kinds(request)
    channels = [
        channel
        for channel in request.world.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or channel.has_bot)
        and not (channel.is_archived and request.flag("exclude_archived"))
    ]
    shown, page = request.page(channels)
    return {"channels": [channel.raw(has_count=not channel.is_im) for channel in shown], "response_metadata": page}


@method("users.conversations", tier=2, arguments=f"user exclude_archived types team_id {PAGED}", reads=True)
def conversations_of_user(request: Request) -> Json:
    kinds, user = _kinds(request), request.text("user") or request.world.bot.id
    shown, page = request.page(
        [one for one in request.world.channels.values() if one.kind in kinds and one.has_bot and user in one.members]
    )
    channels = [channel.raw() for channel in shown]
    for channel in channels:
        channel.pop("is_member", None)
    return {"channels": channels, "response_metadata": page}


@method("conversations.history", tier=3, arguments=f"channel {PERIOD} {PAGED}", reads=True)
def history(request: Request) -> Json:
    channel, is_asked = request.readable_channel(), _is_within(request)
    newest_first = [
        message
        for message in reversed(list(channel.log.values()))
        if (message.thread_ts is None or message.is_broadcast) and is_asked(message)
    ]
    shown, page = request.page(newest_first)
    return {
        "messages": [message.raw() for message in shown],
        "has_more": bool(page["next_cursor"]),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    } | ({"response_metadata": page} if page["next_cursor"] else {})


@method("conversations.replies", tier=3, arguments=f"channel ts {PERIOD} {PAGED}", reads=True)
def replies(request: Request) -> Json:
    channel, is_asked = request.readable_channel(), _is_within(request)
    root = channel.log.get(request.need("ts"))
    if root is None:
        raise Refusal("thread_not_found")
    root = channel.log.get(root.thread_ts or root.ts, root)
    shown, page = request.page([root, *(one for one in root.replies if is_asked(one))])
    return {
        "messages": [message.raw() for message in shown],
        "has_more": bool(page["next_cursor"]),
    } | ({"response_metadata": page} if page["next_cursor"] else {})


def _kinds(request: Request) -> set[str]:
    names = (request.text("types") or "public_channel").split(",")
    if unknown := [name for name in names if name not in SCOPE_OF_KIND]:
        raise invalid_arguments(f"must be a valid enum value: {unknown[0]} [json-pointer:/types]")
    for name in names:
        request.need_scope(SCOPE_OF_KIND[name][1])
    return {SCOPE_OF_KIND[name][0] for name in names}


def _bound(request: Request, name: str, otherwise: float) -> float:
    try:
        return float(request.text(name) or otherwise)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _is_within(request: Request) -> Callable[[Message], bool]:
    """Whether a message is of the asked period; its ends belong to it if ``inclusive``. Raises Refusal."""
    oldest, latest = _bound(request, "oldest", 0), _bound(request, "latest", math.inf)
    if request.flag("inclusive"):
        return lambda message: oldest <= float(message.ts) <= latest
    return lambda message: oldest < float(message.ts) < latest


def _person(request: Request, user: str) -> Person:
    if user not in request.world.people:
        raise Refusal("user_not_found")
    return request.world.people[user]


def _raw(request: Request, person: Person) -> Json:
    has_email = "users:read.email" in request.world.scopes
    return person.raw(has_locale=request.flag("include_locale"), has_email=has_email)
