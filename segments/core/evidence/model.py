"""What was measured in a video. None means "not looked at"; an empty tuple means "looked, found nothing"."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from segments.core.media.facts import MediaFacts
from segments.core.timeline import Span

Floats = NDArray[np.float32]
T = TypeVar("T")
TransitionKind = Literal["cut", "fade", "dissolve", "wipe"]
TextRole = Literal["title", "lower_third", "caption", "slide", "scoreboard", "sign", "other"]
WordSource = Literal["subtitles", "upload", "speech"]
SoundKind = Literal["silence", "speech", "music", "noise", "other"]


@dataclass(frozen=True, slots=True)
class Transition:
    """A boundary between two shots. A cut has `start == end`: the time of the new shot's first picture.

    `strength` 0-1; `vetoes` names the rules that nearly refused it.
    """

    start: float
    end: float
    kind: TransitionKind
    strength: float
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looks:
    """One row per kept picture, in time order. All arrays have the same length.

    `times` seconds (float64); `brightness`, `contrast`, `saturation` 0-1; `sharpness` variance of the Laplacian
    of the small copy (brightness 0-255), so only coarse detail counts; `motion` mean absolute luma change 0-1 to the
    previous row; `pan`, `tilt` camera shift in picture widths/heights per second; `zoom` relative scale per second;
    `colour` (n, 11) shares of the eleven basic colour names of `COLOUR_NAMES`, rows sum to 1.
    """

    times: NDArray[np.float64]
    brightness: Floats
    contrast: Floats
    saturation: Floats
    sharpness: Floats
    motion: Floats
    pan: Floats
    tilt: Floats
    zoom: Floats
    colour: Floats


COLOUR_NAMES = ("black", "white", "grey", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown")


@dataclass(frozen=True, slots=True)
class Face:
    """Faces seen on one sampled picture: box as shares of the picture (x, y, width, height), largest first."""

    time: float
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """The same readable line(s) standing on screen. `box` as shares of the picture; `confidence` 0-1 of the reader."""

    start: float
    end: float
    text: str
    box: tuple[float, float, float, float]
    role: TextRole
    confidence: float


@dataclass(frozen=True, slots=True)
class SoundSpan:
    """A stretch of one kind of sound; spans of one video tile its window. `loudness` in LUFS (-70 = nothing)."""

    start: float
    end: float
    kind: SoundKind
    loudness: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of speech in one voice; `number` counts the voices of the video from 1 by their first words."""

    start: float
    end: float
    number: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken or subtitled line: text with its times.

    `speaker` only where the subtitles name one; `confidence` 0-1 and `parts` (word, start, end) only of recognised
    speech; `language` as in BCP 47 where the file or the recogniser names one.
    """

    start: float
    end: float
    text: str
    source: WordSource
    speaker: str = ""
    confidence: float | None = None
    language: str = ""
    parts: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch in which a reference image is seen, on the pictures that were compared.

    First seen at `start`, last at `end`; not seen at `before` and `after` (the edge of the window where there is none).
    `matches` points look alike at the best moment, `inliers` of them also lie as in the image; `likeness` is the
    correlation (0-1) of the image with what is there.
    """

    before: float
    start: float
    end: float
    after: float
    matches: int
    inliers: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Reference:
    """What came of looking for one reference image: `problem` and `caution` are sentences for people."""

    sightings: tuple[Sighting, ...] = ()
    problem: str = ""  # why it was not looked for
    caution: str = ""  # what finding it does not mean


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything measured inside `window` (seconds on the video's clock)."""

    facts: MediaFacts
    window: Span
    transitions: tuple[Transition, ...] | None = None
    looks: Looks | None = None
    faces: tuple[Face, ...] | None = None
    texts: tuple[TextSpan, ...] | None = None
    sounds: tuple[SoundSpan, ...] | None = None
    loudness: tuple[Floats, float] | None = None  # (LUFS per step from window.start, step seconds)
    voices: tuple[Voice, ...] | None = None
    words: tuple[Word, ...] | None = None
    unread: tuple[Span, ...] = ()  # when writing stands in letters that the reader does not know
    wordless: str = ""  # why there are no words, and what would help, in sentences for people
    unreadable: tuple[Span, ...] = ()
    frames: NDArray[np.float64] | None = None  # when each picture is shown; None where the rate is steady
    references: Mapping[tuple[str, str], Reference] = field(default_factory=dict)  # by definition and name of the image
    #: What follows from the rest and need not be worked out again for each segment; empty again after `replace`.
    memo: dict[Hashable, object] = field(init=False, default_factory=dict, compare=False, repr=False)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives from this evidence alone, worked out once."""
        if key not in self.memo:
            self.memo[key] = make()
        return cast(T, self.memo[key])

    def shots(self) -> list[Span]:
        """The window cut at the transitions (at the middle of gradual ones): gap-free, in order."""
        return list(self.remember("shots", self._shots))

    def _shots(self) -> list[Span]:
        middles = [(t.start + t.end) / 2 for t in self.transitions or ()]
        inside = [m for m in middles if self.window.start < m < self.window.end]
        edges = [self.window.start, *inside, self.window.end]
        return [Span(a, b) for a, b in pairwise(edges) if b > a]
