"""Signed addresses of pictures and files, for programs that fetch them without a key."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

from segments.core.errors import LinkExpired
from segments.models import Video

THUMBNAIL_SECONDS = 24 * 3600
SOURCE_SECONDS = 3600
_SALT = "segments.thumbnail"
_SOURCE_SALT = "segments.download"


def thumbnail(video: Video) -> str:
    """Path of the poster, good for a day."""
    return f"/thumbnails/{signing.dumps(video.uid.hex, salt=_SALT)}"


def thumbnail_video(token: str) -> Video:
    """The video whose poster an address shows. Raises LinkExpired."""
    return _signed(token, _SALT, THUMBNAIL_SECONDS)


def source(video: Video) -> str:
    """Path of the file as it was uploaded, good for an hour."""
    return f"/downloads/{signing.dumps(video.uid.hex, salt=_SOURCE_SALT)}"


def source_video(token: str) -> Video:
    """The video whose file an address gives. Raises LinkExpired."""
    return _signed(token, _SOURCE_SALT, SOURCE_SECONDS)


def absolute(request_root: str, path: str) -> str:
    """`path` with the address at which clients reach us: as configured, else as they called us."""
    return f"{settings.PUBLIC_BASE_URL or request_root.rstrip('/')}{path}"


def _signed(token: str, salt: str, seconds: int) -> Video:
    try:
        uid = signing.loads(token, salt=salt, max_age=seconds)
    except signing.BadSignature:
        raise LinkExpired("This address is too old or not one of ours. Ask for a new one.") from None
    found = Video.objects.filter(uid=uid, deleted_at=None).first()
    if found is None:
        raise LinkExpired("The video of this address is gone.")
    return found
