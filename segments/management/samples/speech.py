"""Speech by the program espeak-ng, softened a little, and where in it somebody really speaks."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from segments.management.samples.sound import RATE, Track, Wave, band, echo, resampled


class SpeechMissing(Exception):
    """The message names the package to install."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`role`: who speaks, as the truth tells it; `name` as espeak-ng calls it."""

    role: str
    name: str
    words_per_minute: int = 158
    height: int = 45


ANCHOR = Voice("presenter", "en-gb-x-rp+f2", 160, 42)
REPORTER = Voice("reporter", "en-us+m3", 164, 38)
LECTURER = Voice("lecturer", "en-gb+m7", 152, 40)


@dataclass(frozen=True, slots=True)
class Line:
    """What one voice says from `start` on; `room` is the latest moment at which it may still be speaking."""

    start: float
    room: float
    voice: Voice
    words: str


def require_speech() -> None:
    if shutil.which("espeak-ng") is None:
        raise SpeechMissing("The program espeak-ng is missing. Install the Debian package espeak-ng.")


@lru_cache(maxsize=64)
def spoken(voice: Voice, words: str) -> Wave:
    """Trimmed to the words themselves."""
    require_speech()
    options = ["-v", voice.name, "-s", str(voice.words_per_minute), "-p", str(voice.height), "-g", "2"]
    done = subprocess.run(["espeak-ng", *options, "--stdout", words], check=True, capture_output=True)
    with wave.open(io.BytesIO(done.stdout)) as file:
        raw = np.frombuffer(file.readframes(1 << 30), np.int16)
        samples = resampled(raw.astype(np.float64) / 32768, file.getframerate())
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    clean = band(samples[loud[0] : loud[-1]], 90, 7200)
    return clean / np.sqrt(np.mean(clean**2)) * 0.13


def speak(track: Track, lines: tuple[Line, ...], gain: float = 1.0) -> None:
    """Raises `ValueError` when a line does not fit: the pictures were cut for it."""
    for line in lines:
        sound = spoken(line.voice, line.words)
        end = line.start + len(sound) / RATE
        if end > line.room:
            raise ValueError(f"{end - line.room:.2f} s too long: {line.words}")
        track.add(echo(sound, 0.35, 0.16, 5), line.start, gain * 1.15)
        track.speech.append((line.start, end))


def mouth(lines: tuple[Line, ...], t: float) -> float:
    """How far a speaking mouth is open, 0…1, at a moment of the film."""
    for line in lines:
        if line.start <= t < line.room:
            sound = spoken(line.voice, line.words)
            at = round((t - line.start) * RATE)
            piece = sound[max(0, at - 900) : at + 900]
            return float(min(1.0, np.sqrt(np.mean(piece**2)) * 4.5)) if len(piece) else 0.0
    return 0.0
