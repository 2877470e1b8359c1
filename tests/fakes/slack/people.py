"""Who and what is in the workspace: people, channels and files."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.schema import Json

if TYPE_CHECKING:
    from tests.fakes.slack.messages import Message
    from tests.fakes.slack.world import World

PICTURE = "https://avatars.example.com/one.png"
SIZES = (24, 32, 48, 72, 192, 512)
OFFSETS = {"Asia/Shanghai": 28_800, "Europe/London": 0, "America/New_York": -18_000}


@dataclass(eq=False, kw_only=True)
class Person:
    """A member of the workspace, or of another that shares a channel (``team_id``)."""

    world: "World" = field(repr=False)
    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "Europe/London"
    locale: str = "en-US"
    email: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_deleted: bool = False
    is_stranger: bool = False
    enterprise: str = ""
    state: Json = field(default_factory=dict)

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def raw(self, *, has_locale: bool = False, has_email: bool = True) -> Json:
        """The platform's user object; strangers come without most of it."""
        first, _, last = self.real_name.partition(" ")
        profile: Json = {
            "title": "",
            "phone": "",
            "skype": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g0010e14ef43",
            "first_name": first,
            "last_name": last,
            "team": self.team_id,
            **{f"image_{size}": PICTURE for size in SIZES},
            **({"email": self.email} if has_email and self.email else {}),
        }
        common: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.is_deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if self.is_deleted:
            return common
        return (
            common
            | {
                "color": "9f69e7",
                "real_name": self.real_name,
                "tz": self.tz,
                "tz_label": self.tz.rpartition("/")[2],
                "tz_offset": OFFSETS.get(self.tz, 0),
                "is_admin": self.is_admin,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": self.is_restricted,
                "is_ultra_restricted": False,
                "is_email_confirmed": True,
                "who_can_share_contact_card": "EVERYONE",
            }
            | ({"is_stranger": True} if self.is_stranger else {})
            | ({"enterprise_user": {"id": self.id, "enterprise_id": self.enterprise}} if self.enterprise else {})
            | ({"locale": self.locale} if has_locale else {})
        )

    def brief(self) -> Json:
        """As interactions name who acted."""
        return {"id": self.id, "username": self.name, "name": self.name, "team_id": self.team_id}


@dataclass(eq=False, kw_only=True)
class Channel:
    """``kind`` is ``channel``, ``group`` (private), ``im`` or ``mpim``, as events name it."""

    world: "World" = field(repr=False)
    id: str
    kind: str
    name: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    has_bot: bool = True
    is_archived: bool = False
    is_shared: bool = False
    refuses: str = ""
    """An error that every post meets, as ``restricted_action``."""
    log: "dict[str, Message]" = field(default_factory=dict)

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    @property
    def shown_name(self) -> str:
        """As interactions and commands name it."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)

    @property
    def messages(self) -> "list[Message]":
        """The app's messages as they stand now, oldest first."""
        return [message for message in self.log.values() if message.is_by_bot and not message.is_deleted]

    @property
    def last(self) -> "Message":
        if not self.messages:
            raise AssertionError(f"the app said nothing in {self.id}")
        return self.messages[-1]

    def brief(self) -> Json:
        return {"id": self.id, "name": self.shown_name}

    def raw(self, *, has_count: bool = False, has_locale: bool = False) -> Json:
        common: Json = {"id": self.id, "created": self.created, "is_archived": self.is_archived}
        if self.is_im:
            other = next((one for one in self.members if one != self.world.bot.id), "")
            return common | {
                "is_im": True,
                "is_org_shared": False,
                "user": other,
                "is_user_deleted": self.world.people[other].is_deleted if other else False,
                "priority": 0,
            }
        return (
            common
            | {
                "name": self.name,
                "name_normalized": self.name,
                "is_channel": self.kind == "channel",
                "is_group": self.kind == "group",
                "is_im": False,
                "is_mpim": self.kind == "mpim",
                "is_private": self.kind != "channel",
                "is_general": False,
                "unlinked": 0,
                "is_shared": self.is_shared,
                "is_ext_shared": self.is_shared,
                "is_org_shared": False,
                "is_pending_ext_shared": False,
                "pending_shared": [],
                "shared_team_ids": [self.world.team_id],
                "pending_connected_team_ids": [],
                "creator": self.members[0] if self.members else self.world.bot.id,
                "is_member": self.has_bot,
                "topic": {"value": "", "creator": "", "last_set": 0},
                "purpose": {"value": "", "creator": "", "last_set": 0},
                "previous_names": [],
            }
            | ({"num_members": len(self.members)} if has_count else {})
            | ({"locale": "en-US"} if has_locale else {})
        )


@dataclass(eq=False, kw_only=True)
class File:
    """A file that the platform keeps. ``is_hidden``: from another workspace, events name it by its id only."""

    world: "World" = field(repr=False)
    id: str
    name: str
    content: bytes
    owner: str
    created: int
    title: str = ""
    mimetype: str = "application/octet-stream"
    is_deleted: bool = False
    is_hidden: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/files-pri/{self.world.team_id}-{self.id}/{self.name}"

    def raw(self) -> Json:
        if self.is_deleted:
            return {"id": self.id, "mode": "tombstone"}
        filetype = self.name.rpartition(".")[2].lower() if "." in self.name else "binary"
        url = f"{self.world.base}{self.path}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": filetype,
            "pretty_type": filetype.upper(),
            "user": self.owner,
            "user_team": self.world.team_id,
            "editable": False,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": url,
            "url_private_download": url.replace("/files-pri/", "/files-pri/", 1) + "?download=1",
            "media_display_type": "unknown",
            "permalink": f"https://{self.world.domain}.slack.com/files/{self.owner}/{self.id}/{self.name}",
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def in_event(self) -> Json:
        if self.is_hidden:
            return {"id": self.id, "created": self.created, "timestamp": self.created, "file_access": "check_file_info"}
        return self.raw()


def as_id(one: Any) -> str:
    """Of a person, channel or message's channel: tests may name either the thing or its id."""
    return one if isinstance(one, str) else str(one.id)
