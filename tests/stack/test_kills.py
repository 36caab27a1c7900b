"""Any process may be killed at any time: what was acknowledged is kept, and everything comes to its end, once."""

from __future__ import annotations

import hashlib
import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import clips
from tests.running import Answer
from tests.stack.world import World, parts

pytestmark = pytest.mark.stack
THIRDS = [(0, 1.333), (1.333, 2.667), (2.667, 4)]


def rounded(answer: dict[str, object]) -> list[tuple[float, float]]:
    return [(round(start, 3), round(end, 3)) for start, end in parts(answer)]


def test_killed_worker_is_replaced_and_its_run_finishes(world: World, video: str) -> None:
    job = world.gated(video)
    world.wait(lambda: world.is_working(job), words="the run to work")
    world.kill(world.server.child("-Q media"))
    killed = time.monotonic()
    world.wait(lambda: world.is_working(job, fence=2), words="the run to work again")
    took = time.monotonic() - killed
    print(f"worker killed: run works again after {took:.1f} s")
    world.open_gate(job)
    assert rounded(world.completed(job)) == THIRDS
    assert (world.job(job)["fence"], world.job(job)["crashes"]) == (2, 1)
    assert took < 15
    assert "The worker stopped (signal 9)" in world.server.log()


def test_killed_pool_process_is_replaced_and_its_run_finishes(world: World, video: str) -> None:
    """What happens when the kernel runs out of memory: the worker itself lives on and knows nothing."""
    job = world.gated(video)
    world.wait(lambda: world.is_working(job), words="the run to work")
    parent = world.server.child("-Q media")
    world.kill(world.working_process(job))
    killed = time.monotonic()
    world.wait(lambda: world.is_working(job, fence=2), 40, "the run to work again")
    print(f"pool process killed: run works again after {time.monotonic() - killed:.1f} s")
    world.open_gate(job)
    assert rounded(world.completed(job)) == THIRDS
    assert (world.job(job)["fence"], world.job(job)["crashes"]) == (2, 1)
    assert world.server.child("-Q media") == parent


def test_run_over_a_real_film_survives_its_worker(world: World, tmp_path: Path) -> None:
    """Killed while looking at pictures: the result is that of a run that nobody disturbed."""
    scenes = [picture for seed in range(12) for picture in clips.hold(clips.scene(seed, (640, 360)), 4)]
    film = world.ready(world.client.upload(clips.write(tmp_path / "scenes.mp4", scenes)))
    shots = [{"id": "shot", "description": "One uninterrupted camera take between two cuts.", "fields": []}]
    job = world.client.run(film, shots)
    world.wait(lambda: world.job(job)["status"] == "processing", words="the run to start")
    world.kill(world.working_process(job))
    disturbed = world.completed(job, 90)
    undisturbed = world.completed(world.client.run(film, shots), 60)
    assert parts(disturbed) == parts(undisturbed)
    assert len(parts(disturbed)) == 12
    assert world.job(job)["fence"] == 2


def half_a_part(address: str, token: str, cookie: str, offset: int, content: bytes) -> http.client.HTTPConnection:
    """A part of which only the first half is sent so far."""
    split = urlsplit(address)
    wire = http.client.HTTPConnection(split.netloc, timeout=10)
    wire.putrequest("PATCH", split.path)
    headers = {
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(content)),
        "Upload-Offset": str(offset),
        "X-CSRFToken": token,
        "Cookie": cookie,
    }
    for name, value in headers.items():
        wire.putheader(name, value)
    wire.endheaders(content[: len(content) // 2])
    return wire


def test_upload_continues_after_the_web_server_was_killed(world: World, film: Path) -> None:
    client, content = world.client, film.read_bytes()
    quarter = len(content) // 4
    address, video = client.begin_upload("film.mp4", len(content))
    assert client.send_part(address, 0, content[:quarter]).status == 204
    cookie = "; ".join(f"{each.name}={each.value}" for each in client.cookies)
    wire = half_a_part(address, client.token, cookie, quarter, content[quarter : 2 * quarter])
    world.kill(world.server.child("uvicorn"))
    wire.close()

    def offset() -> str | None:
        try:
            answer: Answer = client.ask("HEAD", address)
        except OSError:
            return None
        return answer.headers["Upload-Offset"]

    assert world.wait(offset, words="the web server to come back") == str(quarter)
    for start in range(quarter, len(content), quarter):
        assert client.send_part(address, start, content[start : start + quarter]).status == 204
    world.ready(video)
    assert world.video(video)["sha256"] == hashlib.sha256(content).hexdigest()


def test_killed_redis_loses_no_run(world: World, video: str) -> None:
    """One or two runs work, the others wait in a queue that dies with Redis."""
    jobs = [world.gated(video) for _ in range(5)]
    world.wait(lambda: any(world.is_working(job) for job in jobs), words="a run to work")
    world.kill(world.server.child("redis-server"))
    started = time.monotonic()
    assert world.client.ask("GET", "/history/").status == 200
    late = world.gated(video)
    world.open_gate(*jobs, late)
    for job in [*jobs, late]:
        assert rounded(world.completed(job, 60)) == THIRDS
        assert (world.job(job)["fence"], world.job(job)["crashes"]) == (1, 0)
    print(f"Redis killed: six runs done after {time.monotonic() - started:.1f} s")
