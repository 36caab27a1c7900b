"""Media stage, parent side: start a limited child, talk to it, and turn its death into a named failure."""

from __future__ import annotations

import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, cast

import segments
from segments.core.errors import (
    CuepointError,
    MediaDecodeFailed,
    MediaNoVideo,
    MediaTimeout,
    MediaTooLong,
    MediaUnreadable,
    ResourceLimit,
    StorageFull,
)
from segments.core.errors import MediaLimits as LimitsError
from segments.core.media.copied import Copied
from segments.core.media.facts import MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.wire import BrokenWire, Header, Message, Unpacker, pack

log = logging.getLogger(__name__)

ROOT = Path(segments.__file__).resolve().parent.parent
TICK_SECONDS = 0.5
READ_BYTES = 1 << 20
#: One thread each, since limits count address space.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
#: Nothing of ours: no secrets, no proxies.
ENVIRONMENT = ONE_THREAD | {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "PYTHONDONTWRITEBYTECODE": "1",
    "MALLOC_ARENA_MAX": "2",
    "OPENCV_OPENCL_RUNTIME": "disabled",
}

NAMED: dict[str, tuple[type[CuepointError], str]] = {
    "media_unreadable": (MediaUnreadable, "This file could not be read as a video. Choose another file."),
    "media_no_video": (MediaNoVideo, "This file has sound but no moving picture."),
    "media_limits": (LimitsError, "This video is outside what this installation accepts."),
    "media_too_long": (MediaTooLong, "This video is longer than this installation accepts. Cut it shorter."),
    "media_decode_failed": (
        MediaDecodeFailed,
        "The decoder gave up on this video because it is damaged. Export it again, or choose another file.",
    ),
    "media_timeout": (MediaTimeout, "Reading this video took too long, so it was stopped. Export it again as H.264."),
    "resource_limit": (
        ResourceLimit,
        "This video needs more memory or processor time than one run may use. Export it smaller, for example as 1080p.",
    ),
    "internal": (CuepointError, "Something broke on our side while reading this video."),
    "storage_full": (StorageFull, "There is no room left on the disk of this server. Delete videos, then try again."),
}


class Child:
    """One limited process. Use as a context manager: leaving it, for whatever reason, ends the process."""

    def __init__(
        self, folder: Path, limits: MediaLimits, child: ChildLimits, preload: str = "", *, copied: bool = False
    ) -> None:
        """`preload` names the module of the first task: it loads while the caller still prepares the request.

        `copied` makes the child of what this process has loaded; only where there are no other threads.
        """
        self._silence = limits.silence_seconds
        self._unpacker = Unpacker()
        self._heard = time.monotonic()
        self._process = Copied(folder, ENVIRONMENT) if copied else _started(folder)
        # both are pipes, as asked for above
        self._input = cast(IO[bytes], self._process.stdin)
        self.output = cast(IO[bytes], self._process.stdout)
        os.set_blocking(self._input.fileno(), False)
        os.set_blocking(self.output.fileno(), False)
        self.send({"limits": asdict(child), "parent": os.getpid(), "preload": preload})

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and everything it started. Safe to call twice."""
        if self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                self._process.kill()
        self._process.wait()
        self._input.close()
        self.output.close()

    def send(self, header: Header, payload: bytes = b"") -> None:
        """Hand over one request. Only for a child that is not busy: a busy one would not read it."""
        self._heard = time.monotonic()
        rest = memoryview(pack(header, payload))
        while rest:
            self._refuse_silence()
            _, ready, _ = select.select([], [self._input], [], TICK_SECONDS)
            if not ready:
                continue
            try:
                rest = rest[os.write(self._input.fileno(), rest) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise self._death() from None

    def receive(self) -> list[Message]:
        """What arrived since the last call, maybe nothing. Raises the named failure of a dead or silent child."""
        try:
            block = os.read(self.output.fileno(), READ_BYTES)
        except BlockingIOError:
            self._refuse_silence()
            return []
        if not block:
            raise self._death()
        self._heard = time.monotonic()
        self._unpacker.push(block)
        return list(self._whole_messages())

    def run(self, task: str, request: Header, payload: bytes = b"", tick: Callable[[], None] | None = None) -> Message:
        """Do one task to its end and return its last message before `done`. `tick` is called twice a second."""
        last = Message({})
        for message in self.stream(task, request, payload, tick):
            last = message
        return last

    def stream(
        self, task: str, request: Header, payload: bytes = b"", tick: Callable[[], None] | None = None
    ) -> Iterator[Message]:
        """Do one task; yields its messages, heartbeats included."""
        self.send({**request, "task": task}, payload)
        while True:
            select.select([self.output], [], [], TICK_SECONDS)
            if tick is not None:
                tick()
            for message in self.receive():
                if message.header.get("done"):
                    return
                yield message

    def _whole_messages(self) -> Iterator[Message]:
        try:
            while (message := self._unpacker.pull()) is not None:
                if "error" in message.header:
                    raise _named(message.header)
                yield message
        except BrokenWire:
            raise MediaDecodeFailed(NAMED["media_decode_failed"][1]) from None

    def _refuse_silence(self) -> None:
        if time.monotonic() - self._heard > self._silence:
            log.warning("decode child %s said nothing for %.0f s", self.pid, self._silence)
            raise MediaTimeout(NAMED["media_timeout"][1])

    def _death(self) -> CuepointError:
        """What the way a child died means."""
        status = self._process.wait()
        log.warning("decode child %s ended by itself with %s", self.pid, status)
        # Killed from outside is the kernel's answer to too much memory; XCPU is our own processor limit.
        code = "resource_limit" if status in (-signal.SIGKILL, -signal.SIGXCPU) else "media_decode_failed"
        kind, words = NAMED[code]
        return kind(words)


def _named(header: Header) -> CuepointError:
    kind, words = NAMED.get(str(header["error"]), NAMED["internal"])
    if header.get("detail"):
        log.warning("decode child: %s", header["detail"])
    return kind(str(header.get("message") or words))


def _started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "segments.core.media.inside.loop"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=ENVIRONMENT,
        close_fds=True,
        start_new_session=True,
        bufsize=0,
    )
