"""What was measured and decided in a video is kept: other definitions need neither the film nor the measures again."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from segments.core.evidence.collect import SEEN
from segments.core.media.probe import probe
from segments.domain import pipeline, storage
from segments.models import Evidence, Job, Video
from segments.models.job import JobStatus
from tests import clips, factories

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = {**factories.SHOT, "id": "again", "description": "Every single camera shot, cut by cut."}


@pytest.fixture
def film(anna: User, tmp_path: Path, settings: object) -> Video:
    path = clips.two_shots(tmp_path / "film.mp4")
    facts = probe(path, filename="film.mp4", limits=settings.LIMITS)  # type: ignore[attr-defined]
    return factories.video(anna, content=path.read_bytes(), facts=asdict(facts))


def cuts(job: Job) -> list[float]:
    pipeline.run_job(job.uid)
    job.refresh_from_db()
    assert job.status == JobStatus.COMPLETED, job.error_message
    return list(job.segments.order_by("ordinal").values_list("start_time", flat=True))


def test_rerun_needs_neither_the_film_nor_its_small_pictures(film: Video) -> None:
    first = cuts(factories.job(film))
    storage.source(film).unlink()
    Evidence.objects.filter(module="pictures").delete()

    assert cuts(factories.job(film, SLOW)) == first == [0.0, 2.0]


def test_another_window_is_decided_on_its_own(film: Video) -> None:
    cuts(factories.job(film))

    assert cuts(factories.job(film, start_time=1, end_time=3)) == [1.0, 2.0]
    assert Evidence.objects.filter(module=SEEN).count() == 2
