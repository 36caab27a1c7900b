"""Voices told apart by pitch and timbre, on voices made of harmonics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence import voices as deciding
from segments.core.evidence.arrays import pack
from segments.core.evidence.inside.voice import voices
from segments.core.evidence.model import SoundSpan, Voice
from segments.core.timeline import Span

RATE = 16000


def voice(pitch: float, formant: float, seconds: float) -> NDArray[np.float32]:
    """Harmonics of a pitch that wavers a little, strongest near the formant."""
    t = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(pitch * (1 + 0.03 * np.sin(5 * t))) / RATE
    wave = sum(np.exp(-(((n * pitch - formant) / 900) ** 2)) * np.sin(n * phase) for n in range(1, 25))
    return (0.1 * np.asarray(wave)).astype(np.float32)


def heard(*parts: NDArray[np.float32], spans: list[tuple[float, float]]) -> tuple[Voice, ...]:
    sound = np.concatenate(parts)
    rows = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)
    payload = pack({"sound": True, "start": 0.0, "step": 0.1}, {"voice": voices(rows, RATE)})
    speech = [SoundSpan(start, end, "speech", -20.0, 0.9) for start, end in spans]
    found = deciding.decide([payload], Span(0.0, len(sound) / RATE), speech)
    assert found is not None
    return found


LOW, HIGH, PAUSE = voice(105, 700, 5.0), voice(205, 1400, 5.0), np.zeros(RATE, np.float32)


def test_pitch_is_measured_in_hertz() -> None:
    for true in (90.0, 150.0, 240.0):
        measured = voices(voice(true, 800, 2.0).reshape(-1, 1600), RATE)[:, 0]
        assert abs(float(np.median(measured)) - true) < 0.06 * true
    assert not voices(np.zeros((5, 1600), np.float32), RATE)[:, 0].any()


def test_voices_are_numbered_by_their_first_words_and_known_again() -> None:
    found = heard(LOW, PAUSE, HIGH, PAUSE, LOW, spans=[(0, 5), (6, 11), (12, 17)])
    assert [(v.start, v.end, v.number) for v in found] == [(0, 5, 1), (6, 11, 2), (12, 17, 1)]


def test_a_voice_that_takes_over_without_a_pause_is_heard_where_it_does() -> None:
    first, second = heard(LOW[: 4 * RATE], HIGH, spans=[(0, 9)])
    assert (first.number, second.number) == (1, 2)
    assert abs(first.end - 4.0) <= 0.3
    assert second.start == first.end


def test_one_voice_stays_one_and_silence_is_nobody() -> None:
    assert {v.number for v in heard(LOW, PAUSE, LOW, spans=[(0, 5), (6, 11)])} == {1}
    assert heard(PAUSE, PAUSE, spans=[]) == ()
    assert deciding.decide([pack({"sound": False}, {})], Span(0, 2), []) is None
