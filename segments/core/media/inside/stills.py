"""Inside the child: pictures for people: seek, decode one, turn it upright, scale it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av.error
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from segments.core.errors import MediaDecodeFailed
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.open import THREADS, open_media, picture_track
from segments.core.media.wire import Message

Picture = NDArray[np.uint8]
POSTER_WIDTH = 640
#: Where a good poster usually is; the first that is neither dark nor empty wins.
POSTER_PLACES = (0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.0)
GOOD_CONTRAST = 30.0
#: Below this length tiles come from a straight decode, so that each shows its own moment.
STRAIGHT_SECONDS = 120.0
PACKETS_PER_SEEK = 400


def poster(request: Message, outlet: Outlet) -> None:
    path, facts, limits = _ask(request)
    best: tuple[float, Picture] | None = None
    with open_media(path, limits) as container:
        stream = _fast(container, keys_only=True)
        for place in POSTER_PLACES:
            frame = _picture_near(container, stream, facts, place * facts.duration_seconds)
            outlet.beat()
            if frame is None:
                continue
            picture = upright(frame, facts, POSTER_WIDTH, None)
            score = float(picture.std())
            if best is None or score > best[0]:
                best = score, picture
            if score >= GOOD_CONTRAST:
                break
    if best is None:
        raise MediaDecodeFailed("No picture of this video could be decoded. Export it again, or choose another file.")
    outlet.emit({"poster": True}, jpeg(best[1], 85))


def still(request: Message, outlet: Outlet) -> None:
    """The picture at one moment, or the last one before it."""
    path, facts, limits = _ask(request)
    moment = float(cast(dict[str, Any], request.header)["moment"])
    shown: VideoFrame | None = None
    with open_media(path, limits) as container:
        stream = _fast(container, keys_only=False)
        container.seek(round((moment + facts.start_time) / (stream.time_base or Fraction(1, 1000))), stream=stream)
        for frame in _pictures(container, stream):
            outlet.beat()
            late = (frame.time or 0.0) - facts.start_time > moment
            shown = frame if shown is None or not late else shown
            if late:
                break
        if shown is None:
            raise MediaDecodeFailed("No picture of this part of the video could be decoded.")
        picture = upright(shown, facts, POSTER_WIDTH, None)
    outlet.emit({"still": True}, jpeg(picture, 85))


def sprite(request: Message, outlet: Outlet) -> None:
    path, facts, limits = _ask(request)
    shape = cast(dict[str, Any], request.header["sprite"])
    width, height, columns, count = (shape[k] for k in ("tile_width", "tile_height", "columns", "count"))
    sheet = np.zeros((shape["rows"] * height, columns * width, 3), np.uint8)
    moments = [(n + 0.5) * shape["interval"] for n in range(count)]
    with open_media(path, limits) as container:
        straight = facts.duration_seconds <= STRAIGHT_SECONDS
        stream = _fast(container, keys_only=not straight)
        source = _straight if straight else _seeking
        for n, frame in enumerate(source(container, stream, facts, moments)):
            outlet.beat(moments[n])
            tile = upright(frame, facts, width, height) if frame is not None else sheet[:height, :width] * 0
            top, left = n // columns * height, n % columns * width
            sheet[top : top + height, left : left + width] = tile
    outlet.emit({"sprite": True}, jpeg(sheet, 75))


def upright(frame: VideoFrame, facts: MediaFacts, width: int, height: int | None) -> Picture:
    """BGR as displayed. With `height` the picture is fitted inside black bars, without it its own shape decides."""
    turned = facts.rotation in (90, 270)
    shown_width, shown_height = facts.width, facts.height
    scale = min(width / shown_width, 1.0) if height is None else min(width / shown_width, height / shown_height)
    fit_width, fit_height = max(2, round(shown_width * scale)), max(2, round(shown_height * scale))
    raw_width, raw_height = (fit_height, fit_width) if turned else (fit_width, fit_height)
    picture = cast(Picture, frame.reformat(width=raw_width, height=raw_height, format="bgr24").to_ndarray())
    if facts.rotation:
        picture = np.ascontiguousarray(np.rot90(picture, -facts.rotation // 90))
    if height is None:
        return picture
    canvas = np.zeros((height, width, 3), np.uint8)
    top, left = (height - fit_height) // 2, (width - fit_width) // 2
    canvas[top : top + fit_height, left : left + fit_width] = picture
    return canvas


def jpeg(picture: Picture, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise MediaDecodeFailed("A picture of this video could not be stored as JPEG.")
    return data.tobytes()


def _ask(request: Message) -> tuple[Path, MediaFacts, MediaLimits]:
    header = cast(dict[str, Any], request.header)
    return Path(header["path"]), MediaFacts(**header["facts"]), MediaLimits(**header["limits"])


def _fast(container: InputContainer, *, keys_only: bool) -> VideoStream:
    cv2.setNumThreads(1)
    stream = picture_track(container)
    stream.thread_count = 1 if keys_only else THREADS
    stream.codec_context.options = {"skip_loop_filter": "nokey"}
    stream.codec_context.skip_frame = "NONKEY" if keys_only else "NONREF"
    return stream


def _seeking(
    container: InputContainer, stream: VideoStream, facts: MediaFacts, moments: list[float]
) -> Iterator[VideoFrame | None]:
    last = None
    for moment in moments:
        last = _picture_near(container, stream, facts, moment) or last
        yield last


def _straight(
    container: InputContainer, stream: VideoStream, facts: MediaFacts, moments: list[float]
) -> Iterator[VideoFrame | None]:
    waiting = iter(moments)
    moment = next(waiting, None)
    frame = None
    for frame in _pictures(container, stream):
        while moment is not None and (frame.time or 0.0) - facts.start_time >= moment:
            yield frame
            moment = next(waiting, None)
        if moment is None:
            return
    for _ in [moment, *waiting] if moment is not None else []:
        yield frame


def _picture_near(
    container: InputContainer, stream: VideoStream, facts: MediaFacts, moment: float
) -> VideoFrame | None:
    """The key picture at or before `moment`; None when this part is damaged."""
    base = stream.time_base or Fraction(1, 1000)
    decoder = stream.codec_context
    try:
        container.seek(round((moment + facts.start_time) / base), stream=stream)
        for count, packet in enumerate(container.demux(stream)):
            if packet.is_keyframe and packet.size:
                # drained at once: a decoder that reorders would wait for pictures that we do not want
                frames = decoder.decode(packet) or decoder.decode(None)
                decoder.flush_buffers()
                return frames[0] if frames else None
            if count > PACKETS_PER_SEEK:
                return None
    except av.error.FFmpegError:
        decoder.flush_buffers()
    return None


def _pictures(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decoded pictures in order; damaged packets are stepped over."""
    for packet in container.demux(stream):
        try:
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    yield frame
        except av.error.FFmpegError:
            continue
