"""Our own clients, sync and async, against a live server; workers are played by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User
from django.db import connections

from segments.client import AsyncClient, Client
from segments.domain import api_keys, pipeline
from segments.models import Job, Video
from segments.models.job import JobKind
from tests import clips, factories


class Clock:
    """Nobody waits in tests: sleeping moves the clock."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


class AsyncClock(Clock):
    async def sleep(self, seconds: float) -> None:  # type: ignore[override]
        super().sleep(seconds)


@dataclass
class Speaker:
    """Calls a method by its dotted name, on the sync or on the async client."""

    kind: str
    key: str
    address: str
    settings: dict[str, Any]

    def __call__(self, method: str, *arguments: Any, **options: Any) -> Any:
        if self.kind == "async":
            return asyncio.run(self._awaited(method, arguments, options))
        with Client(self.key, base_url=self.address, **self.settings) as made:
            return attrgetter(method)(made)(*arguments, **options)

    async def _awaited(self, method: str, arguments: Any, options: Any) -> Any:
        async with AsyncClient(self.key, base_url=self.address, **self.settings) as made:
            return await attrgetter(method)(made)(*arguments, **options)


@pytest.fixture
def owner(transactional_db: None) -> User:
    return factories.user("caller")


@pytest.fixture
def key(owner: User) -> str:
    return api_keys.create(owner, name="tests")[1]


@pytest.fixture(params=["sync", "async"])
def sdk(request: pytest.FixtureRequest, address: str, key: str) -> Speaker:
    clock = Clock() if request.param == "sync" else AsyncClock()
    return Speaker(request.param, key, address, {"clock": clock, "retry_delay": 0.01})


@pytest.fixture
def raw(address: str, key: str) -> Iterator[httpx.Client]:
    """Plain HTTP with the right key."""
    with httpx.Client(base_url=f"{address}/api/v2", headers={"Authorization": f"Bearer {key}"}, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def silent_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips.two_shots(tmp_path_factory.mktemp("films") / "silent.mp4")


@pytest.fixture
def small_chunks(settings: Any) -> int:
    settings.CHUNK_BYTES = 1000
    return 1000


def aside(action: Callable[[], object]) -> None:
    """Database work of a callback, which may be called inside an event loop."""

    def work() -> None:
        try:
            action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def stored(uid: str) -> Video:
    return Video.objects.get(uid=uid)


def analysed(uid: str) -> Job:
    """A worker did the analysis that waits."""
    pipeline.run_job(stored(uid).jobs.get(kind=JobKind.MODULES, status="pending").uid)
    return stored(uid).jobs.filter(kind=JobKind.MODULES).latest("queued_at")


def prepared(uid: str) -> Video:
    """A worker did its part."""
    pipeline.run_job(stored(uid).jobs.get(kind=JobKind.PREPARE).uid)
    return stored(uid)
