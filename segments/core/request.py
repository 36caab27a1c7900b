"""The run request: what to look for, where, and in which shape the answer is wanted."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from segments.core.definition import (
    DEFAULT_MODEL,
    MODELS,
    TIME_ARRAY_MODEL,
    TIME_FORMATS,
    TIME_TOLERANCE,
    FieldSpec,
    SegmentDefinition,
    definitions_to_json,
    read_definitions,
)
from segments.core.strict_json import parse_json
from segments.core.timeline import Segment, Span
from segments.core.untrusted import Checker, is_number, kind_of, strip_nulls

__all__ = ["DEFAULTS", "RANGES", "RunRequest", "format_time", "parse_json", "parse_run", "result_json", "run_json"]

MODE = "time_based_metadata"
#: Shortest analysis window in seconds.
MIN_WINDOW = 1.0
UNLIMITED: Literal["unlimited"] = "unlimited"
Tokens = int | Literal["unlimited"]

#: What an absent key means; the page resets to these.
DEFAULTS: dict[str, object] = {
    "model_name": DEFAULT_MODEL,
    "temperature": 0.2,
    "max_tokens": 32768,
    "segment_time_format": "seconds",
    "engine": "local",
}
#: Lowest and highest value of the numbers; None means no fixed limit.
RANGES: dict[str, tuple[float, float | None]] = {
    "temperature": (0, 1),
    "max_tokens": (2048, 98304),
    "min_segment_duration": (2, None),
    "max_segment_duration": (2, None),
    "start_time": (0, None),
    "end_time": (0, None),
}

_RUN_KEYS = (
    "response_format",
    "min_segment_duration",
    "max_segment_duration",
    "start_time",
    "end_time",
    "temperature",
    "max_tokens",
    "custom_id",
    "model_name",
    "analysis_mode",
    "engine",
)
#: Keys of the general mode: known, and refused here with a reason.
_GENERAL_KEYS = ("prompt", "prompt_v2", "image")
CUSTOM_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENGINE = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A checked request. Times in seconds; None where nothing was asked for."""

    definitions: tuple[SegmentDefinition, ...]
    start: float | None = None
    end: float | None = None
    min_duration: float | None = None
    max_duration: float | None = None
    temperature: float = 0.2
    max_tokens: Tokens = 32768
    time_format: str = "seconds"
    custom_id: str | None = None
    model_name: str = DEFAULT_MODEL
    engine: str = "local"

    def analysed(self, definition: SegmentDefinition, duration: float) -> list[Span]:
        """Where segments of `definition` may lie: its time ranges, else the window."""
        if definition.time_ranges:
            return [s for s in (_within(r, duration) for r in definition.time_ranges) if s.length > 0]
        return [_within(Span(self.start or 0.0, duration if self.end is None else self.end), duration)]

    def window(self, duration: float) -> Span:
        """The smallest stretch that holds everything analysed: evidence is collected there."""
        spans = [span for definition in self.definitions for span in self.analysed(definition, duration)]
        return Span(min((s.start for s in spans), default=0.0), max((s.end for s in spans), default=duration))


def _within(span: Span, duration: float) -> Span:
    start = min(span.start, duration)
    return Span(start, max(start, min(span.end, duration)))


def parse_run(body: object, *, duration: float | None, max_window: float | None = None) -> RunRequest:
    """Raises `InvalidRequest` with every problem of the body.

    The body is that of `POST /v1.3/analyze/tasks` without its `video`; an absent `analysis_mode` means segmentation.
    `duration` in seconds, None while the video is not probed yet; `max_window` is the longest allowed analysis.
    """
    check = Checker()
    known = check.mapping(strip_nulls(body), "", _RUN_KEYS, retired=_GENERAL_KEYS)
    if known is None:
        check.raise_if_any()
    request = _read(known or {}, check, duration)
    _check_together(request, known or {}, check)
    check_window(request.start, request.end, check, duration, max_window)
    check.raise_if_any()
    return request


def _read(known: dict[str, object], check: Checker, duration: float | None) -> RunRequest:
    model = check.choice(known.get("model_name", DEFAULT_MODEL), "model_name", MODELS, DEFAULT_MODEL)
    _check_mode(known, check, model)
    definitions, time_format = _read_format(known, check, duration, model)
    return RunRequest(
        definitions=definitions,
        start=check_number(known, "start_time", check),
        end=check_number(known, "end_time", check),
        min_duration=check_number(known, "min_segment_duration", check),
        max_duration=check_number(known, "max_segment_duration", check),
        temperature=check_number(known, "temperature", check) or 0.0 if "temperature" in known else 0.2,
        max_tokens=_read_tokens(known, check, model),
        time_format=time_format,
        custom_id=check_name(known, "custom_id", CUSTOM_ID, "1 to 64 letters, digits, _ or -", check),
        model_name=model,
        engine=check_name(known, "engine", _ENGINE, "the name of an engine, in lower case", check) or "local",
    )


def _check_mode(known: Mapping[str, object], check: Checker, model: str) -> None:
    mode = known.get("analysis_mode", MODE)
    if mode == "general":
        check.refuse("analysis_mode", f'Segment definitions need the analysis_mode "{MODE}", not "general".')
    elif mode != MODE:
        check.choice(mode, "analysis_mode", (MODE, "general"), MODE)
    if model == "pegasus1.2":
        check.refuse("model_name", 'The model "pegasus1.2" cannot segment. Use "pegasus1.5" or "pegasus1.6".')
    for key in _GENERAL_KEYS:
        if key in known:
            check.refuse(key, f"{key} goes only with general analysis. Describe the segments in their definitions.")


def _read_format(
    known: Mapping[str, object], check: Checker, duration: float | None, model: str
) -> tuple[tuple[SegmentDefinition, ...], str]:
    path = "response_format"
    if path not in known:
        check.missing(path, 'response_format is missing. Give {"type": "segment_definitions", …}.')
        return (), "seconds"
    keys = ("type", "segment_definitions", "segment_time_format", "json_schema")
    inner = check.mapping(known[path], path, keys)
    if inner is None:
        return (), "seconds"
    _check_format_type(inner, check)
    at = f"{path}.segment_definitions"
    definitions: tuple[SegmentDefinition, ...] = ()
    if "segment_definitions" in inner:
        definitions = read_definitions(inner["segment_definitions"], at, check, duration=duration, model_name=model)
    else:
        check.missing(at, "segment_definitions is missing. Say what a segment is.")
    at = f"{path}.segment_time_format"
    return definitions, check.choice(inner.get("segment_time_format", "seconds"), at, TIME_FORMATS, "seconds")


def _check_format_type(inner: Mapping[str, object], check: Checker) -> None:
    at = "response_format.type"
    if "type" not in inner:
        check.missing(at, 'type is missing. Use "segment_definitions".')
    elif inner["type"] == "json_schema":
        check.refuse(at, 'type "json_schema" goes only with general analysis. Use "segment_definitions".')
        if "segment_time_format" in inner:
            check.refuse(
                "response_format.segment_time_format",
                "segment_time_format goes only with segment_definitions. Leave it out.",
            )
    else:
        check.choice(inner["type"], at, ("segment_definitions",), "")
    if "json_schema" in inner and inner.get("type") != "json_schema":
        check.refuse("response_format.json_schema", "json_schema goes only with general analysis. Leave it out.")


def check_number(known: Mapping[str, object], key: str, check: Checker) -> float | None:
    if key not in known:
        return None
    value = known[key]
    low, high = RANGES[key]
    allowed = f"a number of at least {low:g}" if high is None else f"a number from {low:g} to {high:g}"
    if not is_number(value):
        what = "one that is not finite" if isinstance(value, float) else kind_of(value)
        check.refuse(key, f"{key} must be {allowed}, not {what}.")
    elif value < low or (high is not None and value > high):
        check.refuse(key, f"{key} is {value:g}; it must be {allowed}.")
    else:
        return float(value)
    return None


def _read_tokens(known: Mapping[str, object], check: Checker, model: str) -> Tokens:
    value = known.get("max_tokens", DEFAULTS["max_tokens"])
    low, high = (int(limit) for limit in cast("tuple[float, float]", RANGES["max_tokens"]))
    if value == UNLIMITED:
        if model != TIME_ARRAY_MODEL:
            check.refuse("max_tokens", f'max_tokens "unlimited" needs the model "{TIME_ARRAY_MODEL}". Give a number.')
        return UNLIMITED
    if is_number(value) and value == int(value) and low <= value <= high:
        return int(value)
    check.refuse("max_tokens", f'max_tokens must be a whole number from {low} to {high}, or "unlimited".')
    return high


def check_name(
    known: Mapping[str, object], key: str, pattern: re.Pattern[str], allowed: str, check: Checker
) -> str | None:
    value = known.get(key)
    if value is None:
        return None
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    check.refuse(key, f"{key} must be {allowed}.")
    return None


def _check_together(request: RunRequest, known: Mapping[str, object], check: Checker) -> None:
    shortest, longest = request.min_duration, request.max_duration
    if shortest is not None and longest is not None and longest < shortest:
        check.refuse(
            "max_segment_duration",
            f"max_segment_duration ({longest:g}) must not be less than min_segment_duration ({shortest:g}).",
        )
    if not any(definition.time_ranges for definition in request.definitions):
        return
    for key in ("min_segment_duration", "max_segment_duration", "start_time", "end_time"):
        if key in known:
            check.refuse(key, f"{key} cannot be combined with time_ranges. Remove one of the two.")
    if request.max_tokens == UNLIMITED:
        check.refuse("max_tokens", 'max_tokens "unlimited" cannot be combined with time_ranges. Give a number.')


def check_window(
    first: float | None, last: float | None, check: Checker, duration: float | None, max_window: float | None
) -> None:
    """`start_time` and `end_time` against each other, the video's duration and the longest analysis, all in seconds."""
    start = first or 0.0
    if duration is not None and start >= duration:
        check.refuse("start_time", f"start_time ({start:g}) must be before the end of the video ({duration:.3f} s).")
        return
    if duration is not None and last is not None and last > duration + TIME_TOLERANCE:
        check.refuse("end_time", f"end_time ({last:g}) is after the end of the video ({duration:.3f} s).")
    end = duration if last is None else last
    if end is None:
        return
    key = "start_time" if last is None else "end_time"
    if last is not None and end <= start:
        check.refuse("end_time", f"end_time ({end:g}) must be after start_time ({start:g}).")
    elif end - start < MIN_WINDOW - 1e-9 and (first is not None or last is not None):
        check.refuse(key, f"The range is {end - start:g} seconds long; at least {MIN_WINDOW:g} second is needed.")
    elif max_window is not None and end - start > max_window + TIME_TOLERANCE:
        check.refuse(key, f"The range is {end - start:g} seconds long; at most {max_window:g} seconds are analysed.")


def run_json(request: RunRequest) -> dict[str, object]:
    """The body that parses to `request`, with the effective defaults written out."""
    wire: dict[str, object] = {
        "model_name": request.model_name,
        "analysis_mode": MODE,
        "response_format": {
            "type": "segment_definitions",
            "segment_definitions": definitions_to_json(request.definitions),
            "segment_time_format": request.time_format,
        },
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "engine": request.engine,
    }
    optional = {
        "start_time": request.start,
        "end_time": request.end,
        "min_segment_duration": request.min_duration,
        "max_segment_duration": request.max_duration,
        "custom_id": request.custom_id,
    }
    return wire | {key: value for key, value in optional.items() if value is not None}


def format_time(seconds: float, fmt: str) -> float | str:
    """Seconds as a number rounded to milliseconds, or as text; what lies before 0 is shown as 0 in text."""
    if fmt == "seconds":
        return round(seconds, 3)
    if fmt == "hh:mm:ss":
        whole = math.floor(max(0.0, seconds) + 0.5)
        return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    ms = round(max(0.0, seconds) * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def result_json(request: RunRequest, segments: Iterable[Segment]) -> dict[str, list[dict[str, object]]]:
    """The public shape: every definition id in request order, segments sorted by start, every declared field there."""
    found = sorted(segments, key=lambda segment: (segment.start, segment.end))
    return {
        definition.id: [
            _segment_json(segment, definition, request.time_format)
            for segment in found
            if segment.definition_id == definition.id
        ]
        for definition in request.definitions
    }


def _segment_json(segment: Segment, definition: SegmentDefinition, time_format: str) -> dict[str, object]:
    return {
        "start_time": format_time(segment.start, time_format),
        "end_time": format_time(segment.end, time_format),
        "metadata": fields_json(definition, segment.fields, time_format),
    }


def fields_json(definition: SegmentDefinition, values: Mapping[str, object], time_format: str) -> dict[str, object]:
    """The public values of one segment: every declared field is there, times in the format that was asked for."""
    return {spec.name: _value_json(spec, values.get(spec.name), time_format) for spec in definition.fields}


def _value_json(spec: FieldSpec, value: object, time_format: str) -> object:
    """Engines give times as seconds; here they get the format that was asked for."""
    if spec.type == "timestamp" and is_number(value):
        return format_time(float(value), spec.format or "seconds")
    if spec.type == "time_array" and isinstance(value, (list, tuple)):
        return [_event_json(event, time_format) for event in value]
    return value


def _event_json(event: Mapping[str, object], time_format: str) -> dict[str, object]:
    times = {"start_time", "end_time"}
    return {k: format_time(float(cast("float", v)), time_format) if k in times else v for k, v in event.items()}
