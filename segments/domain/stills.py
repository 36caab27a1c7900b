"""Pictures of segments, made when somebody first asks."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from segments.core.errors import MediaError, NotFound
from segments.core.media.thumbnails import make_still
from segments.domain import storage, videos
from segments.models import Segment


def of_segment(segment: Segment) -> Path:
    """The JPEG of the middle of a segment. Raises NotFound when no picture can be had."""
    video = segment.job.video
    path = storage.still(video, segment.uid)
    if path.exists():
        return path
    source = storage.source(video)
    if not source.exists():
        raise NotFound("There is no picture of this scene: the bytes of its video are gone.")
    path.parent.mkdir(exist_ok=True)
    moment = (segment.start_time + segment.end_time) / 2
    try:
        make_still(source, path, videos.facts_of(video), settings.LIMITS, moment=moment)
    except MediaError as error:
        raise NotFound(f"There is no picture of this scene. {error.message}") from error
    return path
