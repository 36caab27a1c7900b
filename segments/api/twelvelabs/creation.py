"""`POST /analyze/tasks` after its JSON was read: all rules first, then the video, then the run."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.http import HttpRequest

from segments.core.errors import InvalidRequest, NotFound, Problem, TooLarge, UrlBlocked, UrlFetchFailed
from segments.core.general import general_problems
from segments.core.request import parse_json, parse_run
from segments.core.untrusted import Checker, one_of, strip_nulls
from segments.domain import access, fetching, submission, uploads, videos
from segments.models import Job, Video

BY_URL = "task_url"
BY_BASE64 = "task_base64"
#: Longest stretch that is analysed, in seconds.
MAX_WINDOW = 2 * 3600.0
MAX_SYNC_WINDOW = 3600.0
#: Of the encoded text.
MAX_BASE64 = 36 << 20
#: The body may hold a film; Django's own limit for bodies in memory is far lower.
MAX_BODY = MAX_BASE64 + (1 << 20)
MAX_KEY = 255
_KINDS = ("url", "asset_id", "base64_string")


def read(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request, without nulls. Raises InvalidRequest."""
    body = strip_nulls(parse_json(request.read(), max_bytes=MAX_BODY))
    if not isinstance(body, dict):
        raise InvalidRequest([Problem("", "The body must be a JSON object.")])
    return body


def create(user: AbstractBaseUser, body: dict[str, Any], *, key: str = "", is_sync: bool = False) -> Job:
    """The run for a request without nulls. Raises InvalidRequest with every problem before anything is stored.

    With `is_sync` somebody waits for the answer in this very call.
    """
    rest = {name: value for name, value in body.items() if name != "video"}
    rest.setdefault("analysis_mode", "general")
    problems, source = _check_source(body), body.get("video", {})
    if len(key) > MAX_KEY or not key.isprintable():
        problems.append(Problem("Idempotency-Key", f"The key may have up to {MAX_KEY} printable characters."))
    problems += general_problems(rest) if rest["analysis_mode"] == "general" else _run_problems(rest)
    if problems:
        raise InvalidRequest(sorted(map(_placed, problems), key=lambda each: each.code != "parameter_unknown"))
    known = submission.repeated(user, source=source, body=rest, idempotency_key=key)
    if known is not None:
        return known
    return _submit(user, _video(user, source), rest, key=key, source=source, is_sync=is_sync)


def _placed(problem: Problem) -> Problem:
    """Only keys at the top are unknown parameters; deeper ones make the parameter they stand in invalid."""
    is_deep = "." in problem.path and problem.code == "parameter_unknown"
    return replace(problem, code="parameter_invalid") if is_deep else problem


def _submit(
    user: AbstractBaseUser, video: Video, body: Mapping[str, object], *, key: str, source: object, is_sync: bool
) -> Job:
    most = MAX_SYNC_WINDOW if is_sync else MAX_WINDOW
    try:
        job = submission.submit(
            user, video=video, body=body, idempotency_key=key, max_window=most, source=source, is_sync=is_sync
        )
    except Exception:
        _drop(video)
        raise
    if job.video_id != video.pk:  # a parallel request with the same key was first
        _drop(video)
    return job


def _drop(video: Video) -> None:
    """A video that came with a request that made no run stays with nobody."""
    if video.method in (BY_URL, BY_BASE64):
        videos.retire(video)


def _run_problems(body: Mapping[str, object]) -> list[Problem]:
    try:
        parse_run(body, duration=None, max_window=MAX_WINDOW)
    except InvalidRequest as error:
        return list(error.problems)
    return []


def _check_source(body: Mapping[str, object]) -> list[Problem]:
    check = Checker()
    if "video" not in body:
        check.missing("video", 'video is missing. Send {"type": "asset_id", "asset_id": "…"}.')
        return check.problems
    if "image" in body:
        check.refuse("image", "image cannot be combined with video. Remove one of the two.")
    source = check.mapping(body["video"], "video", ("type", *_KINDS))
    if source is None:
        return check.problems
    given = [kind for kind in _KINDS if kind in source]
    if len(given) != 1:
        check.refuse("video", f"video needs exactly one of {one_of(_KINDS)}.")
    elif source.get("type", given[0]) != given[0]:
        check.choice(source["type"], "video.type", (given[0],), "")
    else:
        _check_value(given[0], source[given[0]], check)
    return check.problems


def _check_value(kind: str, value: object, check: Checker) -> None:
    if kind != "base64_string":
        check.text({kind: value}, kind, "video", 2048)
    elif not isinstance(value, str) or not value:
        check.refuse("video.base64_string", "base64_string must be a text that is not empty.")
    elif len(value) > MAX_BASE64:
        text = f"base64_string may have up to {MAX_BASE64 >> 20} MB. Upload the file as an asset instead."
        check.problems.append(Problem("video.base64_string", text, "video_filesize_too_large"))


def _video(user: AbstractBaseUser, source: Mapping[str, str]) -> Video:
    kind = next(kind for kind in _KINDS if kind in source)
    try:
        return {"url": _by_url, "asset_id": _by_id, "base64_string": _by_base64}[kind](user, source[kind])
    except (UrlBlocked, UrlFetchFailed) as error:
        raise InvalidRequest([Problem("video.url", error.message)]) from None
    except TooLarge as error:
        raise InvalidRequest([Problem(f"video.{kind}", error.message, "video_filesize_too_large")]) from None


def _by_url(user: AbstractBaseUser, url: str) -> Video:
    fetching.look(url)
    return fetching.create(user, url=url, method=BY_URL)


def _by_base64(user: AbstractBaseUser, text: str) -> Video:
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    bare = "".join(encoded.split()).rstrip("=")
    try:
        content = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        problem = Problem("video.base64_string", "base64_string is not valid Base64. Encode the file again.")
        raise InvalidRequest([problem]) from None
    return uploads.receive(user, name="video", file=ContentFile(content), method=BY_BASE64)


def _by_id(user: AbstractBaseUser, asset_id: str) -> Video:
    try:
        video = access.asset_for(user, asset_id)
    except NotFound as error:
        raise InvalidRequest([Problem("video.asset_id", error.message, "resource_not_exist")]) from None
    if not video.is_ready:
        text = "The asset is not ready. Poll it until its status is ready."
        raise InvalidRequest([Problem("video.asset_id", text, "asset_not_ready")])
    return video
