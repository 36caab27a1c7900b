"""Runs with reference images: on the server and from the command line, and what they say when one cannot be had."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.core.definition import MediaSource
from segments.domain import pipeline, queries, reference_images, storage
from segments.domain.local_run import segment_file
from segments.models import Job, Video
from segments.models.job import JobStatus
from tests import clips, factories, sites

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 8.0
SHOWN = (2.0, 6.0)


def logo(**place: str) -> dict[str, Any]:
    source = {"name": "logo", "media_type": "image", **place}
    return {"id": "ad", "description": "Where <@logo> is on the screen", "fields": [], "media_sources": [source]}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plain = clips.scene(71, (640, 360))
    shown = clips.pasted(plain, clips.sign(5), 100)
    pictures = [*clips.hold(plain, 2), *clips.hold(shown, 4), *clips.hold(plain, 2)]
    return clips.write(tmp_path_factory.mktemp("films") / "logo.mp4", pictures)


@pytest.fixture
def video(anna: User, film: Path) -> Video:
    found = factories.video(anna, content=film.read_bytes())
    Video.objects.filter(pk=found.pk).update(facts={**found.facts, "duration_seconds": SECONDS, "audio_codec": None})
    found.refresh_from_db()
    return found


def run(video: Video, definition: dict[str, Any]) -> Job:
    job = factories.job(video, definition)
    pipeline.run_job(job.uid)
    job.refresh_from_db()
    return job


def test_logo_gets_segments_with_reasons_also_from_the_command_line(video: Video, film: Path) -> None:
    definition = logo(base64_string=base64.b64encode(clips.encoded(clips.sign(5))).decode())
    job = run(video, definition)
    assert (job.status, job.error_code, job.warnings) == (JobStatus.COMPLETED, "", [])
    found = queries.result_json(job)["result"]
    (segment,) = found["ad"]
    shared = min(segment["end_time"], SHOWN[1]) - max(segment["start_time"], SHOWN[0])
    together = max(segment["end_time"], SHOWN[1]) - min(segment["start_time"], SHOWN[0])
    assert shared / together >= 0.8
    reasons = job.segments.get().reasons["start"]
    assert reasons["image"] == "logo"
    assert reasons["inliers"] >= 6
    assert segment_file(film, factories.body(definition), lambda _progress: None)["result"] == found


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"url": "https://127.0.0.1/logo.png"}, "not on the public internet"),
        ({"asset_id": "0" * 24}, "assets of this server are videos"),
    ],
    ids=["private", "asset"],
)
def test_image_that_cannot_be_had_is_named_and_the_run_goes_on(video: Video, place: Any, words: str) -> None:
    job = run(video, logo(**place))
    assert (job.status, job.segments.count()) == (JobStatus.COMPLETED, 0)
    (warning,) = job.warnings
    assert "<@logo>" in warning
    assert words in warning


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    with sites.serving() as site:
        settings.OUTBOUND_ALLOW = site.allowed
        yield site


def test_image_of_an_address_is_loaded_once_and_kept_with_the_run(site: sites.Site, anna: User) -> None:
    site.replies["/logo.png"] = sites.Reply(body=b"picture")
    job = factories.job(factories.video(anna))
    source = MediaSource("logo", url=f"{site.address}/logo.png")
    for _attempt in range(2):
        assert reference_images.kept_with(job)(source) == b"picture"
    assert len(site.seen) == 1
    assert [path.name.startswith("reference-") for path in storage.evidence_folder(job.video).iterdir()] == [True]
