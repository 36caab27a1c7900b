"""Endpoints of the task API: parse, fetch through `access`, call one domain verb, answer."""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Path, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyHeader

from segments.api.keys import admitted, sent_key
from segments.api.twelvelabs import analyze, assets, bodies, creation, mapping, multipart, schemas
from segments.core.errors import CuepointError, InvalidRequest
from segments.domain import access, jobs, submission
from segments.domain.queries import with_segments
from segments.models import Job
from segments.models.job import RUNNING, JobKind, JobStatus

log = logging.getLogger(__name__)
#: Said with 429 when nothing better is known: a run has to end first.
RETRY_SECONDS = "10"


class Key(APIKeyHeader):
    param_name = "x-api-key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return admitted(request, sent_key(request))


api = NinjaAPI(
    title="Cuepoint task API",
    version="1.3",
    description="Segment videos by your own definitions. Official `twelvelabs` clients work with this base address.",
    urls_namespace="twelvelabs",
    auth=Key(),
    docs_url="/docs",
)


api.add_router("/assets/multipart-uploads", multipart.router)
api.add_router("/assets", assets.router)
api.add_router("/analyze", analyze.router)


@api.post(
    "/analyze/tasks",
    response={202: schemas.TaskCreated, **schemas.ERRORS, 422: schemas.Error},
    tags=["tasks"],
    openapi_extra=schemas.described("application/json", bodies.TASK),
)
def create_task(request: HttpRequest) -> HttpResponse:
    """Start a segmentation, or the answer to a prompt. Poll the task until it is `ready`."""
    body = creation.read(request)
    key = request.headers.get("Idempotency-Key", "")
    job = creation.create(request.user, body, key=key)
    return JsonResponse({"task_id": job.task_id, "status": "pending"}, status=202)


@api.get("/analyze/tasks", response={200: schemas.TaskPage, **schemas.ERRORS}, tags=["tasks"])
def list_tasks(request: HttpRequest, query: Query[schemas.TaskQuery]) -> HttpResponse:
    rows = access.tasks_of(request.user).prefetch_related("deliveries__endpoint")
    if query.status:
        rows = rows.filter(status__in=[ours for ours, theirs in mapping.STATUS.items() if theirs == query.status])
    if query.asset_id:
        rows = rows.filter(video__asset_id=query.asset_id)
    if query.video_url:
        rows = rows.filter(video__method=creation.BY_URL, video__source_url=query.video_url)
    if query.analysis_mode:
        rows = rows.filter(kind=JobKind.TEXT if query.analysis_mode == "general" else JobKind.SEGMENT)
    found, info = mapping.page_json(rows, query.page, query.page_limit)
    agent = request.headers.get("User-Agent", "")
    jobs = with_segments([job for job in found if isinstance(job, Job)])
    tasks = [mapping.task_json(job, agent=agent, brief=True) for job in jobs]
    return JsonResponse({"data": tasks, "page_info": info})


@api.get("/analyze/tasks/{task_id}", response={200: schemas.Task, **schemas.ERRORS}, tags=["tasks"])
def retrieve_task(request: HttpRequest, task_id: Path[str]) -> HttpResponse:
    job = access.task_for(request.user, task_id)
    return JsonResponse(mapping.task_json(job, agent=request.headers.get("User-Agent", "")))


@api.delete("/analyze/tasks/{task_id}", response={204: None, **schemas.ERRORS}, tags=["tasks"])
def delete_task(request: HttpRequest, task_id: Path[str]) -> HttpResponse:
    job = access.task_for(request.user, task_id)
    if job.status in RUNNING and job.cancel_requested_at is None:
        raise mapping.Conflict("task_cannot_be_deleted", "The task is being processed. Cancel it first.")
    submission.remove(job)
    return HttpResponse(status=204)


@api.post("/analyze/tasks/{task_id}/cancel", response={200: schemas.TaskCreated, **schemas.ERRORS}, tags=["tasks"])
def cancel_task(request: HttpRequest, task_id: Path[str]) -> HttpResponse:
    job = access.task_for(request.user, task_id)
    if job.status in (JobStatus.COMPLETED, JobStatus.FAILED):
        raise mapping.Conflict(
            "task_not_cancelable", "The task is finished, so it cannot be canceled. Delete it instead."
        )
    jobs.cancel(job)
    return JsonResponse({"task_id": job.task_id, "status": "canceled"})


@api.exception_handler(CuepointError)
def on_failure(request: HttpRequest, error: CuepointError) -> HttpResponse:
    status, body = mapping.failure(error)
    headers = {"Retry-After": RETRY_SECONDS} if status == 429 else {}
    return JsonResponse(body, status=status, headers=headers)


@api.exception_handler(OperationalError)
def on_busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.warning("the database did not answer: %s", error)
    body = mapping.error_body("service_unavailable", "The server is busy. Try again in a moment.")
    return JsonResponse(body, status=503, headers={"Retry-After": "2"})


@api.exception_handler(Exception)
def on_bug(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug of ours. The trace goes to the log; callers get words."""
    log.error("%s %s broke", request.method, request.path, exc_info=error)
    body = mapping.error_body("internal_server_error", "Something broke on our side. Try again.")
    return JsonResponse(body, status=500)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    text = "The API key is missing or wrong. Send a valid one in the header x-api-key."
    return JsonResponse(mapping.error_body("api_key_invalid", text), status=401)


@api.exception_handler(ValidationError)
def on_bad_query(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [mapping.problem(each) for each in error.errors]
    return JsonResponse(mapping.failure(InvalidRequest(problems))[1], status=400)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return JsonResponse(mapping.error_body("parameter_invalid", str(error)), status=error.status_code)


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No such route: JSON, because clients parse every body."""
    text = f"There is no route {request.method} {request.path}."
    if not request.path.startswith("/v1.3/"):
        text += " Add /v1.3 to the base address of your client."
    return JsonResponse(mapping.error_body("resource_not_exist", text), status=404)
