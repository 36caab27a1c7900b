"""Starting once, refusing words, stopping in time, and starting again where it stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import ROOT, Client, children_of, command_of, free_port, wait_for
from tests.stack.world import World

pytestmark = pytest.mark.stack


def refused(data_dir: Path, **environment: str) -> str:
    """What a `serve` says that ends by itself."""
    surroundings = {**os.environ, "DATA_DIR": str(data_dir), "PORT": str(free_port()), **environment}
    run = subprocess.run(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=60
    )
    assert run.returncode != 0
    assert "Traceback" not in run.stderr
    return run.stderr


def test_second_serve_on_the_same_data_is_refused(world: World) -> None:
    said = refused(world.server.data_dir)
    assert f"Another serve (process {world.server.process.pid}) uses {world.server.data_dir}" in said  # type: ignore[union-attr]
    assert world.client.ask("GET", "/history/").status == 200


def test_open_address_in_local_mode_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, HOST="0.0.0.0", ACCESS="local")
    assert "ACCESS=local must not listen on 0.0.0.0" in said
    assert "ACCESS=token" in said
    assert not (tmp_path / "run").exists()


@pytest.fixture(scope="module")
def own_world(new_world: Callable[..., World]) -> World:
    """A server that may be stopped."""
    return new_world()


@pytest.fixture(scope="module")
def own_video(own_world: World, film: Path) -> str:
    return own_world.ready(own_world.client.upload(film))


def start_again(world: World) -> None:
    world.server.start()
    world.client = Client(world.server)


def test_stop_in_a_run_is_quick_and_the_next_start_goes_on(own_world: World, own_video: str) -> None:
    job = own_world.gated(own_video)
    own_world.wait(lambda: own_world.is_working(job), words="the run to work")
    took = own_world.server.stop()
    print(f"stopped in a run after {took:.1f} s")
    row = own_world.job(job)
    assert took <= 12
    assert (row["status"], row["crashes"], row["attempts"], row["lease_until"]) == ("pending", 0, 0, None)
    start_again(own_world)
    own_world.open_gate(job)
    own_world.completed(job)
    assert (own_world.job(job)["crashes"], own_world.job(job)["fence"]) == (0, 2)


def test_killed_serve_leaves_nothing_behind_and_the_next_start_goes_on(own_world: World, own_video: str) -> None:
    job = own_world.gated(own_video)
    own_world.wait(lambda: own_world.is_working(job), words="the run to work")
    serve = own_world.server.process
    assert serve is not None
    family = [*children_of(serve.pid), own_world.working_process(job)]
    serve.kill()
    serve.wait()
    killed = time.monotonic()
    wait_for(lambda: not any(command_of(pid) for pid in family), 20, "the processes to end")
    print(f"serve killed: its processes ended after {time.monotonic() - killed:.1f} s")
    start_again(own_world)
    own_world.open_gate(job)
    own_world.completed(job)
    assert own_world.job(job)["crashes"] == 0
