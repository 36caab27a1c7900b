"""Files that are put to a signed address first and registered as videos afterwards.

A reserved name is an empty file; its bytes replace it at once when they have all arrived. What nobody registers is
removed after a day.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from segments.core.errors import InvalidRequest, LinkExpired, NotFound, Problem, TooLarge
from segments.core.media.probe import probe
from segments.domain import storage, submission, videos
from segments.models import Video
from segments.models.video import VideoUploadStatus

#: Kinds of files that may be put and registered; what is inside is found out by opening it.
EXTENSIONS = frozenset(
    [
        "mp4",
        "mov",
        "avi",
        "mkv",
        "webm",
        "flv",
        "wmv",
        "m4v",
        "mpg",
        "mpeg",
        "3gp",
        "ogv",
        "ts",
        "mts",
        "vob",
        "asf",
        "rm",
        "rmvb",
        "divx",
    ]
)
LIFETIME = timedelta(hours=24)
_SALT = "segments.source"
_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Reserved:
    """A name that waits for its bytes, and the address that takes them."""

    name: str
    path: str
    upload_path: str
    expires_at: datetime


def owner_uid(user: AbstractBaseUser) -> str:
    """How the modules API calls an account: a UUID that says nothing about it and stays the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"cuepoint-account-{user.pk}"))


def path_of(user: AbstractBaseUser, name: str) -> str:
    return f"users/{owner_uid(user)}/{name}"


def plain(name: str) -> str:
    """A file name without folders, blanks and special characters."""
    last = PurePosixPath(videos.display_name(name)).name
    return _PLAIN.sub("", re.sub(r"\s+", "_", last)).strip("._-")[-200:] or "video"


def require_extension(name: str, field: str = "file_name") -> None:
    extension = name.rpartition(".")[2].lower()
    if "." not in name or extension not in EXTENSIONS:
        allowed = ", ".join(sorted(EXTENSIONS))
        raise InvalidRequest([Problem(field, f"{name[-80:]!r} is not a video file. Use one of: {allowed}.")])


def reserve(user: AbstractBaseUser, *, file_name: str, seconds: int) -> Reserved:
    """A free name for this file, and an address for its bytes that works for `seconds`."""
    wanted = plain(file_name)
    require_extension(wanted)
    name = _free(user, wanted)
    expires = timezone.now() + timedelta(seconds=seconds)
    token = signing.dumps([user.pk, name, int(expires.timestamp())], salt=_SALT)
    return Reserved(name, path_of(user, name), f"/sources/{token}", expires)


def opened(token: str) -> Path:
    """The file that a signed address stands for. Raises LinkExpired."""
    try:
        owner, name, expires = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise LinkExpired("This address is not one of ours. Ask for a new one.") from None
    path: Path = _folder(owner) / name
    if expires < timezone.now().timestamp() or not path.exists():
        raise LinkExpired("This address is too old, or its file is registered already. Ask for a new one.")
    return path


def store(path: Path, content: Iterable[bytes]) -> str:
    """Keep the bytes of a reserved file and return their MD5 in hex. Sending again replaces them."""
    storage.require_room(0)
    temporary = path.with_name(f".{uuid.uuid4().hex}.tmp")
    digest, size, limit = hashlib.md5(usedforsecurity=False), 0, settings.LIMITS.max_bytes
    try:
        with temporary.open("wb") as file:
            for block in content:
                size += len(block)
                if size > limit:
                    raise TooLarge(f"The file has more than {limit} bytes, which is the most that this server takes.")
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    storage.sync_folder(path.parent)
    return digest.hexdigest()


def registered(user: AbstractBaseUser, *, path: str, uid: uuid.UUID | None) -> Video | None:
    """The caller's video that has this identifier, or that came by this path."""
    rows = Video.objects.filter(owner_id=user.pk, deleted_at=None)
    known = rows.filter(uid=uid).first() if uid else None
    return known or rows.filter(stored_as=_name(user, path)).first()


def register(user: AbstractBaseUser, *, path: str, name: str, uid: uuid.UUID | None = None) -> Video:
    """Make a video of a file that was put, and queue its preparation.

    Raises NotFound for bytes that are not there, MediaError for bytes that are no video, InvalidRequest for an
    identifier that is taken.
    """
    stored_as = _name(user, path)
    source = _folder(user.pk) / stored_as
    if not source.is_file() or not source.stat().st_size:
        raise NotFound(f"There is no file {path[:200]!r}. Put its bytes to the address of /storage/upload-url first.")
    if uid and Video.objects.filter(uid=uid).exists():
        raise InvalidRequest([Problem("job_id", "This job_id is taken. Send another UUID, or none.")])
    shown = videos.display_name(name or stored_as)
    require_extension(shown)
    probe(source, filename=shown, limits=settings.LIMITS)
    video = Video(owner_id=user.pk, name=shown, stored_as=stored_as)
    video.uid, video.upload_status = uid or video.uid, VideoUploadStatus.PROCESSING
    try:
        _take(source, video)
    except (FileNotFoundError, IntegrityError):  # the same file was registered in the meantime, or the identifier taken
        storage.discard(video)
        known = registered(user, path=path, uid=uid)
        if known is None:
            raise
        return known
    source.unlink(missing_ok=True)
    return video


def _take(source: Path, video: Video) -> None:
    """The file stays where it was put as well until the row stands: a crash in between loses nothing."""
    partial = storage.folder(video) / storage.PARTIAL
    partial.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, partial)
    storage.sync_folder(partial.parent)
    video.size_bytes = partial.stat().st_size
    with transaction.atomic():
        video.save()
        submission.prepare(video)


def put_back(video: Video) -> None:
    """Leave a copy of a video's bytes where they can be registered again, for as long as any such file lives."""
    name = video.stored_as or plain(video.name)
    folder = _folder(video.owner_id)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    target.unlink(missing_ok=True)
    os.link(storage.source(video), target)  # same disk: no byte is copied
    os.utime(target)
    Video.objects.filter(pk=video.pk).update(stored_as="")


def forget_old() -> None:
    """Files that nobody registered within a day."""
    oldest = time.time() - LIFETIME.total_seconds()
    for path in _root().glob("*/*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _free(user: AbstractBaseUser, name: str) -> str:
    """`name`, or with a number behind it when that is taken; reserved from now on."""
    folder = _folder(user.pk)
    folder.mkdir(parents=True, exist_ok=True)
    stem, _, extension = name.rpartition(".")
    taken = set(Video.objects.filter(owner_id=user.pk).values_list("stored_as", flat=True))
    number = 0
    while True:
        wanted = f"{stem}_{number}.{extension}" if number else name
        if wanted not in taken:
            try:
                (folder / wanted).touch(exist_ok=False)
                return wanted
            except FileExistsError:
                pass
        number += 1


def _name(user: AbstractBaseUser, path: str) -> str:
    """The last part of a path inside of the caller's own folder. Raises NotFound for any other path."""
    folder, _, name = path.rpartition("/")
    if folder != f"users/{owner_uid(user)}" or not name or _PLAIN.search(name) or name.startswith("."):
        raise NotFound(f"There is no file {path[:200]!r}. Send the file_path of /storage/upload-url.")
    return name


def _root() -> Path:
    return Path(settings.DATA_DIR) / "incoming"


def _folder(owner: int) -> Path:
    return _root() / str(owner)
