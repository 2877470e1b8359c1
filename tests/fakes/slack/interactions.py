"""What people do with the app's buttons, menus, forms and commands: what reaches it, and what its answer does."""

import copy
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack import hooks
from tests.fakes.slack.blocks import check_options, elements
from tests.fakes.slack.delivering import VERIFICATION, Deliveries, Delivery
from tests.fakes.slack.messages import VALUE_OF, Message, Surface
from tests.fakes.slack.people import Channel, Person
from tests.fakes.slack.refusals import Refusal, invalid_arguments
from tests.fakes.slack.schema import Found, Json
from tests.fakes.slack.views import STACK, View, check_view
from tests.fakes.slack.world import Hook, World

PATIENCE_SECONDS = 30.0  # the machine may be busy; nothing waits longer than it must
ACTIONS = {"errors", "update", "push", "clear"}


@dataclass(eq=False, kw_only=True)
class Interaction:
    """One thing that a person did. ``shown`` is the message that the app's answer made, if it made one.

    ``options`` is what the app offered for a search. ``refusal`` is set when the platform could not take the answer.
    """

    world: World
    delivery: Delivery
    trigger_id: str = ""
    hook: Hook | None = None
    hook_kind: str = "actions"
    shown: Message | None = None
    options: tuple[Json, ...] = ()
    refusal: Refusal | None = None

    @property
    def response_url(self) -> str:
        assert self.hook is not None, "this interaction has no response_url"
        return self.world.hook_url(self.hook, self.hook_kind)

    @property
    def answer(self) -> Any:
        return self.delivery.answer

    @property
    def is_taken(self) -> bool:
        return self.delivery.is_taken

    @property
    def failed(self) -> bool:
        """Whether the person saw that it did not work: no acknowledgement in time, or one that cannot be."""
        return self.delivery.is_lost or self.refusal is not None

    async def answered(self, *, timeout: float = PATIENCE_SECONDS) -> Any:
        """The app's answer as soon as it took the interaction. Raises AssertionError when it failed, or late."""
        try:
            await self.world.changed.until(lambda: self.delivery.is_over, timeout)
        except TimeoutError:
            raise AssertionError("the app did not answer") from None
        assert not self.failed, f"the interaction failed: {self.delivery.failures} {self.refusal}"
        return self.delivery.answer


class Interactions:
    """Builds and starts interactions."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries

    def act(self, surface: Surface, action: Json, block: Json, person: Person) -> Interaction:
        """``block_actions``: a press or a choice on a message, a modal or the home tab."""
        payload = self._start("block_actions", person)
        if isinstance(surface, Message):
            interaction = self._on_message(payload, surface, person)
        else:
            assert isinstance(surface, View)
            payload |= {"container": {"type": "view", "view_id": surface.id}, "view": surface.raw()}
            interaction = self._triggered(payload, person, surface)
        payload["actions"] = [action | {"block_id": block["block_id"], "action_ts": self._world.ts()}]
        interaction.delivery = self._deliveries.start("interactive", payload)
        return interaction

    def submit(self, view: View, person: Person) -> Interaction:
        """``view_submission``; the app's answer closes the view, or does what its ``response_action`` says."""
        payload = self._start("view_submission", person)
        interaction = self._triggered(payload, person, view)
        payload |= {"view": view.raw(), "response_urls": self._response_urls(view, person)}

        def take(answer: Any) -> None:
            try:
                self._after_submission(view, answer)
            except Refusal as refusal:
                interaction.refusal = refusal

        interaction.delivery = self._deliveries.start("interactive", payload, take)
        return interaction

    def close(self, view: View, person: Person, *, is_cleared: bool) -> Interaction | None:
        """``view_closed``, if the app asked for it."""
        if not view.form.get("notify_on_close"):
            return None
        payload = self._start("view_closed", person) | {"view": view.raw(), "is_cleared": is_cleared}
        delivery = self._deliveries.start("interactive", payload)
        return Interaction(world=self._world, delivery=delivery)

    def command(self, command: str, text: str, person: Person, channel: Channel) -> Interaction:
        """A slash command; an answer with text or blocks is shown to the person, or to all."""
        world = self._world
        hook, trigger = world.hook(person.id, channel), world.trigger(person.id)
        payload = {
            "token": VERIFICATION,
            "team_id": world.team_id,
            "team_domain": world.domain,
            "channel_id": channel.id,
            "channel_name": channel.shown_name,
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": world.app_id,
            "is_enterprise_install": "false",
            "response_url": world.hook_url(hook, "commands"),
            "trigger_id": trigger.id,
        }
        interaction = Interaction(
            world=world, delivery=_none_yet(), trigger_id=trigger.id, hook=hook, hook_kind="commands"
        )
        interaction.delivery = self._deliveries.start("slash_commands", payload, self._shows(interaction, hook))
        return interaction

    def shortcut(self, callback_id: str, person: Person, message: Message | None) -> Interaction:
        """A global shortcut, or one on a message (``message_action``)."""
        payload = self._start("message_action" if message else "shortcut", person)
        payload |= {"callback_id": callback_id, "action_ts": self._world.ts()}
        # Unlike all other interactions, these name neither the app nor the whole person.
        del payload["api_app_id"], payload["user"]["username" if message else "name"]
        interaction = self._triggered(payload, person, None)
        if message is not None:
            hook = interaction.hook = self._world.hook(person.id, message.channel)
            interaction.hook_kind = "app"
            payload |= {
                "message_ts": message.ts,
                "message": message.raw(),
                "channel": message.channel.brief(),
                "response_url": self._world.hook_url(hook, "app"),
            }
        interaction.delivery = self._deliveries.start("interactive", payload)
        return interaction

    def suggest(self, surface: Surface, block: Json, element: Json, query: str, person: Person) -> Interaction:
        """``block_suggestion``: somebody types into a menu whose options the app gives."""
        payload = self._start("block_suggestion", person)
        payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
        if isinstance(surface, Message):
            payload |= {"container": _container(surface), "channel": surface.channel.brief()}
        else:
            assert isinstance(surface, View)
            payload |= {"container": {"type": "view", "view_id": surface.id}, "view": surface.raw()}
        interaction = Interaction(world=self._world, delivery=_none_yet())

        def take(answer: Any) -> None:
            try:
                interaction.options = _offered(answer)
            except Refusal as refusal:
                interaction.refusal = refusal

        interaction.delivery = self._deliveries.start("interactive", payload, take)
        return interaction

    def _response_urls(self, view: View, person: Person) -> list[Json]:
        """A hook to each conversation that was chosen in a menu which asks for one."""
        urls: list[Json] = []
        for _, block, element in elements(view.blocks):
            chosen = view.held_by(block, element) if element.get("response_url_enabled") else {}
            channel = self._world.channels.get(chosen.get(VALUE_OF[element["type"]], "")) if chosen else None
            if channel is not None:
                url = self._world.hook_url(self._world.hook(person.id, channel), "app")
                place = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append({**place, "channel_id": channel.id, "response_url": url})
        return urls

    def _on_message(self, payload: Json, message: Message, person: Person) -> Interaction:
        interaction = self._triggered(payload, person, None)
        hook = interaction.hook = self._world.hook(person.id, message.channel, message)
        payload |= {
            "container": _container(message),
            "channel": message.channel.brief(),
            "state": message.state(),
            "response_url": self._world.hook_url(hook),
        }
        if message.seen_by is None:
            # The platform does not send the message itself when it was an ephemeral one.
            payload["message"] = message.raw()
        return interaction

    def _start(self, kind: str, person: Person) -> Json:
        world = self._world
        return {
            "type": kind,
            "user": person.brief(),
            "api_app_id": world.app_id,
            "token": VERIFICATION,
            "team": {"id": world.team_id, "domain": world.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _triggered(self, payload: Json, person: Person, view: View | None) -> Interaction:
        trigger = self._world.trigger(person.id, view)
        payload["trigger_id"] = trigger.id
        return Interaction(world=self._world, delivery=_none_yet(), trigger_id=trigger.id)

    def _shows(self, interaction: Interaction, hook: Hook) -> Any:
        def take(answer: Any) -> None:
            if not isinstance(answer, dict) or not answer.keys() & {"text", "blocks", "attachments"}:
                return
            try:
                interaction.shown = hooks.respond(self._world, self._deliveries, hook, answer)
            except Refusal as refusal:
                interaction.refusal = refusal

        return take

    def _after_submission(self, view: View, answer: Any) -> None:
        """Raises Refusal for an answer that the platform cannot follow; the person sees an error in the modal."""
        stack = self._world.stack_of(view.user)
        if not answer:
            _close_top(stack, view)
            return
        action = answer.get("response_action") if isinstance(answer, dict) else None
        if action not in ACTIONS:
            raise invalid_arguments("unknown response_action")
        if action == "clear":
            for one in stack:
                one.is_open = False
            stack.clear()
        elif action == "errors":
            view.errors = _errors(view, answer.get("errors"))
        elif action == "update":
            self._world.change_view(view, check_view(answer.get("view"), self._world.rules))
        else:
            if len(stack) >= STACK:
                raise Refusal("push_limit_reached")
            form = check_view(answer.get("view"), self._world.rules)
            stack.append(self._world.new_view(view.user, form, previous=view, root=stack[0]))


def action_of(element: Json, value: Any = None) -> Json:
    """What the app learns of an element that was used; ``value`` in the platform's form."""
    action = {"type": element["type"], "action_id": element["action_id"]}
    for name in ("text", "style", "placeholder", "url"):
        if name in element:
            action[name] = copy.deepcopy(element[name])
    if element["type"] == "button":
        return action | ({"value": element["value"]} if "value" in element else {})
    if element["type"] == "overflow":
        return action | {"selected_option": value}
    return action | {VALUE_OF[element["type"]]: value}


def _container(message: Message) -> Json:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel.id,
        "is_ephemeral": message.seen_by is not None,
    }
    return container | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def _errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not all(isinstance(one, str) and one for one in errors.values()):
        raise invalid_arguments("must provide errors by block_id")
    if unknown := errors.keys() - inputs:
        raise invalid_arguments(f"no input block is called {min(unknown)}")
    return errors


def _close_top(stack: list[View], view: View) -> None:
    """Close the submitted view; below it the one that it was pushed onto comes to light."""
    view.is_open = False
    if view in stack:
        stack.remove(view)


def _offered(answer: Any) -> tuple[Json, ...]:
    if not isinstance(answer, dict) or not answer.keys() & {"options", "option_groups"}:
        raise invalid_arguments("must provide options")
    options = answer.get("options") or [one for group in answer["option_groups"] for one in group["options"]]
    found: Found = []
    check_options(options, found)
    if found:
        raise invalid_arguments(*found)
    return tuple(options)


def _none_yet() -> Delivery:
    return Delivery(kind="", payload={})
