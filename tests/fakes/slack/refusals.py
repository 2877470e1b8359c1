"""How the platform says no: HTTP 200 with ``ok: false``, an error, and now and then what is wrong where."""

from typing import Any


class Refusal(Exception):
    """``messages`` say what is wrong, each ending in ``[json-pointer:…]`` where one place is to blame."""

    def __init__(self, error: str, *messages: str, status: int = 200, **more: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = list(messages)
        self.status = status
        self.retry_after: int | None = more.pop("retry_after", None)
        self.more = more

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages and self.error == "invalid_blocks":
            body["errors"] = self.messages
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {words}" for words in self.messages]}
        return body


def invalid_arguments(*messages: str) -> Refusal:
    return Refusal("invalid_arguments", *messages)


def missing_argument(name: str) -> Refusal:
    return invalid_arguments(f"missing required field: {name}")


def rate_limited(retry_after: int) -> Refusal:
    return Refusal("ratelimited", status=429, retry_after=retry_after)


def missing_scope(needed: str, provided: str) -> Refusal:
    return Refusal("missing_scope", needed=needed, provided=provided)
