"""The Videos pages: the library, and one video with its modules as tracks under the player."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from segments.core.errors import InvalidRequest, Problem
from segments.core.modules import registry
from segments.domain import access, jobs, module_runs, submission, videos
from segments.domain.queries import library
from segments.domain.queries.shared import share_views
from segments.models import Video
from segments.models.job import JobPriority
from segments.views.paging import page_number
from segments.views.shared import DAYS


@require_safe
def video_library(request: HttpRequest) -> HttpResponse:
    view = library.library_view(request.user, query=request.GET.get("q", ""), page=page_number(request))
    return render(request, "segments/videos.html", {"library": view})


@require_safe
def video_page(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    context = {"page": library.video_page_view(video), "job": library.tracks_view(video)}
    context |= {"uid": video.uid, "shares": share_views(video, root=request.build_absolute_uri("/")), "days": DAYS}
    return render(request, "segments/video.html", context)


@require_safe
def video_tracks(request: HttpRequest, uid: str) -> HttpResponse:
    return JsonResponse(library.tracks_json(access.video_for(request.user, uid)))


@require_safe
def video_modules(request: HttpRequest, uid: str) -> HttpResponse:
    """The list of modules as it is now; the page asks again while one runs."""
    return _modules(request, access.video_for(request.user, uid))


@require_POST
def modules_start(request: HttpRequest, uid: str) -> HttpResponse:
    """Run the modules that were chosen, all that can run when none was."""
    video = access.video_for(request.user, uid)
    submission.analyse(video, modules=_startable(request), request={}, priority=JobPriority.NORMAL)
    return _modules(request, video)


@require_POST
def modules_cancel(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    job = jobs.open_modules_job(video)
    if job is not None:
        jobs.cancel(job)
    return _modules(request, video)


@require_POST
def modules_clear(request: HttpRequest, uid: str) -> HttpResponse:
    """Remove what one module found, or with none named what all of them did."""
    video = access.video_for(request.user, uid)
    name = request.POST.get("module", "")
    module_runs.clear(video, modules=[_known(name)] if name else None)
    return _modules(request, video)


@require_POST
def library_delete(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid)
    videos.remove(video)
    return render(request, "segments/_library_deleted.html", {"video": video})


@require_POST
def library_undelete(request: HttpRequest, uid: str) -> HttpResponse:
    video = access.video_for(request.user, uid, deleted=True)
    videos.restore(video)
    return render(request, "segments/_library_tile.html", {"row": library.library_row(video)})


def _startable(request: HttpRequest) -> list[str]:
    chosen = [_known(name) for name in request.POST.getlist("module")]
    for name in chosen:
        problems = registry.load(name).problems()
        if problems:
            raise InvalidRequest([Problem("module", " ".join(problems))])
    return chosen or registry.available()


def _known(name: str) -> str:
    if name not in registry.BUILT_IN:
        raise InvalidRequest([Problem("module", f"There is no module {name[:64]!r}. Choose one of the list.")])
    return name


def _modules(request: HttpRequest, video: Video) -> HttpResponse:
    """Scripts get the list again, plain forms the page."""
    if not request.htmx:
        return HttpResponseRedirect(reverse("video_page", args=[video.uid]))
    return render(request, "segments/_modules.html", {"page": library.video_page_view(video)})
