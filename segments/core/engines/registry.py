"""Which engines there are. Each is loaded on first use, so that a missing extra package costs nobody else anything."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from segments.core.engines.base import Answerer, Engine
from segments.core.errors import EngineUnavailable

#: Name → (title, where its class is). Others come by the entry point group of the same shape.
BUILT_IN: dict[str, tuple[str, str]] = {
    "local": ("Local (offline, measures only)", "segments.core.engines.local.engine:LocalEngine"),
}
GROUP = "segments.engines"


def names() -> list[str]:
    """Built-in engines first, then installed ones by name."""
    installed = sorted({entry.name for entry in entry_points(group=GROUP)} - BUILT_IN.keys())
    return [*BUILT_IN, *installed]


@cache
def load(name: str) -> Engine:
    """The engine of that name; `EngineUnavailable` says what is there instead, or what is missing."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name][1].partition(":")
        return cast(Engine, getattr(import_module(module), attribute)())
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            return _installed(name, entry.load)
    raise EngineUnavailable(f'There is no engine "{name}". Use one of {", ".join(names())}.')


def answerer() -> Answerer:
    """The one that answers prompts."""
    return cast(Answerer, import_module("segments.core.engines.local.answering"))


def _installed(name: str, loader: object) -> Engine:
    try:
        return cast(Engine, loader()())  # type: ignore[operator]
    except ImportError as error:
        raise EngineUnavailable(f'The engine "{name}" cannot be loaded: {error}.') from error
