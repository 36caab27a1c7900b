"""Names for worker processes, so that any process of the same host can tell whether one is still alive."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def identity() -> str:
    """host/namespace/parent pid/pid/start: unique also when process numbers are reused."""
    return f"{_place()}/{os.getppid()}/{os.getpid()}/{_started(os.getpid())}"


def family(parent: int) -> str:
    """The prefix shared by all pool processes of one worker, `parent` being its process number."""
    return f"{_place()}/{parent}/"


def is_dead(worker: str) -> bool:
    """True only when certain: the process was on this host and is gone. Anything else is left to its lease."""
    host, namespace, _parent, pid, started = worker.split("/")
    return f"{host}/{namespace}" == _place() and _started(int(pid)) != started


def _place() -> str:
    try:
        namespace = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        namespace = "0"
    return f"{socket.gethostname()[:60]}/{namespace}"


def _started(pid: int) -> str:
    """The kernel's start tick of a living process, "" when there is none (a zombie is not living)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
