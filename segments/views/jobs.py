"""Runs: start, watch, stop, try again, remove; their results as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url, trigger_client_event

from segments.domain import access, jobs, queries, submission
from segments.models import Job
from segments.views.run_form import run_body


@require_POST
def job_create(request: HttpRequest) -> HttpResponse:
    """A form from the page, or the JSON body of a task with its `video`."""
    video_uid, body, key = run_body(request)
    job = submission.submit(
        request.user, video=access.video_for(request.user, video_uid), body=body, idempotency_key=key
    )
    if not request.htmx:
        return JsonResponse({"task": str(job.uid), "status": "pending"}, status=201)
    return push_url(_panel(request, job, status=201), f"{reverse('segment_page')}?task={job.uid}&view=visual")


@require_safe
def job_panel(request: HttpRequest, uid: str) -> HttpResponse:
    return _panel(request, access.job_for(request.user, uid))


@require_safe
def job_events(request: HttpRequest, uid: str) -> HttpResponse:
    after = request.GET.get("after", "0")
    job = access.job_for(request.user, uid)
    return JsonResponse(queries.events_after(job, int(after) if after.isdecimal() and len(after) < 10 else 0))


@require_POST
def job_cancel(request: HttpRequest, uid: str) -> HttpResponse:
    return _panel(request, jobs.cancel(access.job_for(request.user, uid)))


@require_POST
def job_retry(request: HttpRequest, uid: str) -> HttpResponse:
    return _panel(request, jobs.retry(access.job_for(request.user, uid)))


@require_POST
def job_again(request: HttpRequest, uid: str) -> HttpResponse:
    """A new run with the same video, definitions and settings, which the page then opens."""
    job = submission.again(access.job_for(request.user, uid))
    return trigger_client_event(HttpResponse(status=204), "task:open", {"task": str(job.uid)})


@require_safe
def job_settings(request: HttpRequest, uid: str) -> HttpResponse:
    """What the run form needs to look as it did for this run."""
    view = queries.job_view(access.job_for(request.user, uid))
    return JsonResponse({"video": view.video.uid, "definitions": view.definitions_text, "settings": view.settings})


@require_safe
def job_row(request: HttpRequest, uid: str) -> HttpResponse:
    return _row(request, access.job_for(request.user, uid))


@require_POST
def job_delete(request: HttpRequest, uid: str) -> HttpResponse:
    job = access.job_for(request.user, uid)
    submission.remove(job)
    return render(request, "segments/_history_deleted.html", {"job": job})


@require_POST
def job_undelete(request: HttpRequest, uid: str) -> HttpResponse:
    job = access.job_for(request.user, uid, deleted=True)
    submission.restore(job)
    return _row(request, job)


@require_safe
def job_result(request: HttpRequest, uid: str) -> HttpResponse:
    return JsonResponse(
        queries.result_json(access.job_for(request.user, uid)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )


@require_safe
def job_visual(request: HttpRequest, uid: str) -> HttpResponse:
    return JsonResponse(queries.visual_json(access.job_for(request.user, uid)))


@require_safe
def job_captions(request: HttpRequest, uid: str) -> HttpResponse:
    text = queries.captions_vtt(access.job_for(request.user, uid))
    return HttpResponse(text, content_type="text/vtt; charset=utf-8")


def _row(request: HttpRequest, job: Job) -> HttpResponse:
    return render(request, "segments/_history_row.html", {"job": queries.job_view(job)})


def _panel(request: HttpRequest, job: Job, status: int = 200) -> HttpResponse:
    view = queries.job_view(job)
    return render(request, "segments/_job_panel.html", {"job": view}, status=status)
