"""Inside the child: write an MP4 for browsers, by copying packets or by encoding again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from segments.core.errors import MediaDecodeFailed
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.loop import Outlet
from segments.core.media.open import THREADS, create_mp4, open_media, picture_track, sound_track
from segments.core.media.wire import Message

MOST_LINES = 1080
SOUND_RATE = 48000
CLOCK = Fraction(1, 90000)
COPIED_SOUND = {"aac", "mp3"}
MOST_EARLY = 32
TURNS = {90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock"}


@dataclass(slots=True)
class Job:
    """One conversion in progress; all times are moved so that the first picture is at 0."""

    source: InputContainer
    target: OutputContainer
    facts: MediaFacts
    outlet: Outlet
    pictures: VideoStream
    sound: AudioStream | None


def remux(request: Message, outlet: Outlet) -> None:
    _convert(request, outlet, new_pictures=False)


def transcode(request: Message, outlet: Outlet) -> None:
    _convert(request, outlet, new_pictures=True)


def _convert(request: Message, outlet: Outlet, *, new_pictures: bool) -> None:
    header = cast(dict[str, Any], request.header)
    facts, limits = MediaFacts(**header["facts"]), MediaLimits(**header["limits"])
    with open_media(Path(header["path"]), limits) as source, create_mp4(Path(header["out"])) as target:
        job = Job(source, target, facts, outlet, picture_track(source), sound_track(source))
        pictures: PictureEncoder | PictureCopy = PictureEncoder(job) if new_pictures else PictureCopy(job)
        sound = _sound(job)
        _work(job, pictures, sound)
        if not pictures.written:
            raise MediaDecodeFailed("No picture of this video could be converted.")


def _work(job: Job, pictures: PictureEncoder | PictureCopy, sound: SoundEncoder | SoundCopy | None) -> None:
    tracks = [job.pictures] if job.sound is None or sound is None else [job.pictures, job.sound]
    for packet in _packets(job.source, tracks):
        if packet.stream is job.pictures:
            pictures.push(packet)
            stamp = packet.pts if packet.pts is not None else packet.dts
            if stamp is not None:
                job.outlet.beat(max(0.0, float(stamp * packet.time_base) - job.facts.start_time))
        elif sound is not None:
            sound.push(packet)
    pictures.finish()
    if sound is not None:
        sound.finish()


def _packets(source: InputContainer, tracks: list[Any]) -> Iterator[Packet[Any]]:
    """Packets in file order, an empty one per track last; a damaged end simply ends."""
    try:
        yield from source.demux(*tracks)
    except av.error.FFmpegError:
        return


def _sound(job: Job) -> SoundEncoder | SoundCopy | None:
    if job.sound is None:
        return None
    copied = job.sound.codec_context.codec.canonical_name in COPIED_SOUND
    return SoundCopy(job, job.sound) if copied else SoundEncoder(job, job.sound)


class PictureCopy:
    def __init__(self, job: Job) -> None:
        self.written = 0
        self._target = job.target
        self._stream = job.target.add_stream_from_template(job.pictures)
        base = job.pictures.time_base or Fraction(1, 1000)
        self._shift = round(Fraction(job.facts.start_time) / base)
        self._step = max(1, round(1 / (Fraction(job.facts.frame_rate) * base)))
        self._early: list[Packet[Any]] = []

    def push(self, packet: Packet[Any]) -> None:
        """Containers without decoding times give none for the first packets: those wait for the first that has one."""
        if not packet.size:
            return
        if packet.pts is None or len(self._early) > MOST_EARLY:
            raise MediaDecodeFailed("The pictures of this file carry no clock that could be copied.")
        self._early.append(packet)
        if packet.dts is None:
            return
        for back, waiting in enumerate(reversed(self._early)):
            waiting.dts = packet.dts - back * self._step if waiting.dts is None else waiting.dts
        for waiting in self._early:
            self._mux(waiting)
        self._early.clear()

    def _mux(self, packet: Packet[Any]) -> None:
        packet.pts = (packet.pts or 0) - self._shift
        packet.dts = (packet.dts or 0) - self._shift
        packet.stream = self._stream
        self._target.mux(packet)
        self.written += 1

    def finish(self) -> None:
        return


class SoundCopy:
    def __init__(self, job: Job, sound: AudioStream) -> None:
        self._target = job.target
        self._stream = job.target.add_stream_from_template(sound)
        base = sound.time_base or Fraction(1, 1000)
        self._shift = round(Fraction(job.facts.start_time) / base)
        self._last = -(1 << 62)

    def push(self, packet: Packet[Any]) -> None:
        stamp = packet.dts if packet.dts is not None else packet.pts
        if not packet.size or stamp is None or stamp - self._shift <= self._last:
            return
        self._last = stamp - self._shift
        packet.dts = self._last
        packet.pts = packet.pts - self._shift if packet.pts is not None else self._last
        packet.stream = self._stream
        self._target.mux(packet)

    def finish(self) -> None:
        return


class PictureEncoder:
    def __init__(self, job: Job) -> None:
        self.written = 0
        self._job = job
        job.pictures.thread_count = THREADS
        width, height = _even_size(job.facts)
        rate = Fraction(job.facts.frame_rate).limit_denominator(1001)
        stream = job.target.add_stream("libx264", rate=max(Fraction(1), rate))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = CLOCK
        stream.thread_count = THREADS
        stream.options = {"preset": "veryfast", "crf": "23", "profile": "high"}
        self._stream = stream
        self._size = width, height
        self._graph: tuple[tuple[int, int, str], Graph] | None = None
        self._last = -1

    def push(self, packet: Packet[Any]) -> None:
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            return
        for frame in frames:
            if isinstance(frame, VideoFrame):
                self._encode(frame)

    def finish(self) -> None:
        self._job.target.mux(self._stream.encode(None))

    def _encode(self, frame: VideoFrame) -> None:
        seconds = (frame.time or 0.0) - self._job.facts.start_time
        stamp = max(self._last + 1, round(seconds * CLOCK.denominator))
        if seconds < 0:
            return
        for made in self._fitted(frame):
            made.pts, made.time_base, self._last = stamp, CLOCK, stamp
            made.pict_type = 0  # the source's own choice of key pictures means nothing here
            self._job.target.mux(self._stream.encode(made))
            self.written += 1

    def _fitted(self, frame: VideoFrame) -> list[VideoFrame]:
        """Turned upright, square pixels, right size. The graph is made anew when the pictures change their shape."""
        shape = frame.width, frame.height, frame.format.name
        if self._graph is None or self._graph[0] != shape:
            self._graph = shape, self._make_graph(frame)
        graph = self._graph[1]
        graph.push(frame)
        return [cast(VideoFrame, graph.pull())]

    def _make_graph(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        base = self._job.pictures.time_base or CLOCK
        steps = [graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=base)]
        for turn in TURNS.get(self._job.facts.rotation, "").split(","):
            if turn:
                name, _, value = turn.partition("=")
                steps.append(graph.add(name, value or None))
        width, height = self._size
        steps.append(graph.add("scale", f"{width}:{height}"))
        steps.append(graph.add("format", "yuv420p"))
        steps.append(graph.add("buffersink"))
        graph.link_nodes(*steps).configure()
        return graph


class SoundEncoder:
    def __init__(self, job: Job, sound: AudioStream) -> None:
        self._job = job
        self._sound = sound
        self._stream = job.target.add_stream("aac", rate=SOUND_RATE)
        self._stream.layout = "stereo" if sound.codec_context.channels > 1 else "mono"
        self._stream.bit_rate = 160_000 if sound.codec_context.channels > 1 else 96_000
        self._resampler = AudioResampler("fltp", self._stream.layout, SOUND_RATE)
        self._next = 0

    def push(self, packet: Packet[Any]) -> None:
        try:
            frames: list[Any] = packet.decode()
        except av.error.FFmpegError:
            return
        for frame in frames:
            if isinstance(frame, AudioFrame):
                self._encode(frame)

    def finish(self) -> None:
        self._mux(self._resampler.resample(None), 0)
        self._job.target.mux(self._stream.encode(None))

    def _encode(self, frame: AudioFrame) -> None:
        seconds = (frame.time or 0.0) - self._job.facts.start_time
        frame.pts = None
        self._mux(self._resampler.resample(frame), round(seconds * SOUND_RATE))

    def _mux(self, frames: list[AudioFrame], due: int) -> None:
        for frame in frames:
            # A gap in the source stays a gap; small jitter does not.
            if due - self._next > SOUND_RATE // 10:
                self._next = due
            frame.pts, frame.time_base = self._next, Fraction(1, SOUND_RATE)
            self._next += frame.samples
            self._job.target.mux(self._stream.encode(frame))


def _even_size(facts: MediaFacts) -> tuple[int, int]:
    """As displayed, at most 1080 on the shorter side, both even."""
    scale = min(1.0, MOST_LINES / min(facts.width, facts.height))
    return round(facts.width * scale / 2) * 2, round(facts.height * scale / 2) * 2
