"""General analysis (`prompt`, `prompt_v2`, `json_schema`): its rules, and what a request that keeps them asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segments.core.answer_schema import Node, read_schema
from segments.core.definition import DEFAULT_MODEL, MODELS
from segments.core.definition.model import PLACEHOLDER
from segments.core.definition.parse import read_sources
from segments.core.errors import InvalidRequest, Problem
from segments.core.request import CUSTOM_ID, MODE, check_name, check_number, check_window
from segments.core.timeline import Span
from segments.core.untrusted import Checker, is_number

_KEYS = (
    "model_name",
    "custom_id",
    "image",
    "prompt",
    "prompt_v2",
    "analysis_mode",
    "temperature",
    "max_tokens",
    "response_format",
    "min_segment_duration",
    "max_segment_duration",
    "start_time",
    "end_time",
)
_OLD_MODEL = "pegasus1.2"
#: Fewest and most tokens of an answer, by whether the model is the old one.
_TOKENS = {True: (1, 4096), False: (512, 98304)}
_PROMPT_CHARACTERS = 100_000
#: What a token of an answer is worth here, where no model writes tokens.
CHARACTERS_PER_TOKEN = 4
DEFAULT_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class GeneralRequest:
    """A checked request. Times in seconds; None where nothing was asked for."""

    prompt: str
    schema: Node | None = None
    start: float | None = None
    end: float | None = None
    max_tokens: int = DEFAULT_TOKENS
    images: tuple[str, ...] = ()  # names of reference images

    def window(self, duration: float) -> Span:
        start = min(self.start or 0.0, duration)
        return Span(start, max(start, min(duration if self.end is None else self.end, duration)))


def general_problems(
    body: Mapping[str, object], *, duration: float | None = None, max_window: float | None = None
) -> list[Problem]:
    """Everything wrong with a request in general mode. `body` is without nulls and without `video`."""
    return _read(body, duration, max_window)[1]


def parse_general(
    body: Mapping[str, object], *, duration: float | None, max_window: float | None = None
) -> GeneralRequest:
    """Raises InvalidRequest with every problem of the body."""
    request, problems = _read(body, duration, max_window)
    if problems:
        raise InvalidRequest(problems)
    return request


def _read(
    body: Mapping[str, object], duration: float | None, max_window: float | None
) -> tuple[GeneralRequest, list[Problem]]:
    check = Checker()
    known = check.mapping(body, "", _KEYS) or {}
    model = check.choice(known.get("model_name", DEFAULT_MODEL), "model_name", MODELS, DEFAULT_MODEL)
    prompt, images = _check_prompts(known, check, model)
    schema = _check_format(known, check)
    start, end = _check_numbers(known, check, model)
    check_window(start, end, check, duration, max_window)
    check_name(known, "custom_id", CUSTOM_ID, "1 to 64 letters, digits, _ or -", check)
    given = known.get("max_tokens", DEFAULT_TOKENS)
    tokens = int(given) if is_number(given) else DEFAULT_TOKENS
    return GeneralRequest(prompt, schema, start, end, tokens, images), check.problems


def _check_prompts(known: Mapping[str, object], check: Checker, model: str) -> tuple[str, tuple[str, ...]]:
    """The prompt, and the names of its reference images."""
    text: str = ""
    images: tuple[str, ...] = ()
    if "prompt" in known:
        text = check.text(known, "prompt", "", _PROMPT_CHARACTERS)
    elif "prompt_v2" not in known:
        check.missing(
            "prompt", f'prompt is missing. General analysis needs it; to segment, use analysis_mode "{MODE}".'
        )
    if "prompt_v2" in known:
        if "prompt" in known:
            check.refuse("prompt_v2", "prompt_v2 cannot be combined with prompt. Remove one of the two.")
        if model == _OLD_MODEL:
            check.refuse("prompt_v2", f'The model "{_OLD_MODEL}" does not know prompt_v2. Use prompt.')
        text, images = _check_structured(known["prompt_v2"], check)
    if "image" in known:
        check.refuse("image", "This server analyses no single images. Send a video.")
    return text, images


def _check_structured(value: object, check: Checker) -> tuple[str, tuple[str, ...]]:
    inner = check.mapping(value, "prompt_v2", ("input_text", "media_sources"))
    if inner is None:
        return "", ()
    text = check.text(inner, "input_text", "prompt_v2", _PROMPT_CHARACTERS)
    sources = read_sources(inner.get("media_sources", []), "prompt_v2.media_sources", check)
    names = {source.name for source in sources}
    for name in dict.fromkeys(PLACEHOLDER.findall(text)):
        if name not in names:
            check.refuse(
                "prompt_v2.input_text", f"input_text refers to <@{name}>, but media_sources has no such image."
            )
    return text, tuple(source.name for source in sources)


def _check_format(known: Mapping[str, object], check: Checker) -> Node | None:
    """The schema of the answer, None for plain text."""
    if "response_format" not in known:
        return None
    keys = ("type", "json_schema", "segment_definitions", "segment_time_format")
    inner = check.mapping(known["response_format"], "response_format", keys)
    if inner is None:
        return None
    if inner.get("type") == "segment_definitions":
        check.refuse("analysis_mode", f'Segment definitions need the analysis_mode "{MODE}", not "general".')
        return None
    if "type" not in inner:
        check.missing("response_format.type", 'type is missing. Use "json_schema".')
    else:
        check.choice(inner["type"], "response_format.type", ("json_schema", "segment_definitions"), "")
    if "json_schema" not in inner:
        check.missing("response_format.json_schema", "json_schema is missing. Give the schema of the answer.")
    for key in ("segment_definitions", "segment_time_format"):
        if key in inner:
            check.refuse(f"response_format.{key}", f"{key} goes only with segment_definitions. Leave it out.")
    return read_schema(inner["json_schema"], check) if "json_schema" in inner else None


def _check_numbers(known: Mapping[str, object], check: Checker, model: str) -> tuple[float | None, float | None]:
    for key in ("min_segment_duration", "max_segment_duration"):
        if key in known:
            check.refuse(key, f'{key} goes only with the analysis_mode "{MODE}". Leave it out.')
    start, end = (check_number(known, key, check) for key in ("start_time", "end_time"))
    for key in ("start_time", "end_time"):
        if key in known and model == _OLD_MODEL:
            check.refuse(key, f'The model "{_OLD_MODEL}" takes no {key}. Use "{DEFAULT_MODEL}".')
    check_number(known, "temperature", check)
    low, high = _TOKENS[model == _OLD_MODEL]
    tokens = known.get("max_tokens", DEFAULT_TOKENS)
    if not (is_number(tokens) and low <= tokens <= high and tokens == int(tokens)):
        check.refuse("max_tokens", f"max_tokens must be a whole number from {low} to {high} with this model and mode.")
    return start, end
