"""Inside the child: give up what a decoder does not need, before any library that reads media is imported."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may use: bytes of address space, seconds of processor, bytes per written file."""

    memory_bytes: int
    cpu_seconds: int
    file_bytes: int = 0


def enter(limits: ChildLimits, parent: int) -> None:
    """Bind this process to its limits and to its parent's life. `parent` is the process id that started us."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # died before the line above: nobody is left to read us
        os._exit(0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # No network at all where the kernel allows it: as root directly, else inside a user namespace of our own.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    give_way()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_FSIZE, limits.file_bytes)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    # Crossing the file size must be an error we can name, not a death.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def give_way(more: int = 0) -> None:
    """Be nicer to others by `more`, and by all of it as a session.

    Where Linux groups processes by session, sessions share the processors evenly and niceness counts inside of each
    only (sched(7), "The autogroup feature"): a decoder in a session of its own would be as pressing as the web server.
    """
    niceness = os.nice(more)
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "w") as group:
        group.write(str(niceness))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))
