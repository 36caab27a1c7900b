"""Waiting for something to end: look at once, then with growing pauses, until a deadline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ..config import Config
from ..errors import ClientTimeoutError
from ..flow import Flow, Now, Sleep, Tell

T = TypeVar("T")
GROWTH = 1.5
LONGEST_PAUSE = 15.0


def poll(
    config: Config,
    look: Callable[[], Flow[T]],
    is_over: Callable[[T], bool],
    *,
    timeout: float | None,
    on_progress: Callable[[T], object] | None = None,
) -> Flow[T]:
    """The first answer of `look` that is over.

    Pauses begin with the polling interval and grow by half each time, up to 15 s; the last is cut to what is left.

    Raises ClientTimeoutError with the last answer as `last_result`.
    """
    limit = config.polling_timeout if timeout is None else timeout
    deadline: float = (yield Now()) + limit
    pause = config.polling_interval
    while True:
        found = yield from look()
        if on_progress is not None:
            yield Tell(partial(on_progress, found))
        if is_over(found):
            return found
        left: float = deadline - (yield Now())
        if left <= 0:
            raise ClientTimeoutError(f"Not finished after {limit:g} s.", last_result=found)
        yield Sleep(min(pause, left))
        pause = min(pause * GROWTH, max(LONGEST_PAUSE, config.polling_interval))
