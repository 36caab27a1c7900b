"""Which network addresses our server may call for a user: public ones, and `host:port` pairs its operator listed."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from segments.core.errors import UrlBlocked, UrlFetchFailed

PORTS = {"http": 80, "https": 443}
MAX_URL = 2048
#: (host, port) → every address it stands for, as text.
Resolve = Callable[[str, int], list[str]]
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?")
# Python 3.11 calls most of these global
_REFUSED4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24")))
_GLOBAL6 = IPv6Network("2000::/3")
_REFUSED6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: `address` was checked and is what the socket gets; `host` is for Host, SNI and certificate."""

    scheme: str
    host: str
    port: int
    address: str
    path: str  # with the query

    @property
    def host_header(self) -> str:
        shown = _shown(self.host)
        return shown if self.port == PORTS[self.scheme] else f"{shown}:{self.port}"


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet. IPv6 forms that carry an IPv4 address count as what they carry;
    tunnels and translators (6to4, Teredo, NAT64) as not public, because their other end may be anywhere."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public4(address.ipv4_mapped)
        return address in _GLOBAL6 and address.is_global and not any(address in each for each in _REFUSED6)
    return _is_public4(address)


def _is_public4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not any(address in each for each in _REFUSED4)


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host by the system's resolver. Raises UrlFetchFailed when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UrlFetchFailed(f"There is no host {host!r}. Check the address.") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def vet(url: str, *, allowed: frozenset[str], resolve: Resolve = resolve) -> Target:
    """Resolve `url` once and give the address to connect to.

    `allowed` holds `host:port` pairs in lower case that may also be private or on another port. Raises UrlBlocked
    when any address of the host is not public, UrlFetchFailed when there is none.
    """
    parts, host = _parsed(url)
    port = parts.port if parts.port is not None else PORTS[parts.scheme]
    is_listed = f"{_shown(host)}:{port}" in allowed
    if port not in PORTS.values() and not is_listed:
        raise UrlBlocked(f"Port {port} is not allowed. Use an address on port 80 or 443.")
    addresses = resolve(host, port)
    if not addresses:
        raise UrlFetchFailed(f"There is no host {host!r}. Check the address.")
    if not is_listed and not all("%" not in each and is_public(each) for each in addresses):
        # which address it is stays unsaid: that would map the network of this server
        raise UrlBlocked(f"The host {host!r} is not on the public internet. Only public web addresses work.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def check_form(url: str) -> None:
    """Raise UrlBlocked for what can be seen without asking anybody. What a host stands for is checked when called."""
    _parsed(url)


def _parsed(url: str) -> tuple[SplitResult, str]:
    if len(url) > MAX_URL or not url.isascii() or re.search(r"[\x00-\x20\x7f\\<>\"{}|^`]", url):
        raise UrlBlocked(f"The address has characters that no web address has, or more than {MAX_URL}. Check it.")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        raise UrlBlocked("This is not a web address. It looks like https://example.org/film.mp4.") from None
    if parts.scheme not in PORTS:
        raise UrlBlocked("Only http:// and https:// addresses work.")
    if parts.username is not None or parts.password is not None:
        raise UrlBlocked("The address holds a user name or password. Leave them out.")
    if not _HOST.fullmatch(host) and not _is_ipv6(host):
        raise UrlBlocked("The address has no host that we can read. It looks like https://example.org/film.mp4.")
    return parts, host


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_ipv6(host: str) -> bool:
    try:
        return isinstance(ip_address(host), IPv6Address) and "%" not in host
    except ValueError:
        return False
