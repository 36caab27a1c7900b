"""Which modules there are, in the order in which they are listed and run. Each is loaded on first use."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import cast

from segments.core.modules.base import Module

#: Name → where its class is. A module comes after those it depends on.
BUILT_IN: dict[str, str] = {
    "visualelements": "segments.core.modules.visualelements:VisualElements",
    "transcription": "segments.core.modules.transcription:Transcription",
    "shots": "segments.core.modules.shots:Shots",
    "grouped_shots": "segments.core.modules.grouped_shots:GroupedShots",
    "scenes": "segments.core.modules.scenes:Scenes",
    "video_reasoning": "segments.core.modules.video_reasoning:VideoReasoning",
    "custom_segments": "segments.core.modules.custom_segments:CustomSegments",
}


@cache
def load(name: str) -> Module:
    """The module of that name. Raises KeyError for one that is not registered."""
    module, _, attribute = BUILT_IN[name].partition(":")
    return cast(Module, getattr(import_module(module), attribute)())


def available() -> list[str]:
    """Names of the modules that can be started here, in their order."""
    return [name for name in BUILT_IN if not load(name).problems()]


def with_dependencies(names: Iterable[str]) -> list[str]:
    """These modules and all they build on, in the order in which they run."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += load(name).depends_on
    return [name for name in BUILT_IN if name in wanted]
