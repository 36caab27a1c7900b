"""What command lines share: templates by name, and one line of progress."""

from __future__ import annotations

from collections.abc import Sequence

from segments.core.presets import PRESETS
from segments.core.progress import STAGES

#: The empty template of the page is no template here.
TEMPLATES = tuple(preset.name for preset in PRESETS if preset.name != "write-my-own")
WIDTH = 40


def template_named(text: str) -> str | None:
    """The template meant by its name or by its first word, singular or plural: `shots` is `shot-detection`."""
    if text in TEMPLATES:
        return text
    fitting = [name for name in TEMPLATES if text.removesuffix("s") == name.partition("-")[0].removesuffix("s")]
    return fitting[0] if len(fitting) == 1 else None


def template_definitions(name: str) -> Sequence[dict[str, object]]:
    return next(preset.definitions for preset in PRESETS if preset.name == name)


def run_body(definitions: object, engine: str) -> dict[str, object]:
    """A run request with these definitions."""
    return {
        "response_format": {"type": "segment_definitions", "segment_definitions": definitions},
        "engine": engine,
    }


def stage_words(stage: str) -> str:
    return STAGES.get(stage, (stage, ""))[0]


def bar(percent: float, words: str) -> str:
    """A line that replaces the one before it."""
    filled = int(percent / 100 * WIDTH)
    return f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3.0f} % {words:<28}"
