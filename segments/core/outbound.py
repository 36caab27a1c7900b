"""The only HTTP client of the server side: checked addresses, limits on bytes and time, no proxies, no cookies.

Used for films by address and for webhooks. The socket gets the very address that was checked, so a name that
changes its mind between check and connection changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from segments.core import addresses
from segments.core.addresses import Resolve, Target
from segments.core.errors import TooLarge, UrlFetchFailed, UrlUnreachable

BLOCK = 1 << 16
REDIRECTS = (301, 302, 303, 307, 308)
#: After this many seconds a download must have kept up `Limits.bytes_per_second` on average.
SLOW_START_SECONDS = 30.0
#: Answers that may be others in a moment.
PASSING = (429, 500, 502, 503, 504)
NOTHING: Mapping[str, str] = {}
USER_AGENT = "Cuepoint"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may cost; crossing a limit ends it."""

    bytes: int
    seconds: float  # everything together
    connect_seconds: float = 5.0
    idle_seconds: float = 15.0  # without a byte
    bytes_per_second: int = 0
    redirects: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole short answer; `body` is cut at the limit."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(slots=True)
class Download:
    """An answer with status 200 whose bytes are still to come."""

    url: str  # after redirects
    headers: Mapping[str, str]
    _response: BaseHTTPResponse
    _guard: _Guard

    @property
    def length(self) -> int | None:
        value = self.headers.get("content-length", "")
        return int(value) if value.isdecimal() and len(value) < 19 else None

    def blocks(self) -> Iterator[bytes]:
        """The body. Raises TooLarge, and UrlFetchFailed when it breaks off, stalls or is slower than allowed."""
        limits = self._guard.limits
        if self.length is not None and self.length > limits.bytes:
            raise TooLarge(_too_large(limits.bytes))
        started, received = time.monotonic(), 0
        while block := self._next():
            received += len(block)
            if received > limits.bytes:
                raise TooLarge(_too_large(limits.bytes))
            took = time.monotonic() - started
            if took > SLOW_START_SECONDS and received < took * limits.bytes_per_second:
                raise UrlFetchFailed(f"The address sends too slowly ({received / took / 1024:.0f} KiB per second).")
            yield block

    def _next(self) -> bytes:
        with _named(self._guard):
            return self._response.read1(BLOCK) or b""


@dataclass(slots=True)
class _Guard:
    """Ends a call that takes too long in all, whatever it is waiting for."""

    limits: Limits
    _lines: list[socket.socket] = field(default_factory=list)
    _timer: threading.Timer | None = None
    is_over: bool = False

    def __enter__(self) -> _Guard:
        self._timer = threading.Timer(self.limits.seconds, self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for line in self._lines:
            line.close()

    def watch(self, line: socket.socket) -> None:
        # a handle of its own: TLS takes the one of the connection away before its handshake
        self._lines.append(line.dup())

    def _end(self) -> None:
        self.is_over = True
        for line in self._lines:
            with suppress(OSError):  # closed already
                line.shutdown(socket.SHUT_RDWR)


class _PlainLine(HTTPConnection):
    guard: _Guard

    def _new_conn(self) -> socket.socket:
        line = super()._new_conn()
        self.guard.watch(line)
        return line


class _SecureLine(HTTPSConnection):
    guard: _Guard

    def _new_conn(self) -> socket.socket:
        line = super()._new_conn()
        self.guard.watch(line)
        return line


@dataclass(frozen=True, slots=True)
class Outbound:
    """Calls for users. `allowed`: `host:port` pairs that may be private; `resolve`: name → addresses."""

    allowed: frozenset[str] = frozenset()
    resolve: Resolve = addresses.resolve

    @contextmanager
    def get(self, url: str, *, limits: Limits) -> Iterator[Download]:
        """Follow up to `limits.redirects` redirects, each checked anew. Raises UrlBlocked, UrlFetchFailed."""
        with _Guard(limits) as guard:
            for _ in range(limits.redirects + 1):
                with self._sent("GET", url, guard) as response:
                    if response.status not in REDIRECTS:
                        yield _download(url, response, guard)
                        return
                    url = _onward(url, response.headers.get("Location", ""))
            raise UrlFetchFailed(f"The address was redirected more than {limits.redirects} times.")

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str], limits: Limits) -> Answer:
        """Send `body` unchanged; redirects are answers, not followed. Raises UrlBlocked, UrlFetchFailed."""
        with _Guard(limits) as guard, self._sent("POST", url, guard, body=body, headers=headers) as response:
            found = b""
            while len(found) < limits.bytes:
                with _named(guard):
                    block = response.read1(limits.bytes - len(found))
                if not block:
                    break
                found += block
            return Answer(response.status, _lower(response), found)

    @contextmanager
    def _sent(
        self, method: str, url: str, guard: _Guard, *, body: bytes | None = None, headers: Mapping[str, str] = NOTHING
    ) -> Iterator[BaseHTTPResponse]:
        target = addresses.vet(url, allowed=self.allowed, resolve=self.resolve)
        connection = _connection(target, guard)
        all_headers = {"Host": target.host_header, "User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
        try:
            with _named(guard):
                connection.connect()
                connection.timeout = guard.limits.idle_seconds
                connection.request(method, target.path, body, all_headers, preload_content=False, decode_content=False)
                response = connection.getresponse()
            with closing(response):
                yield response
        finally:
            connection.close()


def _download(url: str, response: BaseHTTPResponse, guard: _Guard) -> Download:
    if response.status in PASSING:
        raise UrlUnreachable(f"The address answered with status {response.status}.")
    if response.status != 200:
        raise UrlFetchFailed(f"The address answered with status {response.status} instead of a file.")
    return Download(url, _lower(response), response, guard)


def _connection(target: Target, guard: _Guard) -> _PlainLine | _SecureLine:
    """To the checked address; name and certificate are those of the host."""
    line: _PlainLine | _SecureLine
    if target.scheme == "http":
        line = _PlainLine(target.address, target.port, timeout=guard.limits.connect_seconds)
    else:
        line = _SecureLine(
            target.address,
            target.port,
            timeout=guard.limits.connect_seconds,
            cert_reqs="CERT_REQUIRED",
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    line.guard = guard
    return line


@contextmanager
def _named(guard: _Guard) -> Iterator[None]:
    """Faults of the wire as failures of ours. The details of a fault stay in the log of the caller."""
    try:
        yield
    except (ssl.SSLCertVerificationError, CertificateError) as error:
        raise UrlFetchFailed("The certificate of the address is not one for its name, or not to be trusted.") from error
    except (HTTPError, OSError, ValueError) as error:
        if guard.is_over:
            raise UrlFetchFailed(f"The address took longer than {guard.limits.seconds:g} seconds.") from error
        raise UrlUnreachable(f"The address could not be read ({type(error).__name__}).") from error
    if guard.is_over:  # a socket that was shut down looks like the end of the body
        raise UrlFetchFailed(f"The address took longer than {guard.limits.seconds:g} seconds.")


def _onward(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise UrlFetchFailed("The address was redirected to something that is no address.") from None


def _lower(response: BaseHTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _too_large(limit: int) -> str:
    return f"The file at this address is larger than the {limit / (1 << 20):.0f} MB that this server takes."
