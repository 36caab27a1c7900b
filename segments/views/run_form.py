"""The run form as the body of a task: empty inputs are absent, numbers are numbers, times may be typed as m:ss.f."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from segments.core.errors import InvalidRequest, Problem
from segments.core.request import parse_json

TIMES = ("start_time", "end_time")
NUMBERS = ("min_segment_duration", "max_segment_duration", "temperature")
TEXTS = ("custom_id", "engine")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)\Z")


def run_body(request: HttpRequest) -> tuple[str, dict[str, object], str]:
    """(video uid, body, idempotency key). Raises InvalidRequest with the name of the input that cannot be read."""
    if request.content_type == "application/json":
        body = parse_json(request.body)
        if not isinstance(body, dict):
            raise InvalidRequest([Problem("", "The body must be a JSON object.")])
        return _video(body.pop("video", "")), body, request.headers.get("Idempotency-Key", "")[:255]
    video, from_form = form_body(request)
    return _video(video), from_form, request.POST.get("idempotency_key", "").strip()[:255]


def form_body(request: HttpRequest) -> tuple[str, dict[str, object]]:
    """(video uid or "", body) of a posted form."""
    form = {name: str(value).strip() for name, value in request.POST.items()}
    return form.get("video", ""), _from_form(form)


def _video(uid: object) -> str:
    if not isinstance(uid, str) or not uid:
        raise InvalidRequest([Problem("video", "Choose a video first.", "parameter_not_provided")])
    return uid


def _from_form(form: dict[str, str]) -> dict[str, object]:
    wire: dict[str, object] = {"type": "segment_definitions", "segment_definitions": _definitions(form)}
    if form.get("segment_time_format"):
        wire["segment_time_format"] = form["segment_time_format"]
    body: dict[str, object] = {"response_format": wire}
    body |= {name: _seconds(name, form[name]) for name in TIMES if form.get(name)}
    body |= {name: _number(name, form[name]) for name in NUMBERS if form.get(name)}
    if form.get("max_tokens"):
        body["max_tokens"] = _tokens(form["max_tokens"])
    return body | {name: form[name] for name in TEXTS if form.get(name)}


def _definitions(form: dict[str, str]) -> object:
    try:
        return parse_json(form.get("definitions", ""))
    except InvalidRequest as error:
        problem = error.problems[0]
        path = "response_format.segment_definitions"
        raise InvalidRequest([Problem(path, f"The definitions are not valid JSON. {problem.message}")]) from None


def _seconds(name: str, text: str) -> float:
    """Seconds, from `75.2` or `1:15.2` or `1:02:03`."""
    match = _CLOCK.match(text)
    if match:
        hours, minutes, seconds = match.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    return _number(name, text)


def _number(name: str, text: str) -> Any:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise InvalidRequest([Problem(name, f"{text!r} is not a number. Type a number like 12.5.")]) from None
    return int(value) if value.is_integer() else value


def _tokens(text: str) -> object:
    return text if text == "unlimited" else _number("max_tokens", text)
