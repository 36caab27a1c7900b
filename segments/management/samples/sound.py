"""Sound from numbers: notes, noise, filters, echo, and the track they are mixed on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
Wave = NDArray[np.float64]


def times(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE)) / RATE


def pitch(note: int) -> float:
    """Frequency of a MIDI note number; 69 is A at 440 Hz."""
    return float(440 * 2 ** ((note - 69) / 12))


def faded(wave: Wave, rise: float = 0.005, fall: float = 0.05) -> Wave:
    """No clicks at the ends."""
    shaped = wave.copy()
    for seconds, place in ((rise, slice(None)), (fall, slice(None, None, -1))):
        count = min(len(wave), round(seconds * RATE))
        shaped[place][:count] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(1, count))
    return shaped


def pad(notes: Sequence[int], seconds: float) -> Wave:
    """A soft held chord: slightly detuned voices with few overtones."""
    t = times(seconds)
    wave = np.zeros_like(t)
    for note in notes:
        for detune in (-0.0022, 0.0, 0.0025):
            base = 2 * np.pi * pitch(note) * (1 + detune) * t + note
            wave += np.sin(base) + 0.32 * np.sin(2 * base) + 0.1 * np.sin(3 * base)
    return faded(wave / (4 * len(notes)), min(0.6, seconds / 3), min(0.9, seconds / 3))


def pluck(note: int, seconds: float = 0.9, bright: float = 1.0) -> Wave:
    """A struck tone whose overtones die first."""
    t, base = times(seconds), pitch(note)
    wave = np.zeros_like(t)
    for partial in range(1, 8):
        if base * partial < RATE / 3:
            wave += (
                np.sin(2 * np.pi * base * partial * t) * np.exp(-t * (2.6 + 2.2 * partial)) * bright**partial / partial
            )
    return faded(wave * 0.6, 0.003, 0.08)


def bass(note: int, seconds: float) -> Wave:
    t = times(seconds)
    base = 2 * np.pi * pitch(note) * t
    return faded((np.sin(base) + 0.35 * np.sin(2 * base)) * np.exp(-t * 1.6), 0.008, 0.08)


def kick() -> Wave:
    t = times(0.32)
    return faded(np.sin(2 * np.pi * (48 * t + 7 * (1 - np.exp(-t * 34)))) * np.exp(-t * 11), 0.001, 0.05)


def hat(seed: int = 1) -> Wave:
    return band(noise(0.09, seed), 6500, 15_000) * np.exp(-times(0.09) * 55) * 2


def noise(seconds: float, seed: int) -> Wave:
    return np.random.default_rng(seed).normal(0, 0.3, round(seconds * RATE))


def band(wave: Wave, low: float, high: float) -> Wave:
    """Keeps what lies between two frequencies, with soft shoulders."""
    spectrum = np.fft.rfft(wave)
    frequency = np.fft.rfftfreq(len(wave), 1 / RATE)
    gain = 1 / (1 + (frequency / high) ** 6)
    if low > 0:
        gain *= 1 - 1 / (1 + (frequency / low) ** 6)
    return np.fft.irfft(spectrum * gain, len(wave))


def resampled(wave: Wave, rate: int) -> Wave:
    """To RATE, exactly band-limited."""
    count = round(len(wave) * RATE / rate)
    spectrum = np.fft.rfft(wave)
    wider = np.zeros(count // 2 + 1, complex)
    wider[: min(len(spectrum), len(wider))] = spectrum[: len(wider)]
    return np.fft.irfft(wider, count) * (count / len(wave))


def echo(wave: Wave, seconds: float, share: float, seed: int) -> Wave:
    """The wave in a room; the tail makes it longer."""
    room = noise(seconds, seed) * np.exp(-times(seconds) * 6.5 / seconds)
    room = band(room, 200, 5000)
    room /= np.sqrt(np.sum(room**2))
    size = len(wave) + len(room)
    wet = np.fft.irfft(np.fft.rfft(wave, size) * np.fft.rfft(room, size), size)
    wet[: len(wave)] += wave * (1 - share) / max(share, 1e-6)
    return wet * share


class Track:
    """Two channels; `speech` collects where somebody speaks."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.channels = np.zeros((2, round(seconds * RATE)))
        self.speech: list[tuple[float, float]] = []

    def add(self, wave: Wave, at: float, gain: float = 1.0, side: float = 0.0) -> None:
        """`side` from -1 (left) to 1 (right). What does not fit before the end is cut off."""
        first = round(at * RATE)
        piece = wave[: max(0, self.channels.shape[1] - first)]
        for channel, share in zip(self.channels, (min(1, 1 - side), min(1, 1 + side)), strict=True):
            channel[first : first + len(piece)] += piece * gain * share

    def finished(self, loudest: float = 0.7) -> NDArray[np.float32]:
        """Gently limited; `loudest` leaves room for what the encoder adds to peaks."""
        bent = np.tanh(self.channels * 1.1)
        return (bent * (loudest / max(1e-9, float(np.abs(bent).max())))).astype(np.float32)
