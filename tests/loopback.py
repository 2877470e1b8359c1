"""No test speaks to anybody outside this machine: who tries is refused, and the test fails though the refusal be caught."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

AUDITED = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}  # where the event has the address
outside: list[str] = []


class Outside(OSError):
    """Somebody who is not on this machine was called or looked up."""


def stay_on_loopback() -> None:
    """From here on, in this process and in those forked from it."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    place = AUDITED.get(event)
    if place is not None and not _is_here(address := arguments[place]):
        outside.append(f"{event}: {address}")
        raise Outside(outside[-1])


def _is_here(address: Any) -> bool:
    """Hosts and addresses of the Internet; what is no pair is a socket in a folder."""
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode()
    if host is None or host == "localhost" or host == "" or "/" in host:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
