"""Every failure we can name. Each class carries a stable `code`; people read `message`, which says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request.

    `path` is the indexed path of the value (`segment_definitions[0].fields[2].format`), "" for the whole body;
    `code` is one of `parameter_invalid`, `parameter_not_provided`, `parameter_unknown`.
    """

    path: str
    message: str
    code: str = "parameter_invalid"


class CuepointError(Exception):
    """Base of all our named failures."""

    code = "internal"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidRequest(CuepointError):
    """The caller's values break rules; `problems` holds all of them, in the order of the request."""

    code = "invalid_request"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class MediaError(CuepointError):
    """The file itself is at fault: trying again cannot help."""

    code = "media_unreadable"


class MediaUnreadable(MediaError):
    """Not a video, or damaged so that it cannot be opened."""


class MediaNoVideo(MediaError):
    """Sound without a picture."""

    code = "media_no_video"


class MediaLimits(MediaError):
    """Outside the accepted size, length, rate or stream count; the message names the limit and the value."""

    code = "media_limits"


class MediaTooLong(MediaLimits):
    """It lasts longer than this installation accepts."""

    code = "media_too_long"


class MediaDecodeFailed(MediaError):
    """Less than nine tenths of the time could be decoded."""

    code = "media_decode_failed"


class MediaTimeout(MediaError):
    """The decoder said nothing for too long."""

    code = "media_timeout"


class ResourceLimit(MediaError):
    """The decoder asked for more memory or processor time than one run may use."""

    code = "resource_limit"


class StorageFull(CuepointError):
    """No room left on the disk; works again once room was made."""

    code = "storage_full"


class EngineUnavailable(CuepointError):
    """The chosen engine cannot run here; the message says what is missing."""

    code = "engine_unavailable"


class NotFound(CuepointError):
    """Not there, or not yours: the two are never told apart."""

    code = "not_found"


class InvalidState(CuepointError):
    """The thing exists, but its state does not allow this now."""

    code = "invalid_state"


class RetryLimit(InvalidState):
    """Tried again as often as allowed."""

    code = "retry_limit"


class UploadIncomplete(InvalidState):
    """The upload cannot be completed yet; `missing` are the numbers of its unconfirmed chunks."""

    code = "upload_incomplete"

    def __init__(self, message: str, missing: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.missing = list(missing)


class IdempotencyConflict(CuepointError):
    """The same key came with another body."""

    code = "idempotency_conflict"


class TooMany(CuepointError):
    """A stated limit is reached; the message names it."""

    code = "too_many"


class TooLarge(CuepointError):
    """More bytes than this installation takes; the message names the limit."""

    code = "too_large"


class Locked(CuepointError):
    """Somebody else is writing this at the moment; ask again."""

    code = "locked"


class ChecksumMismatch(CuepointError):
    """The bytes that arrived are not the bytes that were sent; nothing was kept."""

    code = "checksum_mismatch"


class WrongSize(CuepointError):
    """A chunk is longer or shorter than announced; nothing was kept."""

    code = "wrong_size"


class LinkExpired(CuepointError):
    """A signed address is wrong or too old."""

    code = "link_expired"


class UrlBlocked(CuepointError):
    """An address that this server never calls: not public, not http(s), or on a port nobody allowed."""

    code = "url_blocked"


class UrlFetchFailed(CuepointError):
    """An address that could not be read; the message says what happened."""

    code = "url_fetch_failed"


class UrlUnreachable(UrlFetchFailed):
    """The network or the other server failed; that may pass, so it is tried again."""
