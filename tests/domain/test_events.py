"""The numbered history of a job: no gap, no double, the same for everybody who reads it."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from segments.domain import events, jobs, queries
from segments.models import Event, Job
from segments.models.job import JobStatus
from tests import factories
from tests.conftest import Clock


def history(job: Job) -> list[tuple[int, str, object]]:
    return [(event.seq, event.kind, event.payload.get("status")) for event in job.events.all()]


@pytest.mark.django_db
def test_every_move_is_one_line_without_gaps(anna: User, clock: Clock) -> None:
    job = factories.job(factories.video(anna))
    factories.failed(job)
    jobs.retry(job)
    factories.completed(job)
    assert history(job) == [
        (1, "state", JobStatus.PENDING),
        (2, "state", JobStatus.PROCESSING),
        (3, "state", JobStatus.FAILED),
        (4, "state", JobStatus.PENDING),
        (5, "state", JobStatus.PROCESSING),
        (6, "state", JobStatus.COMPLETED),
    ]
    assert job.last_seq == 6


@pytest.mark.django_db
def test_lines_of_a_retry_carry_the_next_generation(anna: User) -> None:
    job = factories.failed(factories.job(factories.video(anna)))
    jobs.retry(job)
    assert [event.payload["generation"] for event in job.events.all()] == [1, 1, 1, 2]


@pytest.mark.django_db
def test_a_number_is_used_once(anna: User) -> None:
    job = factories.job(factories.video(anna))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(job=job, seq=1, kind="state", payload={})


def append_and_break(run: jobs.Run) -> None:
    with jobs.held(run) as row:
        events.append(row, "warning", {})
        raise ZeroDivisionError


@pytest.mark.django_db
def test_rolled_back_line_leaves_no_gap(anna: User) -> None:
    job = factories.job(factories.video(anna))
    run = factories.claimed(job)
    with pytest.raises(ZeroDivisionError):
        append_and_break(run)
    with jobs.held(run) as row:
        events.append(row, "warning", {})
    job.refresh_from_db()
    assert [seq for seq, _kind, _status in history(job)] == [1, 2, 3]


@pytest.mark.django_db
def test_reader_gets_what_is_new_to_him(anna: User) -> None:
    job = factories.completed(factories.job(factories.video(anna)))
    whole = queries.events_after(job, 0)
    assert [event["seq"] for event in whole["events"]] == [1, 2, 3]  # type: ignore[index]
    rest = queries.events_after(job, 2)
    assert [event["payload"]["status"] for event in rest["events"]] == ["ready"]  # type: ignore[index]
    assert queries.events_after(job, 3) == {"events": [], "last_seq": 3}


@pytest.mark.django_db(transaction=True)
async def test_commit_nudges_the_group_of_the_job(database_thread: None) -> None:
    layer = get_channel_layer()
    anna = await sync_to_async(factories.user)()
    job = await sync_to_async(lambda: factories.job(factories.video(anna)))()
    await layer.group_add(events.group_name(job.uid), "listener")
    await sync_to_async(factories.claimed)(job)
    assert await layer.receive("listener") == {"type": "look"}


@pytest.mark.django_db(transaction=True)
def test_nudge_without_redis_costs_nothing(anna: User, settings: object, tmp_path: object) -> None:
    settings.CHANNEL_LAYERS = {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"unix://{tmp_path}/nobody.sock"]},
        }
    }
    job = factories.job(factories.video(anna))
    assert jobs.claim(job.uid) is not None
