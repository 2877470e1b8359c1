"""The methods about the topics of a forum: only for administrators with the right to manage them.

The refusals' words are those of the server's source; ``TOPIC_CLOSED`` is reported.
"""

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.requests import Request, method
from tests.fakes.telegram.world import Chat, Json, Topic

NAME_LIMIT = 128
BLUE = 7322096


@method("createForumTopic")
def create_forum_topic(request: Request) -> Json:
    chat = _forum(request, "not enough rights to create a topic")
    name = request.need("name").strip()
    if not 1 <= len(name) <= NAME_LIMIT:
        raise bad_request("topic name is empty" if not name else "TOPIC_NAME_TOO_LONG")
    request.admit(chat)
    world = request.world
    made = {"name": name, "icon_color": request.values.get("icon_color", BLUE)}
    announced = world.post(chat, sender=world.bot, extra={"forum_topic_created": made})
    announced.thread_id = announced.id
    chat.topics[announced.id] = Topic(name=name)
    return {"message_thread_id": announced.id, **made}


@method("editForumTopic")
def edit_forum_topic(request: Request) -> bool:
    topic = _topic(request, "not enough rights to edit the topic")
    name = request.values.get("name") or topic.name
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    return True


@method("closeForumTopic")
def close_forum_topic(request: Request) -> bool:
    return _turn(request, is_closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(request: Request) -> bool:
    return _turn(request, is_closed=False)


@method("deleteForumTopic")
def delete_forum_topic(request: Request) -> bool:
    _topic(request, "not enough rights to delete the topic")
    request.chat().lose_topic(request.need("message_thread_id"))
    return True


def _turn(request: Request, *, is_closed: bool) -> bool:
    topic = _topic(request, "not enough rights to edit the topic")
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    return True


def _forum(request: Request, no_right: str) -> Chat:
    chat = request.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot_may("can_manage_topics"):
        raise bad_request(no_right)
    return chat


def _topic(request: Request, no_right: str) -> Topic:
    chat = _forum(request, no_right)
    topic = chat.topics.get(request.need("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic
