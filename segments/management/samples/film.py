"""What a film is: scenes one after another, how each comes in, captions on top, and the truth about all of it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np

from segments.management.samples.colour import FPS, HEIGHT, WIDTH, Picture
from segments.management.samples.motion import smooth
from segments.management.samples.sound import Track

#: Draws one picture at a time in seconds since the scene (or, for an overlay, the film) began.
Draw = Callable[[float], Picture]
Over = Callable[[Picture, float], None]


@dataclass(frozen=True, slots=True)
class Text:
    """Words that can be read from `start` to `end`, in seconds since the scene (or film) began."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """`entry` is cut, dissolve, wipe or fade (through black) and takes `seconds` from `start` on."""

    name: str
    start: float
    draw: Draw
    entry: str = "cut"
    seconds: float = 0.0
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """Something drawn above the scenes from `start` to `end`, with the words it shows."""

    start: float
    end: float
    draw: Over
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Film:
    """`sound` is made only when asked for: it may need the speech program. `facts` are further planted truths.

    `crf` is how coarse the encoder may be; it was chosen by eye and size for each film.
    """

    name: str
    title: str
    line: str
    definitions: list[dict[str, Any]]
    scenes: tuple[Scene, ...]
    end: float
    sound: Callable[[], Track]
    overlays: tuple[Overlay, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    fade_in: float = 0.0
    fade_out: float = 0.0
    crf: int = 25

    @property
    def frame_count(self) -> int:
        return round(self.end * FPS)

    def pictures(self, first: int = 0, last: int | None = None) -> Iterator[Picture]:
        for index in range(first, self.frame_count if last is None else last):
            yield self.picture(index / FPS)

    def picture(self, t: float) -> Picture:
        at = bisect.bisect_right([scene.start for scene in self.scenes], t + 1e-6) - 1
        picture = self._scene_picture(at, t)
        for overlay in self.overlays:
            if overlay.start <= t < overlay.end:
                overlay.draw(picture, t - overlay.start)
        light = smooth(t, 0, self.fade_in) if self.fade_in else 1.0
        light *= 1 - smooth(t, self.end - self.fade_out, self.end - 2 / FPS) if self.fade_out else 1.0
        return picture if light >= 1 else cv2.convertScaleAbs(picture, alpha=light)

    def _scene_picture(self, at: int, t: float) -> Picture:
        scene = self.scenes[at]
        since = t - scene.start
        new = scene.draw(since)
        if at == 0 or since >= scene.seconds or scene.entry == "cut":
            return new
        before = self.scenes[at - 1]
        # The first picture of a transition already differs, the last one still does.
        share = (since + 0.5 / FPS) / scene.seconds
        return TRANSITIONS[scene.entry](before.draw(t - before.start), new, share)


def dissolve(old: Picture, new: Picture, share: float) -> Picture:
    return cv2.addWeighted(old, 1 - share, new, share, 0)


def fade(old: Picture, new: Picture, share: float) -> Picture:
    """Through black: the middle fifth is dark."""
    if share < 0.5:
        return cv2.convertScaleAbs(old, alpha=1 - smooth(share, 0, 0.4))
    return cv2.convertScaleAbs(new, alpha=smooth(share, 0.6, 1))


def wipe(old: Picture, new: Picture, share: float) -> Picture:
    """A slanted edge with a bright band runs from left to right."""
    slant, band = 160, 46
    edge = share * (WIDTH + slant + 2 * band) - band
    columns = np.arange(WIDTH, dtype=np.float32)[None, :]
    rows = np.linspace(slant, 0, HEIGHT, dtype=np.float32)[:, None]
    where = edge - rows - columns
    covered = np.clip(where + 0.5, 0, 1)[..., None]
    lit = np.clip(band / 2 - np.abs(where - band / 2) + 0.5, 0, 1)[..., None]
    mixed = old * (1 - covered) + new * covered
    return (mixed * (1 - lit) + np.array((246, 196, 69), np.float32) * lit).astype(np.uint8)


TRANSITIONS = {"dissolve": dissolve, "fade": fade, "wipe": wipe}
