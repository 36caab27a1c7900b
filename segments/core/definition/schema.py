"""A JSON schema of a definitions list, for completion in editors. `parse` remains the judge."""

from __future__ import annotations

from segments.core.definition.model import (
    EVENT_FIELD_TYPES,
    FIELD_TYPES,
    ITEM_TYPES,
    LIMITS,
    RESERVED_NAMES,
    TIME_FORMATS,
)

Schema = dict[str, object]


def json_schema() -> Schema:
    """JSON Schema 2020-12 of what goes under `segment_definitions`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Segment definitions",
        "type": "array",
        "minItems": 1,
        "maxItems": LIMITS["definitions"],
        "items": _definition(),
    }


def _object(properties: dict[str, Schema], required: list[str], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _text(limit: int, description: str) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": limit, "description": description}


def _definition() -> Schema:
    properties: dict[str, Schema] = {
        "id": _text(LIMITS["id_characters"], "Short name; becomes the key of the results."),
        "description": _text(
            LIMITS["description_characters"], "What such a segment looks or sounds like, and where it starts and ends."
        ),
        "fields": _list(0, LIMITS["fields"], _field(), "Values to find for every segment."),
        "time_ranges": _list(0, LIMITS["time_ranges"], _range(), "Look only here; each at least 2 seconds long."),
        "media_sources": _list(0, LIMITS["media_sources"], _source(), "Images, used in the description as <@name>."),
    }
    return _object(properties, ["id", "description"], "One kind of segment.")


def _list(low: int, high: int, items: Schema, description: str) -> Schema:
    return {"type": "array", "minItems": low, "maxItems": high, "items": items, "description": description}


def _field() -> Schema:
    properties: dict[str, Schema] = {
        "name": {
            **_text(LIMITS["name_characters"], "Name of the value in the results."),
            "not": {"enum": list(RESERVED_NAMES)},
        },
        "type": {"enum": list(FIELD_TYPES), "description": "Kind of value."},
        "description": _text(LIMITS["description_characters"], "What to find, and in which form."),
        "format": {"enum": list(TIME_FORMATS), "description": "How a timestamp is written."},
        "enum": _list(1, LIMITS["enum_values"], {"type": "string", "minLength": 1}, "The only values allowed."),
        "items": {"anyOf": [_scalar_items(), _event_items()]},
    }
    return _object(properties, ["name", "type", "description"], "One value to find for every segment.")


def _scalar_items() -> Schema:
    return _object({"type": {"enum": list(ITEM_TYPES)}}, ["type"], "What a list holds.")


def _event_items() -> Schema:
    event_field = _object(
        {
            "name": _text(LIMITS["name_characters"], "Name of the value."),
            "type": {"enum": list(EVENT_FIELD_TYPES)},
            "description": _text(LIMITS["description_characters"], "What to find."),
            "enum": _list(1, LIMITS["enum_values"], {"type": "string", "minLength": 1}, "The only values allowed."),
            "items": _scalar_items(),
        },
        ["name", "type", "description"],
        "One value of an event.",
    )
    return _object(
        {"type": {"const": "object"}, "fields": _list(1, LIMITS["fields"], event_field, "Values of every event.")},
        ["type", "fields"],
        "Events inside a segment.",
    )


def _range() -> Schema:
    time: Schema = {"type": "number", "minimum": 0, "description": "Seconds."}
    return _object({"start_time": time, "end_time": time}, ["start_time", "end_time"], "A stretch of the video.")


def _source() -> Schema:
    schema = _object(
        {
            "name": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
            "media_type": {"const": "image"},
            "url": {"type": "string", "pattern": "^https://"},
            "asset_id": {"type": "string"},
            "base64_string": {"type": "string"},
        },
        ["name", "media_type"],
        "A reference image.",
    )
    return {**schema, "oneOf": [{"required": [place]} for place in ("url", "asset_id", "base64_string")]}
