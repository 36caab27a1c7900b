"""Media stage, parent side: a child that is a copy of this process, with everything that decodes loaded already.

For programs of one thread only, such as a command: starting an interpreter and its libraries anew takes longer than
decoding a minute of a small film. Once started it is bound and spoken to like any other child.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO


class Copied:
    """What `subprocess.Popen` offers to `Child`, for a fork: it serves tasks and never returns into our code."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        requests, answers = os.pipe(), os.pipe()
        self._status: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _serve(folder, environment, requests[0], answers[1])
        os.close(requests[0])
        os.close(answers[1])
        self.stdin: IO[bytes] = os.fdopen(requests[1], "wb", buffering=0)
        self.stdout: IO[bytes] = os.fdopen(answers[0], "rb", buffering=0)

    def poll(self) -> int | None:
        """How it ended (negative: by which signal), None while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status

    def wait(self) -> int:
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def _serve(folder: Path, environment: Mapping[str, str], requests: int, answers: int) -> None:
    """In the copy: keep nothing of ours but what is loaded."""
    status = 1
    try:
        os.setsid()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor, place in ((requests, 0), (answers, 1), (nowhere, 2)):
            os.dup2(descriptor, place)
        _close_all_from(3)
        from segments.core.media.inside import loop

        loop.main()
        status = 0
    finally:
        os._exit(status)  # no way leads back into the program that was copied


def _close_all_from(first: int) -> None:
    """Those that are open: the highest possible number may be a thousand million."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) >= first:
            with suppress(OSError):  # the one that listed them is closed already
                os.close(int(name))
