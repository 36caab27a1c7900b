"""Performs flows without network or time: answers from a list, a clock that jumps, a record of what was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from segments.client import Config
from segments.client.flow import Answer, Effect, Flow, Now, Read, Request, Sleep, Tell, Together

KEY = "cue_live_" + "0" * 64
CONFIG = Config(KEY)


def answer(status: int = 200, body: Any = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, b"" if body is None else json.dumps(body).encode())


@dataclass
class Script:
    """Answers requests in order; an exception in the list is raised instead."""

    answers: Iterable[Answer | Exception]
    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._answers = iter(self.answers)

    def run(self, flow: Flow[Any]) -> Any:
        step: Callable[[], Effect] = partial(next, flow)
        while True:
            try:
                effect = step()
            except StopIteration as done:
                return done.value
            try:
                step = partial(flow.send, self._perform(effect))
            except Exception as error:
                step = partial(flow.throw, error)

    def _perform(self, effect: Effect) -> Any:
        match effect:
            case Request():
                return self._answer(effect)
            case Now():
                return self.now
            case Sleep():
                self.slept.append(effect.seconds)
                self.now += effect.seconds
            case Read():
                return effect.path.read_bytes()[effect.offset : effect.offset + effect.size]
            case Tell():
                return effect.action()
            case Together():
                return [self.run(flow) for flow in effect.flows]
        return None

    def _answer(self, request: Request) -> Answer:
        self.requests.append(request)
        found = next(self._answers)
        if isinstance(found, Exception):
            raise found
        return found
