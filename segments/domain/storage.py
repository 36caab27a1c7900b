"""Where bytes live on disk: one folder per video, names made by us, user names never used as paths."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from segments.core.errors import StorageFull
from segments.models import Video

#: How an operating system says that there is no room.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SOURCE, PARTIAL, POSTER, SPRITE, RENDITION = "source", "source.part", "poster.jpg", "sprite.jpg", "playable.mp4"
SUBTITLES = "subtitles"


def folder(video: Video) -> Path:
    return Path(settings.DATA_DIR) / "videos" / video.uid.hex


def source(video: Video) -> Path:
    return folder(video) / SOURCE


def parts_folder(video: Video) -> Path:
    """Chunks of an upload, until they are put together."""
    return folder(video) / "parts"


def evidence_folder(video: Video) -> Path:
    return folder(video) / "evidence"


def write_durably(path: Path, content: bytes) -> None:
    """Write next to the target, flush to the disk, rename: a reader sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_room(size: int) -> None:
    """Raise StorageFull when `size` more bytes would go below the free-disk floor."""
    root = Path(settings.DATA_DIR)
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free - size < settings.FREE_DISK_FLOOR_BYTES:
        raise StorageFull("The disk of this server is too full for this file. Delete videos that are not needed.")


def still(video: Video, segment_uid: UUID) -> Path:
    """The picture of one segment."""
    return folder(video) / "stills" / f"{segment_uid.hex}.jpg"


def discard_stills(video: Video) -> None:
    """Pictures of segments that are gone; those that are still wanted are made again when somebody asks."""
    shutil.rmtree(folder(video) / "stills", ignore_errors=True)


def discard(video: Video) -> None:
    """Remove every byte of a video. Does nothing when there are none."""
    shutil.rmtree(folder(video), ignore_errors=True)
