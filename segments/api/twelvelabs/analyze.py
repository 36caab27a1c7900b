"""`POST /analyze`: a prompt is answered in the same call, at once or line by line. A run of a worker is behind it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from ninja import Router

from segments.api.twelvelabs import bodies, creation, mapping, schemas
from segments.core.errors import InvalidRequest, InvalidState, NotFound, Problem
from segments.domain import submission
from segments.models import Job
from segments.models.job import JobStatus

router = Router()
#: How the documents tell of the stream.
_LINE = {"type": "string", "description": "One event per line"}
LINES = {200: {"content": {"application/x-ndjson": {"schema": _LINE}}}}
#: The official clients give up after ten minutes.
PATIENCE_SECONDS = 540.0
FIRST_LOOK, LAST_LOOK = 0.05, 1.0
TOO_SLOW = "The answer took too long. Send a task to POST /analyze/tasks instead, or shorten the range."
_PIECE = re.compile(r".{1,80}(?:\s+|$)|\S{1,80}", re.DOTALL)


@router.post(
    "",
    response={200: schemas.Analysis, **schemas.ERRORS, 422: schemas.Error, 504: schemas.Error},
    tags=["analyze"],
    openapi_extra={**schemas.described("application/json", bodies.ANALYSIS), "responses": LINES},
)
def analyze(request: HttpRequest) -> HttpResponseBase:
    """Answer a prompt about a film of up to an hour. With `stream` (the default) as one JSON object per line."""
    body = creation.read(request)
    stream = body.pop("stream", True)
    problems = _problems(body, stream)
    if problems:
        raise InvalidRequest(problems)
    job = _create(request, body)
    if not stream:
        return _whole(job)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(_lines(job), content_type="application/x-ndjson", headers=headers)


def _problems(body: dict[str, Any], stream: object) -> list[Problem]:
    found = []
    if not isinstance(stream, bool):
        found.append(Problem("stream", "stream must be true or false."))
    if "analysis_mode" in body:
        text = "analysis_mode goes only with POST /analyze/tasks. Leave it out."
        found.append(Problem("analysis_mode", text, "parameter_unknown"))
    return found


def _create(request: HttpRequest, body: dict[str, Any]) -> Job:
    try:
        return creation.create(request.user, body, is_sync=True)
    except InvalidRequest as error:
        if error.problems[0].code == "resource_not_exist":  # here, unlike for tasks, a 404
            raise NotFound(error.message) from None
        raise


def _whole(job: Job) -> HttpResponse:
    try:
        _wait(job)
        return _answered(job)
    finally:
        submission.remove(job)  # also stops it when nobody waits any more


def _wait(job: Job) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    for pause in _pauses():
        job.refresh_from_db()
        if job.is_terminal or time.monotonic() > end:
            return
        time.sleep(pause)


def _answered(job: Job) -> HttpResponse:
    if job.status == JobStatus.COMPLETED:
        return JsonResponse(_answer(job))
    if not job.is_terminal:
        return JsonResponse(mapping.error_body("request_canceled_or_timed_out", TOO_SLOW), status=504)
    error = mapping.error_of(job) or {}
    message = str(error.get("message", "The run was canceled."))
    if job.error_code.startswith(("media_", "url_")):
        return JsonResponse(mapping.error_body("video_file_broken", message, param="video"), status=400)
    return JsonResponse(mapping.error_body("internal_server_error", message), status=500)


def _answer(job: Job) -> dict[str, Any]:
    found = mapping.result(job)
    told = mapping.error_of(job)
    answer = {"id": found["generation_id"], **{key: found[key] for key in ("data", "finish_reason", "usage")}}
    return answer | ({"error": {"message": told["message"]}} if told else {})


async def _lines(job: Job) -> AsyncIterator[bytes]:
    """Errors before the first line are plain answers; from here on the last line tells them."""
    yield _line(event_type="stream_start", metadata={"generation_id": job.uid.hex})
    try:
        await _until_over(job)
        for line in await sync_to_async(_told)(job):
            yield line
    finally:  # also when the caller went away: then nobody wants the answer
        await sync_to_async(_let_go)(job)


async def _until_over(job: Job) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    for pause in _pauses():
        await sync_to_async(job.refresh_from_db)()
        if job.is_terminal or time.monotonic() > end:
            return
        await asyncio.sleep(pause)


def _told(job: Job) -> list[bytes]:
    metadata: dict[str, Any] = {"generation_id": job.uid.hex}
    if job.status != JobStatus.COMPLETED:
        error = mapping.error_of(job) if job.is_terminal else {"message": TOO_SLOW}
        return [_line(event_type="stream_end", finish_reason="stop", metadata=metadata, error=error)]
    answer = _answer(job)
    lines = [_line(event_type="text_generation", text=piece) for piece in _PIECE.findall(answer["data"])]
    metadata["usage"] = answer["usage"]
    more = {"error": answer["error"]} if "error" in answer else {}
    return [*lines, _line(event_type="stream_end", finish_reason=answer["finish_reason"], metadata=metadata, **more)]


def _let_go(job: Job) -> None:
    with suppress(InvalidState):
        submission.remove(job)


def _line(**event: object) -> bytes:
    """ASCII only, so that no character is cut between two network packets."""
    return json.dumps(event, ensure_ascii=True).encode() + b"\n"


def _pauses() -> Iterator[float]:
    pause = FIRST_LOOK
    while True:
        yield pause
        pause = min(LAST_LOOK, pause * 1.3)
