"""What people do in the workspace, as tests say it. Each verb happens at once; what the app makes of it comes later."""

from typing import Any

from tests.fakes.slack import events
from tests.fakes.slack.blocks import elements
from tests.fakes.slack.choosing import chosen, is_empty
from tests.fakes.slack.delivering import Deliveries, Delivery
from tests.fakes.slack.interactions import Interaction, Interactions, action_of
from tests.fakes.slack.markup import typed
from tests.fakes.slack.messages import Message, Surface
from tests.fakes.slack.people import Channel, File, Person, as_id
from tests.fakes.slack.schema import Json
from tests.fakes.slack.views import View
from tests.fakes.slack.world import World


class Desk:
    """The verbs. People, channels and messages may be named by the thing or its id."""

    _world: World
    _deliveries: Deliveries
    _interactions: Interactions

    # Who and what is there.

    def person(self, name: str, **facts: Any) -> Person:
        """A member of the workspace: ``real_name``, ``tz``, ``locale``, ``email``, ``is_admin``, ``id`` and so on."""
        return self._world.add_person(name, **facts)

    def channel(
        self, name: str, *members: Person, has_bot: bool = True, kind: str = "channel", **facts: Any
    ) -> Channel:
        """A channel (``kind="group"``: a private one) with people, and the app in it unless told otherwise."""
        people = [member.id for member in members] + ([self._world.bot.id] if has_bot else [])
        return self._world.add_channel(kind, name, people, has_bot=has_bot, **facts)

    # Messages.

    def says(
        self, user: Any, text: str, *, channel: Any = None, thread_ts: Any = None, files: tuple[File, ...] = ()
    ) -> Message:
        """Write to the app, or in a channel, or (``thread_ts``: a Message or its ts) in a thread."""
        person = self._person(user)
        place = self._world.channel(person if channel is None else channel)
        assert place.is_im or person.id in place.members, f"{person.name} is not in {place.name}"
        ts = thread_ts.ts if isinstance(thread_ts, Message) else thread_ts
        message = self._world.post(
            place,
            user=person.id,
            text=typed(text),
            thread_ts=ts,
            files=list(files),
            subtype="file_share" if files else None,
        )
        events.message_posted(self._deliveries, message)
        return message

    def uploads(
        self, user: Any, content: bytes, *, name: str, text: str = "", channel: Any = None, **facts: Any
    ) -> Message:
        """Share a file; ``is_hidden=True``: one of another workspace, of which the event names only the id."""
        thread_ts = facts.pop("thread_ts", None)
        file = self._world.keep_file(name, content, as_id(user), **facts)
        return self.says(user, text, channel=channel, thread_ts=thread_ts, files=(file,))

    def edits(self, message: Message, text: str) -> Delivery | None:
        assert not message.is_by_bot, "people edit their own messages only"
        before = message.raw()
        message.text = typed(text)
        message.edited = {"user": message.user, "ts": f"{int(self._world.now())}.000000"}
        return events.message_changed(self._deliveries, message, before)

    def unfurls(self, message: Message, url: str = "https://example.com/") -> Delivery | None:
        """The platform shows what a link in the message leads to: a change without a change of text."""
        before = message.raw()
        message.attachments = [{"id": 1, "from_url": url, "fallback": "Example", "title": "Example"}]
        return events.message_changed(self._deliveries, message, before)

    def deletes(self, message: Message) -> Delivery | None:
        before = message.raw()
        message.is_deleted = True
        message.channel.log.pop(message.ts, None)
        return events.message_deleted(self._deliveries, message, before)

    def deletes_file(self, file: File) -> Delivery | None:
        """From now on messages show only that there was one."""
        file.is_deleted = True
        return events.plain(self._deliveries, "file_deleted", file_id=file.id)

    def other_app_says(self, text: str, *, channel: Any, is_classic: bool = False) -> Message:
        """Another app writes; a ``is_classic`` one without a user, as incoming webhooks do."""
        bot = {"bot_id": "B0OTHERBOT"} | ({"username": "other"} if is_classic else {})
        message = self._world.post(
            self._world.channel(channel),
            user="" if is_classic else "U0OTHERBOT",
            text=typed(text),
            subtype="bot_message" if is_classic else None,
            bot=bot,
        )
        events.message_posted(self._deliveries, message)
        return message

    def reacts(self, user: Any, message: Message, name: str) -> Delivery | None:
        person = self._person(user)
        people = message.reactions.setdefault(name, [])
        assert person.id not in people, f"{person.name} reacted so already"
        people.append(person.id)
        return events.reaction(self._deliveries, "reaction_added", user=person.id, message=message, name=name)

    def unreacts(self, user: Any, message: Message, name: str) -> Delivery | None:
        person = self._person(user)
        message.reactions[name].remove(person.id)
        if not message.reactions[name]:
            del message.reactions[name]
        return events.reaction(self._deliveries, "reaction_removed", user=person.id, message=message, name=name)

    # Buttons, menus, forms and commands.

    def presses(self, surface: Surface, label: str, *, user: Any = None) -> Interaction:
        """Press a visible button by its label or how it begins; AssertionError where there is none."""
        assert not (isinstance(surface, Message) and surface.is_deleted), "the message is gone"
        button = surface.button(label)
        return self._interactions.act(surface, action_of(button.element), button.block, self._actor(surface, user))

    def picks(self, surface: Surface, name: str, choice: Any, *, user: Any = None) -> Interaction | None:
        """Choose in the menu, picker or list of this action_id, block_id, label or placeholder.

        ``choice`` is an option's label or value, a person, a date, a list of such. None is given when the app does
        not hear of it before the form is submitted.
        """
        block, element = surface.element(name)
        value = chosen(element, choice)
        if element["type"] != "overflow":
            surface.enter(block, element, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return self._interactions.act(surface, action_of(element, value), block, self._actor(surface, user))

    def looks_up(self, surface: Surface, name: str, query: str, *, user: Any = None) -> Interaction:
        """Type into a menu whose options the app gives; ``options`` of the interaction are what it offered."""
        block, element = surface.element(name)
        return self._interactions.suggest(surface, block, element, query, self._actor(surface, user))

    def forges(self, surface: Surface, action_id: str, value: str, *, user: Any = None) -> Interaction:
        """Press a button that is not there: one long gone, or made up."""
        element = {
            "type": "button",
            "action_id": action_id,
            "value": value,
            "text": {"type": "plain_text", "text": "?"},
        }
        return self._interactions.act(surface, action_of(element), {"block_id": "gone"}, self._actor(surface, user))

    def submits(self, view: View, values: dict[str, Any] | None = None) -> Interaction:
        """Fill in a modal, by label, block_id or action_id, and submit it.

        Raises AssertionError for what Slack itself keeps a person from sending: an empty field that is not optional.
        """
        assert view.is_open, f"{view.title!r} is closed"
        assert "submit" in view.form, f"{view.title!r} has nothing to submit"
        for name, value in (values or {}).items():
            block, element = view.element(name)
            view.enter(block, element, chosen(element, value))
        for _, block, element in elements(view.blocks):
            if block["type"] == "input" and not block.get("optional"):
                assert not is_empty(view.held_by(block, element)), f"{block['label']['text']!r} must be filled in"
        view.errors = {}
        return self._interactions.submit(view, self._world.people[view.user])

    def closes(self, view: View, *, everything: bool = False) -> Interaction | None:
        """Close a modal, or the whole stack; None when the app did not ask to hear of it."""
        stack = self._world.stack_of(view.user)
        gone = list(stack) if everything or view.form.get("clear_on_close") else [view]
        for one in gone:
            one.is_open = False
        stack[:] = [one for one in stack if one not in gone]
        return self._interactions.close(view, self._world.people[view.user], is_cleared=len(gone) > 1 or everything)

    def command(self, command: str, text: str = "", *, user: Any, channel: Any = None) -> Interaction:
        """Type a slash command, in the conversation with the app or in any channel."""
        known = self._world.commands
        assert known is None or command in known, f"the app has no command {command}, it has {known}"
        person = self._person(user)
        place = self._world.channel(person if channel is None else channel)
        return self._interactions.command(command, text, person, place)

    def shortcut(self, callback_id: str, *, user: Any, message: Message | None = None) -> Interaction:
        """Choose a shortcut from the menu, or from that of a message."""
        kind, known = "message" if message else "global", self._world.shortcuts
        assert known is None or (kind, callback_id) in known, f"the app has no such shortcut, it has {known}"
        return self._interactions.shortcut(callback_id, self._person(user), message)

    def opens_home(self, user: Any) -> Delivery | None:
        return events.home_opened(self._deliveries, self._person(user), "home")

    def opens_messages(self, user: Any) -> Delivery | None:
        """Open the tab where the conversation with the app is."""
        return events.home_opened(self._deliveries, self._person(user), "messages")

    # The workspace.

    def invites_app(self, channel: Any, *, by: Any) -> Delivery | None:
        place = self._world.channel(channel)
        place.has_bot = True
        place.members.append(self._world.bot.id)
        return events.membership(
            self._deliveries, "member_joined_channel", place, user=self._world.bot.id, inviter=as_id(by)
        )

    def removes_app(self, channel: Any) -> None:
        """The app is told nothing more of the channel."""
        place = self._world.channel(channel)
        place.has_bot = False
        place.members.remove(self._world.bot.id)

    def joins(self, user: Any, channel: Any, *, inviter: Any = None) -> Delivery | None:
        place = self._world.channel(channel)
        place.members.append(as_id(user))
        by = as_id(inviter) if inviter else ""
        return events.membership(self._deliveries, "member_joined_channel", place, user=as_id(user), inviter=by)

    def leaves(self, user: Any, channel: Any) -> Delivery | None:
        place = self._world.channel(channel)
        place.members.remove(as_id(user))
        return events.membership(self._deliveries, "member_left_channel", place, user=as_id(user), inviter="")

    def archives(self, channel: Any, *, by: Any) -> Delivery | None:
        place = self._world.channel(channel)
        place.is_archived = True
        return events.plain(self._deliveries, "channel_archive", channel=place.id, user=as_id(by))

    def changes_id(self, channel: Channel) -> Delivery | None:
        """The channel gets another id, as when a private one is made public for an organisation; what was said in it stays."""
        old, new = channel.id, self._world.new_id("C")
        self._world.channels[new] = self._world.channels.pop(old)
        channel.id = new
        return events.plain(self._deliveries, "channel_id_changed", old_channel_id=old, new_channel_id=new)

    def joins_team(self, user: Person) -> Delivery | None:
        return events.plain(self._deliveries, "team_join", user=user.raw(has_locale=True))

    def changes_profile(self, user: Person, **facts: Any) -> Delivery | None:
        for name, value in facts.items():
            assert hasattr(user, name), f"a person has no {name}"
            setattr(user, name, value)
        return events.plain(
            self._deliveries, "user_change", user=user.raw(has_locale=True), cache_ts=int(self._world.now())
        )

    def deactivates(self, user: Person) -> Delivery | None:
        return self.changes_profile(user, is_deleted=True)

    def revokes_token(self, *, is_told: bool = True) -> Delivery | None:
        """Every call fails with ``token_revoked`` from now on."""
        self._world.token_error = "token_revoked"
        tokens: Json = {"oauth": [], "bot": [self._world.bot.id]}
        return events.plain(self._deliveries, "tokens_revoked", tokens=tokens) if is_told else None

    def uninstalls(self) -> Delivery | None:
        """Every call fails with ``account_inactive`` from now on."""
        self._world.token_error = "account_inactive"
        return events.plain(self._deliveries, "app_uninstalled")

    def _person(self, user: Any) -> Person:
        person = user if isinstance(user, Person) else self._world.people[user]
        assert not person.is_deleted, f"{person.name} has no account any more"
        return person

    def _actor(self, surface: Surface, user: Any) -> Person:
        """Who acts, if nobody is named: the only person who sees it."""
        if user is not None:
            return self._person(user)
        if isinstance(surface, View):
            return self._person(surface.user)
        assert isinstance(surface, Message)
        if surface.seen_by is not None:
            return self._person(surface.seen_by)
        assert surface.channel.is_im, "in a channel, name who acts"
        return self._person(next(one for one in surface.channel.members if one != self._world.bot.id))
