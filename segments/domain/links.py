"""Signed addresses of pictures, for programs that show them without a key."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

from segments.core.errors import LinkExpired
from segments.models import Video

THUMBNAIL_SECONDS = 24 * 3600
_SALT = "segments.thumbnail"


def thumbnail(video: Video) -> str:
    """Path of the poster, good for a day."""
    return f"/thumbnails/{signing.dumps(video.uid.hex, salt=_SALT)}"


def thumbnail_video(token: str) -> Video:
    """The video whose poster an address shows. Raises LinkExpired."""
    try:
        uid = signing.loads(token, salt=_SALT, max_age=THUMBNAIL_SECONDS)
    except signing.BadSignature:
        raise LinkExpired("This address is too old or not one of ours. Ask for a new one.") from None
    found = Video.objects.filter(uid=uid, deleted_at=None).first()
    if found is None:
        raise LinkExpired("The video of this address is gone.")
    return found


def absolute(request_root: str, path: str) -> str:
    """`path` with the address at which clients reach us: as configured, else as they called us."""
    return f"{settings.PUBLIC_BASE_URL or request_root.rstrip('/')}{path}"
