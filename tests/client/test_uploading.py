"""The retries of one chunk, with scripted answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from segments.client import AuthenticationError, ClientConnectionError, VideoUploadError
from segments.client.flows.uploads import UploadOptions, films, upload_one
from tests.client.scripted import CONFIG, Script, answer

SESSION = answer(
    201,
    {
        "media_id": "m",
        "upload_id": "u",
        "total_chunks": 1,
        "chunk_size_bytes": 10,
        "chunks": [{"chunk_number": 1, "size_bytes": 4, "upload_url": "/chunks/first"}],
    },
)
SENT = answer(200, etag='"abc"')
AGAIN = answer(200, {"chunk_number": 1, "upload_url": "/chunks/second", "retry_attempt": 1})
CONFIRMED = answer(200, {"chunk_number": 1, "status": "completed"})
COMPLETED = answer(200, {"media_id": "m", "status": "completed"})
ABORTED = answer(200, {"media_id": "m"})


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"film")
    return path


def calls(script: Script) -> list[str]:
    return [request.path.rpartition("/")[2] for request in script.requests]


@pytest.mark.parametrize("fault", [ClientConnectionError("The line broke."), answer(403), answer(400), answer(500)])
def test_failed_chunk_gets_a_new_address(film: Path, fault: Any) -> None:
    script = Script([SESSION, fault, AGAIN, SENT, CONFIRMED, COMPLETED])
    assert script.run(upload_one(CONFIG, film, UploadOptions())).media_id == "m"
    assert calls(script) == ["initiate", "first", "retry", "second", "confirm", "complete"]
    assert script.requests[3].content == b"film"
    assert script.requests[4].json["etag"] == "abc"
    assert not script.requests[3].with_key


def test_giving_up_aborts_and_says_where(film: Path) -> None:
    script = Script([SESSION, answer(403), AGAIN, answer(403), ABORTED])
    with pytest.raises(VideoUploadError) as given_up:
        script.run(upload_one(CONFIG, film, UploadOptions(max_chunk_retries=1)))
    assert calls(script)[-1] == "abort"
    assert (given_up.value.details["stage"], given_up.value.media_id) == ("chunk_upload", "m")


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        ([answer(413)], "initiate"),
        ([SESSION, SENT, answer(422), ABORTED], "confirm"),
        ([SESSION, SENT, CONFIRMED, answer(409), ABORTED], "complete"),
        ([SESSION, SENT, CONFIRMED, answer(409), answer(409)], "complete"),  # the abort is refused too
    ],
)
def test_each_stage_is_named(film: Path, answers: list[Any], stage: str) -> None:
    with pytest.raises(VideoUploadError) as failed:
        Script(answers).run(upload_one(CONFIG, film, UploadOptions()))
    assert failed.value.details["stage"] == stage
    assert failed.value.partial_chunks == ([1] if stage == "complete" else [])


def test_wrong_key_stays_an_authentication_error(film: Path) -> None:
    with pytest.raises(AuthenticationError):
        Script([answer(401)]).run(upload_one(CONFIG, film, UploadOptions()))


def test_films_are_found_in_paths_lists_and_folders(tmp_path: Path) -> None:
    for name in ("b.webm", "a.m4v", "text.txt"):
        (tmp_path / name).touch()
    found = [path.name for path in films([tmp_path, str(tmp_path / "text.txt")])]
    assert found == ["a.m4v", "b.webm", "text.txt"]
