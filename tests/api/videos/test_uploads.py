"""Uploads in chunks through both clients; numbers are those of the contract's checks (video types, section 8)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.contrib.auth.models import User

from segments.client import (
    AsyncClient,
    ResourceNotFoundError,
    ValidationError,
    VideoChunkProgressEvent,
    VideoUploadCompleteEvent,
    VideoUploadError,
)
from segments.domain import chunked_uploads, storage
from segments.models import Video
from tests import factories
from tests.api.videos.conftest import Speaker, aside, prepared, stored

CONTENT = bytes(range(256)) * 10  # three chunks of 1,000 bytes


@pytest.fixture
def film(tmp_path: Path, small_chunks: int) -> Path:
    path = tmp_path / "film é.mp4"
    path.write_bytes(CONTENT)
    return path


def begun(sdk: Speaker, raw: httpx.Client, *numbers: int) -> Any:
    """A session of three chunks, these of them sent and confirmed."""
    session = sdk("video_uploads.initiate", "film.mp4", len(CONTENT))
    for number in numbers:
        sent = put(raw, session, number)
        sdk("video_uploads.confirm_chunk", *ids(session), number, **sent)
    return session


def put(raw: httpx.Client, session: Any, number: int) -> dict[str, Any]:
    info = session.chunks[number - 1]
    part = CONTENT[(number - 1) * 1000 : number * 1000]
    answer = raw.put(raw.base_url.join(info.upload_url), content=part, headers={"Authorization": ""})
    assert answer.status_code == 200
    return {"etag": answer.headers["ETag"], "size_bytes": len(part)}


def ids(session: Any) -> tuple[str, str]:
    return session.media_id, session.upload_id


def test_film_arrives_whole_and_is_reported_chunk_by_chunk(sdk: Speaker, film: Path) -> None:
    chunks: list[VideoChunkProgressEvent] = []
    ends: list[VideoUploadCompleteEvent] = []
    result = sdk(
        "video_uploads.upload_one",
        film,
        title="Mine",
        tags=["a b"],
        metadata={"k": "v"},
        auto_analyze=False,
        on_chunk_progress=chunks.append,
        on_upload_complete=ends.append,
    )
    video = stored(result.media_id)
    assert (result.is_completed, result.processing_status, result.metadata) == (True, "queued", None)
    assert (video.name, video.title, video.tags, video.user_metadata) == ("film é.mp4", "Mine", ["a b"], {"k": "v"})
    assert [event.bytes_uploaded for event in chunks][-1] == len(CONTENT)
    assert (sorted(event.chunk_number for event in chunks), chunks[-1].progress_percent) == ([1, 2, 3], 100.0)
    assert [event.result for event in ends] == [result]
    chunked_uploads.assemble(video, lambda _progress: None)
    assert (storage.folder(video) / storage.PARTIAL).read_bytes() == CONTENT


def test_check_9_silent_clip_has_no_audio_codec_before_any_analysis(sdk: Speaker, silent_film: Path) -> None:
    result = sdk("video_uploads.upload_one", silent_film, auto_analyze=False)
    assert sdk("files.get_processing_status", result.media_id).variant_status == "processing"
    prepared(result.media_id)
    status = sdk("files.get_processing_status", result.media_id)
    metadata = status.video_metadata
    assert (metadata.audio_codec, metadata.video_codec, metadata.resolution) == (None, "h264", "320x180")
    assert (metadata.duration_seconds, metadata.format_name) == (4.0, "mp4")
    assert (status.variant_status, status.is_terminal, status.is_ready) == ("completed", True, False)


def test_check_6_abort_mid_upload_removes_the_parts_for_good(
    sdk: Speaker, raw: httpx.Client, small_chunks: int
) -> None:
    session = begun(sdk, raw, 1)
    sent = put(raw, session, 2)
    first, again = (sdk("video_uploads.abort", *ids(session), reason="changed my mind") for _ in range(2))
    assert (first.status, first.cleaned_up, first.chunks_removed, first.s3_cleanup) == ("aborted", True, 2, False)
    assert (again.status, again.chunks_removed) == ("aborted", 0)
    assert not storage.folder(stored(session.media_id)).exists()
    for call, options in (("confirm_chunk", sent), ("retry_chunk", {})):
        with pytest.raises(VideoUploadError) as late:
            sdk(f"video_uploads.{call}", *ids(session), 2, **options)
        assert late.value.details["server_code"] == "INVALID_STATE"
    with pytest.raises(VideoUploadError) as late:
        sdk("video_uploads.complete", *ids(session))
    assert (late.value.details["stage"], late.value.media_id) == ("complete", session.media_id)
    assert sdk("video_uploads.get_progress", session.media_id).status == "aborted"


def test_abort_after_the_end_is_refused(sdk: Speaker, film: Path, raw: httpx.Client) -> None:
    session = begun(sdk, raw, 1, 2, 3)
    sdk("video_uploads.complete", *ids(session), auto_analyze=False)
    for call in ("abort", "complete"):
        with pytest.raises(VideoUploadError):
            sdk(f"video_uploads.{call}", *ids(session))


def test_film_whose_session_ends_elsewhere_is_given_up(sdk: Speaker, film: Path) -> None:
    def stop(event: VideoChunkProgressEvent) -> None:
        aside(lambda: Video.objects.filter(uid=event.media_id).update(upload_status="failed"))

    with pytest.raises(VideoUploadError) as stopped:
        sdk("video_uploads.upload_one", film, max_chunk_concurrency=1, on_chunk_progress=stop)
    assert (stopped.value.details["stage"], stopped.value.partial_chunks) == ("chunk_upload", [1])


def test_film_whose_callback_fails_is_aborted(sdk: Speaker, film: Path) -> None:
    def fail(event: VideoChunkProgressEvent) -> None:
        raise KeyError(event.media_id)

    with pytest.raises(KeyError) as failed:
        sdk("video_uploads.upload_one", film, on_chunk_progress=fail)
    assert stored(failed.value.args[0]).upload_status == "aborted"


async def test_cancelled_upload_is_aborted_on_the_server(address: str, key: str, film: Path) -> None:
    heard: list[VideoChunkProgressEvent] = []

    async def stop(event: VideoChunkProgressEvent) -> None:
        heard.append(event)
        sending.cancel()
        await asyncio.sleep(0)

    async with AsyncClient(key, base_url=address) as client:
        sending = asyncio.create_task(
            client.video_uploads.upload_one(film, max_chunk_concurrency=1, on_chunk_progress=stop)
        )
        with pytest.raises(asyncio.CancelledError):
            await sending
        progress = await client.video_uploads.get_progress(heard[0].media_id)
    assert (len(heard), progress.status) == (1, "aborted")


def test_dead_addresses_are_asked_anew_until_the_limit(sdk: Speaker, film: Path, settings: Any) -> None:
    settings.CHUNK_LINK_MINUTES = -1  # every address is too old at once
    with pytest.raises(VideoUploadError, match="too old") as given_up:
        sdk("video_uploads.upload_one", film, max_chunk_concurrency=1)
    video = Video.objects.get()
    assert (given_up.value.details["stage"], given_up.value.partial_chunks) == ("chunk_upload", [])
    assert (given_up.value.media_id, video.upload_status) == (str(video.uid), "aborted")


def test_fourth_retry_of_a_chunk_is_refused(sdk: Speaker, raw: httpx.Client, small_chunks: int) -> None:
    session = begun(sdk, raw)
    retries = [sdk("video_uploads.retry_chunk", *ids(session), 2) for _ in range(3)]
    assert [(each.retry_attempt, each.max_retries) for each in retries] == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(VideoUploadError) as refused:
        sdk("video_uploads.retry_chunk", *ids(session), 2)
    assert refused.value.details["server_code"] == "RETRY_LIMIT_EXCEEDED"
    assert sdk("video_uploads.get_progress", session.media_id).failed_chunks == [2]


def test_confirming_tells_how_far_it_is(sdk: Speaker, raw: httpx.Client, small_chunks: int) -> None:
    session = begun(sdk, raw, 1)
    sent = put(raw, session, 3)
    for _ in range(2):
        done = sdk("video_uploads.confirm_chunk", *ids(session), 3, **sent)
        assert (done.status, done.chunks_completed, done.total_chunks) == ("completed", 2, 3)
        assert done.progress_percent == 60.9
    for wrong in ({**sent, "etag": "0" * 32}, {**sent, "size_bytes": 1}):
        with pytest.raises(ValidationError):
            sdk("video_uploads.confirm_chunk", *ids(session), 3, **wrong)


def test_completing_too_early_lists_the_missing_chunks(sdk: Speaker, raw: httpx.Client, small_chunks: int) -> None:
    session = begun(sdk, raw, 2)
    with pytest.raises(VideoUploadError) as refused:
        sdk("video_uploads.complete", *ids(session))
    assert refused.value.details["missing_chunks"] == [1, 3]
    assert refused.value.details["server_code"] == "UPLOAD_INCOMPLETE"


def test_session_tells_all_a_sender_needs(sdk: Speaker, small_chunks: int) -> None:
    session = sdk("video_uploads.initiate", "film.mov", 2500)
    assert [(chunk.chunk_number, chunk.size_bytes) for chunk in session.chunks] == [(1, 1000), (2, 1000), (3, 500)]
    assert (session.total_chunks, session.chunk_size_bytes, session.concurrent_upload_limit) == (3, 1000, 5)
    assert (session.chunks[0].upload_method, session.retry_attempts) == ("PUT", 3)
    assert session.chunks[0].expires_at < session.expires_at


def test_batch_opens_all_or_nothing(sdk: Speaker) -> None:
    film = {"filename": "a.mp4", "content_type": "video/mp4", "size_bytes": 10}
    batch = sdk("video_uploads.batch_initiate", [film, film], processing_priority="low")
    assert (batch.total_videos, batch.total_size_bytes, batch.processing_priority) == (2, 20, "low")
    assert len({video.media_id for video in batch.videos}) == 2
    with pytest.raises(ValidationError):
        sdk("video_uploads.batch_initiate", [film] * 11)
    assert Video.objects.count() == 2


def test_folder_is_uploaded_film_by_film(sdk: Speaker, tmp_path: Path) -> None:
    for name in ("b.mp4", "a.MOV", "notes.txt"):
        (tmp_path / name).write_bytes(b"film")
    results = sdk("video_uploads.upload", tmp_path, auto_analyze=False)
    assert [stored(result.media_id).name for result in results] == ["a.MOV", "b.mp4"]


def test_missing_files_are_named_before_anything_is_sent(sdk: Speaker, tmp_path: Path) -> None:
    for call in ("video_uploads.upload_one", "video_uploads.upload", "files.upload"):
        with pytest.raises(FileNotFoundError, match=r"nothing\.mp4"):
            sdk(call, tmp_path / "nothing.mp4")
    assert not Video.objects.exists()


def test_upload_of_somebody_else_does_not_exist(sdk: Speaker, small_chunks: int) -> None:
    theirs = chunked_uploads.create(factories.user("stranger"), name="a.mp4", length=10)
    mine = sdk("video_uploads.initiate", "film.mp4", 10)
    for media_id, upload_id in (
        (theirs.video.uid, theirs.uid),
        (mine.media_id, theirs.uid),
        (theirs.video.uid, mine.upload_id),
        ("nonsense", "nonsense"),
    ):
        with pytest.raises(ResourceNotFoundError):
            sdk("video_uploads.abort", str(media_id), str(upload_id))
    with pytest.raises(ResourceNotFoundError):
        sdk("video_uploads.get_progress", str(theirs.video.uid))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"size_bytes": 0}, "size_bytes"),
        ({"content_type": "text/plain"}, "content_type"),
        ({"filename": ""}, "filename"),
        ({"title": "x" * 256}, "title"),
        ({"tags": ["a/b"]}, "tags.0"),
        ({"tags": ["a"] * 21}, "tags"),
        ({"metadata": {"k": 1}}, "metadata.k"),
    ],
)
def test_wrong_values_are_named(raw: httpx.Client, owner: User, wrong: dict[str, Any], field: str) -> None:
    body = {"filename": "a.mp4", "content_type": "video/mp4", "size_bytes": 10, **wrong}
    answer = raw.post("/video-uploads/initiate", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], list(error["details"]["fields"])) == ("VALIDATION_ERROR", [field])
