"""Checks the fields of a definition: names, types, and which of format, enum and items go with which type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segments.core.definition.model import (
    EVENT_FIELD_TYPES,
    FIELD_TYPES,
    ITEM_TYPES,
    LIMITS,
    RESERVED_NAMES,
    TIME_ARRAY_MODEL,
    TIME_FORMATS,
    FieldSpec,
    ItemSpec,
)
from segments.core.untrusted import Checker, has_control, one_of

_FIELD_KEYS = ("name", "type", "description", "format", "enum", "items")


def read_fields(value: object, path: str, check: Checker, model_name: str) -> tuple[FieldSpec, ...]:
    types = tuple(t for t in FIELD_TYPES if t != "time_array" or model_name == TIME_ARRAY_MODEL)
    specs = [
        _read_field(entry, f"{path}[{index}]", check, types)
        for index, entry in enumerate(check.items(value, path, 0, LIMITS["fields"], "fields"))
    ]
    _check_names(specs, path, check)
    return tuple(spec for spec in specs if spec is not None)


def _check_names(specs: Sequence[FieldSpec | None], path: str, check: Checker) -> None:
    seen: set[str] = set()
    for index, spec in enumerate(specs):
        if spec is None or not spec.name:
            continue
        at = f"{path}[{index}].name"
        if spec.name in RESERVED_NAMES:
            check.refuse(at, f'name cannot be "{spec.name}": every result has that already. Choose another name.')
        elif spec.name in seen:
            check.refuse(at, f'name "{spec.name}" is used twice in this definition. Give every field its own name.')
        seen.add(spec.name)


def _read_field(entry: object, path: str, check: Checker, types: Sequence[str]) -> FieldSpec | None:
    known = check.mapping(entry, path, _FIELD_KEYS)
    if known is None:
        return None
    kind = _read_type(known, path, check, types)
    return FieldSpec(
        name=check.text(known, "name", path, LIMITS["name_characters"], one_line=True),
        type=kind,
        description=check.text(known, "description", path, LIMITS["description_characters"]),
        format=_read_format(known, path, check, kind),
        enum=_read_enum(known, path, check, kind),
        items=_read_items(known, path, check, kind),
    )


def _read_type(known: Mapping[str, object], path: str, check: Checker, types: Sequence[str]) -> str:
    if "type" not in known:
        check.missing(f"{path}.type", f"type is missing. Use one of {one_of(types)}.")
        return ""
    if known["type"] == "time_array" and "time_array" not in types and "timestamp" in types:
        check.refuse(
            f"{path}.type",
            f'type "time_array" needs the model {TIME_ARRAY_MODEL}. With this model use one of {one_of(types)}.',
        )
        return ""
    return check.choice(known["type"], f"{path}.type", types, "")


def _read_format(known: Mapping[str, object], path: str, check: Checker, kind: str) -> str | None:
    at = f"{path}.format"
    if kind == "timestamp":
        if "format" not in known:
            check.missing(at, f"format is missing. A timestamp needs one of {one_of(TIME_FORMATS)}.")
            return TIME_FORMATS[0]
        return check.choice(known["format"], at, TIME_FORMATS, TIME_FORMATS[0])
    if kind and "format" in known:
        check.refuse(at, f'format goes only with the type "timestamp", not with "{kind}". Leave it out.')
    return None


def _read_enum(known: Mapping[str, object], path: str, check: Checker, kind: str) -> tuple[str, ...]:
    at = f"{path}.enum"
    if "enum" not in known or not kind:
        return ()
    if kind not in ("string", "array"):
        check.refuse(at, f'enum goes only with the types "string" and "array", not with "{kind}". Leave it out.')
        return ()
    items = known.get("items")
    if kind == "array" and isinstance(items, Mapping) and items.get("type") in ("number", "boolean", "integer"):
        check.refuse(at, f'enum goes only with lists of "string", not of "{items["type"]}". Leave it out.')
    return _enum_values(known["enum"], at, check)


def _enum_values(value: object, path: str, check: Checker) -> tuple[str, ...]:
    values: list[str] = []
    for index, entry in enumerate(check.items(value, path, 1, LIMITS["enum_values"], "choices")):
        at = f"{path}[{index}]"
        if not isinstance(entry, str) or not entry.strip() or has_control(entry, one_line=True):
            check.refuse(at, "Every choice in enum must be a text of one line that is not blank.")
        elif len(entry) > LIMITS["enum_characters"]:
            check.refuse(at, f"This choice is too long; at most {LIMITS['enum_characters']} characters are allowed.")
        elif entry in values:
            check.refuse(at, f'The choice "{entry}" is listed twice in enum. List every choice once.')
        else:
            values.append(entry)
    return tuple(values)


def _read_items(known: Mapping[str, object], path: str, check: Checker, kind: str) -> ItemSpec | None:
    at = f"{path}.items"
    if kind in ("array", "time_array") and "items" not in known:
        example = '{"type": "string"}' if kind == "array" else '{"type": "object", "fields": […]}'
        check.missing(at, f'items is missing. A field of type "{kind}" needs it, for example {example}.')
        return None
    if kind == "array":
        return _read_scalar_items(known["items"], at, check)
    if kind == "time_array":
        return _read_event_items(known["items"], at, check)
    if kind and "items" in known:
        check.refuse(at, f'items goes only with lists, not with the type "{kind}". Leave it out.')
    return None


def _read_scalar_items(value: object, path: str, check: Checker) -> ItemSpec:
    known = check.mapping(value, path, ("type",)) or {}
    if isinstance(value, Mapping) and "type" not in known:
        check.missing(f"{path}.type", f"type of the list items is missing. Use one of {one_of(ITEM_TYPES)}.")
        return ItemSpec("string")
    return ItemSpec(check.choice(known["type"], f"{path}.type", ITEM_TYPES, "string") if known else "string")


def _read_event_items(value: object, path: str, check: Checker) -> ItemSpec:
    known = check.mapping(value, path, ("type", "fields"))
    if known is None:
        return ItemSpec("object")
    if known.get("type") != "object":
        check.refuse(f"{path}.type", 'type of the items of a time_array must be "object".')
    if "fields" not in known:
        check.missing(f"{path}.fields", "fields is missing. Say at least one field that every event has.")
        return ItemSpec("object")
    entries = check.items(known["fields"], f"{path}.fields", 1, LIMITS["fields"], "fields")
    specs = [_read_event_field(e, f"{path}.fields[{i}]", check) for i, e in enumerate(entries)]
    _check_names(specs, f"{path}.fields", check)
    return ItemSpec("object", tuple(spec for spec in specs if spec is not None))


def _read_event_field(entry: object, path: str, check: Checker) -> FieldSpec | None:
    spec = _read_field(entry, path, check, EVENT_FIELD_TYPES)
    if spec is not None and spec.enum and spec.type == "array":
        check.refuse(f"{path}.enum", 'Inside a time_array, enum goes only with the type "string". Leave it out.')
    return spec
