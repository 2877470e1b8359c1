"""Files encrypted with ``GUANXI_KEY``, backups and attachments: AES-GCM in chunks, so that a large one needs little memory.

A file is MAGIC, the salt (16 bytes), a nonce's beginning (8), then chunks of their length (4 bytes, big endian) and
ciphertext. The key is scrypt's of the passphrase. A chunk's nonce ends in its number and the last one says that it is the
last, so that chunks can be neither reordered nor cut off.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"GUANXI-SEALED-1\n"
CHUNK = 1 << 20  # bytes of plain text
SALT, PREFIX = 16, 8


class WrongKey(Exception):
    """The key is not the one the file was sealed with, or the file is damaged: encryption cannot tell which."""


def is_sealed(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def seal(source: Path, to: Path, *, key: str) -> None:
    """Write ``source`` encrypted to the new file ``to``, which only its owner may read. Raises FileExistsError."""
    with source.open("rb") as reading, _create(to) as writing:
        _seal(reading, writing, key)


def sealed(content: bytes, *, key: str) -> bytes:
    """The same of bytes in memory."""
    written = io.BytesIO()
    _seal(io.BytesIO(content), written, key)
    return written.getvalue()


def unsealed(content: bytes, *, key: str) -> bytes:
    """The plain bytes of what ``sealed`` or ``seal`` made. Raises WrongKey."""
    written = io.BytesIO()
    _unseal(io.BytesIO(content), written, key)
    return written.getvalue()


def _seal(reading: BinaryIO, writing: BinaryIO, key: str) -> None:
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    cipher = _cipher(key, salt)
    writing.write(MAGIC + salt + prefix)
    for number, (chunk, is_last) in enumerate(_chunks(reading)):
        ciphertext = cipher.encrypt(_nonce(prefix, number), chunk, _place(is_last))
        writing.write(len(ciphertext).to_bytes(4, "big") + ciphertext)


def unseal(source: Path, to: Path, *, key: str) -> None:
    """Write the plain text of ``source`` to the new file ``to``. Raises WrongKey, and leaves nothing behind then."""
    try:
        with source.open("rb") as reading, _create(to) as writing:
            _unseal(reading, writing, key)
    except WrongKey:
        to.unlink(missing_ok=True)
        raise


def _unseal(reading: BinaryIO, writing: BinaryIO, key: str) -> None:
    from cryptography.exceptions import InvalidTag

    if reading.read(len(MAGIC)) != MAGIC:
        raise WrongKey
    salt, prefix = reading.read(SALT), reading.read(PREFIX)
    cipher = _cipher(key, salt)
    number, length = 0, reading.read(4)
    while length:
        ciphertext, following = reading.read(int.from_bytes(length, "big")), reading.read(4)
        try:
            writing.write(cipher.decrypt(_nonce(prefix, number), ciphertext, _place(is_last=not following)))
        except (InvalidTag, ValueError) as error:
            raise WrongKey from error
        number, length = number + 1, following
    if number == 0:
        raise WrongKey


def _chunks(reading: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    chunk = reading.read(CHUNK)
    while True:
        following = reading.read(CHUNK)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _cipher(key: str, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(key.encode()))


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _place(is_last: bool) -> bytes:
    return b"last" if is_last else b"more"


def _create(file: Path) -> BinaryIO:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
