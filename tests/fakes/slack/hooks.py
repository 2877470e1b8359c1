"""response_url: five messages within half an hour to where somebody acted, the change of an ephemeral one among them."""

from typing import Any

from tests.fakes.slack.blocks import check_message_blocks
from tests.fakes.slack.chatting import note_markup
from tests.fakes.slack.delivering import Deliveries
from tests.fakes.slack.events import message_changed, message_deleted, message_posted
from tests.fakes.slack.markup import stored
from tests.fakes.slack.messages import Message
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.schema import Json
from tests.fakes.slack.world import Hook, World


def use(world: World, deliveries: Deliveries, hook_id: str, body: Any) -> None:
    """What a POST to a response_url does. Raises Refusal."""
    hook, rules = world.hooks.get(hook_id), world.rules
    if hook is None:
        raise Refusal(rules.used_hook_error, status=rules.used_hook_status)
    if world.now() - hook.at > rules.hook_seconds:
        raise Refusal(rules.expired_hook_error, status=rules.used_hook_status)
    if hook.uses >= rules.hook_uses:
        raise Refusal(rules.used_hook_error, status=rules.used_hook_status)
    if not isinstance(body, dict):
        raise Refusal("invalid_payload", status=400)
    try:
        respond(world, deliveries, hook, body)
    except Refusal as refusal:
        refusal.status = rules.bad_hook_status
        raise
    hook.uses += 1


def respond(world: World, deliveries: Deliveries, hook: Hook, body: Json) -> Message | None:
    """The message that an answer to a command or interaction makes, or the one that it changes. Raises Refusal."""
    original = hook.message
    if body.get("delete_original"):
        if original is not None:
            _delete(world, deliveries, original)
        return None
    content = _content(world, body)
    if body.get("replace_original") and original is not None:
        return _replace(world, deliveries, original, content)
    is_shown_to_all = body.get("response_type") == "in_channel"
    message = world.post(
        hook.channel,
        user=world.bot.id,
        seen_by=None if is_shown_to_all else hook.user,
        thread_ts=body.get("thread_ts"),
        **content,
    )
    message_posted(deliveries, message)
    return message


def _content(world: World, body: Json) -> Json:
    text, blocks = stored(str(body.get("text") or "")), body.get("blocks")
    if not text and not blocks and not body.get("attachments"):
        raise Refusal("no_text")
    if blocks is not None:
        check_message_blocks(blocks, world.rules)
    note_markup(world, str(body.get("text") or ""), blocks)
    return {"text": text, "blocks": blocks or [], "attachments": body.get("attachments") or []}


def _replace(world: World, deliveries: Deliveries, original: Message, content: Json) -> Message:
    before = original.raw()
    original.text, original.attachments = content["text"], content["attachments"]
    original.show(content["blocks"])
    original.edits += 1
    if original.seen_by is None:
        message_changed(deliveries, original, before)
    world.changed.ring()
    return original


def _delete(world: World, deliveries: Deliveries, original: Message) -> None:
    before = original.raw()
    original.is_deleted = True
    if original.seen_by is not None:
        world.ephemerals = [one for one in world.ephemerals if one is not original]
    elif original.channel.log.pop(original.ts, None):
        message_deleted(deliveries, original, before)
    world.changed.ring()
