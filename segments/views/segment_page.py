"""The page: two panels, reproducible from its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segments.domain import queries


@require_safe
def segment_page(request: HttpRequest) -> HttpResponse:
    wanted = request.GET
    page = queries.page_view(
        request.user,
        video_uid=wanted.get("video", ""),
        job_uid=wanted.get("task", ""),
        view=wanted.get("view", ""),
    )
    return render(request, "segments/segment_page.html", {"page": page, "job": page.job, "video": page.video})
