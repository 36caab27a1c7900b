"""Worker loops killed and frozen at random moments, with reconciliation running: `python -m tests.domain.chaos`.

Prints one JSON object with what happened. A process of its own: it forks workers, which a test process must not.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import signal
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

PLUGINS = Path(__file__).resolve().parents[1] / "fakes" / "plugins"
LEASE_SECONDS = 1.0
GIVE_UP_SECONDS = 60.0


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--freezes", type=int, default=3)
    arguments.add_argument("--jobs", type=int, default=20)
    arguments.add_argument("--workers", type=int, default=3)
    options = arguments.parse_args()
    prepare()
    print(json.dumps(Chaos(options).run()))


def prepare() -> None:
    """A database, an engine that needs no pictures, and quick leases."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "playground.settings"
    sys.path.append(str(PLUGINS))
    import django

    django.setup()
    from django.core.management import call_command

    from playground.celery import app
    from segments.domain import jobs, run_report

    app.conf.broker_url = "memory://"  # every doorbell is lost: workers look for themselves
    call_command("migrate", verbosity=0)
    jobs.LEASE = timedelta(seconds=LEASE_SECONDS)
    jobs.MAX_CRASHES = 1000  # being killed at random says nothing about the file
    run_report.HEARTBEAT_SECONDS = LEASE_SECONDS / 4
    run_report.EVENT_SECONDS = 0.02


class Chaos:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.random = random.Random(options.seed)
        self.workers: list[int] = []
        self.frozen: dict[int, int] = {}  # worker → the process that thaws it
        self.done = {"kills": 0, "freezes": 0}
        self.refused = Path(os.environ["DATA_DIR"]) / "refused"

    def run(self) -> dict[str, Any]:
        self.submit()
        began = time.monotonic()
        self.workers = [self.fork() for _ in range(self.options.workers)]
        try:
            while self.unfinished() and time.monotonic() - began < GIVE_UP_SECONDS:
                time.sleep(self.random.uniform(0.03, 0.15))
                self.strike()
                self.thaw()
                self.reconcile()
        finally:
            for worker in self.workers:
                self.kill(worker)
        return self.done | {"seconds": round(time.monotonic() - began, 1)} | self.outcome()

    def submit(self) -> None:
        from django.contrib.auth.models import User

        from segments.models import Video
        from segments.models.video import VideoUploadStatus
        from tests import factories

        owner = User.objects.create(username="anna")
        ready = {"facts": asdict(factories.facts()), "upload_status": VideoUploadStatus.COMPLETED}
        video = Video.objects.create(owner=owner, name="film.mp4", size_bytes=1, **ready)
        for number in range(self.options.jobs):
            factories.job(video, {**factories.SHOT, "id": f"paced_{number}"}, engine="paced")

    def fork(self) -> int:
        from django.db import connections

        connections.close_all()  # a connection must not be carried into a child
        worker = os.fork()
        if worker == 0:
            try:
                work(self.refused)
            finally:
                os._exit(1)
        return worker

    def strike(self) -> None:
        """Kill or freeze one worker, as long as there are any left to give."""
        target = self.random.choice(self.workers)
        due = self.done["freezes"] < self.options.freezes and not self.frozen and self.random.random() < 0.5
        if due and target in self.busy():
            self.frozen[target] = freeze(target, 1.5 * LEASE_SECONDS)
            self.done["freezes"] += 1
        elif self.done["kills"] < self.options.kills and target not in self.frozen:
            self.kill(target)
            self.workers.remove(target)
            self.workers.append(self.fork())
            self.done["kills"] += 1

    @staticmethod
    def busy() -> set[int]:
        """Process numbers of workers that have a run."""
        from segments.models import Job

        return {int(name.split("/")[3]) for name in Job.objects.exclude(worker="").values_list("worker", flat=True)}

    def thaw(self) -> None:
        for worker, nurse in list(self.frozen.items()):
            if os.waitpid(nurse, os.WNOHANG)[0]:
                del self.frozen[worker]

    @staticmethod
    def kill(worker: int) -> None:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)

    @staticmethod
    def reconcile() -> None:
        from django.db import OperationalError

        from segments.domain import reconcile

        try:
            reconcile.reconcile()
        except OperationalError as error:
            print(f"reconcile will try again: {error}", file=sys.stderr)

    def unfinished(self) -> bool:
        from segments.models import Job
        from segments.models.job import TERMINAL

        left = self.options.kills - self.done["kills"] + self.options.freezes - self.done["freezes"]
        return bool(self.frozen) or left > 0 or Job.objects.exclude(status__in=TERMINAL).exists()

    def outcome(self) -> dict[str, Any]:
        from django.db import connection

        from segments.models import Job, Segment

        gaps = [
            job.pk
            for job in Job.objects.all()
            if list(job.events.values_list("seq", flat=True)) != list(range(1, job.last_seq + 1))
        ]
        with connection.cursor() as cursor:
            whole = "ok"
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA integrity_check")
                whole = cursor.fetchone()[0]
        return {
            "statuses": sorted(Job.objects.values_list("status", flat=True).distinct()),
            "segments": sorted({job.segments.count() for job in Job.objects.all()}),
            "rows": Segment.objects.count(),
            "gaps": gaps,
            "claims": sum(Job.objects.values_list("fence", flat=True)),
            "crashes": sum(Job.objects.values_list("crashes", flat=True)),
            "refused": len(self.refused.read_text().splitlines()) if self.refused.exists() else 0,
            "integrity": whole,
        }


def freeze(worker: int, seconds: float) -> int:
    """Stop a process for a while. Another one wakes it: this one may wait for a lock that the frozen one holds."""
    os.kill(worker, signal.SIGSTOP)
    nurse = os.fork()
    if nurse == 0:
        time.sleep(seconds)
        os.kill(worker, signal.SIGCONT)
        os._exit(0)
    return nurse


def work(refused: Path) -> None:
    """One worker: take whatever waits, for ever. Writes that were refused for being stale are noted."""
    from django.db import OperationalError
    from django.utils import timezone

    from segments.domain import pipeline
    from segments.models import Job

    class Note(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "lost the lease" in record.getMessage() or "taken over" in record.getMessage():
                with refused.open("a") as file:
                    file.write(f"{record.getMessage()}\n")

    logging.getLogger("segments.domain.pipeline").addHandler(Note())
    while True:
        try:
            due = Job.objects.filter(status="pending", run_after__lte=timezone.now()).order_by("?").first()
            if due is not None:
                pipeline.run_job(due.uid)
        except OperationalError as error:
            print(f"worker will look again: {error}", file=sys.stderr)
        time.sleep(0.02)


if __name__ == "__main__":
    main()
