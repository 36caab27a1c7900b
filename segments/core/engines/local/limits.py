"""Numbers and conditions in a description: lengths, parts of the video, what must or must not be there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import permutations
from typing import Literal

from segments.core.timeline import Span

Subject = Literal["speech", "music", "silence", "text", "people"]

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS: dict[str, float] = {word: number for number, word in enumerate(_SMALL.split())}
_NUMBERS |= {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
_N = r"(\d+(?:\.\d+)?|" + "|".join(_NUMBERS) + r")"
_LASTING = r"(?:(?:that|which) (?:last|are) |lasting )?"
_UNIT = r"(seconds?|secs?|s|minutes?|mins?|min|hours?|hrs?|h)"
_CLOCK = r"(\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?)"
_SOME, _PEOPLE = r"(\d+|one|two|three|four|five|six)", r"(?:people|persons|faces)"
_SUBJECTS: dict[Subject, str] = {
    "speech": r"(?:some(?:one|body) |anyone )?(?:talking|speaking)|speech|speakers?|voices?|narration|dialog(?:ue)?",
    "music": r"music|song",
    "silence": r"silence",
    "text": r"(?:on[- ]screen |readable |visible )?(?:text|captions?|subtitles?|writing|words on screen)",
    "people": r"(?:visible )?(?:people|persons?|faces?|humans?|anyone|anybody|someone|somebody)",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the description itself demands. `said` repeats each rule in words; `rest` is the text without them."""

    rest: str
    shortest: float | None = None
    longest: float | None = None
    part: tuple[float | None, float | None] | None = None
    last: float | None = None
    share: tuple[float, float] | None = None
    people: int | None = None
    without: tuple[Subject, ...] = ()
    required: tuple[Subject, ...] = ()
    said: tuple[str, ...] = ()

    def where(self, duration: float) -> Span | None:
        """The part of a video of that length that the description names; None when it names none."""
        if self.last is not None:
            return Span(max(0.0, duration - self.last), duration)
        if self.share is not None:
            return Span(self.share[0] * duration, self.share[1] * duration)
        if self.part is None:
            return None
        start = min(self.part[0] or 0.0, duration)
        return Span(start, max(start, min(self.part[1] or duration, duration)))


@dataclass(slots=True)
class _Reading:
    """Text that shrinks while rules are read from it: in lower case to read from, and as it was written."""

    text: str
    written: str
    found: dict[str, object] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def take(self, pattern: str, use: Callable[[re.Match[str]], dict[str, object]]) -> None:
        match = re.search(rf"\b{pattern}\b", self.text)
        if match is None:
            return
        new = {key: value for key, value in use(match).items() if key not in self.found}
        if not new:
            return
        self.found.update(new)
        self.said.append(match.group().strip())
        self.cut(match)

    def cut(self, match: re.Match[str]) -> None:
        self.text, self.written = (
            (text[: match.start()] + " " + text[match.end() :]).strip() for text in (self.text, self.written)
        )


def parse_limits(description: str) -> Limits:
    """Only wordings that leave no doubt are read; everything else stays in `rest`."""
    written = " ".join(description.replace("’", "'").split())
    lower = written.lower()
    reading = _Reading(lower, written if len(lower) == len(written) else lower)
    _read_lengths(reading)
    _read_parts(reading)
    _read_subjects(reading)
    return Limits(rest=reading.written, said=tuple(reading.said), **reading.found)  # type: ignore[arg-type]


def _seconds(number: str, unit: str) -> float:
    value = float(_NUMBERS.get(number, 0) if number in _NUMBERS else number)
    factor = 3600.0 if unit.startswith("h") else 60.0 if unit.startswith("m") else 1.0
    return value * factor


def _clock(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return total


def _read_lengths(reading: _Reading) -> None:
    reading.take(
        rf"(?:between|from) {_N}(?: {_UNIT})? (?:and|to) {_N} {_UNIT} (?:long|in length)",
        lambda m: {"shortest": _seconds(m[1], m[2] or m[4]), "longest": _seconds(m[3], m[4])},
    )
    reading.take(
        rf"{_LASTING}(?:(?:(?:no|not) longer|shorter|less|(?:no|not) more) than|under|below) {_N} {_UNIT}(?: long)?",
        lambda m: {"longest": _seconds(m[1], m[2])},
    )
    reading.take(
        rf"{_LASTING}(?:longer than|more than|at least|no shorter than|(?:a )?minimum(?: of)?|over|exceeding)"
        rf" {_N} {_UNIT}(?: long)?",
        lambda m: {"shortest": _seconds(m[1], m[2])},
    )
    reading.take(
        rf"(?:at most|up to|(?:a )?maximum(?: of)?) {_N} {_UNIT}(?: long)?", lambda m: {"longest": _seconds(m[1], m[2])}
    )
    reading.take(rf"(?:of )?{_N} {_UNIT} or (?:more|longer)", lambda m: {"shortest": _seconds(m[1], m[2])})
    reading.take(rf"(?:of )?{_N} {_UNIT} or (?:less|shorter)", lambda m: {"longest": _seconds(m[1], m[2])})


def _read_parts(reading: _Reading) -> None:
    reading.take(
        rf"(?:only )?(?:in|within|during|of|from) the first {_N}? ?{_UNIT}",
        lambda m: {"part": (None, _seconds(m[1] or "one", m[2]))},
    )
    reading.take(
        rf"(?:only )?(?:in|within|during|of|from) the last {_N}? ?{_UNIT}",
        lambda m: {"last": _seconds(m[1] or "one", m[2])},
    )
    reading.take(
        r"(?:only )?(?:in|within|during) the (first|second) half",
        lambda m: {"share": (0.0, 0.5) if m[1] == "first" else (0.5, 1.0)},
    )
    reading.take(rf"(?:between|from) {_CLOCK} (?:and|to|until) {_CLOCK}", _between)
    reading.take(rf"(?:only )?(?:after|from) {_CLOCK}", lambda m: {"part": (_clock(m[1]), None)})
    reading.take(rf"(?:only )?(?:before|until|up to) {_CLOCK}", lambda m: {"part": (None, _clock(m[1]))})


def _between(match: re.Match[str]) -> dict[str, object]:
    start, end = _clock(match[1]), _clock(match[2])
    return {"part": (start, end)} if start < end else {}


def _read_subjects(reading: _Reading) -> None:
    reading.take(
        rf"(?:with )?at least {_SOME} (?:visible )?{_PEOPLE}", lambda m: {"people": int(_NUMBERS.get(m[1], 0) or m[1])}
    )
    reading.take(
        rf"(?:with )?{_SOME} or more (?:visible )?{_PEOPLE}", lambda m: {"people": int(_NUMBERS.get(m[1], 0) or m[1])}
    )
    reading.take(
        rf"(?:with )?more than {_SOME} (?:visible )?{_PEOPLE}",
        lambda m: {"people": 1 + int(_NUMBERS.get(m[1], 0) or m[1])},
    )
    without = [s for s, words in _SUBJECTS.items() if _drop(reading, rf"(?:without|with no|no) (?:any )?(?:{words})")]
    for (one, this), (other, that) in permutations(_SUBJECTS.items(), 2):
        if _drop(reading, rf"neither (?:{this}) n?or (?:{that})"):
            without += [one, other]
    nobody = r"(?:where |in which |when |while |during which )?(?:nobody|no one|no-one)"
    if _drop(reading, rf"{nobody} (?:speaks|talks|is speaking|is talking|says anything)"):
        without.append("speech")
    if _drop(reading, rf"{nobody} (?:is (?:visible|seen|shown|there|in (?:the )?(?:picture|frame))|appears)"):
        without.append("people")
    required = [s for s, words in _SUBJECTS.items() if _drop(reading, rf"with (?:some )?(?:{words})", keep=True)]
    reading.found.update(without=tuple(dict.fromkeys(without)), required=tuple(required))


def _drop(reading: _Reading, pattern: str, *, keep: bool = False) -> bool:
    """Whether the pattern was there. `keep` leaves a demand in the text that may be the very thing looked for."""
    match = re.search(rf"\b{pattern}\b", reading.text)
    if match is None:
        return False
    reading.said.append(match.group().strip())
    if not keep:
        reading.cut(match)
    return True
