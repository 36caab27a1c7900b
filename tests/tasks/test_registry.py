"""Doorbells go by name: a name that no worker knows would ring for nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from segments import tasks
from segments.domain import announce
from segments.models.job import JobKind, JobStatus
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
#: What `celery -A playground worker` loads, in a process that has loaded nothing else.
LOADED = """
import json
from playground.celery import app
app.loader.import_default_modules()
print(json.dumps(list(app.tasks)))
"""


def known_to_workers() -> set[str]:
    answer = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in json.loads(answer.stdout) if not name.startswith("celery.")}


def test_workers_know_every_name_that_is_rung_and_no_other() -> None:
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert known_to_workers() == {*announce.TASK_NAMES, *scheduled}


def test_every_kind_of_job_has_a_queue_that_serve_listens_to() -> None:
    assert set(announce.QUEUES) == set(JobKind)
    serve = (ROOT / "segments" / "management" / "commands" / "serve.py").read_text()
    assert all(f'"-Q", "{queue}"' in serve for queue in {*announce.QUEUES.values(), settings.CELERY_TASK_DEFAULT_QUEUE})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_engines")
def test_ringing_twice_runs_once(anna: User) -> None:
    job = factories.job(factories.video(anna), engine="fake")
    for _ in range(10):
        tasks.run_job(str(job.uid))
    job.refresh_from_db()
    assert (job.status, job.fence, job.segments.count()) == (JobStatus.COMPLETED, 1, 3)


@pytest.mark.django_db(transaction=True)
def test_reconcile_task_puts_things_right(anna: User) -> None:
    job = factories.job(factories.video(anna))
    factories.claimed(job)
    type(job).objects.update(lease_until=None)
    tasks.reconcile()
    job.refresh_from_db()
    assert job.status == JobStatus.PENDING
