"""Shared reports: the public page at its address, and the part of the video page that gives addresses out."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from segments import streaming
from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.domain import access, shared_reports, videos
from segments.domain.queries.shared import share_views, shared_report_view
from segments.models import Video

#: Choices of the form; no choice is no end.
DAYS = (1, 7, 30)


@require_safe
def shared_report(request: HttpRequest, share_hash: str) -> HttpResponse:
    """What modules found, for whoever has the address. Nothing can be changed here."""
    report = shared_reports.published(share_hash)
    answer = render(request, "segments/shared_report.html", {"report": shared_report_view(report)})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def shared_video(request: HttpRequest, share_hash: str) -> HttpResponseBase:
    """The film of a report that shows it."""
    report = shared_reports.published(share_hash)
    name = videos.playable_name(report.video) if report.with_video else None
    if name is None:
        raise NotFound("This report does not show the video.")
    path, size = streaming.found(report.video, name)
    return streaming.respond(request, report.video, path, size, name)


@require_POST
def share_create(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    days = request.POST.get("days", "")
    if days and days not in map(str, DAYS):
        raise InvalidRequest([Problem("days", "Choose an end from the list, or none.")])
    expires = timezone.now() + timedelta(days=int(days)) if days else None
    shared_reports.create(video, expires_at=expires, with_video="with_video" in request.POST)
    return _shares(request, video)


@require_POST
def share_remove(request: HttpRequest, number: int) -> HttpResponse:
    report = shared_reports.own(request.user, number)
    shared_reports.remove(report)
    return _shares(request, report.video)


def _shares(request: HttpRequest, video: Video) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(reverse("video_page", args=[video.uid]))
    shares = share_views(video, root=request.build_absolute_uri("/"))
    return render(request, "segments/_shares.html", {"uid": video.uid, "shares": shares, "days": DAYS})
