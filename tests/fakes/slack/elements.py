"""What stands inside blocks: texts, options, buttons, menus and inputs, each with its limits."""

from tests.fakes.slack.rules import Rules
from tests.fakes.slack.schema import (
    Check,
    any_object,
    any_schema,
    boolean,
    each,
    fields,
    integer,
    one_of,
    string,
    typed,
)

ID = string(255, least=1)
URL = string(3_000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+", words="Invalid URL")
DATE = string(pattern=r"\d{4}-\d{2}-\d{2}", words="must be a valid date in the format YYYY-MM-DD")
TIME = string(pattern=r"([01]\d|2[0-3]):[0-5]\d", words="must be a valid time in the format HH:mm")
OPTIONS = 100
CHOICES = 10
OVERFLOW = 5


def plain(most: int) -> Check:
    return typed({"plain_text": fields({"text": string(most, least=1)}, emoji=boolean)})


def text(most: int) -> Check:
    """Plain text or mrkdwn."""
    kinds = {
        "plain_text": fields({"text": string(most, least=1)}, emoji=boolean),
        "mrkdwn": fields({"text": string(most, least=1)}, verbatim=boolean),
    }
    return any_schema(typed(kinds))


CONFIRM = fields(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    style=one_of("primary", "danger"),
)
STYLE = one_of("primary", "danger")
PLACEHOLDER = plain(150)
DISPATCH = fields(
    trigger_actions_on=each(one_of("on_enter_pressed", "on_character_entered"), least=1, most=2),
)
PLAIN_OPTION = fields({"text": plain(75), "value": string(150, least=1)}, description=plain(75))
RICH_OPTION = fields({"text": text(75), "value": string(150, least=1)}, description=text(75))
LINKED_OPTION = fields({"text": plain(75), "value": string(150, least=1)}, description=plain(75), url=URL)
GROUP = fields({"label": plain(75), "options": each(PLAIN_OPTION, most=OPTIONS)})
SLACK_FILE = fields(id=string(), url=string())
WORKFLOW = fields({"trigger": any_object})
CONVERSATION_FILTER = fields(
    include=each(one_of("im", "mpim", "private", "public")),
    exclude_external_shared_channels=boolean,
    exclude_bot_users=boolean,
)
RICH_TEXT = fields({"elements": each(any_object, least=0)}, block_id=ID)
PLACED: dict[str, Check] = {"action_id": ID, "placeholder": PLACEHOLDER, "focus_on_load": boolean}
CONFIRMED: dict[str, Check] = {**PLACED, "confirm": CONFIRM}
TYPED: dict[str, Check] = {**PLACED, "dispatch_action_config": DISPATCH}
SEVERAL: dict[str, Check] = {**CONFIRMED, "max_selected_items": integer(1)}
LISTED: dict[str, Check] = {
    "options": each(PLAIN_OPTION, most=OPTIONS),
    "option_groups": each(GROUP, most=OPTIONS),
}


def _chosen(check: Check) -> Check:
    """A list to choose from needs its options, or groups of them, and not both."""

    def checked(value: object, path: str, found: list[str]) -> None:
        check(value, path, found)
        if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
            found.append(f"must define either `options` or `option_groups` [json-pointer:{path}]")

    return checked


BUTTON = fields(
    {"text": plain(75)},
    action_id=ID,
    url=URL,
    value=string(2_000),
    style=STYLE,
    confirm=CONFIRM,
    accessibility_label=string(75),
)
IMAGE = fields({"alt_text": string(2_000, least=1)}, image_url=URL, slack_file=SLACK_FILE)
SELECTS: dict[str, Check] = {
    "static_select": _chosen(fields(**CONFIRMED, **LISTED, initial_option=PLAIN_OPTION)),
    "external_select": fields(**CONFIRMED, min_query_length=integer(0), initial_option=PLAIN_OPTION),
    "users_select": fields(**CONFIRMED, initial_user=string()),
    "conversations_select": fields(
        **CONFIRMED,
        initial_conversation=string(),
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=CONVERSATION_FILTER,
    ),
    "channels_select": fields(**CONFIRMED, initial_channel=string(), response_url_enabled=boolean),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": _chosen(
        fields(**SEVERAL, **LISTED, initial_options=each(PLAIN_OPTION, most=OPTIONS)),
    ),
    "multi_external_select": fields(
        **SEVERAL, min_query_length=integer(0), initial_options=each(PLAIN_OPTION, most=OPTIONS)
    ),
    "multi_users_select": fields(**SEVERAL, initial_users=each(string())),
    "multi_conversations_select": fields(
        **SEVERAL,
        initial_conversations=each(string()),
        default_to_current_conversation=boolean,
        filter=CONVERSATION_FILTER,
    ),
    "multi_channels_select": fields(**SEVERAL, initial_channels=each(string())),
}
WITHOUT_PLACEHOLDER = {name: check for name, check in CONFIRMED.items() if name != "placeholder"}
CHOICE_LISTS: dict[str, Check] = {
    "checkboxes": fields(
        {"options": each(RICH_OPTION, most=CHOICES)},
        **WITHOUT_PLACEHOLDER,
        initial_options=each(RICH_OPTION, most=CHOICES),
    ),
    "radio_buttons": fields(
        {"options": each(RICH_OPTION, most=CHOICES)}, **WITHOUT_PLACEHOLDER, initial_option=RICH_OPTION
    ),
}
PICKERS: dict[str, Check] = {
    "datepicker": fields(**CONFIRMED, initial_date=DATE),
    "timepicker": fields(**CONFIRMED, initial_time=TIME, timezone=string(least=1)),
}
MOMENT: dict[str, Check] = {
    "datetimepicker": fields(**WITHOUT_PLACEHOLDER, initial_date_time=integer(1_000_000_000, 9_999_999_999)),
}
MENU: dict[str, Check] = {
    "overflow": fields({"options": each(LINKED_OPTION, most=OVERFLOW)}, action_id=ID, confirm=CONFIRM),
}
BUTTONS: dict[str, Check] = {
    "button": BUTTON,
    "workflow_button": fields(
        {"text": plain(75), "workflow": WORKFLOW}, action_id=ID, style=STYLE, accessibility_label=string(75)
    ),
}
INPUTS: dict[str, Check] = {
    "plain_text_input": fields(
        **TYPED,
        initial_value=string(3_000),
        multiline=boolean,
        min_length=integer(0, 3_000),
        max_length=integer(1, 3_000),
    ),
    "email_text_input": fields(**TYPED, initial_value=string()),
    "url_text_input": fields(**TYPED, initial_value=string()),
    "number_input": fields(
        {"is_decimal_allowed": boolean}, **TYPED, initial_value=string(), min_value=string(), max_value=string()
    ),
    "rich_text_input": fields(**TYPED, initial_value=typed({"rich_text": RICH_TEXT})),
    "file_input": fields(action_id=ID, filetypes=each(string()), max_files=integer(1, 10)),
}
FEEDBACK_BUTTON = fields({"text": plain(75), "value": string(2_000)}, accessibility_label=string(75))
CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": fields({"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}, action_id=ID),
    "icon_button": fields(
        {"icon": one_of("trash"), "text": plain(75)},
        action_id=ID,
        value=string(2_000),
        confirm=CONFIRM,
        accessibility_label=string(75),
        visible_to_user_ids=each(string()),
    ),
}
IN_SECTION = any_schema(
    typed({**BUTTONS, "image": IMAGE, **SELECTS, **MULTI_SELECTS, **CHOICE_LISTS, **PICKERS, **MENU})
)
IN_INPUT = any_schema(typed({**INPUTS, **SELECTS, **MULTI_SELECTS, **CHOICE_LISTS, **PICKERS, **MOMENT}))
IN_CONTEXT = any_schema(
    typed(
        {
            "image": IMAGE,
            "mrkdwn": fields({"text": string(3_000, least=1)}, verbatim=boolean),
            "plain_text": fields({"text": string(3_000, least=1)}, emoji=boolean),
        }
    )
)
IN_CONTEXT_ACTIONS = any_schema(typed(CONTEXT_ACTIONS))


def in_actions(rules: Rules) -> Check:
    several = MULTI_SELECTS if rules.multi_selects_in_actions else {}
    return any_schema(typed({**BUTTONS, **SELECTS, **several, **CHOICE_LISTS, **PICKERS, **MOMENT, **MENU}))
