"""The real processes: `serve` with its Redis, workers and web server, over data that holds no sample films."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import clips
from tests.running import ROOT, Client, Server
from tests.stack.world import World

PLUGINS = ROOT / "tests" / "fakes" / "plugins"
#: A database whose owner once had a video: the sample films are for empty libraries only.
USED = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from segments.domain import access
from segments.models import Video
call_command("migrate", verbosity=0)
Video.objects.create(owner=access.local_owner(), name="gone", size_bytes=1, deleted_at=timezone.now())
"""


@pytest.fixture(scope="session")
def used_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("used")
    settings = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "playground.settings"}
    subprocess.run([sys.executable, "-c", USED], cwd=ROOT, env=os.environ | settings, check=True)
    return folder


@pytest.fixture(scope="session")
def new_world(used_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., World]]:
    worlds: list[World] = []

    def start(**environment: str) -> World:
        data = tmp_path_factory.mktemp("data")
        shutil.copytree(used_data, data, dirs_exist_ok=True)
        gates = tmp_path_factory.mktemp("gates")
        paths = os.pathsep.join([str(PLUGINS), str(ROOT)])
        surroundings = {"CUEPOINT_TEST_GATES": str(gates), "PYTHONPATH": paths, **environment}
        server = Server(data, surroundings).start()
        worlds.append(World(server, Client(server), gates))
        return worlds[-1]

    yield start
    for world in worlds:
        world.server.stop()


@pytest.fixture(scope="session")
def world(new_world: Callable[..., World]) -> World:
    """The server that most tests share: whatever they kill in it must come back."""
    return new_world()


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.two_shots(tmp_path_factory.mktemp("film") / "film.mp4", sound=clips.tone(4))


@pytest.fixture(scope="session")
def video(world: World, film: Path) -> str:
    """A checked video on the shared server."""
    return world.ready(world.client.upload(film))
