"""Collected files are served before Django is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator

from playground.storage import with_static_files


async def _django(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": [(b"x-asked", b"django")]})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT, settings.STATIC_URL = tmp_path, "/static/"
    (tmp_path / "page.0123456789ab.js").write_text("export {};")
    (tmp_path / "page.0123456789ab.js.gz").write_bytes(b"smaller")
    (tmp_path / "page.js").write_text("export {};")
    return tmp_path


@async_to_sync
async def _headers(path: str) -> dict[str, str]:
    scope = {
        "type": "http",
        "method": "HEAD",
        "path": path,
        "query_string": b"",
        "headers": [(b"accept-encoding", b"gzip")],
    }
    line = ApplicationCommunicator(with_static_files(_django), scope)
    await line.send_input({"type": "http.request", "body": b""})
    start = await line.receive_output()
    return {name.decode().lower(): value.decode() for name, value in start["headers"]}


@pytest.mark.usefixtures("collected")
def test_names_with_a_hash_are_kept_for_good_and_others_are_asked_for_again() -> None:
    assert "immutable" in _headers("/static/page.0123456789ab.js")["cache-control"]
    assert "immutable" not in _headers("/static/page.js")["cache-control"]


@pytest.mark.usefixtures("collected")
def test_the_smaller_copy_is_sent_and_other_sites_are_kept_out() -> None:
    headers = _headers("/static/page.0123456789ab.js")
    assert headers["content-encoding"] == "gzip"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("path", ["/static/missing.js", "/static/../manage.py", "/"])
def test_everything_else_is_left_to_django(path: str) -> None:
    assert _headers(path)["x-asked"] == "django"
