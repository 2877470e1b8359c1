"""An app as its manifest describes it: whether the platform takes the manifest, and what the app may do and hears then.

https://docs.slack.dev/reference/app-manifest
"""

from typing import Any

from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.schema import Check, Found, Json, any_object, boolean, each, fields, one_of, string, wrong
from tests.fakes.slack.world import World

HTTPS = string(pattern=r"https://\S+", words="must be a valid HTTPS URL")
CALLED: dict[str, Check] = {"name": string(35, least=1)}
COMMAND: dict[str, Check] = {
    "command": string(32, least=2, pattern=r"/[^\s/A-Z]+", words="must start with a slash and have no spaces"),
    "description": string(2_000, least=1),
}
SHORTCUT: dict[str, Check] = {
    "name": string(24, least=1),
    "type": one_of("global", "message"),
    "callback_id": string(255, least=1),
    "description": string(150, least=1),
}
APP_HOME = fields(home_tab_enabled=boolean, messages_tab_enabled=boolean, messages_tab_read_only_enabled=boolean)
FEATURES = fields(
    app_home=APP_HOME,
    bot_user=fields({"display_name": string(80, least=1)}, always_online=boolean),
    shortcuts=each(fields(SHORTCUT), most=10),
    slash_commands=each(fields(COMMAND, usage_hint=string(1_000), should_escape=boolean, url=HTTPS), most=50),
    unfurl_domains=each(string(), most=5),
)
SETTINGS = fields(
    event_subscriptions=fields(request_url=HTTPS, bot_events=each(string(), most=100), user_events=each(string())),
    interactivity=fields({"is_enabled": boolean}, request_url=HTTPS, message_menu_options_url=HTTPS),
    org_deploy_enabled=boolean,
    socket_mode_enabled=boolean,
    token_rotation_enabled=boolean,
    is_hosted=boolean,
    allowed_ip_address_ranges=each(string(), most=10),
)
MANIFEST = fields(
    {
        "display_information": fields(
            CALLED,
            description=string(140),
            long_description=string(4_000, least=174),
            background_color=string(pattern=r"#(?:[0-9A-Fa-f]{3}){1,2}", words="must be a color"),
        )
    },
    _metadata=any_object,
    features=FEATURES,
    oauth_config=fields(scopes=fields(bot=each(string(), most=255), user=each(string())), redirect_urls=each(string())),
    settings=SETTINGS,
)
NEEDED: dict[str, set[str]] = {
    "app_mention": {"app_mentions:read"},
    "channel_archive": {"channels:read"},
    "file_shared": {"files:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
"""Any of these scopes lets an app hear of an event; all other events need none."""


def install(world: World, manifest: Json) -> None:
    """Let the app be as its manifest says. Raises Refusal for one that the platform would not take."""
    found: Found = []
    MANIFEST(manifest, "", found)
    if not found:
        _check_sense(manifest, found)
    if found:
        raise Refusal("invalid_manifest", *found)
    features = manifest.get("features", {})
    home = features.get("app_home", {})
    world.scopes = set(_scopes(manifest))
    world.subscriptions = set(_events(manifest))
    world.commands = {one["command"] for one in features.get("slash_commands", [])}
    world.shortcuts = {(one["type"], one["callback_id"]) for one in features.get("shortcuts", [])}
    world.home_is_on = home.get("home_tab_enabled", False)
    world.messages_tab_is_on = home.get("messages_tab_enabled", False)
    world.bot.real_name = manifest["display_information"]["name"]


def _check_sense(manifest: Json, found: Found) -> None:
    """What is right by itself but not together."""
    features, settings, scopes = manifest.get("features", {}), manifest.get("settings", {}), _scopes(manifest)
    for number, event in enumerate(_events(manifest)):
        if event in NEEDED and not NEEDED[event] & set(scopes):
            needed = " or ".join(sorted(NEEDED[event]))
            wrong(found, f"{event} needs the scope {needed}", f"/settings/event_subscriptions/bot_events/{number}")
    if (features.get("slash_commands") or features.get("shortcuts")) and "commands" not in scopes:
        wrong(found, "commands and shortcuts need the scope commands", "/oauth_config/scopes/bot")
    if scopes and "bot_user" not in features:
        wrong(found, "bot scopes need a bot user", "/features")
    if not settings.get("socket_mode_enabled"):
        _check_addresses(features, settings, found)


def _check_addresses(features: Json, settings: Json, found: Found) -> None:
    """Without Socket Mode everything needs an address."""
    places: list[tuple[Any, str, str]] = [
        (settings.get("event_subscriptions"), "request_url", "/settings/event_subscriptions"),
        (settings.get("interactivity"), "request_url", "/settings/interactivity"),
        *((one, "url", f"/features/slash_commands/{n}") for n, one in enumerate(features.get("slash_commands", []))),
    ]
    for place, name, path in places:
        if place and name not in place:
            wrong(found, f"missing required field: {name}", path)


def _scopes(manifest: Json) -> list[str]:
    scopes: list[str] = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return scopes


def _events(manifest: Json) -> list[str]:
    events: list[str] = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    return events
