"""The only place where settings become engines."""

from __future__ import annotations

from segments.core.engines import registry
from segments.core.engines.base import Engine


def engine(name: str) -> Engine:
    """The engine of this name, ready to be asked. Raises InvalidRequest for an unknown one."""
    return registry.load(name)


def choices() -> list[dict[str, object]]:
    """What the form offers: name, title, and why an engine cannot run here."""
    return [
        {"name": name, "title": title, "problems": registry.load(name).problems()} for name, title in registry.names()
    ]
