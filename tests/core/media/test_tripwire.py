"""No uploaded byte makes us read another file or open a connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from segments.core.errors import MediaUnreadable
from segments.core.media.facts import MediaLimits
from segments.core.media.open import open_media
from segments.core.media.probe import probe
from segments.core.media.sniff import refuse_what_is_no_video
from tests import clips

LIMITS = MediaLimits()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = clips.two_shots(tmp_path_factory.mktemp("canary") / "canary.mp4")
    return path.read_bytes()


@pytest.mark.parametrize("name", sorted(clips.ATTACKERS))
def test_playlists_reach_nothing(
    name: str, tmp_path: Path, listener: socket.socket, canary: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "canary.mp4"
    beside.write_bytes(canary)
    port = listener.getsockname()[1]
    attacker = tmp_path / name
    attacker.write_text(clips.ATTACKERS[name].format(canary=beside, port=port))

    with pytest.raises(MediaUnreadable):
        probe(attacker, filename=name, limits=LIMITS)
    # the list of formats alone must hold too: here in this process, where a connection would be possible
    monkeypatch.setattr("segments.core.media.open.refuse_what_is_no_video", lambda _path: None)
    with pytest.raises(MediaUnreadable), open_media(attacker, LIMITS):
        pass

    with pytest.raises(BlockingIOError):
        listener.accept()


def test_every_attacker_is_explained(tmp_path: Path) -> None:
    for name, content in clips.ATTACKERS.items():
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(MediaUnreadable) as caught:
            refuse_what_is_no_video(path)
        assert "not a video" in caught.value.message


def test_nobody_else_opens_media() -> None:
    root = Path(__file__).resolve().parents[3] / "segments"
    callers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for line in path.read_text().splitlines()
        if ("av.open(" in line and '"w"' not in line) or "VideoCapture(" in line
    }

    assert callers == {"core/media/open.py"}
