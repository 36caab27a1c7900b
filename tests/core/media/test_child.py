"""Children that crash, spin, sleep or grab memory become named failures, and leave no process behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from segments.core.errors import CuepointError, MediaDecodeFailed, MediaTimeout, ResourceLimit
from segments.core.media.child import Child
from segments.core.media.facts import MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool, Work
from segments.core.progress import Cancelled

DOUBLES = "tests.core.media.doubles"


def child(tmp_path: Path, *, silence: float = 5.0, memory: int = 1 << 30, cpu: int = 20) -> Child:
    return Child(tmp_path, MediaLimits(silence_seconds=silence), ChildLimits(memory, cpu))


def copied(tmp_path: Path) -> Child:
    return Child(tmp_path, MediaLimits(silence_seconds=5.0), ChildLimits(8 << 30, 20), copied=True)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_answer_carries_header_and_bytes(tmp_path: Path) -> None:
    with child(tmp_path) as one:
        answer = one.run(f"{DOUBLES}:echo", {"word": "hello"}, b"\x00\x01" * 100_000)

    assert answer.header["word"] == "hello"
    assert answer.payload == b"\x00\x01" * 100_000


def test_prints_of_libraries_do_not_break_the_wire(tmp_path: Path) -> None:
    with child(tmp_path) as one:
        assert one.run(f"{DOUBLES}:chatter", {}).header["fine"] is True


@pytest.mark.parametrize(
    ("double", "failure"),
    [
        ("segfault", MediaDecodeFailed),
        ("abort", MediaDecodeFailed),
        ("grab_memory", ResourceLimit),
        ("killed", ResourceLimit),
        ("leave", MediaDecodeFailed),
        ("garbage", MediaDecodeFailed),
    ],
)
def test_death_has_a_name(tmp_path: Path, double: str, failure: type[CuepointError]) -> None:
    with child(tmp_path, memory=256 << 20) as one, pytest.raises(failure):
        one.run(f"{DOUBLES}:{double}", {})

    assert is_gone(one.pid)


def test_silence_is_ended(tmp_path: Path) -> None:
    began = time.monotonic()
    with child(tmp_path, silence=0.6) as one, pytest.raises(MediaTimeout):
        one.run(f"{DOUBLES}:stay_silent", {})

    assert time.monotonic() - began < 5.0
    assert is_gone(one.pid)


def test_spinning_hits_the_processor_limit(tmp_path: Path) -> None:
    with child(tmp_path, cpu=1) as one, pytest.raises(ResourceLimit):
        one.run(f"{DOUBLES}:spin", {})


def test_our_own_mistakes_are_not_blamed_on_the_file(tmp_path: Path) -> None:
    with child(tmp_path) as one, pytest.raises(CuepointError) as caught:
        one.run(f"{DOUBLES}:our_bug", {})

    assert caught.value.code == "internal"


def test_child_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    with child(tmp_path) as one:
        seen = one.run(f"{DOUBLES}:look_around", {}).header

    assert "SECRET_KEY" not in seen["environment"]
    assert seen["folder"] == str(tmp_path)
    assert seen["descriptors"] <= 6
    assert seen["written"] is False
    assert seen["django"] is False


def test_copied_child_keeps_nothing_but_what_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    with copied(tmp_path) as one:
        seen = one.run(f"{DOUBLES}:look_around", {}).header
        echoed = one.run(f"{DOUBLES}:echo", {}, b"\x00" * 300_000)

    assert "SECRET_KEY" not in seen["environment"]
    assert seen["folder"] == str(tmp_path)
    assert seen["descriptors"] <= 6
    assert seen["written"] is False
    assert len(echoed.payload) == 300_000
    assert is_gone(one.pid)


@pytest.mark.parametrize(("double", "failure"), [("killed", ResourceLimit), ("leave", MediaDecodeFailed)])
def test_death_of_a_copied_child_has_a_name(tmp_path: Path, double: str, failure: type[CuepointError]) -> None:
    with copied(tmp_path) as one, pytest.raises(failure):
        one.run(f"{DOUBLES}:{double}", {})


def test_child_dies_with_its_parent(tmp_path: Path) -> None:
    parent = os.fork()
    note = tmp_path / "pid"
    if parent == 0:
        one = child(tmp_path)
        note.write_text(str(one.pid))
        os._exit(0)
    os.waitpid(parent, 0)
    pid = int(note.read_text())
    end = time.monotonic() + 5.0
    while time.monotonic() < end and not _ended(pid):
        os.sched_yield()

    assert _ended(pid)


def test_cancelling_ends_all_children(tmp_path: Path) -> None:
    started: list[Child] = []

    def start() -> Child:
        started.append(child(tmp_path))
        return started[-1]

    def cancel() -> None:
        raise Cancelled

    pool = Pool(start, 2)
    with pytest.raises(Cancelled):
        list(pool.run([Work(n, f"{DOUBLES}:spin", {}) for n in range(4)], cancel))
    pool.close()

    assert len(started) == 2
    assert all(is_gone(one.pid) for one in started)


def test_pool_shares_work_and_keeps_children(tmp_path: Path) -> None:
    started: list[Child] = []

    def start() -> Child:
        started.append(child(tmp_path))
        return started[-1]

    pool = Pool(start, 2)
    works = [Work(n, f"{DOUBLES}:echo", {"n": n}) for n in range(7)]
    answers = {key: message.header["n"] for key, message in pool.run(works, lambda: None) if "n" in message.header}
    pool.close()

    assert answers == {n: n for n in range(7)}
    assert len(started) == 2


def _ended(pid: int) -> bool:
    """Gone, or a zombie that only waits for init."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True
