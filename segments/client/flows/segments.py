"""Segments that modules found, through the modules API."""

from __future__ import annotations

from typing import Any

from ..answers import ModuleSegment
from ..config import Config
from ..flow import Flow, Request
from .exchange import ask, exchange, segment

ROOT = "/api"


def list_segments(config: Config, video_id: str, module: str | None) -> Flow[list[ModuleSegment]]:
    path = f"/videos/{segment(video_id)}/segments"
    found = yield from ask(config, "GET", path, params={"module": module}, root=ROOT)
    return [ModuleSegment.from_api_response(each) for each in found]


def clear(config: Config, video_id: str) -> Flow[dict[str, Any]]:
    found: dict[str, Any] = yield from ask(config, "DELETE", f"/videos/{segment(video_id)}/segments", root=ROOT)
    return found


def results(config: Config, video_id: str) -> Flow[dict[str, Any]]:
    found: dict[str, Any] = yield from ask(config, "GET", f"/results/job/{segment(video_id)}", root=ROOT)
    return found


def download(config: Config, video_id: str, module: str | None, format: str) -> Flow[bytes]:
    """One module as `json` or `csv`; without a module the combined report, which is JSON."""
    kind = "report" if module else "combined-report"
    params = (("module", module), ("format", format)) if module else ()
    request = Request("GET", f"{ROOT}/download/{kind}/{segment(video_id)}", params=params)
    return (yield from exchange(config, request)).content
