"""Scenes of the last completed analysis, and their pictures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from segments.api.videos import answers, mapping
from segments.api.videos.auth import PICTURES
from segments.domain import access, stills
from segments.domain.queries.analyses import settled_rows

of_videos = Router()
pictures = Router()


@of_videos.get("/{video_id}/scenes", response=answers.or_refusal(answers.Scenes))
def list_scenes(request: HttpRequest, video_id: str) -> dict[str, Any]:
    """In order of time; empty before the first completed analysis."""
    video = access.video_for(request.user, video_id)
    scenes = [mapping.scene_json(scene) for scene in settled_rows(video, "scenes")]
    return {"video_id": str(video.uid), "count": len(scenes), "scenes": scenes}


@pictures.get("/{scene_id}/thumbnail", response=answers.or_refusal(None), auth=PICTURES)
def thumbnail(request: HttpRequest, scene_id: str) -> HttpResponse:
    """The picture in the middle of a scene, as JPEG; also for the page that is entered."""
    scene = access.module_segment_for(request.user, scene_id, module="scenes")
    headers = {
        "Cache-Control": "private, max-age=31536000",
        "Content-Disposition": f'inline; filename="scene_{scene.uid}.jpg"',
    }
    return HttpResponse(stills.of_segment(scene).read_bytes(), content_type="image/jpeg", headers=headers)
