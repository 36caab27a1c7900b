"""The video area and the dialog behind it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from segments.domain import access, fetching, queries, videos
from segments.views.paging import page_number


@require_safe
def video_picker(request: HttpRequest) -> HttpResponse:
    picker = queries.picker_view(
        request.user,
        query=request.GET.get("q", ""),
        page=page_number(request),
        chosen=request.GET.get("chosen", ""),
    )
    return render(request, "segments/_video_grid.html", {"picker": picker})


@require_safe
def video_card(request: HttpRequest, uid: str) -> HttpResponse:
    video = queries.video_view(access.video_for(request.user, uid))
    return render(request, "segments/_video_card.html", {"video": video})


@require_POST
def video_by_address(request: HttpRequest) -> HttpResponse:
    """A film that the server fetches from the public address in `url`."""
    video = fetching.create(request.user, url=request.POST.get("url", "").strip())
    return JsonResponse({"video": str(video.uid)}, status=201)


@require_POST
def video_delete(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    videos.remove(video)
    return render(request, "segments/_video_deleted.html", {"video": video})


@require_POST
def video_undelete(request: HttpRequest, uid: str) -> HttpResponse:
    videos.restore(access.video_for(request.user, uid, deleted=True))
    return video_picker_again(request)


@require_POST
def video_rename(request: HttpRequest, uid: str) -> HttpResponse:
    videos.rename(access.video_for(request.user, uid), name=request.POST.get("name", ""))
    return video_picker_again(request)


def video_picker_again(request: HttpRequest) -> HttpResponse:
    """The grid as it is now."""
    return render(request, "segments/_video_grid.html", {"picker": queries.picker_view(request.user)})
