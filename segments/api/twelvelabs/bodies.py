"""Bodies whose rules are checked by hand, as the documents tell them. The parser in `core` remains the judge."""

from __future__ import annotations

from typing import Any

from segments.core.definition import MODELS, TIME_FORMATS, json_schema
from segments.core.request import RANGES

_TEXT = {"type": "string", "minLength": 1}
_DEFINITIONS = {name: value for name, value in json_schema().items() if name not in ("$schema", "title")}


def _number(name: str, kind: str = "number") -> dict[str, Any]:
    least, most = RANGES[name]
    return {"type": kind, "minimum": least, **({} if most is None else {"maximum": most})}


def _one_of(*names: str) -> dict[str, Any]:
    """An object with exactly one of these texts."""
    return {
        "type": "object",
        "properties": {"type": {"enum": list(names)}, **dict.fromkeys(names, _TEXT)},
        "oneOf": [{"required": [name]} for name in names],
    }


#: Of `POST /analyze/tasks`.
TASK: dict[str, Any] = {
    "type": "object",
    "required": ["video"],
    "additionalProperties": False,
    "properties": {
        "video": _one_of("url", "asset_id", "base64_string"),
        "model_name": {"enum": list(MODELS)},
        "analysis_mode": {"enum": ["general", "time_based_metadata"], "default": "general"},
        "prompt": {**_TEXT, "description": "With analysis_mode=general"},
        "prompt_v2": {
            "type": "object",
            "required": ["input_text"],
            "properties": {"input_text": _TEXT, "media_sources": {"type": "array", "items": {"type": "object"}}},
        },
        "response_format": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"enum": ["segment_definitions", "json_schema"]},
                "segment_definitions": _DEFINITIONS,
                "json_schema": {"type": "object"},
                "segment_time_format": {"enum": list(TIME_FORMATS)},
            },
        },
        "custom_id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        "temperature": _number("temperature"),
        "max_tokens": {"anyOf": [_number("max_tokens", "integer"), {"const": "unlimited"}]},
        **{name: _number(name) for name in ("start_time", "end_time", "min_segment_duration", "max_segment_duration")},
    },
}

_NOT_AT_ONCE = ("analysis_mode", "min_segment_duration", "max_segment_duration")
#: Of `POST /analyze`: the same without segmentation, and whether the answer comes line by line.
ANALYSIS: dict[str, Any] = {
    **TASK,
    "properties": {
        **{name: value for name, value in TASK["properties"].items() if name not in _NOT_AT_ONCE},
        "stream": {"type": "boolean", "default": True},
    },
}
