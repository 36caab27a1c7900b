"""The OpenAPI description tells every answer, and the answers are what the client's types read."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from segments import client
from segments.api.videos import answers
from segments.api.videos.api import api

BYTES = {"/api/v2/files/{file_id}/download", "/api/v2/files/{file_id}/thumbnail"}
BYTES |= {"/api/v2/video-scenes/{scene_id}/thumbnail"}
#: Types of the client and what the server sends for them.
PAIRS = {
    client.VideoAnalysisJobStatus: answers.JobStatus,
    client.VideoAnalysisQueueResult: answers.Queued,
    client.VideoAnalysisRetryResult: answers.Retried,
    client.VideoScene: answers.Scene,
    client.VideoMetadata: answers.Metadata,
    client.VideoUploadSession: answers.UploadSession,
    client.VideoChunkInfo: answers.Chunk,
    client.ChunkConfirmResult: answers.ChunkConfirmed,
    client.VideoUploadResult: answers.UploadCompleted,
    client.ChunkRetryResult: answers.ChunkAddress,
    client.VideoAbortResult: answers.Aborted,
    client.BatchVideoUploadSession: answers.Batch,
    client.FileProcessingStatus: answers.Processing,
}


def operations() -> list[tuple[str, dict[str, Any]]]:
    paths = api.get_openapi_schema()["paths"]
    return [(path, operation) for path, methods in paths.items() for operation in methods.values()]


def test_every_answer_has_a_shape() -> None:
    for path, operation in operations():
        told = {int(status): answer for status, answer in operation["responses"].items()}
        (success,) = [status for status in told if status < 300]
        if path not in BYTES:
            schema = told[success]["content"]["application/json"]["schema"]
            assert "$ref" in schema, f"{path} answers anything"
        assert {401, 404, 422} <= told.keys()


@pytest.mark.parametrize(("kind", "sent"), PAIRS.items(), ids=lambda each: each.__name__)
def test_client_reads_what_the_server_sends(kind: Any, sent: Any) -> None:
    read = {field.name for field in dataclasses.fields(kind)}
    assert read - sent.model_fields.keys() == set(), "never filled"
