"""Small clips with known content, rendered on the spot: every test knows what is in them, and none is downloaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 25
SIZE = (320, 180)
SOUND_RATE = 16000


def scene(seed: int, size: tuple[int, int] = SIZE) -> Picture:
    """A detailed still, different for each seed."""
    random = np.random.default_rng(seed)
    width, height = size
    picture = np.full((height, width, 3), random.integers(40, 200, 3), np.uint8)
    for _ in range(14):
        x, y = int(random.integers(0, width)), int(random.integers(0, height))
        colour = tuple(int(value) for value in random.integers(0, 255, 3))
        if random.random() < 0.5:
            cv2.circle(picture, (x, y), int(random.integers(height // 12, height // 3)), colour, -1)
        else:
            corner = (x + int(random.integers(20, width // 2)), y + int(random.integers(20, height // 2)))
            cv2.rectangle(picture, (x, y), corner, colour, -1)
    return picture


def hold(picture: Picture, seconds: float) -> Iterator[Picture]:
    for _ in range(round(seconds * RATE)):
        yield picture


def dissolve(a: Picture, b: Picture, seconds: float) -> Iterator[Picture]:
    count = round(seconds * RATE)
    for n in range(count):
        share = (n + 1) / (count + 1)
        yield cv2.addWeighted(a, 1 - share, b, share, 0)


def wipe(a: Picture, b: Picture, seconds: float) -> Iterator[Picture]:
    count = round(seconds * RATE)
    for n in range(count):
        picture = a.copy()
        edge = round(a.shape[1] * (n + 1) / (count + 1))
        picture[:, :edge] = b[:, :edge]
        yield picture


def fade(a: Picture, b: Picture, seconds: float) -> Iterator[Picture]:
    """To black and out of it again."""
    yield from dissolve(a, a * 0, seconds / 2)
    yield a * 0
    yield from dissolve(b * 0, b, seconds / 2)


def pan(picture: Picture, seconds: float) -> Iterator[Picture]:
    """A window as wide as half the picture moves from its left to its right."""
    height, width = picture.shape[:2]
    count = round(seconds * RATE)
    for n in range(count):
        left = round((width / 2) * n / max(1, count - 1))
        part = picture[:, left : left + width // 2]
        yield cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)


def written(picture: Picture, lines: Sequence[str], top: float = 0.2, scale: float = 1.0) -> Picture:
    """The picture with white lines of text on a dark box."""
    result = picture.copy()
    height, width = result.shape[:2]
    step = int(height * 0.14 * scale)
    first = int(height * top)
    cv2.rectangle(
        result, (int(width * 0.05), first - step), (int(width * 0.95), first + step * len(lines)), (15,) * 3, -1
    )
    for n, line in enumerate(lines):
        place = (int(width * 0.08), first + n * step)
        cv2.putText(
            result,
            line,
            place,
            cv2.FONT_HERSHEY_SIMPLEX,
            height / 360 * scale,
            (255,) * 3,
            1 + height // 300,
            cv2.LINE_AA,
        )
    return result


def sign(seed: int) -> Picture:
    """A logo of 200x200 with a letter and shapes."""
    picture = scene(seed, (200, 200))
    cv2.putText(picture, f"Q{seed}K", (18, 120), cv2.FONT_HERSHEY_DUPLEX, 2.2, (255, 255, 255), 6)
    return cv2.rectangle(picture, (3, 3), (196, 196), (20, 20, 20), 6)


def pasted(picture: Picture, sign: Picture, side: int) -> Picture:
    """The picture with a sign of this size near its upper left corner."""
    result = picture.copy()
    result[30 : 30 + side, 60 : 60 + side] = cv2.resize(sign, (side, side), interpolation=cv2.INTER_AREA)
    return result


def encoded(picture: Picture, kind: str = ".png") -> bytes:
    """The bytes of an image file."""
    return cv2.imencode(kind, picture)[1].tobytes()


def tone(seconds: float, frequency: float = 440.0, level: float = 0.3) -> NDArray[np.float32]:
    return (level * np.sin(2 * np.pi * frequency * np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE)).astype(
        np.float32
    )


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * SOUND_RATE), np.float32)


def noise(seconds: float, level: float = 0.1) -> NDArray[np.float32]:
    random = np.random.default_rng(7)
    return (random.standard_normal(round(seconds * SOUND_RATE)) * level).astype(np.float32)


def write(
    path: Path,
    pictures: Iterable[Picture],
    *,
    codec: str = "libx264",
    sound: NDArray[np.float32] | None = None,
    sound_codec: str = "aac",
    pixel_format: str = "yuv420p",
    options: dict[str, str] | None = None,
    stamps: Callable[[int], int] = lambda n: n,
    sound_tracks: int = 1,
) -> Path:
    """Encode to the container that the extension names. `stamps` gives each picture's time in 1/25 s."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=RATE, options=options or _quick(codec))
        tracks = [
            container.add_stream(sound_codec, rate=SOUND_RATE) for _ in range(sound_tracks if sound is not None else 0)
        ]
        for track in tracks:
            track.layout = "mono"
        for n, picture in enumerate(pictures):
            if n == 0:
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = pixel_format
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="bgr24")
            frame.pts, frame.time_base = stamps(n), Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        for track in tracks:
            assert sound is not None
            _write_sound(container, track, sound)
    return path


def write_sound_only(path: Path, sound: NDArray[np.float32], codec: str = "aac") -> Path:
    with av.open(str(path), "w") as container:
        track = container.add_stream(codec, rate=SOUND_RATE)
        track.layout = "mono"
        _write_sound(container, track, sound)
    return path


def _write_sound(container: av.container.OutputContainer, track: av.AudioStream, sound: NDArray[np.float32]) -> None:
    resampler = av.AudioResampler(track.format.name if track.format else "fltp", "mono", track.rate)
    for first in range(0, len(sound), 1024):
        frame = av.AudioFrame.from_ndarray(sound[None, first : first + 1024], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, first, Fraction(1, SOUND_RATE)
        for part in resampler.resample(frame):
            container.mux(track.encode(part))
    container.mux(track.encode(None))


def _quick(codec: str) -> dict[str, str]:
    return {
        "libx264": {"preset": "ultrafast", "crf": "20", "bf": "2", "g": "50"},
        "libx265": {"preset": "ultrafast", "crf": "24", "x265-params": "log-level=0"},
        "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "crf": "30", "b": "0"},
    }.get(codec, {})


def two_shots(path: Path, **options: object) -> Path:
    """Two seconds of one scene, two of another: one cut at 2.0 s."""
    return write(path, [*hold(scene(1), 2.0), *hold(scene(2), 2.0)], **options)  # type: ignore[arg-type]


def truncated(source: Path, path: Path, share: float) -> Path:
    content = source.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def rotated(source: Path, path: Path, degrees: int) -> Path:
    """An MP4 whose track header says that players should turn it clockwise; no picture is changed."""
    content = bytearray(source.read_bytes())
    one = 1 << 16
    matrices = {
        90: (0, one, 0, -one, 0, 0, 0, 0, 1 << 30),
        180: (-one, 0, 0, 0, -one, 0, 0, 0, 1 << 30),
        270: (0, -one, 0, one, 0, 0, 0, 0, 1 << 30),
    }
    at = content.index(b"tkhd") + 4 + 40
    matrix = b"".join(value.to_bytes(4, "big", signed=True) for value in matrices[degrees])
    content[at : at + 36] = matrix
    path.write_bytes(content)
    return path


def claiming_size(source: Path, path: Path, width: int, height: int) -> Path:
    """An MP4 that says in its sample entry to be this large."""
    content = bytearray(source.read_bytes())
    at = content.index(b"avc1") + 4 + 24
    content[at : at + 4] = width.to_bytes(2, "big") + height.to_bytes(2, "big")
    path.write_bytes(content)
    return path


#: Files that make careless openers read another file or connect somewhere: name → content. `{canary}` is a video
#: beside them, `{port}` a listener on this machine.
ATTACKERS: dict[str, str] = {
    "concat.mp4": "ffconcat version 1.0\nfile '{canary}'\n",
    "concat_with_space.mkv": "\n\n  ffconcat version 1.0\nfile '{canary}'\n",
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:{port}/x.ts\n#EXT-X-ENDLIST\n",
    "list_of_files.webm": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{canary}\n#EXT-X-ENDLIST\n",
    "master.mov": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1:{port}/a.m3u8\n",
    "session.avi": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    "manifest.mp4": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>'
    "<BaseURL>http://127.0.0.1:{port}/</BaseURL></Period></MPD>",
    "drawing.mkv": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/p.png"/></svg>',
    "web.flv": "<html><img src='http://127.0.0.1:{port}/p.png'></html>",
    "text.ts": "This is just text, with a link: http://127.0.0.1:{port}/\n",
}


def subtitled(source: Path, path: Path, *subtitles: Path) -> Path:
    """The same pictures with subtitle tracks as they are in files."""
    with ExitStack() as opened:
        inputs = [opened.enter_context(av.open(str(each))) for each in (source, *subtitles)]
        container = opened.enter_context(av.open(str(path), "w"))
        pairs = [(each, container.add_stream_from_template(each.streams[0])) for each in inputs]
        for each, track in pairs:
            for packet in each.demux(each.streams[0]):
                if packet.dts is not None:
                    packet.stream = track
                    container.mux(packet)
    return path
