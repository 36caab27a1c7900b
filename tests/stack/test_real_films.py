"""The main job on real footage: every sample film, and every clip beside the checkout when there are some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT, SHOTS, Client, serving, wait_for

SAMPLES = sorted((ROOT / "static" / "samples").glob("*.mp4"))
BESIDE = ROOT.parent / "shared" / "clips"
CLIPS = sorted(path for path in BESIDE.glob("*") if path.suffix in (".mp4", ".mkv", ".avi")) if BESIDE.exists() else []

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("films")) as server:
        yield Client(server)


@pytest.mark.parametrize("film", [*SAMPLES, *CLIPS], ids=lambda path: path.name)
def test_shots_of_a_real_film_tile_it(client: Client, film: Path) -> None:
    video = client.upload(film)
    answer = client.finished(client.run(video, SHOTS), 90)
    assert (answer["status"], answer["error"]) == ("ready", None)
    shots = answer["result"]["shot"]
    assert [shot["end_time"] for shot in shots[:-1]] == [shot["start_time"] for shot in shots[1:]]
    assert (shots[0]["start_time"], all(shot["start_time"] < shot["end_time"] for shot in shots)) == (0.0, True)


@pytest.mark.parametrize("film", [path for path in CLIPS if path.suffix != ".mp4"], ids=lambda path: path.name)
def test_film_that_browsers_cannot_play_gets_a_copy(client: Client, film: Path) -> None:
    video = client.upload(film)
    client.finished(client.run(video, SHOTS), 90)
    copy = f"/videos/{video}/playable"
    answer = wait_for(lambda: _found(client, copy), 60, "the converted copy")
    assert answer == "video/mp4"


def _found(client: Client, path: str) -> str | None:
    answer = client.ask("HEAD", path)
    return answer.headers["Content-Type"] if answer.status == 200 else None
