"""Flows: what to do, without doing it. A flow yields effects; a driver performs them and sends the results back.

Sync and async clients share every flow, so there is one implementation of each behaviour.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from .errors import ServerError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, answered by an Answer. `path` starts at the root of the server, or is a whole address."""

    method: str
    path: str
    params: Sequence[tuple[str, str]] = ()
    json: Any = None
    form: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None  # sent as the form's part `file`
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    with_key: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except ValueError:
            raise ServerError(f"The answer ({self.status}) is not JSON. Is this address a Cuepoint server?") from None


@dataclass(frozen=True, slots=True)
class Now:
    """Answered by the clock, in seconds."""


@dataclass(frozen=True, slots=True)
class Sleep:
    seconds: float


@dataclass(frozen=True, slots=True)
class Read:
    """Answered by `size` bytes of a file from `offset`."""

    path: Path
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Call somebody else's code; never two at once. The async driver awaits what it returns if that can be awaited."""

    action: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Together:
    """Run these flows, at most `limit` at once; answered by their results in order. The first failure is raised."""

    flows: Sequence[Flow[Any]]
    limit: int


Effect = Request | Now | Sleep | Read | Tell | Together
Flow = Generator[Effect, Any, T]
