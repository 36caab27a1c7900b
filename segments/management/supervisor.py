"""Starts, watches and stops a group of processes together. A child that dies is started again, and that is said."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from segments.core.media.inside.sandbox import give_way

STOP_SECONDS = 10.0
WATCH_SECONDS = 0.2
BACK_OFF = (0.2, 1.0, 3.0, 10.0)
#: A child that lived this long starts its back-off anew.
STABLE_SECONDS = 30.0
#: How long killed processes may take to be gone. Where process 1 collects no orphans they never seem to be.
GONE_SECONDS = 0.5
_C = ctypes.CDLL(None)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def _before_start(niceness: int) -> None:
    """In the new process: give way to others, and end when the supervisor is gone, however it went."""
    give_way(niceness)
    if sys.platform == "linux":
        _C.prctl(_DIE_WITH_PARENT, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process: how to start it, and what to do once when it died by itself."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    niceness: int = 0
    is_leaned_on: bool = False  # the others need it until they have stopped
    after_death: Callable[[], None] = lambda: None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = 0.0

    def start(self) -> None:
        # a session of its own: Ctrl-C reaches the supervisor alone, which stops all in order
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: _before_start(self.niceness),  # noqa: PLW1509
        )
        self.started = time.monotonic()
        self.due = 0.0

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def terminate(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def ends_until(self, moment: float) -> bool:
        """Waits for it."""
        try:
            return self.process is None or self.process.wait(max(0.0, moment - time.monotonic())) is not None
        except subprocess.TimeoutExpired:
            return False

    def kill_group(self) -> None:
        """Also the processes that a killed parent left behind. As a rule they are gone afterwards."""
        end = time.monotonic() + GONE_SECONDS
        try:
            while self.process is not None and time.monotonic() < end:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.poll()  # a dead child counts as there until it was asked for
                time.sleep(WATCH_SECONDS / 20)
        except ProcessLookupError:
            return


@dataclass(slots=True)
class Supervisor:
    """`children` are started in order."""

    children: Sequence[Child]
    say: Callable[[str], None]
    _stopping: bool = field(default=False, init=False)

    def run(self, ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        """Blocks until SIGINT or SIGTERM; `when_ready` is called once, at the first true answer of `ready`."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        try:
            for child in self.children:
                child.start()
            announced = False
            while not self._stopping:
                self._restart_dead()
                if not announced and ready():
                    announced = True
                    when_ready()
                time.sleep(WATCH_SECONDS if announced else WATCH_SECONDS / 4)
        finally:
            self._stop_all()

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _restart_dead(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.due:
                if now >= child.due:
                    child.start()
            elif child.has_died():
                self._schedule(child, now)

    def _schedule(self, child: Child, now: float) -> None:
        child.deaths = 0 if now - child.started > STABLE_SECONDS else child.deaths
        pause = BACK_OFF[min(child.deaths, len(BACK_OFF) - 1)]
        child.deaths += 1
        code = child.process.returncode if child.process else None
        reason = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        self.say(f"The {child.name} stopped ({reason}). Starting it again in {pause:g} s.")
        child.kill_group()
        child.after_death()
        child.due = now + pause

    def _stop_all(self) -> None:
        """All at once, so that the time is shared; then those that the others lean on to the end."""
        self._stop([child for child in self.children if not child.is_leaned_on])
        self._stop([child for child in self.children if child.is_leaned_on])

    def _stop(self, children: Sequence[Child]) -> None:
        end = time.monotonic() + STOP_SECONDS
        alive = [child for child in children if child.process is not None and not child.has_died()]
        for child in alive:
            child.terminate()
        for child in alive:
            if not child.ends_until(end):
                self.say(f"The {child.name} did not stop in {STOP_SECONDS:g} s, so it was ended.")
            child.kill_group()
