"""Subtitles that people add to a video: in as SRT or WebVTT, or away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from segments.core.errors import InvalidRequest, Problem
from segments.core.evidence.subtitle_files import MAX_BYTES
from segments.domain import access, queries, subtitles


@require_POST
def subtitles_add(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    file = request.FILES.get("file")
    if file is None:
        raise InvalidRequest([Problem("file", "The part file is missing. Send the subtitles in it, as SRT or WebVTT.")])
    subtitles.add(video, name=file.name or "subtitles", content=file.read(MAX_BYTES + 1))
    return _card(request, uid)


@require_POST
def subtitles_remove(request: HttpRequest, uid: str) -> HttpResponse:
    subtitles.remove(access.video_for(request.user, uid))
    return _card(request, uid)


def _card(request: HttpRequest, uid: str) -> HttpResponse:
    video = queries.video_view(access.video_for(request.user, uid))
    return render(request, "segments/_video_card.html", {"video": video})
