"""Checks a whole list of definitions and tells every problem with its indexed path."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from segments.core.definition.fields import read_fields
from segments.core.definition.model import (
    DEFAULT_MODEL,
    LIMITS,
    PLACEHOLDER,
    TIME_TOLERANCE,
    MediaSource,
    SegmentDefinition,
)
from segments.core.timeline import Span
from segments.core.untrusted import Checker, is_number, one_of, strip_nulls

_DEFINITION_KEYS = ("id", "description", "fields", "media_sources", "time_ranges")
_SOURCE_KEYS = ("name", "media_type", "url", "asset_id", "base64_string")
_PLACES = ("url", "asset_id", "base64_string")
_SOURCE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def parse_definitions(
    value: object,
    *,
    duration: float | None,
    path: str = "segment_definitions",
    model_name: str = DEFAULT_MODEL,
) -> tuple[SegmentDefinition, ...]:
    """Raises `InvalidRequest` with all problems. `duration` in seconds; None leaves out the checks that need it."""
    check = Checker()
    definitions = read_definitions(strip_nulls(value), path, check, duration=duration, model_name=model_name)
    check.raise_if_any()
    return definitions


def read_definitions(
    value: object, path: str, check: Checker, *, duration: float | None, model_name: str = DEFAULT_MODEL
) -> tuple[SegmentDefinition, ...]:
    """Like `parse_definitions`, for a caller with more to check; only to be used when `check` stayed empty."""
    entries = check.items(value, path, 1, LIMITS["definitions"], "definitions")
    found = [
        _read_definition(entry, f"{path}[{index}]", check, duration, model_name) for index, entry in enumerate(entries)
    ]
    seen: set[str] = set()
    for index, definition in enumerate(found):
        if definition is None or not definition.id:
            continue
        if definition.id in seen:
            check.refuse(
                f"{path}[{index}].id",
                f'id "{definition.id}" is used by two definitions. Give every definition its own id.',
            )
        seen.add(definition.id)
    return tuple(definition for definition in found if definition is not None)


def _read_definition(
    entry: object, path: str, check: Checker, duration: float | None, model_name: str
) -> SegmentDefinition | None:
    known = check.mapping(entry, path, _DEFINITION_KEYS)
    if known is None:
        return None
    definition = SegmentDefinition(
        id=check.text(known, "id", path, LIMITS["id_characters"], one_line=True),
        description=check.text(known, "description", path, LIMITS["description_characters"]),
        fields=read_fields(known.get("fields", []), f"{path}.fields", check, model_name),
        time_ranges=_read_ranges(known.get("time_ranges", []), f"{path}.time_ranges", check, duration),
        media_sources=read_sources(known.get("media_sources", []), f"{path}.media_sources", check),
    )
    _check_placeholders(definition, path, check)
    return definition


def _check_placeholders(definition: SegmentDefinition, path: str, check: Checker) -> None:
    names = {source.name for source in definition.media_sources}
    for name in dict.fromkeys(PLACEHOLDER.findall(definition.description)):
        if name not in names:
            check.refuse(
                f"{path}.description",
                f"description refers to <@{name}>, but media_sources has no image of that name. Add one.",
            )


def _read_ranges(value: object, path: str, check: Checker, duration: float | None) -> tuple[Span, ...]:
    entries = check.items(value, path, 0, LIMITS["time_ranges"], "time ranges")
    placed = []
    for index, entry in enumerate(entries):
        span = _read_range(entry, f"{path}[{index}]", check, duration)
        if span is not None:
            placed.append((span, index))
    placed.sort(key=lambda pair: (pair[0].start, pair[0].end))
    _check_overlaps(placed, path, check)
    return tuple(span for span, _ in placed)


def _check_overlaps(placed: Sequence[tuple[Span, int]], path: str, check: Checker) -> None:
    for (earlier, _), (later, index) in pairwise(placed):
        if later.start < earlier.end - 1e-9:
            check.refuse(
                f"{path}[{index}]",
                f"This time range overlaps the one from {earlier.start:g} to {earlier.end:g} seconds. "
                "Ranges may touch, but not overlap.",
            )


def _read_range(entry: object, path: str, check: Checker, duration: float | None) -> Span | None:
    known = check.mapping(entry, path, ("start_time", "end_time"))
    if known is None:
        return None
    start, end = (_read_time(known, key, path, check) for key in ("start_time", "end_time"))
    if start is None or end is None:
        return None
    if end <= start:
        check.refuse(path, f"start_time ({start:g}) must be before end_time ({end:g}).")
        return None
    if end - start < LIMITS["min_range_seconds"] - 1e-9:
        check.refuse(path, f"This time range is {end - start:g} seconds long; at least 2 seconds are needed.")
    if duration is not None and end > duration + TIME_TOLERANCE:
        check.refuse(f"{path}.end_time", f"end_time ({end:g}) is after the end of the video ({duration:.3f} seconds).")
    return Span(start, end)


def _read_time(known: Mapping[str, object], key: str, path: str, check: Checker) -> float | None:
    at = f"{path}.{key}"
    if key not in known:
        check.missing(at, f"{key} is missing. A time range needs start_time and end_time in seconds.")
        return None
    value = known[key]
    if not is_number(value) or value < 0:
        check.refuse(at, f"{key} must be a number of seconds, 0 or more.")
        return None
    return float(value)


def read_sources(value: object, path: str, check: Checker) -> tuple[MediaSource, ...]:
    entries = check.items(value, path, 0, LIMITS["media_sources"], "reference images")
    sources: list[MediaSource] = []
    for index, entry in enumerate(entries):
        source = _read_source(entry, f"{path}[{index}]", check)
        if source is None:
            continue
        if source.name and source.name in {other.name for other in sources}:
            check.refuse(f"{path}[{index}].name", f'name "{source.name}" is used by two images. Choose another.')
        sources.append(source)
    return tuple(sources)


def _read_source(entry: object, path: str, check: Checker) -> MediaSource | None:
    known = check.mapping(entry, path, _SOURCE_KEYS)
    if known is None:
        return None
    name = known.get("name")
    if not isinstance(name, str) or not _SOURCE_NAME.fullmatch(name):
        check.refuse(f"{path}.name", "name of an image must be 1 to 64 letters, digits, _ or -.")
        name = ""
    if known.get("media_type") != "image":
        check.refuse(f"{path}.media_type", 'media_type must be "image"; nothing else is supported.')
    places = [key for key in _PLACES if key in known]
    if len(places) != 1:
        check.refuse(path, f"An image needs exactly one of {one_of(_PLACES)}.")
        return MediaSource(name)
    return _place_source(name, places[0], known[places[0]], path, check)


def _place_source(name: str, place: str, value: object, path: str, check: Checker) -> MediaSource:
    at = f"{path}.{place}"
    if not isinstance(value, str) or not value:
        check.refuse(at, f"{place} must be a non-empty text.")
    elif place == "url":
        if not value.lower().startswith("https://") or len(value) > LIMITS["url_characters"]:
            check.refuse(at, "url of an image must be a public address that starts with https://.")
        return MediaSource(name, url=value)
    elif place == "asset_id":
        return MediaSource(name, asset_id=value)
    else:
        _check_base64(value, at, check)
        return MediaSource(name, base64_string=value)
    return MediaSource(name)


def _check_base64(value: str, path: str, check: Checker) -> None:
    text = value.partition(",")[2] if value.startswith("data:") else value
    if len(text) * 3 // 4 > LIMITS["media_source_bytes"]:
        check.refuse(path, "The image is larger than 32 MB. Make it smaller.")
        return
    try:
        base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True)
    except (binascii.Error, ValueError):
        check.refuse(path, "base64_string is not valid base64.")
