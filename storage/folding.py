"""How names are compared: case, width and surrounding space ignored."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """The comparison form of a person's name, as it is stored beside it."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
