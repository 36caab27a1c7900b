"""Wire ↔ domain: rows to the objects of the task API, our failures to its error body."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from segments.core import errors as failures
from segments.core.evidence.model import Word
from segments.core.general import CHARACTERS_PER_TOKEN, DEFAULT_TOKENS
from segments.core.request import DEFAULTS
from segments.domain import links
from segments.domain.failures import sentence
from segments.domain.queries import result_json
from segments.models import Delivery, Job, Video
from segments.models.job import JobKind, JobStatus
from segments.models.video import VideoUploadStatus
from segments.models.webhook import DeliveryState

STATUS: dict[str, str] = {
    JobStatus.PENDING: "pending",
    JobStatus.UPLOADING_TO_VLM: "processing",
    JobStatus.PROCESSING: "processing",
    JobStatus.COMPLETED: "ready",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "canceled",
}
ASSET_STATUS = {
    VideoUploadStatus.COMPLETED: "ready",
    VideoUploadStatus.FAILED: "failed",
    VideoUploadStatus.ABORTED: "failed",
}
#: Videos that came with a task are assets too, of the method that they resemble.
ASSET_METHOD = {"task_url": "url", "task_base64": "direct"}
#: Our failures: HTTP status and code of the contract.
FAILURES: dict[type[failures.CuepointError], tuple[int, str]] = {
    failures.NotFound: (404, "resource_not_exist"),
    failures.InvalidState: (409, "invalid_state"),
    failures.IdempotencyConflict: (409, "idempotency_conflict"),
    failures.TooMany: (429, "too_many_requests"),
    failures.TooLarge: (413, "payload_too_large"),
    failures.StorageFull: (507, "storage_full"),
    failures.Locked: (409, "invalid_state"),
    failures.LinkExpired: (403, "link_expired"),
    failures.UrlBlocked: (400, "parameter_invalid"),
    failures.UrlFetchFailed: (400, "parameter_invalid"),
}


#: Of a schema: known, and not kept here.
UNSUPPORTED_KEYWORD = "unsupported_schema_keyword"
TRANSCRIPTION_PARTS = {"words", "sentences", "utterances"}


class Conflict(failures.InvalidState):
    """A 409 with a code of the contract."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def error_body(
    code: str, message: str, *, param: str = "", problems: Sequence[failures.Problem] = ()
) -> dict[str, Any]:
    """Both shapes that clients know, at once: flat keys and the nested `error`."""
    details: dict[str, Any] = {}
    if param:
        details["param"] = _dotted(param)
        if details["param"] != param:
            details["path"] = param
    if problems:
        details["errors"] = [{"param": _dotted(p.path), "path": p.path, "message": p.message} for p in problems]
    nested: dict[str, Any] = {"code": code, "message": message}
    if details:
        nested["details"] = details
    return {"code": code, "message": message, "docs_url": "", "error": nested}


def problem(error: Mapping[str, Any]) -> failures.Problem:
    """What pydantic says about one value of a query or body."""
    _source, *steps = error["loc"]
    steps = steps[1:] if len(steps) > 1 else steps  # the name of our own argument
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    if error["type"] == "missing":
        return failures.Problem(path, f"{path} is missing.", "parameter_not_provided")
    return failures.Problem(path, f"{path}: {error['msg']}.")


def failure(error: failures.CuepointError) -> tuple[int, dict[str, Any]]:
    """HTTP status and body for one of our failures."""
    if isinstance(error, failures.InvalidRequest):
        first = error.problems[0]
        param = first.path or "body"
        status = 422 if first.code == UNSUPPORTED_KEYWORD else 400
        return status, error_body(first.code, first.message, param=param, problems=error.problems)
    if isinstance(error, Conflict):
        return 409, error_body(error.code, error.message)
    for kind, (status, code) in FAILURES.items():
        if isinstance(error, kind):
            return status, error_body(code, error.message)
    return 500, error_body("internal_server_error", "Something broke on our side. Try again.")


def task_json(job: Job, *, agent: str = "", brief: bool = False) -> dict[str, Any]:
    """A task; `brief` shortens it for lists. Absent keys are left out rather than null, except `custom_id`."""
    task: dict[str, Any] = {
        "task_id": job.task_id,
        "custom_id": job.request.get("custom_id"),
        "video_source": _source(job.video),
        "request_params": _params(job.request, agent, brief),
        "status": _status(job),
        "created_at": time_text(job.created_at),
    }
    if job.is_terminal and job.completed_at:
        task["completed_at"] = time_text(job.completed_at)
    if job.status == JobStatus.COMPLETED:
        task["result"] = result(job)
    if error := error_of(job):
        task["error"] = error
    if told := [_webhook(each) for each in job.deliveries.all() if each.generation == job.generation]:
        task["webhooks"] = told
    return task


def _webhook(delivery: Delivery) -> dict[str, Any]:
    is_delivered = delivery.state == DeliveryState.DELIVERED
    told = {"url": delivery.endpoint.url, "delivered": is_delivered, "attempts": delivery.attempts}
    return told | ({"last_error": delivery.last_error} if delivery.last_error and not is_delivered else {})


def asset_json(video: Video, *, detail: bool = True, root: str = "") -> dict[str, Any]:
    """An asset; `root` is the address under which the caller reached us."""
    facts: dict[str, Any] = video.facts or {}
    status = ASSET_STATUS.get(VideoUploadStatus(video.upload_status), "processing")
    asset: dict[str, Any] = {
        "_id": video.asset_id,
        "method": ASSET_METHOD.get(video.method, video.method),
        "status": status,
        "filename": video.name,
        "file_type": facts.get("mime_type", "application/octet-stream"),
        "created_at": time_text(video.created_at),
    }
    if video.user_metadata is not None:
        asset["user_metadata"] = video.user_metadata
    if not detail:
        return asset
    if status == "ready":
        asset |= {"size": video.size_bytes, "duration": facts.get("duration_seconds")}
    if facts and status != "processing":
        asset["technical_metadata"] = _technical(facts)
    if status == "failed":
        asset["error"] = {"message": video.error_message or sentence(video.error_code).text}
    return asset | _copies(video, status, root)


def _copies(video: Video, status: str, root: str) -> dict[str, Any]:
    """Thumbnail and HLS, for whoever asked for them. We make no HLS: that is an error, not something to wait for."""
    copies: dict[str, Any] = {"hls": {"status": "error"}} if video.wants_hls else {}
    if video.wants_thumbnail and video.has_poster:
        copies["thumbnail"] = {"status": "ready", "representative_url": links.absolute(root, links.thumbnail(video))}
    elif video.wants_thumbnail:
        copies["thumbnail"] = {"status": "pending" if status == "processing" else "error"}
    return copies


def transcription_parts(include: Sequence[str]) -> set[str]:
    """What `include` asks for: repeated, or separated by commas."""
    wanted = {part.strip() for each in include for part in each.split(",") if part.strip()} or {"words"}
    if unknown := wanted - TRANSCRIPTION_PARTS:
        text = f"include does not know {sorted(unknown)[0][:64]!r}. Use {', '.join(sorted(TRANSCRIPTION_PARTS))}."
        raise failures.InvalidRequest([failures.Problem("include", text)])
    return wanted


def transcription_json(lines: Sequence[Word], wanted: set[str]) -> dict[str, Any]:
    entries = [{"start": line.start, "end": line.end, "value": line.text} for line in lines]
    told: dict[str, Any] = {"sentences": entries} if "sentences" in wanted else {}
    if "utterances" in wanted:
        speakers = [{"speaker": line.speaker} if line.speaker else {} for line in lines]
        told["utterances"] = [entry | speaker for entry, speaker in zip(entries, speakers, strict=True)]
    return told


def page_json(rows: QuerySet[Any], page: int, limit: int) -> tuple[list[Model], dict[str, int]]:
    """One page of rows and its `page_info`; past the end an empty page, which is how pagers stop."""
    total = rows.count()
    info = {"limit_per_page": limit, "page": page, "total_page": math.ceil(total / limit), "total_results": total}
    return list(rows[(page - 1) * limit : page * limit]), info


def _status(job: Job) -> str:
    """A stop that was asked for is final for callers, also while the worker is still letting go."""
    return "canceled" if job.cancel_requested_at and not job.is_terminal else STATUS[job.status]


def _source(video: Video) -> dict[str, Any]:
    source: dict[str, Any] = {"type": "asset_id", "asset_id": video.asset_id}
    if video.method == "task_url":
        source = {"type": "url", "url": video.source_url, "asset_id": video.asset_id}
    elif video.method == "task_base64":
        source["type"] = "base64_string"
    if video.facts:
        source["system_metadata"] = {"duration": video.facts["duration_seconds"]}
    return source


def _params(request: dict[str, Any], agent: str, brief: bool) -> dict[str, Any]:
    if request.get("analysis_mode") == "general":
        return _general_params(request)
    wire = request["response_format"]
    definitions = wire["segment_definitions"]
    shown = {**wire, "segment_definitions": [_echo(each) for each in (definitions[:1] if brief else definitions)]}
    params = {
        "analysis_mode": "time_based_metadata",
        "response_format": shown,
        "temperature": request.get("temperature", DEFAULTS["temperature"]),
        "max_tokens": request.get("max_tokens", DEFAULTS["max_tokens"]),
    }
    for key in ("min_segment_duration", "max_segment_duration", "start_time", "end_time"):
        if request.get(key) is not None:
            params[key] = request[key]
    if params["max_tokens"] == "unlimited" and agent.startswith("twelvelabs-js/"):
        del params["max_tokens"]  # version 1.3.4 of that client cannot read a text here
    return params


def _general_params(request: dict[str, Any]) -> dict[str, Any]:
    kept = ("prompt", "prompt_v2", "response_format", "start_time", "end_time")
    params = {key: request[key] for key in kept if key in request}
    if "prompt_v2" in params:
        params["prompt_v2"] = _echo(params["prompt_v2"])
    numbers = {"temperature": DEFAULTS["temperature"], "max_tokens": DEFAULT_TOKENS}
    return {"analysis_mode": "general", **params, **{key: request.get(key, each) for key, each in numbers.items()}}


def _echo(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition as it was sent; images that were sent as Base64 keep their name only."""
    if "media_sources" not in definition:
        return definition
    images = [{k: v for k, v in image.items() if k != "base64_string"} for image in definition["media_sources"]]
    return {**definition, "media_sources": images}


def result(job: Job) -> dict[str, Any]:
    """What a finished run found: segments as JSON text, or the answer to a prompt, cut where its tokens end."""
    text, finish = job.answer, "stop"
    if job.kind == JobKind.SEGMENT:
        text = json.dumps(result_json(job)["result"], ensure_ascii=True)
    most = CHARACTERS_PER_TOKEN * int(job.request.get("max_tokens") or DEFAULT_TOKENS) if job.answer else len(text)
    if len(text) > most:
        text, finish = text[:most], "length"
    # no model writes tokens here; the usual four characters per token keep the number meaningful
    usage = {"output_tokens": math.ceil(len(text) / CHARACTERS_PER_TOKEN)}
    return {"generation_id": job.uid.hex, "data": text, "finish_reason": finish, "usage": usage}


def error_of(job: Job) -> dict[str, Any] | None:
    if _status(job) == "canceled":
        return {"code": "user_canceled", "message": "The task was canceled."}
    if job.status == JobStatus.FAILED:
        return {"code": job.error_code, "message": job.error_message or sentence(job.error_code).text}
    if job.status == JobStatus.COMPLETED and job.unreadable:
        parts = ", ".join(f"{start:.2f}-{end:.2f} s" for start, end in job.unreadable)
        return {"message": f"Parts of the video could not be read: {parts}."}
    if job.kind == JobKind.TEXT:
        return {"message": " ".join(job.warnings)} if job.warnings else None
    return _told_of_images(job)


def _told_of_images(job: Job) -> dict[str, Any] | None:
    """What the run says about reference images: other warnings are of the page, this is an answer to what was sent."""
    notes = [line for line in job.warnings if "reference image <@" in line]
    return {"message": " ".join(notes)} if notes and job.status == JobStatus.COMPLETED else None


def _technical(facts: dict[str, Any]) -> dict[str, Any]:
    pairs = {
        "file_size_bytes": facts["file_size_bytes"],
        "file_mime_type": facts["mime_type"],
        "file_container_format": facts["format_name"],
        "video_codec": facts["video_codec"],
        "video_width": facts["width"],
        "video_height": facts["height"],
        "video_fps": facts["frame_rate"],
        "video_duration_seconds": facts["duration_seconds"],
        "audio_codec": facts["audio_codec"],
        "has_audio": facts["audio_codec"] is not None,
    }
    return {key: value for key, value in pairs.items() if value is not None}


def time_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _dotted(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)
