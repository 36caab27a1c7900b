"""JSON ↔ frozen dataclasses: unknown keys are ignored, times are aware datetimes, lists are copied."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

from .errors import ValidationError


class Wire:
    """Base of all types: `from_api_response` reads an answer, `to_dict` writes one."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @classmethod
    def from_api_response(cls, data: Mapping[str, Any]) -> Self:
        """Read one object of an answer. A null counts as absent.

        Raises ValidationError for a required key that is missing and for a value of the wrong type.
        """
        if not isinstance(data, Mapping):
            raise ValidationError(f"{cls.__name__}: expected a JSON object, got {type(data).__name__}.")
        values: dict[str, Any] = {}
        hints = get_type_hints(cls)
        for each in fields(cls):
            value = data.get(each.name)
            if value is not None:
                values[each.name] = _read(hints[each.name], value, f"{cls.__name__}.{each.name}")
            elif each.default is MISSING and each.default_factory is MISSING:
                problem = {each.name: "required"}
                raise ValidationError(f"{cls.__name__}: {each.name} is missing.", details={"fields": problem})
        return cls(**values)

    def to_dict(self, exclude_none: bool = True) -> dict[str, Any]:
        """Plain JSON values; times as ISO 8601 ending in Z."""
        pairs = ((each.name, _write(getattr(self, each.name), exclude_none)) for each in fields(self))
        return {name: value for name, value in pairs if value is not None or not exclude_none}


def _read(hint: Any, value: Any, place: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if hint is Any:
        return value
    if get_origin(hint) is list:
        (kind,) = get_args(hint)
        return [_read(kind, each, place) for each in _expect(list, value, place)]
    if get_origin(hint) is dict:
        return dict(_expect(dict, value, place))
    return _read_plain(hint, value, place)


def _read_plain(hint: type, value: Any, place: str) -> Any:
    if hint is datetime:
        return _moment(value, place)
    if issubclass(hint, Wire):
        return hint.from_api_response(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return _expect(hint, value, place)


def _expect(kind: type, value: Any, place: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValidationError(f"{place}: expected {kind.__name__}, got {type(value).__name__}.")
    return value


def _moment(value: Any, place: str) -> datetime:
    """UTC; a text without a zone is taken as UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValidationError(f"{place}: {value!r} is not an ISO 8601 time.") from None
    moment: datetime = _expect(datetime, value, place)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _write(value: Any, exclude_none: bool) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Wire):
        return value.to_dict(exclude_none)
    if isinstance(value, list):
        return [_write(each, exclude_none) for each in value]
    return dict(value) if isinstance(value, dict) else value
