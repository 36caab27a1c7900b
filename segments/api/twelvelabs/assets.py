"""Assets: upload in one request or by address, list, look at, note things about, delete."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Path, Query, Router

from segments.api.twelvelabs import mapping, schemas
from segments.core.errors import InvalidRequest, NotFound, Problem, TooLarge, UrlBlocked
from segments.core.request import parse_json
from segments.domain import access, fetching, subtitles, uploads, user_metadata, videos
from segments.models import Video
from segments.models.job import RUNNING

MAX_NAME = 255
NOTES = schemas.described("application/json", schemas.NOTES_BODY)
router = Router(tags=["assets"])


@router.post(
    "",
    response={201: schemas.Asset, **schemas.ERRORS, 507: schemas.Error},
    by_alias=True,
    openapi_extra=schemas.described("multipart/form-data", schemas.ASSET_FORM),
)
def create_asset(request: HttpRequest) -> HttpResponse:
    """Upload a video as `multipart/form-data`: `method=direct` with `file`, or `method=url` with `url`.

    Further parts: `filename`, `user_metadata` (a JSON object), `enable_thumbnail` (default true) and `enable_hls`.
    A file at a `url` is loaded after the answer; what goes wrong then makes the asset `failed`. This server makes no
    HLS copies: whoever sends `enable_hls=true` gets `hls.status` `error`.
    """
    form = {name: str(value) for name, value in request.POST.items() if value != ""}
    if len(form.get("filename", "")) > MAX_NAME:
        raise InvalidRequest([Problem("filename", f"filename may have up to {MAX_NAME} characters.")])
    notes = _notes(form)
    create = {"direct": _direct, "url": _by_url}.get(form.get("method", ""))
    if create is None:
        code = "parameter_invalid" if "method" in form else "parameter_not_provided"
        raise InvalidRequest([Problem("method", "method must be direct or url.", code)])
    return JsonResponse(mapping.asset_json(create(request, form, notes), detail=False), status=201)


@router.get("", response={200: schemas.AssetPage, **schemas.ERRORS}, by_alias=True)
def list_assets(request: HttpRequest, query: Query[schemas.AssetQuery]) -> HttpResponse:
    """Newest first. All assets of this server are videos; other `asset_types` give an empty page."""
    rows = access.videos_of(request.user).order_by("-created_at", "-pk")
    if query.asset_ids:
        rows = rows.filter(asset_id__in=query.asset_ids)
    if query.filename:
        rows = rows.filter(name__icontains=query.filename)
    if query.asset_types and "video" not in query.asset_types:
        rows = rows.none()
    found, info = mapping.page_json(rows, query.page, query.page_limit)
    return JsonResponse({"data": [_detail(request, video) for video in found], "page_info": info})


@router.get("/{asset_id}", response={200: schemas.Asset, **schemas.ERRORS}, by_alias=True)
def retrieve_asset(request: HttpRequest, asset_id: Path[str]) -> HttpResponse:
    return JsonResponse(_detail(request, access.asset_for(request.user, asset_id)))


@router.delete("/{asset_id}", response={204: None, **schemas.ERRORS})
def delete_asset(request: HttpRequest, asset_id: Path[str], force: bool = False) -> HttpResponse:
    """Finished tasks and their results stay; unfinished ones stand in the way, or are canceled with `force`."""
    video = access.asset_for(request.user, asset_id)
    if not force and access.tasks_of(request.user).filter(video=video, status__in=("pending", *RUNNING)).exists():
        raise mapping.Conflict(
            "asset_in_use", "An unfinished task uses this asset. Cancel it first, or send force=true."
        )
    videos.retire(video)
    return HttpResponse(status=204)


@router.put("/{asset_id}/user-metadata", response={204: None, **schemas.ERRORS}, openapi_extra=NOTES)
def replace_user_metadata(request: HttpRequest, asset_id: Path[str]) -> HttpResponse:
    """Keep what is sent in `user_metadata` and nothing else; empty values are left out."""
    video = access.asset_for(request.user, asset_id)
    user_metadata.replace(video, _sent_notes(request))
    return HttpResponse(status=204)


@router.patch("/{asset_id}/user-metadata", response={204: None, **schemas.ERRORS}, openapi_extra=NOTES)
def update_user_metadata(request: HttpRequest, asset_id: Path[str]) -> HttpResponse:
    """Add and overwrite; null drops a key."""
    video = access.asset_for(request.user, asset_id)
    user_metadata.merge(video, _sent_notes(request))
    return HttpResponse(status=204)


@router.delete("/{asset_id}/user-metadata", response={204: None, **schemas.ERRORS})
def delete_user_metadata(request: HttpRequest, asset_id: Path[str]) -> HttpResponse:
    user_metadata.replace(access.asset_for(request.user, asset_id), {})
    return HttpResponse(status=204)


@router.get("/{asset_id}/transcription", response={200: dict[str, Any], **schemas.ERRORS})
def retrieve_transcription(request: HttpRequest, asset_id: Path[str]) -> HttpResponse:
    """The lines of the subtitles that were added to the asset, as `sentences` or `utterances`; 404 without any.

    Subtitles do not say when each word is spoken, so `words` is left out also when it is asked for.
    """
    video = access.asset_for(request.user, asset_id)
    wanted = mapping.transcription_parts(request.GET.getlist("include"))
    lines = subtitles.lines(video)
    if not lines:
        raise NotFound("This asset has no transcription. Add subtitles to it on the Segment page.")
    return JsonResponse({"status": "ready", **mapping.transcription_json(lines, wanted)})


def _direct(request: HttpRequest, form: dict[str, str], notes: dict[str, Any] | None) -> Video:
    file = request.FILES.get("file")
    if file is None:
        text = "The part file is missing. Send the video in it."
        raise InvalidRequest([Problem("file", text, "parameter_not_provided")])
    if (file.size or 0) > settings.MAX_DIRECT_BYTES:
        limit = settings.MAX_DIRECT_BYTES >> 20
        text = f"A file in one request may have up to {limit} MB. Use a multipart upload for larger ones."
        raise InvalidRequest([Problem("file", text, "video_filesize_too_large")])
    name = form.get("filename") or file.name or "upload"
    try:
        return uploads.receive(request.user, name=name, file=file, user_metadata=notes, **_copies(form))
    except TooLarge as error:
        raise InvalidRequest([Problem("file", error.message, "video_filesize_too_large")]) from None


def _by_url(request: HttpRequest, form: dict[str, str], notes: dict[str, Any] | None) -> Video:
    if "url" not in form:
        text = "url is missing. Send the public address of a video file."
        raise InvalidRequest([Problem("url", text, "parameter_not_provided")])
    name = form.get("filename", "")
    try:
        return fetching.create(request.user, url=form["url"], name=name, user_metadata=notes, **_copies(form))
    except UrlBlocked as error:
        raise InvalidRequest([Problem("url", error.message)]) from None


def _copies(form: dict[str, str]) -> dict[str, bool]:
    return {"wants_thumbnail": _flag(form, "enable_thumbnail", True), "wants_hls": _flag(form, "enable_hls", False)}


def _flag(form: dict[str, str], name: str, default: bool) -> bool:
    if name not in form:
        return default
    if form[name].lower() not in ("true", "false"):
        raise InvalidRequest([Problem(name, f"{name} must be true or false.")])
    return form[name].lower() == "true"


def _notes(form: dict[str, str]) -> dict[str, Any] | None:
    if "user_metadata" not in form:
        return None
    try:
        value = parse_json(form["user_metadata"])
    except InvalidRequest as error:
        raise InvalidRequest([Problem("user_metadata", f"user_metadata: {error.message}")]) from None
    return user_metadata.filled(user_metadata.checked(value))


def _sent_notes(request: HttpRequest) -> dict[str, Any]:
    body = parse_json(request.body)
    if not isinstance(body, dict) or "user_metadata" not in body:
        text = 'Send {"user_metadata": {…}}.'
        raise InvalidRequest([Problem("user_metadata", text, "parameter_not_provided")])
    return user_metadata.checked(body["user_metadata"])


def _detail(request: HttpRequest, video: Video) -> dict[str, Any]:
    return mapping.asset_json(video, root=request.build_absolute_uri("/"))
