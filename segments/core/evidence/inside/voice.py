"""Inside the child: how a voice sounds, per step: its pitch and the shape of its spectrum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BANDS, SHAPES = 24, 13
LOWEST, HIGHEST = 100.0, 6000.0
#: Range of voices in Hz, and how periodic a step must be to have a pitch.
PITCHES = (70.0, 350.0)
PERIODIC = 0.55
SCALE = 500


def voices(rows: NDArray[np.float32], rate: int) -> NDArray[np.int16]:
    """Per row: pitch in Hz (0 without one), then 13 mel cepstra times 500 (Davis and Mermelstein 1980)."""
    size = rows.shape[1]
    window = np.hanning(size).astype(np.float32)
    bank, turn = _bank(size, rate), _turn()
    shadow = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * size)) ** 2)[:size]
    result = np.zeros((len(rows), 1 + SHAPES), np.int16)
    block = 600
    for first in range(0, len(rows), block):
        part = rows[first : first + block] * window
        spectrum = np.abs(np.fft.rfft(part, 2 * size, axis=1)) ** 2
        mel = np.log(spectrum[:, ::2] @ bank.T + 1e-8) @ turn.T
        result[first : first + len(part), 1:] = np.clip(mel * SCALE, -32000, 32000).round()
        result[first : first + len(part), 0] = _pitch(spectrum, shadow, rate).round()
    return result


def _pitch(spectrum: NDArray[np.float32], shadow: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Strongest peak of the autocorrelation, without the slope that the window gives it (Boersma 1993)."""
    alike = np.fft.irfft(spectrum, axis=1)[:, : len(shadow)]
    alike = alike / (alike[:, :1] + 1e-9) / (shadow / shadow[0] + 1e-6)
    low, high = round(rate / PITCHES[1]), round(rate / PITCHES[0])
    place = alike[:, low:high].argmax(axis=1) + low
    clear = alike[np.arange(len(alike)), place] > PERIODIC
    return np.where(clear, rate / place, 0.0)


def _bank(size: int, rate: int) -> NDArray[np.float64]:
    """Triangles over the spectrum, evenly spaced on the mel scale."""
    frequencies = np.fft.rfftfreq(size, 1 / rate)
    steps = np.linspace(_mel(LOWEST), _mel(HIGHEST), BANDS + 2)
    edges = 700 * (10 ** (steps / 2595) - 1)
    low, top, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    return np.clip(np.minimum((frequencies - low) / (top - low), (high - frequencies) / (high - top)), 0, None)


def _mel(frequency: float) -> float:
    return float(2595 * np.log10(1 + frequency / 700))


def _turn() -> NDArray[np.float64]:
    """The cosines that turn band energies into cepstra; the first, which is loudness, is left out."""
    return np.cos(np.pi * np.outer(np.arange(1, SHAPES + 1), np.arange(BANDS) + 0.5) / BANDS) / BANDS
