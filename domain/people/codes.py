"""One-time codes: short enough to read out, long enough that nobody guesses one."""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U, which people misread
LENGTH = 12  # 60 bits
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """Always with a digit, so that no word can be one."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(character.isdigit() for character in code):
            return code


def read_code(typed: str) -> str:
    """What somebody typed or pasted, as codes are kept: case, width, blanks and dashes ignored, I, L and O put right."""
    folded = unicodedata.normalize("NFKC", typed[:200]).upper().translate(_MISREAD)
    return "".join(character for character in folded if character.isalnum())[:100]


def looks_like_code(typed: str) -> bool:
    """Is this one word, or several of four, nothing but a code?"""
    read = read_code(typed)
    if not any(character.isdigit() for character in typed[:200]):
        return False
    return len(typed.split()) <= LENGTH // 4 and len(read) == LENGTH and set(read) <= set(ALPHABET)
