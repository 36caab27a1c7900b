"""View code: the request of a run, or of the form as it is now, as texts to paste."""

from collections.abc import Mapping
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from segments.core.request import parse_run
from segments.core.snippets import snippets
from segments.domain import access
from segments.models import Video
from segments.views.run_form import form_body


@require_safe
def job_code(request: HttpRequest, uid: str) -> HttpResponse:
    job = access.job_for(request.user, uid)
    return _answer(request, job.request, job.video)


@require_POST
def form_code(request: HttpRequest) -> HttpResponse:
    """The form without a video gives a text with a gap to fill."""
    video_uid, body = form_body(request)
    video = access.video_for(request.user, video_uid) if video_uid else None
    parse_run(body, duration=video.facts["duration_seconds"] if video and video.facts else None)
    return _answer(request, body, video)


def _answer(request: HttpRequest, body: Mapping[str, object], video: Video | None) -> HttpResponse:
    base_url = request.build_absolute_uri("/v1.3")
    texts = snippets(body, asset_id=video.asset_id if video else "", base_url=base_url)
    return JsonResponse({"snippets": [asdict(each) for each in texts], "video": video.name if video else None})
