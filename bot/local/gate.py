"""Who may knock: only pages that we served ourselves, under a name of ours.

A page of another site can point its own name at 127.0.0.1 (DNS rebinding), which the ``Host`` header shows, or open a
web socket to us from afar, which the ``Origin`` header shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.requests import HTTPConnection

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not listened on
DEFAULT_PORTS = {"http": 80, "https": 443}


class Gate:
    """``hosts`` are the names, besides localhost, under which the page is reached.

    0.0.0.0 or :: among them means any address in figures: nobody can point that elsewhere, as a name can be.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._hosts = OWN_NAMES | {host.strip("[]").lower() for host in hosts}
        self._takes_any_address = bool(self._hosts & EVERYWHERE)

    def check_host(self, request: HTTPConnection) -> None:
        """Raises 421 (misdirected) unless the request names one of our hosts."""
        if not self.is_own_host(request.headers.get("host", "")):
            raise HTTPException(421, "This name is not ours.")

    def check_origin(self, request: HTTPConnection) -> None:
        """Raises 403 unless the request comes from a page of the very host it is sent to."""
        self.check_host(request)
        if not self.is_own_origin(request.headers.get("origin", ""), request.headers.get("host", "")):
            raise HTTPException(403, "Only our own page may do this.")

    def is_own_host(self, host: str) -> bool:
        name, _ = _name_and_port("http://" + host)
        return name in self._hosts or (self._takes_any_address and _is_address(name))

    def is_own_origin(self, origin: str, host: str) -> bool:
        scheme = urlsplit(origin).scheme
        if scheme not in DEFAULT_PORTS or not self.is_own_host(host):
            return False
        return _name_and_port(origin) == _name_and_port(f"{scheme}://{host}")


def _is_address(name: str | None) -> bool:
    try:
        ip_address(name or "")
    except ValueError:
        return False
    return True


def _name_and_port(address: str) -> tuple[str | None, int | None]:
    try:
        parts = urlsplit(address)
        return parts.hostname, parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None, None
