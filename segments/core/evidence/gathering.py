"""Evidence stage: what comes back from the children of one window, put in order and made into payloads."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from segments.core.evidence.arrays import Array, pack, steps_of, unpack
from segments.core.evidence.text import LIKE_READ, UNSURE
from segments.core.evidence.tiny import provisional_cuts
from segments.core.evidence.to_read import Candidate, distinct, first, second
from segments.core.media.facts import MediaFacts
from segments.core.media.wire import Message
from segments.core.progress import Progress, Report
from segments.core.timeline import Span

#: Long enough that opening and the first key picture do not matter; towards the end of a window short enough that
#: all cores end together.
CHUNK_SECONDS = 20.0
LAST_CHUNK_SECONDS = 8.0
LAST_SECONDS = 60.0
#: Sound is cut anywhere, but at whole steps; each chunk hears a second more before its start.
LISTEN_SECONDS = 60.0
#: Keys from here on belong to sound.
SOUND_KEYS = 1 << 20
PICTURE_ARRAYS = ("times", "keys", "extra", "luma", "chroma")


def chunks_of(window: Span, keys: list[float]) -> list[Span]:
    """`window` cut at key pictures into chunks of about 20 s, the last ones 8 s. The same for any number of workers."""
    edges = [window.start]
    while True:
        length = CHUNK_SECONDS if window.end - edges[-1] > LAST_SECONDS else LAST_CHUNK_SECONDS
        n = bisect_right(keys, edges[-1] + length)
        if n >= len(keys) or keys[n] > window.end - length / 4:
            return [Span(a, b) for a, b in zip(edges, [*edges[1:], window.end], strict=True)]
        edges.append(keys[n])


def listening_chunks(window: Span) -> list[Span]:
    """`window` in pieces of a minute, the last one up to half as long again."""
    count = max(1, int(window.length / LISTEN_SECONDS + 0.5))
    edges = [window.start + n * LISTEN_SECONDS for n in range(count)]
    return [Span(a, b) for a, b in zip(edges, [*edges[1:], window.end], strict=True)]


class WindowGatherer:
    """Takes messages in any order; `payloads` gives the same bytes whatever that order was."""

    def __init__(self, facts: MediaFacts, window: Span, modules: frozenset[str], report: Report) -> None:
        self._facts = facts
        self._window = window
        self._modules = modules
        self._report = report
        self._chunks: list[Span] = []
        self._watched: dict[int, dict[str, Array]] = {}
        self._reached: dict[int, float] = {}  # how far chunks at work have come, seconds on the video's clock
        self._sounds: dict[int, bytes] = {}
        self._sounds_expected = 1
        self._to_read: list[Candidate] = []
        self._lines: dict[int, Any] = {}
        self._readings = -1
        self._asked_twice = False
        self._cuts: list[float] = []

    def expect(self, chunks: list[Span]) -> None:
        self._chunks = chunks

    def expect_sound(self, count: int) -> None:
        self._sounds_expected = count

    def take(self, key: int, message: Message) -> None:
        header = message.header
        if "sound" in header:
            self._sounds[key] = message.payload
            self.tell()
        elif "watched" in header:
            _, self._watched[key] = unpack(message.payload)
            if "luma" in self._watched[key]:
                self._cuts += provisional_cuts(self._watched[key]["luma"], self._watched[key]["times"])
            self.tell()
        elif "text_picture" in header:
            moment, shape = cast(float, header["text_picture"]), cast(list[int], header["shape"])
            picture = np.frombuffer(message.payload, np.uint8).reshape(shape)
            self._to_read.append(
                Candidate(float(moment), picture, cast(float, header["widest"]), bool(header["again"]))
            )
        elif "lines" in header:
            self._lines[key] = header["lines"]
            self.tell()
        elif header.get("beat") and key < len(self._chunks):
            self._reached[key] = float(header["beat"])  # type: ignore[arg-type]
            self.tell()

    def tell(self) -> None:
        """Report every stage of this window that has begun."""
        length = self._window.length
        watched = sum(self._chunk_done(n) for n in {*self._watched, *self._reached})
        cuts, self._cuts = tuple(sorted(self._cuts)), []
        if {"pictures", "faces", "text"} & self._modules:
            self._report(Progress("pictures", watched, length, cuts))
        if "faces" in self._modules:
            self._report(Progress("faces", watched, length))
        if "sound" in self._modules:
            self._report(Progress("sound", length * len(self._sounds) / self._sounds_expected, length))
        if self._readings >= 0:
            share = len(self._lines) / self._readings if self._readings else 1.0
            self._report(Progress("text", share * length, length))

    def _chunk_done(self, n: int) -> float:
        """Seconds of chunk `n` that were looked at."""
        chunk = self._chunks[n]
        if n in self._watched:
            return chunk.length
        return min(chunk.length, max(0.0, self._reached[n] - chunk.start))

    def pictures_to_read(self) -> dict[int, NDArray[np.uint8]]:
        """By the key of their work; asked for again when those have been read, until there are none."""
        if self._readings < 0:
            self._to_read = distinct(self._to_read)
            chosen = first(self._to_read, self._standing())
        else:
            chosen = second(self._to_read, self._lines) if not self._asked_twice else []
            self._asked_twice = True
        self._readings = max(0, self._readings) + len(chosen)
        self.tell()
        return {number: self._to_read[number].picture for number in chosen}

    def _standing(self) -> frozenset[float]:
        """Times of looks after which the next one found the same."""
        looked = _joined([self._watched[n] for n in sorted(self._watched)], ("text_times", "text_states"))
        times, states = looked["text_times"], looked["text_states"]
        return frozenset(float(time) for time in times[:-1][states[1:] == LIKE_READ])

    def _states(self, looked: dict[str, Array]) -> Array:
        """What was worth reading and was left out says nothing about what stands there."""
        left = [each.time for n, each in enumerate(self._to_read) if n not in self._lines]
        return np.where(np.isin(looked["text_times"], left), np.uint8(UNSURE), looked["text_states"])

    def payloads(self, level: int = 1) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        chunks = [self._watched[n] for n in sorted(self._watched)]
        if "pictures" in self._modules:
            arrays = _joined(chunks, PICTURE_ARRAYS)
            made["pictures"] = pack(
                {}, {**arrays, "luma": steps_of(arrays["luma"]), "chroma": steps_of(arrays["chroma"])}, level=level
            )
        if "faces" in self._modules:
            made["faces"] = _faces(chunks)
        if "text" in self._modules:
            looked = _joined(chunks, ("text_times", "text_states"))
            reads = [{"time": self._to_read[n].time, "lines": self._lines[n]} for n in sorted(self._lines)]
            made["text"] = pack({"reads": reads}, {**looked, "text_states": self._states(looked)})
        if "sound" in self._modules:
            made["sound"] = _sound([self._sounds[key] for key in sorted(self._sounds)], self._window)
        return made


def _joined(chunks: list[dict[str, Array]], names: tuple[str, ...]) -> dict[str, Array]:
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in names}


def _sound(payloads: list[bytes], window: Span) -> bytes:
    parts = [unpack(payload) for payload in payloads]
    values, arrays = parts[0]
    if not values["sound"]:
        return payloads[0]
    joined = {name: np.concatenate([part[name] for _, part in parts]) for name in arrays}
    return pack({**values, "start": window.start}, joined)


def _faces(chunks: list[dict[str, Array]]) -> bytes:
    times: list[Array] = []
    boxes: list[Array] = []
    count = 0
    for chunk in chunks:
        rows = chunk["face_boxes"].copy()
        rows[:, 0] += count
        boxes.append(rows)
        times.append(chunk["face_times"])
        count += len(chunk["face_times"])
    return pack({}, {"times": np.concatenate(times), "boxes": np.concatenate(boxes)})
