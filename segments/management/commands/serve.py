"""`manage.py serve`: a private Redis, Celery workers with their beat, and the web server, watched together."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import urllib.request
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from segments import checks
from segments.domain import access, examples, launch, reconcile
from segments.management.supervisor import Child, Supervisor
from segments.models import Job
from segments.models.job import JobStatus

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Serve the playground: starts what it needs, restarts what dies, Ctrl-C stops all."
    requires_system_checks = "__all__"

    def handle(self, *args: Any, **options: Any) -> None:
        lock = self._lock_data_dir()
        call_command("migrate", verbosity=0, interactive=False)
        self.say("Starting Cuepoint …")
        Supervisor(self._children(), self.say).run(_answers, self._welcome)
        reconcile.end_lost_runs(crashed=False)
        self.say("Stopped.")
        lock.close()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _lock_data_dir(self) -> IO[str]:
        """One server per data directory: two would share a database, a socket and each other's leases."""
        run = Path(settings.DATA_DIR) / "run"
        run.mkdir(parents=True, exist_ok=True, mode=0o700)
        run.chmod(0o700)
        lock = (run / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise CommandError(
                f"Another serve (process {owner}) uses {settings.DATA_DIR}. Stop it, or set DATA_DIR to another folder."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        return lock

    def _children(self) -> list[Child]:
        environment = {**os.environ, "DATA_DIR": str(settings.DATA_DIR), "PYTHONUNBUFFERED": "1"}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment["PYTHONWARNINGS"] = "ignore:You're running the worker"  # root in a container is normal
        worker = [sys.executable, "-m", "celery", "-q", "-A", "playground", "worker", "--loglevel", "WARNING"]
        flags = ["--without-gossip", "--without-mingle"]
        beat = str(Path(settings.DATA_DIR) / "run" / "beat")
        media = [*worker, *flags, "-Q", "media", "-n", "media@%h", "--concurrency", str(settings.WORKERS)]
        light = [*worker, *flags, "-Q", "light", "-n", "light@%h", "--concurrency", "2", "--beat", "--schedule", beat]
        web = [sys.executable, "-m", "uvicorn", "playground.asgi:application", "--host", settings.HOST]
        web += ["--port", str(settings.PORT), "--log-level", "warning", "--no-access-log", "--no-server-header"]
        # forwarded headers must stay visible: they end the automatic entrance of local mode
        web += ["--no-proxy-headers", "--timeout-graceful-shutdown", "3", "--ws-max-size", "4096"]
        base = Path(settings.BASE_DIR)
        return [
            *self._redis(environment),
            Child("worker", media, environment, base, niceness=10, after_death=_end_lost),
            Child("helper worker", light, environment, base, after_death=_end_lost),
            Child("web server", web, environment, base),
        ]

    def _redis(self, environment: dict[str, str]) -> list[Child]:
        if os.environ.get("REDIS_URL"):
            return []
        binary = checks.redis_binary()
        if binary is None:
            raise CommandError("No redis-server was found. Install one, or set REDIS_URL to a server that you have.")
        run = Path(settings.DATA_DIR) / "run"
        # no TCP, no persistence: the database is the truth, Redis only a doorbell
        flags = ["--port", "0", "--unixsocket", str(run / "redis.sock"), "--unixsocketperm", "700", "--dir", str(run)]
        command = [binary, *flags, "--save", "", "--appendonly", "no", "--logfile", str(run / "redis.log")]
        return [Child("Redis", command, environment, run, is_leaned_on=True, after_death=_doorbells_are_lost)]

    def _welcome(self) -> None:
        # only now somebody hears the doorbells
        _doorbells_are_lost()
        reconcile.end_lost_runs(crashed=False)
        reconcile.announce_waiting()
        if settings.ACCESS != "users":
            examples.welcome(access.local_owner())
        shown = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
        self.say(f"Cuepoint is ready: http://{shown}:{settings.PORT}")
        if settings.ACCESS == "token":
            self.say(f"Launch link: http://{shown}:{settings.PORT}/enter/?token={launch.token()}")
        self.say(f"Videos and results are kept in {settings.DATA_DIR}. Press Ctrl-C to stop.")


def _end_lost() -> None:
    """A worker died: its runs go back to the queue now rather than when their lease runs out."""
    try:
        reconcile.end_lost_runs()
    except OperationalError as error:
        log.warning("could not give runs back, the beat will: %s", error)


def _doorbells_are_lost() -> None:
    """Redis keeps nothing: after its end, reconciliation rings for all who wait at its next turn."""
    try:
        Job.objects.filter(status=JobStatus.PENDING).update(announced_at=None)
    except OperationalError as error:
        log.warning("could not note that doorbells are lost: %s", error)


def _answers() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(settings.HOST, settings.HOST)  # noqa: S104
    request = urllib.request.Request(f"http://{host}:{settings.PORT}/health", headers={"Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False
