"""A composed film: shots, writing and sounds one after another, and at the end the truth about all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from tests import clips
from tests.bench.quality import sounding
from tests.bench.quality.drawing import FPS, WIDTH, Draw, Over, Picture
from tests.bench.quality.sounding import RATE, Wave


@dataclass(frozen=True, slots=True)
class Fact:
    """Something planted from `start` to `end` seconds: a shot, a text, a sound, a topic …"""

    kind: str
    start: float
    end: float
    values: Mapping[str, object] = field(default_factory=dict)

    def get(self, name: str) -> object:
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Film:
    """Pictures and sound to be written, with the facts; times are on the film's own clock."""

    name: str
    seconds: float
    facts: tuple[Fact, ...]
    reel: Reel

    def of(self, kind: str, /, **values: object) -> list[Fact]:
        """Facts of a kind whose values are as given."""
        return [f for f in self.facts if f.kind == kind and all(f.get(key) == value for key, value in values.items())]

    def write(self, path: Path) -> None:
        pictures = (cv2.cvtColor(picture, cv2.COLOR_RGB2BGR) for picture in self.reel.pictures())
        quality = {"preset": "superfast", "crf": "21", "bf": "2", "g": "75"}
        clips.write(path, pictures, sound=self.reel.sound(self.seconds), options=quality)


@dataclass(frozen=True, slots=True)
class _Shot:
    start: float
    draw: Draw
    entry: str
    over: float
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Overlay:
    start: float
    end: float
    over: Over


class Reel:
    """Grows shot by shot; `at` is the end of what is there. All times are whole pictures."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.seed = seed
        self.at = 0.0
        self._shots: list[_Shot] = []
        self._overlays: list[_Overlay] = []
        self._facts: list[Fact] = []
        self._waves: list[tuple[float, Wave]] = []
        self._said: dict[str, int] = {}

    def shot(self, draw: Draw, seconds: float, entry: str = "cut", over: float = 0.0, **values: object) -> float:
        """Adds a shot that comes in by `entry` (cut, dissolve, wipe, fade) within its first `over` seconds."""
        start = self.at
        over = _whole(over) if entry != "cut" and self._shots else 0.0
        self._shots.append(_Shot(start, draw, entry, over, values))
        self.at = _whole(start + seconds)
        return start

    def write(self, role: str, lines: list[str], over: Over, start: float, end: float) -> None:
        """Words that stand on screen from `start` to `end`."""
        start, end = _whole(start), _whole(end)
        self._overlays.append(_Overlay(start, end, over))
        self.note("text", start, end, text="\n".join(lines), role=role)

    def over(self, over: Over, start: float, end: float) -> None:
        """Something drawn above the shots that is no writing."""
        self._overlays.append(_Overlay(_whole(start), _whole(end), over))

    def note(self, kind: str, start: float, end: float, /, **values: object) -> None:
        self._facts.append(Fact(kind, _whole(start), _whole(end), values))

    def add_sound(self, kind: str, wave: Wave, at: float, **values: object) -> float:
        """Puts a sound on the track; returns when it ends. Kinds: speech, music, noise (silence is what is left)."""
        end = at + len(wave) / RATE
        self._waves.append((at, wave))
        self.note("sound", at, end, kind=kind, **values)
        return end

    def say(self, voice: str, at: float, room: float = 99.0) -> float:
        """The next line of that voice that fits into `room` seconds; returns when it ends."""
        lines = sounding.library()[voice]
        first = self._said.get(voice, self.seed)
        fitting = [n for n in range(first, first + len(lines)) if lines[n % len(lines)].seconds <= room]
        if not fitting:
            raise ValueError(f"{voice} has no line of at most {room} s")
        self._said[voice] = fitting[0] + 1
        return self.add_sound("speech", lines[fitting[0] % len(lines)].wave, at, voice=voice)

    def over_at(self, start: float) -> float:
        """How long the shot that began then takes to come in."""
        return next(shot.over for shot in self._shots if shot.start == start)

    def film(self) -> Film:
        edges = [0.0, *(shot.start + shot.over / 2 for shot in self._shots[1:]), self.at]
        shots = [
            Fact("shot", edges[n], edges[n + 1], {"entry": shot.entry, **shot.values})
            for n, shot in enumerate(self._shots)
        ]
        changes = [
            Fact("transition", shot.start, shot.start + shot.over, {"kind": shot.entry}) for shot in self._shots[1:]
        ]
        facts = sorted([*self._facts, *shots, *changes, *self._silences()], key=lambda f: (f.kind, f.start, f.end))
        return Film(self.name, self.at, tuple(facts), self)

    def _silences(self) -> list[Fact]:
        found, at = [], 0.0
        for fact in sorted((f for f in self._facts if f.kind == "sound"), key=lambda f: f.start):
            if fact.start - at > 0.05:
                found.append(Fact("sound", at, fact.start, {"kind": "silence"}))
            at = max(at, fact.end)
        if self.at - at > 0.05:
            found.append(Fact("sound", at, self.at, {"kind": "silence"}))
        return found

    def pictures(self) -> Iterator[Picture]:
        """Drawn while they are gone through, so that no film is ever held in memory."""
        for n in range(round(self.at * FPS)):
            yield self.picture(n / FPS)

    def picture(self, t: float) -> Picture:
        index = max(n for n, shot in enumerate(self._shots) if shot.start <= t + 1e-6)
        shot = self._shots[index]
        since = t - shot.start
        picture = shot.draw(since)
        if since < shot.over - 1e-6:
            before = self._shots[index - 1]
            share = (since + 0.5 / FPS) / shot.over
            picture = _blend(shot.entry, before.draw(t - before.start), picture, share)
        for overlay in self._overlays:
            if overlay.start - 1e-6 <= t < overlay.end - 1e-6:
                overlay.over(picture)
        return picture

    def sound(self, seconds: float) -> Wave:
        track = np.zeros(round(seconds * RATE), np.float32)
        for at, wave in self._waves:
            first = round(at * RATE)
            piece = wave[: max(0, len(track) - first)]
            track[first : first + len(piece)] += piece
        return np.clip(track, -0.98, 0.98)


def _blend(kind: str, old: Picture, new: Picture, share: float) -> Picture:
    if kind == "dissolve":
        return cv2.addWeighted(old, 1 - share, new, share, 0)
    if kind == "wipe":
        edge = round(share * WIDTH)
        return np.concatenate([new[:, :edge], old[:, edge:]], axis=1)
    part, light = (old, 1 - 2 * share) if share < 0.5 else (new, 2 * share - 1)
    return cv2.convertScaleAbs(part, alpha=max(0.0, light))


def _whole(seconds: float) -> float:
    """The nearest time of a picture."""
    return round(round(seconds * FPS) / FPS, 4)
