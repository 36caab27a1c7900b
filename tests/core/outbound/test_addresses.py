"""Reliability row 25: no connection is ever made to an address that is not public."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from segments.core import addresses
from segments.core.errors import UrlBlocked, UrlFetchFailed
from segments.core.outbound import Limits, Outbound
from tests.sites import Reply, Site

LIMITS = Limits(bytes=1 << 20, seconds=5, redirects=3)

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.170
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1
fd12:3456::1 fe80::1 fec0::1 ff02::1 4000::1
""".split()  # noqa: SIM905 - a table reads better
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_25_private_addresses_are_known(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_25_public_addresses_are_known(address: str) -> None:
    assert addresses.is_public(address)


#: Texts that name this computer or nothing at all. `{}` is the port of a server that must not be reached.
TEXTS = """
http://127.0.0.1:{}/  http://localhost:{}/  http://LOCALHOST:{}/  http://127.1:{}/  http://2130706433:{}/
http://0x7f000001:{}/  http://0177.0.0.1:{}/  http://0:{}/  http://0.0.0.0:{}/  http://[::1]:{}/  http://[::]:{}/
http://[::ffff:127.0.0.1]:{}/  http://[::ffff:7f00:1]:{}/  http://[0:0:0:0:0:0:0:1]:{}/  http://[64:ff9b::7f00:1]:{}/
http://127.0.0.1.:{}/  http://user:word@127.0.0.1:{}/  http://example.org@127.0.0.1:{}/  http://127.0.0.1:{}#@example.org/
http://example.org\\@127.0.0.1:{}/  http://①②⑦.⓪.⓪.①:{}/  http://127。0。0。1:{}/  http://127.0.0.1%00:{}/
http://[fe80::1%25lo]:{}/  //127.0.0.1:{}/  ftp://127.0.0.1:{}/  file:///etc/passwd?{}  gopher://127.0.0.1:{}/
dict://127.0.0.1:{}/  javascript:alert({})  http:///{}  http://:{}/  http://127.0.0.1:{}x/  http://%31%32%37.0.0.1:{}/
""".split()  # noqa: SIM905


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_25_no_text_reaches_this_computer(site: Site, monkeypatch: Any, text: str, method: str) -> None:
    """The port counts as the usual one, so that only the rules about addresses stand in between."""
    monkeypatch.setattr(addresses, "PORTS", {"http": site.port, "https": 443})
    client = Outbound(frozenset({f"example.org:{site.port}"}))
    with pytest.raises((UrlBlocked, UrlFetchFailed)):
        call(client, method, text.replace("{}", str(site.port)))
    assert site.seen == []


def call(client: Outbound, method: str, url: str) -> Any:
    if method == "post":
        return client.post(url, body=b"{}", headers={}, limits=LIMITS)
    with client.get(url, limits=LIMITS) as download:
        return b"".join(download.blocks())


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["8.8.8.8", "fe80::1%lo"]])
@pytest.mark.parametrize("method", ["get", "post"])
def test_25_one_private_address_of_a_name_is_enough(monkeypatch: Any, answers: list[str], method: str) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was made"))
    client = Outbound(resolve=lambda host, port: answers)
    with pytest.raises(UrlBlocked):
        call(client, method, "http://public.example/film.mp4")


@pytest.mark.parametrize("method", ["get", "post"])
def test_25_a_name_that_changes_its_mind_is_asked_once(monkeypatch: Any, method: str) -> None:
    """Rebinding: public when checked, private a moment later. The socket gets what was checked."""
    asked: list[str] = []
    connected: list[Any] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"] if len(asked) == 1 else ["127.0.0.1"]

    def refuse(self: socket.socket, address: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(UrlFetchFailed):
        call(Outbound(resolve=resolve), method, "http://rebind.example/")
    assert (asked, connected) == (["rebind.example"], [("8.8.8.8", 80)])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["http://127.0.0.1:{}/", "http://[::1]:{}/", "//127.0.0.1:{}/", "file:///etc/passwd"])
def test_25_redirects_are_checked_again(site: Site, monkeypatch: Any, status: int, to: str) -> None:
    """The first host is listed; where it leads is not."""
    other = socket.socket()
    other.bind(("127.0.0.1", 0))
    other.listen()
    monkeypatch.setattr(addresses, "PORTS", {"http": other.getsockname()[1], "https": 443})
    other.setblocking(False)
    site.replies["/"] = Reply(status, headers={"Location": to.replace("{}", str(other.getsockname()[1]))})
    with pytest.raises(UrlBlocked):
        call(Outbound(site.allowed), "get", f"{site.address}/")
    with pytest.raises(BlockingIOError):
        other.accept()
    other.close()
    assert len(site.seen) == 1


def test_listed_host_and_port_is_reached_without_proxies(site: Site, monkeypatch: Any) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.replies["/film.mp4"] = Reply(body=b"film")
    assert call(Outbound(site.allowed), "get", f"{site.address}/film.mp4?a=1") == b"film"
    (seen,) = site.seen
    assert (seen.path, seen.headers["host"]) == ("/film.mp4?a=1", f"127.0.0.1:{site.port}")
    assert "accept" not in seen.headers
    assert seen.headers["accept-encoding"] == "identity"


def test_other_ports_need_to_be_listed() -> None:
    with pytest.raises(UrlBlocked, match="Port 8080"):
        addresses.vet("http://public.example:8080/", allowed=frozenset(), resolve=public)


def test_listed_addresses_of_version_six_have_brackets() -> None:
    allowed = frozenset({"[::1]:8080"})
    target = addresses.vet("http://[::1]:8080/film", allowed=allowed, resolve=addresses.resolve)
    assert (target.address, target.host_header) == ("::1", "[::1]:8080")


def test_names_of_files_and_hosts_survive_the_check() -> None:
    target = addresses.vet("https://Example.ORG/a%20b/c.mp4?x=1&y=2#part", allowed=frozenset(), resolve=public)
    assert (target.host, target.port, target.path) == ("example.org", 443, "/a%20b/c.mp4?x=1&y=2")
    assert (target.host_header, target.address) == ("example.org", "8.8.8.8")


def public(host: str, port: int) -> list[str]:
    return ["8.8.8.8"]
