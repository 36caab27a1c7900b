"""What a request means. Bodies are read after the thing in the address was found: a stranger learns nothing first."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel, ValidationError

from segments.api.lynxvizion.errors import Refused
from segments.core.errors import InvalidRequest, NotFound, Problem
from segments.core.request import parse_json
from segments.domain import access
from segments.models import Video

Body = TypeVar("Body", bound=BaseModel)


def video_of(request: HttpRequest, job_id: str) -> Video:
    """The caller's video. Unknown, foreign, malformed and still arriving are the same answer."""
    try:
        return access.received_video_for(request.user, job_id)
    except NotFound:
        raise unknown_job() from None


def unknown_job() -> Refused:
    return Refused(404, "job_not_found", "No video with this job ID.")


def read(request: HttpRequest, kind: type[Body]) -> Body:
    """The JSON body as `kind`; an empty one has all its defaults."""
    try:
        return kind.model_validate(parse_json(request.body) if request.body.strip() else {})
    except ValidationError as error:
        problems = [(".".join(str(part) for part in each["loc"]) or "body", each["msg"]) for each in error.errors()]
        raise InvalidRequest([Problem(field, f"{field}: {text}.") for field, text in problems]) from None


def takes(kind: type[BaseModel]) -> dict[str, Any]:
    """`openapi_extra` of a route whose body `read` reads."""
    content = {"application/json": {"schema": kind.model_json_schema()}}
    return {"requestBody": {"content": content, "required": False}}


def float_of(name: str, text: str) -> float | None:
    """A number of the query, None for an empty one."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InvalidRequest([Problem(name, f"{name} is no number of seconds.")])
    return value


def moment_of(name: str, text: str) -> datetime:
    """ISO 8601; without a zone it is UTC."""
    try:
        value = datetime.fromisoformat(text)
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # the latter at both ends of the calendar
        words = f"{name} must be a time as in ISO 8601, 2030-01-31T12:00:00."
        raise InvalidRequest([Problem(name, words)]) from None


def uuid_of(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidRequest([Problem(name, f"{name} is no UUID.")]) from None


def number_of(text: str, thing: str) -> int:
    """An id in an address: anything that is no number names nothing."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise NotFound(f"There is no {thing} with this id.")
    return int(text)
