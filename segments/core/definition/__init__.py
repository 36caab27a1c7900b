"""Segment definitions: untrusted JSON in, checked values out."""

from segments.core.definition.model import (
    DEFAULT_MODEL,
    FIELD_TYPES,
    LIMITS,
    MODELS,
    TIME_ARRAY_MODEL,
    TIME_FORMATS,
    TIME_TOLERANCE,
    FieldSpec,
    ItemSpec,
    MediaSource,
    SegmentDefinition,
    definitions_to_json,
)
from segments.core.definition.parse import parse_definitions, read_definitions
from segments.core.definition.schema import json_schema

__all__ = [
    "DEFAULT_MODEL",
    "FIELD_TYPES",
    "LIMITS",
    "MODELS",
    "TIME_ARRAY_MODEL",
    "TIME_FORMATS",
    "TIME_TOLERANCE",
    "FieldSpec",
    "ItemSpec",
    "MediaSource",
    "SegmentDefinition",
    "definitions_to_json",
    "json_schema",
    "parse_definitions",
    "read_definitions",
]
