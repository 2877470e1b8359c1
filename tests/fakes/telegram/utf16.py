"""The unit in which the platform counts entities."""

from typing import Any


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, entity: dict[str, Any]) -> str:
    """The words that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def link_entity(url: str, *, offset: int, length: int) -> dict[str, Any] | None:
    """The entity of a link; None where the platform keeps the words and forgets an address it does not accept."""
    if url.startswith("tg://user?id=") and url[13:].isdigit():
        person = {"id": int(url[13:]), "is_bot": False, "first_name": "?"}
        return {"type": "text_mention", "offset": offset, "length": length, "user": person}
    address = url if "://" in url else f"http://{url}"
    scheme, _, rest = address.partition("://")
    host = rest.split("/")[0]
    if scheme.lower() not in {"http", "https", "tg", "ton"} or not host or any(letter.isspace() for letter in address):
        return None
    if scheme.lower() in {"http", "https"} and "." not in host:
        return None
    return {"type": "text_link", "offset": offset, "length": length, "url": address if "/" in rest else f"{address}/"}
