"""Reads JSON text from outside: small, shallow and unambiguous, or refused with line and column."""

from __future__ import annotations

import json
import math
import re

from segments.core.errors import InvalidRequest, Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
_MAX_DIGITS = 300

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\x00-\x1f]++|\\.)*+")(?P<colon>[ \t\r\n]*:)?
      | (?P<open>[\[{]) | (?P<close>[\]}])
      | (?P<constant>-?(?:NaN|Infinity))
      | (?P<number>-?\d[\d.eE+-]*)""",
    re.VERBOSE,
)


def parse_json(text: bytes | str, *, max_bytes: int = MAX_BYTES) -> object:
    """The value, or `InvalidRequest` with one problem whose message names line and column."""
    source = _decoded(text, max_bytes)
    try:
        value: object = json.loads(source, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise _refused(source, error.pos, error.msg[:1].lower() + error.msg[1:]) from None
    except RecursionError:
        raise _invalid(f"The text is not valid JSON: nested deeper than {MAX_DEPTH} levels.") from None
    _scan(source)
    return value


def _whole(digits: str) -> int:
    """Too long ones are refused by the scan, which knows where they stand."""
    return int(digits) if len(digits) <= _MAX_DIGITS else 0


def _decoded(text: bytes | str, max_bytes: int) -> str:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise _invalid(f"The text has {size} bytes; at most {max_bytes} ({max_bytes >> 20} MiB) are allowed.")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(f"The text is not UTF-8: byte {error.start + 1} does not belong there.") from None


def _scan(source: str) -> None:
    """Refuses what the standard reader lets pass. Only for text that it has read: no string is left open there, so
    the time taken is linear whatever was sent."""
    open_objects: list[set[str] | None] = []
    for token in _TOKEN.finditer(source):
        kind = token.lastgroup
        if kind in ("string", "colon"):
            word = _string(source, token)
            if kind == "colon" and open_objects and open_objects[-1] is not None:
                _once(source, token, word, open_objects[-1])
        elif kind == "open":
            open_objects.append(set() if token.group() == "{" else None)
            if len(open_objects) > MAX_DEPTH:
                raise _refused(source, token.start(), f"nested deeper than {MAX_DEPTH} levels")
        elif kind == "close":
            open_objects.pop()
        else:
            _number(source, token)


def _string(source: str, token: re.Match[str]) -> str:
    word = str(json.loads(token["string"]))
    if "\0" in word:
        raise _refused(source, token.start(), "a NUL character (\\u0000) is not allowed")
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise _refused(source, token.start(), "half of a surrogate pair is not a character")
    return word


def _once(source: str, token: re.Match[str], key: str, seen: set[str]) -> None:
    if key in seen:
        raise _refused(source, token.start(), f'the key "{key[:64]}" is there twice')
    seen.add(key)


def _number(source: str, token: re.Match[str]) -> None:
    if token["constant"]:
        raise _refused(source, token.start(), f"{token['constant']} is not a JSON number")
    if len(token["number"]) > _MAX_DIGITS:
        raise _refused(source, token.start(), "this number has too many digits")
    if not math.isfinite(float(token["number"])):
        raise _refused(source, token.start(), "this number is too large")


def _refused(source: str, position: int, why: str) -> InvalidRequest:
    line = source.count("\n", 0, position) + 1
    column = position - (source.rfind("\n", 0, position) + 1) + 1
    return _invalid(f"The text is not valid JSON. Line {line}, column {column}: {why}.")


def _invalid(message: str) -> InvalidRequest:
    return InvalidRequest([Problem("", message)])
