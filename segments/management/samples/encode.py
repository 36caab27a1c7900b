"""Writes a film as an MP4 that every browser plays: H.264 in 4:2:0, AAC, index in front."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import Colorspace

from segments.management.samples.colour import FPS, HEIGHT, WIDTH, Picture
from segments.management.samples.film import Film
from segments.management.samples.sound import RATE, Track

# Two threads always, so that another machine makes the same pictures.
_X264 = {
    "preset": "slow",
    "tune": "animation",
    "x264-params": "threads=2:keyint=200:aq-mode=1:aq-strength=0.7:psy=0:rc-lookahead=60",
}


def encode(film: Film, track: Track, path: Path) -> None:
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as file:
        video = _video_stream(file, film.crf)
        audio: Any = file.add_stream("aac", rate=RATE, options={"b": "64000"})
        audio.layout = "stereo"
        _write(file, video, audio, film, track)


def _video_stream(file: Any, crf: int) -> Any:
    stream = file.add_stream("libx264", rate=FPS, options={**_X264, "crf": str(crf)})
    stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    context = stream.codec_context
    # 1 is BT.709 in each of the three tables; 1 is the limited range of broadcast.
    context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
    return stream


def _write(file: Any, video: Any, audio: Any, film: Film, track: Track) -> None:
    """Sound between the pictures of the same moment: a player that streams needs both near each other."""
    sound = _sound_frames(track)
    for index, picture in enumerate(film.pictures()):
        file.mux(video.encode(_picture_frame(picture, index)))
        while sound and sound[0].time <= index / FPS:
            file.mux(audio.encode(sound.popleft()))
    file.mux(video.encode(None))
    for frame in sound:
        file.mux(audio.encode(frame))
    file.mux(audio.encode(None))


def _picture_frame(picture: Picture, index: int) -> Any:
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame = frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
    frame.pts, frame.time_base = index, Fraction(1, FPS)
    return frame


def _sound_frames(track: Track) -> deque[Any]:
    samples, frames = track.finished(), deque[Any]()
    for first in range(0, samples.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(samples[:, first : first + 1024].copy(), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, first, Fraction(1, RATE)
        frames.append(frame)
    return frames
