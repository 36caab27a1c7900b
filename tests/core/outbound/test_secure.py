"""HTTPS to a checked address: name and certificate are those of the host, not of the address."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from segments.core.errors import UrlFetchFailed
from segments.core.outbound import Limits, Outbound
from tests import sites

LIMITS = Limits(bytes=1000, seconds=10)
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=films.test", "-addext", "subjectAltName=DNS:films.test"]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


@pytest.fixture
def site(certificate: tuple[Path, Path], monkeypatch: Any) -> Iterator[sites.Site]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))  # what this test trusts
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with sites.serving(tls=context) as site:
        site.replies["/film"] = sites.Reply(body=b"film")
        yield site


def load(site: sites.Site, host: str) -> bytes:
    client = Outbound(frozenset({f"{host}:{site.port}"}), resolve=lambda _host, _port: ["127.0.0.1"])
    with client.get(f"https://{host}:{site.port}/film", limits=LIMITS) as download:
        return b"".join(download.blocks())


def test_certificate_of_the_host_is_accepted(site: sites.Site) -> None:
    assert load(site, "films.test") == b"film"
    assert site.seen[0].headers["host"] == f"films.test:{site.port}"


def test_certificate_of_another_host_is_refused(site: sites.Site) -> None:
    with pytest.raises(UrlFetchFailed, match="certificate"):
        load(site, "other.test")
    assert site.seen == []


def test_unknown_certificate_is_refused(site: sites.Site, monkeypatch: Any) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(UrlFetchFailed, match="certificate"):
        load(site, "films.test")
    assert site.seen == []
