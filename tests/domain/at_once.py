"""Run actions in parallel, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def at_once(actions: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """All start at the same moment; a failure is an answer."""
    start = Barrier(len(actions))

    def act(action: Callable[[], Answer]) -> Answer | Exception:
        try:
            start.wait(timeout=30)
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))
