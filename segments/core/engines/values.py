"""Makes a value what its field declares, or None: nothing else can be returned by any engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segments.core.definition import FieldSpec
from segments.core.timeline import Span
from segments.core.untrusted import is_number


def conform(spec: FieldSpec, value: object, span: Span) -> object:
    """`value` as `spec` declares it, times as seconds inside `span`; None when it is something else."""
    if value is None:
        return None
    if spec.type == "array":
        return _array(spec, value)
    if spec.type == "time_array":
        return _events(spec, value, span)
    if spec.type == "timestamp":
        return _time(value, span)
    found = _scalar(spec.type, value)
    return None if spec.enum and found not in spec.enum else found


def _scalar(kind: str, value: object) -> object:
    if kind == "string":
        return value.strip() or None if isinstance(value, str) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if not is_number(value):
        return None
    if kind == "integer":
        return int(value) if value == int(value) else None
    return value


def _time(value: object, span: Span) -> object:
    if not is_number(value) or not span.start <= value <= span.end:
        return None
    return min(max(round(float(value), 3), span.start), span.end)


def _array(spec: FieldSpec, value: object) -> object:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    kind = spec.items.type if spec.items else "string"
    found = [_scalar(kind, entry) for entry in value]
    return [entry for entry in found if entry is not None and (not spec.enum or entry in spec.enum)]


def _events(spec: FieldSpec, value: object, span: Span) -> object:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    events = [_event(spec, entry, span) for entry in value]
    return sorted((event for event in events if event), key=lambda event: (event["start_time"], event["end_time"]))


def _event(spec: FieldSpec, value: object, span: Span) -> dict[str, float] | None:
    if not isinstance(value, Mapping):
        return None
    start, end = value.get("start_time"), value.get("end_time")
    if not is_number(start) or not is_number(end):
        return None
    start, end = (min(max(round(float(time), 3), span.start), span.end) for time in (start, end))
    if not start < end:
        return None
    inner = spec.items.fields if spec.items else ()
    rest = {item.name: conform(item, value.get(item.name), Span(start, end)) for item in inner}
    return {"start_time": start, "end_time": end, **rest}  # type: ignore[dict-item]
