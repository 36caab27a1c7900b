"""What people wait for, and what the web process needs while bytes come and go."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from datetime import datetime
from typing import Any

import pytest
import websockets

from tests.running import PART, Client
from tests.stack.world import World, resident_megabytes

pytestmark = pytest.mark.stack
#: CUEPOINT_BIG_UPLOAD=2048 for the figure that is promised.
UPLOAD_MB = int(os.environ.get("CUEPOINT_BIG_UPLOAD", "600"))


def test_idle_server_takes_a_run_within_a_second(world: World, video: str) -> None:
    waits = []
    for _ in range(3):
        pressed = time.monotonic()
        job = world.gated(video)
        world.wait(lambda job=job: world.job(job)["status"] == "processing", 10, "the run to start")  # type: ignore[misc]
        waits.append(time.monotonic() - pressed)
        world.open_gate(job)
        world.completed(job)
    print(f"press to processing: {', '.join(f'{wait:.2f} s' for wait in waits)}")
    assert sorted(waits)[1] <= 1.0


async def lines_with_arrival(world: World, job: str, opened: threading.Event) -> list[tuple[dict[str, Any], float]]:
    """Every line of a run with the moment at which its message came, until the run is over."""
    address = f"ws://127.0.0.1:{world.server.port}/ws/jobs/{job}/"
    seen: list[tuple[dict[str, Any], float]] = []
    async with websockets.connect(address, origin=websockets.Origin(world.server.address)) as wire:
        opened.set()
        while not seen or seen[-1][0]["payload"].get("status") != "ready":
            message = json.loads(await asyncio.wait_for(wire.recv(), 30))
            seen += [(event, time.time()) for event in message["events"]]
    return seen


def watch(world: World, job: str, meanwhile: Any) -> list[tuple[dict[str, Any], float]]:
    """What a browser sees of a run while something happens to it."""
    opened = threading.Event()
    found: list[tuple[dict[str, Any], float]] = []
    thread = threading.Thread(target=lambda: found.extend(asyncio.run(lines_with_arrival(world, job, opened))))
    thread.start()
    assert opened.wait(10)
    meanwhile()
    thread.join(60)
    assert [event["seq"] for event, _at in found] == list(range(1, len(found) + 1))
    assert [event for event, _at in found] == world.client.events(job)
    return found


def test_lines_reach_the_socket_within_a_third_of_a_second(world: World, video: str) -> None:
    job = world.gated(video)

    def work_for_a_while() -> None:
        world.wait(lambda: len(world.client.events(job)) >= 6, words="some lines")
        world.open_gate(job)

    seen = watch(world, job, work_for_a_while)
    delays = sorted(at - datetime.fromisoformat(event["at"]).timestamp() for event, at in seen[2:])
    middle, worst = delays[len(delays) // 2], delays[-1]
    print(f"line to socket: middle {1000 * middle:.0f} ms, worst {1000 * worst:.0f} ms of {len(delays)}")
    assert middle <= 0.3


def test_open_socket_lives_through_the_death_of_redis(world: World, video: str) -> None:
    job = world.gated(video)
    world.wait(lambda: world.is_working(job), words="the run to work")

    def kill_redis() -> None:
        world.kill(world.server.child("redis-server"))
        before = len(world.client.events(job))
        world.wait(lambda: len(world.client.events(job)) > before + 2, words="lines after the death")
        world.open_gate(job)

    watch(world, job, kill_redis)
    world.completed(job)


def test_web_process_stays_small_while_a_big_file_comes_in_and_another_goes_out(world: World, video: str) -> None:
    web, stop = world.server.child("uvicorn"), threading.Event()
    streamed = [0]

    def stream() -> None:
        reader = Client(world.server)
        while not stop.is_set():
            streamed[0] += len(reader.ask("GET", f"/videos/{video}/source").body)

    thread = threading.Thread(target=stream)
    thread.start()
    size, part, peak = UPLOAD_MB << 20, os.urandom(PART), 0.0
    address, _video = world.client.begin_upload("big.mp4", size + 1)  # never complete: its check is no part of this
    started = time.monotonic()
    try:
        for offset in range(0, size, PART):
            assert world.client.send_part(address, offset, part).status == 204
            peak = max(peak, resident_megabytes(web))
    finally:
        stop.set()
        thread.join()
        world.client.ask("DELETE", address)
    speed = UPLOAD_MB / (time.monotonic() - started)
    print(f"web process: {peak:.0f} MB at most, {UPLOAD_MB} MB in at {speed:.0f} MB/s, {streamed[0] >> 20} MB out")
    assert peak <= 250
