"""All runs of a person, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segments.domain import queries
from segments.views.paging import page_number


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    view = queries.history_view(
        request.user,
        query=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
        video_uid=request.GET.get("video", ""),
        page=page_number(request),
    )
    return render(request, "segments/_history_list.html", {"history": view})
