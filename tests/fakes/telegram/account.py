"""The methods about the bot itself, its updates, its files and whom it meets."""

import re
from typing import Any

from tests.fakes.telegram.refusals import bad_request, forbidden
from tests.fakes.telegram.requests import Request, method
from tests.fakes.telegram.world import Chat, Json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_DESCRIPTION_LIMIT = 256
COMMANDS_LIMIT = 100
PROFILE = {
    "Name": "name",
    "Description": "description",
    "ShortDescription": "short_description",
}
RIGHTS = (
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getMe")
def get_me(request: Request) -> Json:
    return request.world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": not request.world.rules.group_privacy,
        "supports_inline_queries": False,
    }


@method("getUpdates")
async def get_updates(request: Request) -> list[Json]:
    values = request.values
    request.world.updates.ask_for(values.get("allowed_updates"))
    return await request.world.updates.poll(
        offset=values.get("offset", 0),
        limit=values.get("limit", 100),
        seconds=values.get("timeout", 0),
        has_webhook=bool(request.webhook.url),
    )


@method("setWebhook")
def set_webhook(request: Request) -> bool:
    request.webhook.set(request.values)
    return True


@method("deleteWebhook")
def delete_webhook(request: Request) -> bool:
    request.webhook.set({"drop_pending_updates": request.values.get("drop_pending_updates", False)})
    return True


@method("getWebhookInfo")
def get_webhook_info(request: Request) -> Json:
    return request.webhook.info()


@method("getFile")
def get_file(request: Request) -> Json:
    media = request.world.files.get(request.need("file_id"))
    if media is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(media.content) > request.world.rules.download_bytes:
        raise bad_request("file is too big")
    return {
        "file_id": media.file_id,
        "file_unique_id": f"u{media.file_id}",
        "file_size": len(media.content),
        "file_path": media.path,
    }


@method("setMyCommands")
def set_my_commands(request: Request) -> bool:
    commands: list[Json] = request.need("commands")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= COMMAND_DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    request.world.profile[_commands_key(request)] = commands
    return True


@method("getMyCommands")
def get_my_commands(request: Request) -> list[Json]:
    commands: list[Json] = request.world.profile.get(_commands_key(request), [])
    return commands


@method("deleteMyCommands")
def delete_my_commands(request: Request) -> bool:
    request.world.profile.pop(_commands_key(request), None)
    return True


@method(
    *(f"setMy{name}" for name in PROFILE), "setChatMenuButton", "setMyDefaultAdministratorRights", "logOut", "close"
)
def set_profile(request: Request) -> bool:
    request.world.profile[f"{request.method}:{request.values.get('language_code', '')}"] = request.values
    return True


@method(*(f"getMy{name}" for name in PROFILE))
def get_profile(request: Request) -> Json:
    name = PROFILE[request.method.removeprefix("getMy")]
    kept = request.world.profile.get(f"set{request.method[3:]}:{request.values.get('language_code', '')}", {})
    return {name: kept.get(name, "")}


@method("getChat")
def get_chat(request: Request) -> Json:
    return request.chat().raw() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


@method("getChatMember")
def get_chat_member(request: Request) -> Json:
    return _member(request, request.chat(), request.need("user_id"))


@method("getChatAdministrators")
def get_chat_administrators(request: Request) -> list[Json]:
    chat = request.chat()
    return [_member(request, chat, user_id) for user_id in chat.administrators]


@method("getChatMemberCount")
def get_chat_member_count(request: Request) -> int:
    return len(request.chat().members) + 1


@method("leaveChat")
def leave_chat(request: Request) -> bool:
    chat = request.chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.refuses = forbidden(f"bot is not a member of the {chat.kind} chat")
    return True


def _rights(chat: Chat) -> Json:
    always = {"can_manage_chat": True, "can_delete_messages": True}
    others = {name: name in chat.bot_rights for name in RIGHTS}
    return {"can_be_edited": False, "is_anonymous": False, **others, **always}


def _commands_key(request: Request) -> Any:
    scope: Json = request.values.get("scope") or {"type": "default"}
    return ("commands", tuple(sorted(scope.items())), request.values.get("language_code", ""))


def _member(request: Request, chat: Chat, user_id: int) -> Json:
    people = {request.world.bot["id"]: request.world.bot, **chat.members}
    known = people.get(user_id) or (request.world.chats[user_id].person if user_id in request.world.chats else None)
    if known is None:
        raise bad_request("user not found")
    if user_id not in people:
        return {"status": "left", "user": known}
    if user_id in chat.administrators and user_id == request.world.bot["id"]:
        return {"status": "administrator", "user": known, **_rights(chat)}
    if user_id in chat.administrators:
        return {"status": "creator", "user": known, "is_anonymous": False}
    return {"status": "member", "user": known}
