"""Inside the child: listen to one stretch of the sound and send measures per step, never the sound itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from segments.core.evidence.arrays import pack
from segments.core.evidence.inside.speech import speech_shares
from segments.core.evidence.inside.voice import voices
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.open import open_media, sound_track
from segments.core.media.wire import Message

RATE = 16000
STEP = 0.1
STEP_SAMPLES = int(RATE * STEP)
#: Silence begins and ends within a step: its power is told in so many parts.
PARTS = 5
#: Sound before the stretch, so that filters and the speech model are settled at its start.
RUN_UP = 1.0
Samples = NDArray[np.int16]


def listen(request: Message, outlet: Outlet) -> None:
    """Emit one message: the measures of loudness, sound and voice, and the chance of speech, per step of 0.1 s."""
    header = cast(dict[str, Any], request.header)
    start, end = float(header["start"]), float(header["end"])
    steps = max(1, round((end - start) / STEP))
    run_up = min(RUN_UP, start)
    samples, channels = samples_of(header, start - run_up, outlet)
    if samples is None:
        outlet.emit({"sound": False}, pack({"sound": False}, {}))
        return
    skip = round(run_up / STEP)
    rows = _padded(samples, skip + steps)
    measures = _measures(rows)
    outlet.beat()
    gain = 2.0 if channels > 1 else 1.0  # both loudspeakers play the same mix
    speech = speech_shares(rows, measures, outlet)
    arrays = {name: values[skip:].astype("<f4") for name, values in measures.items()}
    arrays["power"] = (arrays["power"] * gain).astype("<f4")
    arrays["parts"] = (_power(rows[skip:].reshape(-1, STEP_SAMPLES // PARTS)) * gain).astype("<f4").reshape(-1, PARTS)
    arrays["voice"] = voices(rows[skip:], RATE)
    arrays["speech"] = speech[skip:].astype("<f4")
    outlet.emit({"sound": True}, pack({"sound": True, "start": start, "step": STEP}, arrays, level=0))


def samples_of(header: dict[str, Any], start: float, outlet: Outlet) -> tuple[Samples | None, int]:
    """Mono sound from `start` to the end of the request; missing parts are silent. None without a sound track."""
    facts, limits, end = MediaFacts(**header["facts"]), MediaLimits(**header["limits"]), float(header["end"])
    with open_media(Path(header["path"]), limits) as container:
        track = sound_track(container)
        if track is None:
            return None, 0
        base = track.time_base or Fraction(1, 1000)
        channels = track.codec_context.channels
        if start > 0.0:
            container.seek(round((start + facts.start_time) / base), stream=track)
        samples = np.zeros(round((end - start) * RATE), np.int16)
        resampler = AudioResampler("s16", "mono", RATE)
        due: int | None = None
        for frame in _frames(container, track):
            moment = (frame.time or 0.0) - facts.start_time
            if moment >= end:
                break
            outlet.beat()
            place = round((moment - start) * RATE)
            # follow the clock of the file only where it really jumps; resampling shifts by some samples
            due = place if due is None or abs(place - due) > RATE // 20 else due
            for part in resampler.resample(frame):
                block = np.asarray(part.to_ndarray(), np.int16).reshape(-1)
                _lay(samples, block, due)
                due += len(block)
        return samples, channels


def _lay(samples: Samples, block: Samples, place: int) -> None:
    first, last = max(0, place), min(len(samples), place + len(block))
    if first < last:
        samples[first:last] = block[first - place : last - place]


def _frames(container: Any, track: Any) -> Iterator[AudioFrame]:
    packets = container.demux(track)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            continue
        for frame in frames:
            frame.pts = frame.pts if frame.pts is not None else packet.pts
            yield frame


def _padded(samples: Samples, steps: int) -> NDArray[np.float32]:
    whole = np.zeros(steps * STEP_SAMPLES, np.float32)
    count = min(len(whole), len(samples))
    whole[:count] = samples[:count]
    return (whole / np.float32(32768)).reshape(steps, STEP_SAMPLES)


def _measures(rows: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    window = np.hanning(STEP_SAMPLES).astype(np.float32)
    frequencies = np.fft.rfftfreq(STEP_SAMPLES, 1 / RATE)
    names = ("power", "flatness", "low", "flux", "peaks", "crossings")
    result = {name: np.zeros(len(rows), np.float32) for name in names}
    result["power"] = _power(rows)
    before = np.zeros(len(frequencies), np.float32)
    block = 600
    for first in range(0, len(rows), block):
        part = rows[first : first + block]
        here = slice(first, first + len(part))
        spectrum = np.abs(np.fft.rfft(part * window, axis=1)).astype(np.float32) ** 2
        energy = spectrum.sum(axis=1) + 1e-9
        band = spectrum[:, (frequencies > 100) & (frequencies < 7000)] + 1e-9
        result["flatness"][here] = np.exp(np.log(band).mean(axis=1)) / band.mean(axis=1)
        result["low"][here] = spectrum[:, frequencies < 300].sum(axis=1) / energy
        top = np.sort(band, axis=1)[:, -12:].sum(axis=1)
        result["peaks"][here] = top / band.sum(axis=1)
        shape = np.sqrt(spectrum / energy[:, None])
        previous = np.vstack([before[None], shape[:-1]])
        result["flux"][here] = np.abs(shape - previous).sum(axis=1) / (shape + previous).sum(axis=1).clip(1e-6)
        before = shape[-1]
        result["crossings"][here] = (np.diff(np.signbit(part), axis=1) != 0).mean(axis=1)
    return result


def _power(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """K-weighted mean square of each row of samples."""
    size = rows.shape[1]
    weights = _k_weights(np.asarray(np.fft.rfftfreq(size, 1 / RATE), np.float64))
    result = np.zeros(len(rows), np.float32)
    for first in range(0, len(rows), 1000):
        # Parseval: the sum over the half spectrum, twice, is the sum over the samples
        spectrum = np.abs(np.fft.rfft(rows[first : first + 1000], axis=1)) ** 2
        result[first : first + 1000] = (spectrum * weights).sum(axis=1) * 2 / size**2
    return result


def _k_weights(frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power response of the two filters of ITU-R BS.1770, as the bilinear transform gives it at 48 kHz."""
    z = np.exp(-2j * np.pi * frequencies / 48000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * high_pass) ** 2)
