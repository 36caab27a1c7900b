"""Tasks that misbehave in a child, each in one way."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path

from segments.core.media.inside.loop import Outlet
from segments.core.media.wire import Message


def echo(request: Message, outlet: Outlet) -> None:
    outlet.emit(request.header, request.payload)


def chatter(_request: Message, outlet: Outlet) -> None:
    print("a library says hello")
    os.write(1, b"\xff\xff\xff\xff")
    outlet.emit({"fine": True})


def segfault(_request: Message, _outlet: Outlet) -> None:
    ctypes.string_at(0)


def abort(_request: Message, _outlet: Outlet) -> None:
    os.abort()


def killed(_request: Message, _outlet: Outlet) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(_request: Message, _outlet: Outlet) -> None:
    os._exit(3)


def garbage(_request: Message, outlet: Outlet) -> None:
    os.write(outlet._descriptor, b"\xff" * 64)
    spin(_request, outlet)


def grab_memory(_request: Message, _outlet: Outlet) -> None:
    held = []
    while True:
        held.append(bytearray(64 << 20))


def spin(_request: Message, _outlet: Outlet) -> None:
    while True:
        pass


def stay_silent(_request: Message, _outlet: Outlet) -> None:
    signal.pause()


def our_bug(_request: Message, _outlet: Outlet) -> None:
    raise KeyError("a name that we forgot")


def look_around(_request: Message, outlet: Outlet) -> None:
    try:
        Path("left.bin").write_bytes(b"x" * 100)
        written = Path("left.bin").stat().st_size > 0
    except OSError:
        written = False
    outlet.emit(
        {
            "environment": sorted(os.environ),
            "folder": os.getcwd(),
            "descriptors": len(os.listdir("/proc/self/fd")),
            "written": written,
            "django": "django" in sys.modules,
        }
    )
