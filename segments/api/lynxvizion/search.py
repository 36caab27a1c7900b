"""Search in what modules found, in some videos or in all that are analysed."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from segments.api.lynxvizion import mapping
from segments.api.lynxvizion.asking import read, takes, video_of
from segments.api.lynxvizion.results import known_module
from segments.core.modules import registry
from segments.domain import access
from segments.domain.queries.analyses import VideoStatus, analysis_views
from segments.domain.queries.module_results import segment_json, status
from segments.domain.queries.search import Hit
from segments.domain.queries.search import search as find
from segments.models import Video

router = Router()
MOST = 200


class Search(BaseModel):
    """`query` is compared word by word, in any order and form of the words; no model understands it."""

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    job_id: str | None = None
    job_ids: Annotated[list[str], Field(max_length=MOST)] | None = None
    modules: list[str] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.4


@router.post("/search", response=list[dict[str, Any]], openapi_extra=takes(Search))
def search(request: HttpRequest) -> list[dict[str, Any]]:
    """Best first, modules taking turns; at most one hit in five seconds of a module.

    Without `job_id` and `job_ids` in all completed videos; `custom_segments` only when `modules` names them.
    """
    sent = read(request, Search)
    videos = _videos(request, sent)
    names = [known_module(name, "modules") for name in sent.modules] if sent.modules else list(registry.BUILT_IN)
    custom = mapping.CUSTOM in (sent.modules or ())
    modules = [name for name in names if name != mapping.CUSTOM]
    hits = find(videos, sent.query, modules=modules, custom=custom, threshold=sent.threshold, limit=sent.limit)
    return [_hit_json(hit) for hit in hits]


def _videos(request: HttpRequest, sent: Search) -> list[Video]:
    named = [*([sent.job_id] if sent.job_id else []), *(sent.job_ids or [])]
    if named:
        return [video_of(request, job_id) for job_id in dict.fromkeys(named)]
    rows = list(access.received_videos_of(request.user))
    views = analysis_views(rows)
    return [video for video in rows if status(video, views[video.pk]) == VideoStatus.COMPLETED]


def _hit_json(hit: Hit) -> dict[str, Any]:
    told = segment_json(hit.row, hit.video)
    del told["created_at"]
    return {**told, "similarity": hit.similarity}
