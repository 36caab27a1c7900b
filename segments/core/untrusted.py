"""Reads untrusted JSON values: nothing is raised before everything was looked at, so all problems are told at once."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

from segments.core.errors import InvalidRequest, Problem

#: Far deeper than any request, and far from where recursion becomes a problem.
_MAX_DEPTH = 64


def strip_nulls(value: object, depth: int = 0) -> object:
    """The same value without keys that hold null, at every depth: null means "not given"."""
    if depth > _MAX_DEPTH:
        raise InvalidRequest([Problem("", f"The body is nested deeper than {_MAX_DEPTH} levels.")])
    if isinstance(value, Mapping):
        return {key: strip_nulls(inner, depth + 1) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [strip_nulls(inner, depth + 1) for inner in value]
    return value


def is_number(value: object) -> TypeGuard[int | float]:
    """Booleans are not numbers, and neither is anything without a finite value."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer too large for a float
        return False


def one_of(allowed: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in allowed)


class Checker:
    """Collects problems in reading order. Each reader returns the value, or a harmless stand-in and a filed problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))

    def missing(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message, "parameter_not_provided"))

    def raise_if_any(self) -> None:
        if self.problems:
            raise InvalidRequest(self.problems)

    def mapping(
        self, value: object, path: str, known: Sequence[str], retired: Sequence[str] = ()
    ) -> dict[str, object] | None:
        """The object without its unknown keys, each of which is a problem; None when it is no object at all.

        `retired` keys are passed on too, for the caller to refuse with a better reason, but never offered.
        """
        if not isinstance(value, Mapping):
            self.refuse(path, f"{leaf(path)} must be a JSON object, not {kind_of(value)}.")
            return None
        for key in value:
            if key not in known and key not in retired:
                self.unknown(f"{path}.{key}" if path else str(key), known)
        return {key: value[key] for key in (*known, *retired) if key in value}

    def unknown(self, path: str, known: Iterable[str]) -> None:
        message = f'"{leaf(path)}" is not known here. Leave it out, or use one of {one_of(known)}.'
        self.problems.append(Problem(path, message, "parameter_unknown"))

    def text(self, holder: Mapping[str, object], key: str, path: str, limit: int, *, one_line: bool = False) -> str:
        """A required, non-blank text of at most `limit` characters; "" stands in for a bad one."""
        at = f"{path}.{key}" if path else key
        if key not in holder:
            self.missing(at, f"{key} is missing. Give a text of 1 to {limit} characters.")
            return ""
        value = holder[key]
        if not isinstance(value, str):
            self.refuse(at, f"{key} must be a text, not {kind_of(value)}.")
            return ""
        if not value.strip():
            self.refuse(at, f"{key} is blank. Give a text of 1 to {limit} characters.")
        elif len(value) > limit:
            self.refuse(at, f"{key} has {len(value)} characters; at most {limit} are allowed.")
        elif has_control(value, one_line=one_line):
            self.refuse(at, f"{key} holds characters that cannot be stored. Remove control characters.")
        return value

    def choice(self, value: object, path: str, allowed: Iterable[str], fallback: str) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        shown = f'"{value}"' if isinstance(value, str) and len(value) <= 64 else kind_of(value)
        self.refuse(path, f"{leaf(path)} cannot be {shown}. Use one of {one_of(allowed)}.")
        return fallback

    def items(self, value: object, path: str, low: int, high: int, what: str) -> list[object]:
        """A list of `low` to `high` entries; too long ones are cut so that one mistake is not told a thousand times."""
        if not isinstance(value, list):
            self.refuse(path, f"{leaf(path)} must be a list of {what}, not {kind_of(value)}.")
            return []
        if not low <= len(value) <= high:
            allowed = f"{low} to {high}" if low else f"at most {high}"
            self.refuse(path, f"{leaf(path)} has {len(value)} {what}; {allowed} are allowed.")
        return value[:high]


def leaf(path: str) -> str:
    """The last name of a path, for the sentence: `fields` of `segment_definitions[0].fields`."""
    return path.rsplit(".", 1)[-1] or "The body"


def kind_of(value: object) -> str:
    """What a value is, in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def has_control(text: str, *, one_line: bool) -> bool:
    """Control characters and lone surrogates; line breaks and tabs pass unless the text is a name."""
    allowed = "" if one_line else "\n\r\t"
    return any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in text)
