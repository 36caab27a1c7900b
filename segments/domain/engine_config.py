"""The only place where settings become engines."""

from __future__ import annotations

from segments.core.engines import registry
from segments.core.engines.base import Answerer, Engine


def engine(name: str) -> Engine:
    """The engine of this name, ready to be asked. Raises EngineUnavailable, which names those that exist."""
    return registry.load(name)


def answerer() -> Answerer:
    """What answers prompts."""
    return registry.answerer()


def choices() -> list[dict[str, object]]:
    """What the form offers: name, title, and why an engine cannot run here."""
    engines = [registry.load(name) for name in registry.names()]
    return [{"name": each.name, "title": each.title, "problems": each.problems()} for each in engines]
