"""Media stage: several limited children that share a list of tasks; answers come as they are ready."""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from segments.core.media.child import TICK_SECONDS, Child
from segments.core.media.wire import Header, Message


@dataclass(frozen=True, slots=True)
class Work:
    """One task for one child; `key` tells its answers from others."""

    key: int
    task: str
    request: Header
    payload: bytes = b""


class Pool:
    """At most `size` children, started when first needed. All work on the thread that calls `run`."""

    def __init__(self, start: Callable[[], Child], size: int) -> None:
        self._start = start
        self._size = max(1, size)
        self._idle: list[Child] = []
        self._busy: dict[Child, int] = {}

    def start(self) -> None:
        """Start all children now, so that they load while the caller is busy with something else."""
        while len(self._idle) + len(self._busy) < self._size:
            self._idle.append(self._start())

    def run(self, works: Iterable[Work], tick: Callable[[], None]) -> Iterator[tuple[int, Message]]:
        """Yields (key, message) for every message, `done` included. `tick` is called at least twice a second, for the
        first time when the children have begun.

        Whatever is raised, here or by the caller, leaves no child busy: `close` ends them all.
        """
        waiting = deque(works)
        while waiting or self._busy:
            while waiting and (self._idle or len(self._busy) < self._size):
                self._give(waiting.popleft())
            tick()
            ready, _, _ = select.select([child.output for child in self._busy], [], [], TICK_SECONDS)
            # The silent ones are asked too: that is how silence is noticed.
            for child in list(self._busy):
                if child.output in ready or not ready:
                    yield from self._messages(child)

    def close(self) -> None:
        for child in [*self._idle, *self._busy]:
            child.close()
        self._idle.clear()
        self._busy.clear()

    def _give(self, work: Work) -> None:
        child = self._idle.pop() if self._idle else self._start()
        self._busy[child] = work.key
        child.send({**work.request, "task": work.task}, work.payload)

    def _messages(self, child: Child) -> Iterator[tuple[int, Message]]:
        key = self._busy[child]
        for message in child.receive():
            if message.header.get("done"):
                del self._busy[child]
                self._idle.append(child)
            yield key, message
