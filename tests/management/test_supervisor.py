"""The supervisor: starts in order, says what died, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import children_of, wait_for

ROOT = Path(__file__).resolve().parents[2]


class Family:
    """The running family, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.management.family", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def pids(self, name: str) -> list[int]:
        """Every process that has borne this name, oldest first."""
        notes = sorted(self.folder.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime_ns)
        return [int(note.name.rpartition("-")[2]) for note in notes]

    def newest(self, name: str, *, not_in: list[int] | None = None) -> int:
        return wait_for(lambda: next((p for p in reversed(self.pids(name)) if p not in (not_in or [])), None), 10, name)

    def end(self) -> list[str]:
        self.process.terminate()
        said, _ = self.process.communicate(timeout=20)
        return str(said).splitlines()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    one = Family(tmp_path)
    assert one.says() == "ready"
    yield one
    if one.process.poll() is None:
        one.end()
    assert one.process.stdout
    one.process.stdout.close()


def test_dead_child_is_started_again_and_that_is_said(family: Family) -> None:
    first = family.newest("frail")
    os.kill(first, signal.SIGKILL)
    assert family.says() == "The frail stopped (signal 9). Starting it again in 0 s."
    assert family.says() == "its runs go back"
    assert is_alive(family.newest("frail", not_in=[first]))
    assert is_alive(family.newest("steady"))


def test_child_that_dies_again_is_waited_for_longer(family: Family) -> None:
    first = family.newest("frail")
    os.kill(first, signal.SIGKILL)
    second = family.newest("frail", not_in=[first])
    os.kill(second, signal.SIGKILL)
    said = [family.says() for _ in range(3)]
    assert said[2] == "The frail stopped (signal 9). Starting it again in 0.3 s."
    assert family.newest("frail", not_in=[first, second])


def test_killed_child_takes_its_own_children_along(family: Family) -> None:
    deaf = family.newest("deaf")
    (grandchild,) = wait_for(lambda: children_of(deaf))
    os.kill(deaf, signal.SIGKILL)
    assert family.says().startswith("The deaf stopped")
    wait_for(lambda: not is_alive(grandchild), 5, "the grandchild to end")


def test_stop_ends_everybody_also_who_does_not_listen(family: Family) -> None:
    pids = [family.newest(name) for name in ("steady", "frail", "deaf")]
    (grandchild,) = wait_for(lambda: children_of(pids[2]))
    assert family.end() == ["The deaf did not stop in 0.5 s, so it was ended.", "stopped"]
    assert family.process.returncode == 0
    assert not any(is_alive(pid) for pid in [*pids, grandchild])


def test_the_one_that_others_lean_on_is_stopped_last(family: Family) -> None:
    for name in ("steady", "frail", "deaf"):
        family.newest(name)
    family.end()
    ends = {name: float((family.folder / f"end-of-{name}").read_text()) for name in ("steady", "frail")}
    assert ends["steady"] - ends["frail"] >= 0.4  # the time that the deaf one was given


def test_children_run_at_their_niceness(family: Family) -> None:
    assert (
        os.getpriority(os.PRIO_PROCESS, family.newest("frail"))
        == os.getpriority(os.PRIO_PROCESS, family.newest("steady")) + 3
    )


def test_children_do_not_outlive_a_killed_supervisor(family: Family) -> None:
    listening = [family.newest("steady"), family.newest("frail")]
    deaf = family.newest("deaf")
    family.process.kill()
    family.process.wait()
    wait_for(lambda: not any(is_alive(pid) for pid in listening), 10, "the children to end")
    os.killpg(deaf, signal.SIGKILL)
