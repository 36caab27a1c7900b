"""Every test gets a data directory and doorbells of its own; nothing leaves this computer."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty
from typing import Any

import hypothesis
import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.db import connections
from django.utils import timezone

from playground.celery import app as celery
from tests import factories

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PLUGINS = Path(__file__).parent / "fakes" / "plugins"

# the same examples every time: a gate that fails by chance is no gate
_QUICK = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a failure is shown as found, not made smaller
hypothesis.settings.register_profile("gate", derandomize=True, deadline=None, phases=_QUICK)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))
# kombu's own in-process broker: messages are really sent, and can be read back
celery.conf.broker_url = "memory://"


class Clock:
    """Stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> datetime:
        self.now += timedelta(**amount)
        return self.now


class Doorbells:
    """What was announced to workers."""

    def heard(self) -> list[tuple[str, str]]:
        """(queue, job uid) of every message since the last look, each queue in the order of sending."""
        with celery.connection_for_read() as connection:
            return [(queue, uid) for queue in ("light", "media") for uid in self._drain(connection, queue)]

    @staticmethod
    def _drain(connection: Any, queue: str) -> Iterator[str]:
        with connection.SimpleQueue(queue) as messages:
            while True:
                try:
                    message = messages.get_nowait()
                except Empty:
                    return
                message.ack()
                arguments, _keywords, _rest = message.payload
                yield from arguments  # the bell of the outbox has none


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as people run it: threads share it and locks are real."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(autouse=True)
def private_data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.FREE_DISK_FLOOR_BYTES = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a good one is slow on purpose
    settings.STATIC_ROOT = tmp_path / "collected"  # tests need no collected files
    settings.STATIC_ROOT.mkdir()
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return tmp_path


@pytest.fixture(autouse=True)
def no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def doorbells() -> Iterator[Doorbells]:
    bells = Doorbells()
    bells.heard()
    yield bells
    bells.heard()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time of the whole domain."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def fake_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines `fake` and `gated`, found like any installed one."""
    monkeypatch.syspath_prepend(str(PLUGINS))


@pytest.fixture
async def database_thread() -> AsyncIterator[None]:
    """For asynchronous tests: the thread that did their database work leaves no connection behind."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
def anna(db: None) -> User:
    return factories.user("anna")


@pytest.fixture
def stranger(db: None) -> User:
    return factories.user("stranger")
