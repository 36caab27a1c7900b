"""What a segment definition is, once it was checked, and the limits it is held to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from segments.core.timeline import Span

FieldType = Literal["string", "boolean", "number", "integer", "array", "timestamp", "time_array"]

FIELD_TYPES: tuple[FieldType, ...] = ("string", "boolean", "number", "integer", "array", "timestamp", "time_array")
ITEM_TYPES = ("string", "number", "boolean", "integer")
EVENT_FIELD_TYPES = ("string", "boolean", "number", "integer", "array")
TIME_FORMATS = ("seconds", "hh:mm:ss", "hh:mm:ss.fff")
RESERVED_NAMES = ("start_time", "end_time", "metadata")
MODELS = ("pegasus1.2", "pegasus1.5", "pegasus1.6")
DEFAULT_MODEL = "pegasus1.5"
#: The only model that knows `time_array` and unlimited tokens.
TIME_ARRAY_MODEL = "pegasus1.6"

#: One table for the API, the page and the tests.
LIMITS: dict[str, int] = {
    "definitions": 20,
    "fields": 20,
    "id_characters": 64,
    "name_characters": 64,
    "description_characters": 2000,
    "enum_values": 100,
    "enum_characters": 200,
    "time_ranges": 100,
    "media_sources": 4,
    "media_source_bytes": 32_000_000,
    "url_characters": 2048,
    "min_range_seconds": 2,
}

#: Times typed from a rounded display may pass the true end of a video by this much.
TIME_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """What a list holds: scalars of `type`, or for `time_array` events (`type` object) with `fields`."""

    type: str
    fields: tuple[FieldSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One typed value to extract per segment. `format` only for timestamps, `items` only for lists."""

    name: str
    type: str
    description: str
    format: str | None = None
    enum: tuple[str, ...] = ()
    items: ItemSpec | None = None


@dataclass(frozen=True, slots=True)
class MediaSource:
    """A reference image, named in the description as `<@name>`; exactly one of the three places is set."""

    name: str
    url: str | None = None
    asset_id: str | None = None
    base64_string: str | None = None


#: How texts name a reference image.
PLACEHOLDER = re.compile(r"<@([^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class SegmentDefinition:
    """One kind of segment to look for; `time_ranges` (sorted, disjoint) limit where."""

    id: str
    description: str
    fields: tuple[FieldSpec, ...] = ()
    time_ranges: tuple[Span, ...] = ()
    media_sources: tuple[MediaSource, ...] = ()

    @property
    def mentioned_sources(self) -> tuple[MediaSource, ...]:
        """The reference images that the description names."""
        names = set(PLACEHOLDER.findall(self.description))
        return tuple(source for source in self.media_sources if source.name in names)


def definitions_to_json(definitions: Iterable[SegmentDefinition]) -> list[dict[str, object]]:
    """The canonical wire form; parsing it again gives the same definitions."""
    return [_definition_to_json(definition) for definition in definitions]


def _definition_to_json(definition: SegmentDefinition) -> dict[str, object]:
    wire: dict[str, object] = {
        "id": definition.id,
        "description": definition.description,
        "fields": [_field_to_json(spec) for spec in definition.fields],
    }
    if definition.media_sources:
        wire["media_sources"] = [_source_to_json(source) for source in definition.media_sources]
    if definition.time_ranges:
        wire["time_ranges"] = [{"start_time": r.start, "end_time": r.end} for r in definition.time_ranges]
    return wire


def _field_to_json(spec: FieldSpec) -> dict[str, object]:
    wire: dict[str, object] = {"name": spec.name, "type": spec.type, "description": spec.description}
    if spec.format is not None:
        wire["format"] = spec.format
    if spec.enum:
        wire["enum"] = list(spec.enum)
    if spec.items is not None:
        wire["items"] = {"type": spec.items.type}
        if spec.items.fields:
            wire["items"] = {"type": "object", "fields": [_field_to_json(inner) for inner in spec.items.fields]}
    return wire


def _source_to_json(source: MediaSource) -> dict[str, object]:
    wire: dict[str, object] = {"name": source.name, "media_type": "image"}
    for key, value in (("url", source.url), ("asset_id", source.asset_id), ("base64_string", source.base64_string)):
        if value is not None:
            wire[key] = value
    return wire
