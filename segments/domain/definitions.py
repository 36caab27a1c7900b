"""Checking definitions before a run: the same rules as the API's, and what the engine will leave empty."""

from __future__ import annotations

from segments.core.definition import parse_definitions
from segments.core.request import parse_json
from segments.domain import engine_config
from segments.models import Video


def check(text: str, *, video: Video | None = None, engine: str = "local") -> list[str]:
    """Warnings for people. Raises InvalidRequest with every problem of the JSON text."""
    duration = video.facts["duration_seconds"] if video is not None and video.facts else None
    definitions = parse_definitions(parse_json(text), duration=duration)
    return engine_config.engine(engine).warnings(definitions)
