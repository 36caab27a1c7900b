"""Inside the child: read a request, call its function, send what it emits, until the parent closes our input.

Started as `python -P -m segments.core.media.inside.loop`; the first request carries the limits.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable

from segments.core.errors import CuepointError, MediaDecodeFailed, ResourceLimit, StorageFull
from segments.core.media.inside import sandbox
from segments.core.media.wire import LENGTHS, Header, Message, Unpacker, pack

Emit = Callable[..., None]
Task = Callable[[Message, "Outlet"], None]
BEAT_SECONDS = 0.25
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


class Outlet:
    """Where a task puts its messages. `beat` is cheap and may be called for every picture."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._last = time.monotonic()

    def emit(self, header: Header, payload: bytes = b"") -> None:
        rest = memoryview(pack(header, payload))
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self._last = time.monotonic()

    def beat(self, seconds: float = 0.0) -> None:
        """Say that we live and how many seconds of video are done; at most four times a second."""
        if time.monotonic() - self._last > BEAT_SECONDS:
            self.emit({"beat": seconds})


def main() -> None:
    descriptor = os.dup(1)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # libraries that print must not break the wire
    outlet = Outlet(descriptor)
    first = _read(0)
    if first is None:
        return
    sandbox.enter(sandbox.ChildLimits(**first.header["limits"]), int(str(first.header["parent"])))  # type: ignore[arg-type]
    if first.header.get("preload"):
        importlib.import_module(str(first.header["preload"]))
    while (request := _read(0)) is not None:
        _answer(request, outlet)


def _answer(request: Message, outlet: Outlet) -> None:
    try:
        module, _, function = str(request.header["task"]).partition(":")
        task: Task = getattr(importlib.import_module(module), function)
        task(request, outlet)
        outlet.emit({"done": True})
    except CuepointError as error:
        outlet.emit({"error": error.code, "message": error.message})
    except MemoryError:
        outlet.emit({"error": ResourceLimit.code, "message": ""})
    except OSError as error:
        code = StorageFull.code if error.errno in FULL else MediaDecodeFailed.code
        outlet.emit({"error": code, "message": "", "detail": repr(error)})
    except Exception as error:
        outlet.emit({"error": _code_of(error), "message": "", "detail": traceback.format_exc()[-2000:]})


def _code_of(error: Exception) -> str:
    """The library's own errors are the file's fault, all others are ours."""
    if "nsufficient memory" in str(error):
        return ResourceLimit.code
    library = type(error).__module__.partition(".")[0]
    return MediaDecodeFailed.code if library in ("av", "cv2") else CuepointError.code


def _read(descriptor: int) -> Message | None:
    """The next request; None when the parent is gone."""
    unpacker = Unpacker()
    lengths = _exactly(descriptor, LENGTHS.size)
    if lengths is None:
        return None
    rest = _exactly(descriptor, sum(LENGTHS.unpack(lengths)))
    if rest is None:
        return None
    unpacker.push(lengths + rest)
    return unpacker.pull()


def _exactly(descriptor: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


if __name__ == "__main__":
    main()
    sys.stderr.close()
