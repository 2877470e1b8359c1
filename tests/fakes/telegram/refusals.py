"""How the platform says no: a status, words, and now and then parameters."""

from typing import Any


class Refusal(Exception):
    """An answer ``ok: false``. ``description`` is the whole text, ``parameters`` are the Bot API's ResponseParameters."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str, **parameters: Any) -> Refusal:
    return Refusal(400, f"Bad Request: {words}", **parameters)


def unparsable(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


def forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    return Refusal(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def terminated_by_other_poller() -> Refusal:
    return conflict("terminated by other getUpdates request; make sure that only one bot instance is running")


def webhook_is_active() -> Refusal:
    return conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )


def not_modified() -> Refusal:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )


def query_too_old() -> Refusal:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
