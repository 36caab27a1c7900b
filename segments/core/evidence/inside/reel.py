"""Inside the child: the pictures of one stretch of a video, on its own clock, without those that few or none need."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.open import open_media, picture_track

#: A damaged file may fail at many places in a row; after this many the rest counts as lost.
PATIENCE = 50
#: Two times this close are the same picture: containers round to a millisecond.
SAME = 0.0015
#: What is decoded besides key pictures: all that others refer to, or of those the anchors (I and P) alone.
Skip = Literal["NONREF", "BIDIR"]
REFERENCES: Skip = "NONREF"
ANCHORS: Skip = "BIDIR"
#: What the loop filter smoothes is far below what these small copies show.
FAST = {"skip_loop_filter": "all"}
#: Packets of one group between anchors, as encoders usually make them.
RECENT = 8
#: How much further back to start when a seek landed behind the wanted picture.
RUN_UP_SECONDS = 20.0


@dataclass(slots=True)
class Reel:
    """Where pictures come from. `sequential` is for files whose index cannot be trusted: always from the start.
    Where `RECENT` packets in a row are smaller than `calm_bytes`, only anchors are decoded (anchors.py).

    A context manager. `shown` collects the times of all packets that went by, decoded or not.
    """

    path: Path
    facts: MediaFacts
    limits: MediaLimits
    sequential: bool
    outlet: Outlet
    calm_bytes: int = 0
    shown: set[float] = field(default_factory=set)
    _container: InputContainer | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Reel:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._open.close()

    def pictures(self, start: float, end: float, full: Callable[[float], bool]) -> Iterator[tuple[float, VideoFrame]]:
        """(time, picture) from the last one before `start` to the first one at or after `end`.

        Times rise strictly. Pictures that no other refers to are decoded only where `full(time)` says so.
        """
        origin = 0.0 if self.sequential else start
        while not (yield from self._attempt(origin, start, end, full)):
            origin = max(0.0, origin - RUN_UP_SECONDS)

    def _attempt(
        self, origin: float, start: float, end: float, full: Callable[[float], bool]
    ) -> Generator[tuple[float, VideoFrame], None, bool]:
        """Returns False when the seek landed too late, before anything was given."""
        before: tuple[float, VideoFrame] | None = None
        begun = False
        for moment, frame in self._from(origin, full):
            if moment < start - SAME:
                before = moment, frame
                continue
            if not begun and before is None and moment > start + SAME and origin > 0.0:
                return False
            if not begun and before is not None:
                yield before
            begun = True
            yield moment, frame
            if moment >= end - SAME:
                break
        return True

    def _from(self, origin: float, full: Callable[[float], bool]) -> Iterator[tuple[float, VideoFrame]]:
        container = self._at(origin)
        stream = picture_track(container)
        base, decoder = stream.time_base or Fraction(1, 1000), stream.codec_context
        last = -1.0
        recent = deque([0], RECENT)
        for packet in _packets(container, stream):
            shown = self._time(packet.pts, base)
            if shown is not None and packet.size:
                self.shown.add(shown)
            recent.append(packet.size)
            calm = ANCHORS if max(recent) < self.calm_bytes else REFERENCES
            decoder.skip_frame = "DEFAULT" if shown is not None and full(shown) else calm
            for frame in _decoded(packet):
                moment = self._time(frame.pts, base)
                moment = last + 1 / self.facts.frame_rate if moment is None else moment
                self.outlet.beat(moment)
                if max(last, -SAME) < moment < self.facts.duration_seconds + 1.0:
                    last = moment
                    yield max(0.0, moment), frame

    def _at(self, origin: float) -> InputContainer:
        """The file at the key picture before `origin` (seconds); opened once, and anew to read from its beginning."""
        if self._container is None or origin == 0.0:
            self._open.close()
            self._container = self._open.enter_context(open_media(self.path, self.limits))
            stream = picture_track(self._container)
            stream.thread_count, stream.codec_context.options = 1, FAST
        if origin > 0.0:
            stream = picture_track(self._container)
            stamp = (origin + self.facts.start_time) / (stream.time_base or Fraction(1, 1000))
            self._container.seek(round(stamp), stream=stream)
        return self._container

    def _time(self, stamp: int | None, base: Fraction) -> float | None:
        # the same number as float(stamp * base), without making a fraction for each packet
        return None if stamp is None else round(stamp * base.numerator / base.denominator - self.facts.start_time, 6)


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Packets in file order, an empty one last. Damage is stepped over, up to a limit."""
    failures = 0
    packets = container.demux(stream)
    while failures < PATIENCE:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.error.FFmpegError:
            failures += 1
            packets = container.demux(stream)
            continue
        yield packet


def _decoded(packet: Packet[VideoStream]) -> list[VideoFrame]:
    try:
        return [frame for frame in packet.decode() if isinstance(frame, VideoFrame)]
    except av.error.FFmpegError:
        return []  # the gap shows in the times
