"""Evidence stage: look at a video window by window, one decode for everything asked for; then decide over all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from segments.core.errors import MediaDecodeFailed
from segments.core.evidence import faces, frames, seen, sound, text, voices, words
from segments.core.evidence.arrays import unpack
from segments.core.evidence.gathering import SOUND_KEYS, WindowGatherer, chunks_of, listening_chunks
from segments.core.evidence.model import Evidence
from segments.core.evidence.saying import WordsReader
from segments.core.media.child import Child
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.inside.sandbox import ChildLimits
from segments.core.media.pool import Pool, Work
from segments.core.progress import Report
from segments.core.timeline import Span

#: Evidence modules and their versions. A version is raised whenever its payloads would come out different.
MODULES: Mapping[str, int] = {"pictures": 4, "faces": 3, "text": 4, "sound": 3, "words": 3, "frames": 1}
#: What is decided over a run's `pictures` is kept too, under a name and version of its own.
SEEN = "seen"
VERSIONS: Mapping[str, int] = {**MODULES, SEEN: 100 * MODULES["pictures"] + seen.VERSION}
WINDOW_SECONDS = 300.0
FRAMES_TASK = "segments.core.evidence.inside.framing:times"
INDEX_TASK = "segments.core.evidence.inside.watching:index"
WATCH_TASK = "segments.core.evidence.inside.watching:watch"
LISTEN_TASK = "segments.core.evidence.inside.listening:listen"
READ_TASK = "segments.core.evidence.inside.reading:read"
#: Readers load two models; their input is ours, so what they may take is not the video's to decide.
READER_BYTES = 3 << 30


def plan_windows(facts: MediaFacts, window: Span, length: float = WINDOW_SECONDS) -> list[Span]:
    """The cells of a fixed grid that `window` touches, so that runs over different windows share what they found."""
    cells = []
    first = int(window.start // length)
    while first * length < min(window.end, facts.duration_seconds):
        cells.append(Span(first * length, min((first + 1) * length, facts.duration_seconds)))
        first += 1
    return cells


class Collector:
    """Looks at one video. A context manager: leaving it ends every child, also when a report raised `Cancelled`."""

    def __init__(
        self,
        path: Path,
        facts: MediaFacts,
        limits: MediaLimits,
        workers: int = 2,
        *,
        decoders: Pool | None = None,
        speech: words.Speech | None = None,
        level: int = 1,
    ) -> None:
        """`decoders` are children that run already; without them `workers` of them start when first needed.

        `level` 0 leaves small pictures unpacked, for whoever reads them again at once instead of keeping them.
        """
        self._path = path.resolve()
        self._facts = facts
        self._limits = limits
        self._level = level
        self._base: dict[str, object] = {"path": str(self._path), "facts": asdict(facts), "limits": asdict(limits)}
        self._pool = decoders or Pool(self._decoder, workers)
        self._readers = Pool(self._reader, workers)
        self._words = WordsReader(self._base, self._pool, facts, limits, speech or words.Speech())
        self._index: dict[str, Any] | None = None
        self._frames: NDArray[np.float64] | None = None

    def __enter__(self) -> Collector:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()
        self._readers.close()
        self._words.close()

    def collect(self, window: Span, modules: frozenset[str] | set[str], report: Report) -> dict[str, bytes]:
        """One payload per wanted module. Deterministic; `window` should be a cell of `plan_windows`."""
        gatherer = WindowGatherer(self._facts, window, frozenset(modules), report)
        gatherer.tell()
        self._run(self._pool, self._works(window, modules, gatherer), gatherer)
        if "text" in modules:
            while pictures := gatherer.pictures_to_read():
                works = [
                    Work(n, READ_TASK, {"shape": list(each.shape)}, each.tobytes()) for n, each in pictures.items()
                ]
                self._run(self._readers, works, gatherer)
        made = gatherer.payloads(self._level)
        if "frames" in modules:
            made["frames"] = frames.payload(self._shown(gatherer), window)
        return {**made, "words": self._words.read(window, report)} if "words" in modules else made

    def _shown(self, gatherer: WindowGatherer) -> NDArray[np.float64] | None:
        """When each picture is shown; asked once per video, and only of one whose rate varies."""
        if self._frames is None and self._facts.variable_frame_rate:
            self._pool.start()
            for _, message in self._pool.run([Work(0, FRAMES_TASK, self._base)], gatherer.tell):
                if "frames" in message.header:
                    self._frames = unpack(message.payload)[1]["times"]
        return self._frames

    def _works(self, window: Span, modules: frozenset[str] | set[str], gatherer: WindowGatherer) -> list[Work]:
        works: list[Work] = []
        wanted = {"pictures": "pictures" in modules, "faces": "faces" in modules, "text": "text" in modules}
        if any(wanted.values()):
            index = self._starts(gatherer)
            how = {**self._base, **wanted, "sequential": index["sequential"], "calm_bytes": index["calm_bytes"]}
            chunks = [window] if index["sequential"] else chunks_of(window, index["keys"])
            gatherer.expect(chunks)
            for n, chunk in enumerate(chunks):
                works.append(Work(n, WATCH_TASK, {**how, "start": chunk.start, "end": chunk.end}))
        if "sound" in modules:
            heard = listening_chunks(window)
            gatherer.expect_sound(len(heard))
            for n, chunk in enumerate(heard):
                header = {**self._base, "start": chunk.start, "end": chunk.end}
                works.append(Work(SOUND_KEYS + n, LISTEN_TASK, header))
        return works

    def _run(self, pool: Pool, works: Sequence[Work], gatherer: WindowGatherer) -> None:
        for key, message in pool.run(works, gatherer.tell):
            gatherer.take(key, message)

    def _starts(self, gatherer: WindowGatherer) -> dict[str, Any]:
        """Where decoding may start (`keys`, seconds), whether only at the beginning (`sequential`), and below how
        many bytes a packet needs no closer look (`calm_bytes`); asked once per video."""
        if self._index is None:
            self._pool.start()
            for _, message in self._pool.run([Work(0, INDEX_TASK, self._base)], gatherer.tell):
                if "keys" in message.header:
                    self._index = cast(dict[str, Any], message.header)
        if self._index is None:
            raise MediaDecodeFailed("Where decoding may start in this video could not be found out.")
        return self._index

    def _decoder(self) -> Child:
        cpu_seconds = 120 + int(self._facts.duration_seconds * 20)
        limits = ChildLimits(self._limits.memory_bytes, cpu_seconds)
        return Child(self._path.parent, self._limits, limits, preload=WATCH_TASK.partition(":")[0])

    def _reader(self) -> Child:
        cpu_seconds = 120 + int(self._facts.duration_seconds * 20)
        return Child(self._path.parent, self._limits, ChildLimits(READER_BYTES, cpu_seconds))


def assemble(facts: MediaFacts, window: Span, payloads: Mapping[str, Sequence[bytes]]) -> Evidence:
    """Decide over the payloads of all windows of a run, given in time order. Pure.

    `SEEN`, decided earlier over the same `pictures` and the same window, stands in for them. Modules that are missing
    stay None. Raises MediaDecodeFailed when less than nine tenths of the time was decoded.
    """
    decided = None
    if SEEN in payloads:
        decided = seen.Seen.unpacked(payloads[SEEN][0])
    elif "pictures" in payloads:
        decided = seen.decide(payloads["pictures"], facts, window)
    changes = [Span(each.start, each.end) for each in decided.transitions] if decided else []
    heard = sound.decide(payloads["sound"], window) if "sound" in payloads else None
    return Evidence(
        facts=facts,
        window=window,
        transitions=tuple(t for t in decided.transitions if window.start < t.end and t.start < window.end)
        if decided
        else None,
        looks=decided.looks if decided else None,
        faces=faces.decide(payloads["faces"], window) if "faces" in payloads else None,
        texts=text.track(payloads["text"], window, changes) if "text" in payloads else None,
        sounds=heard.spans if heard is not None else None,
        loudness=heard.loudness if heard is not None else None,
        voices=voices.decide(payloads["sound"], window, heard.spans) if heard is not None else None,
        words=words.decide(payloads["words"], window) if "words" in payloads else None,
        unread=text.unread(payloads["text"], window) if "text" in payloads else (),
        wordless=words.why_none(payloads.get("words", ())),
        unreadable=decided.unreadable if decided else (),
        frames=frames.decide(payloads["frames"]) if "frames" in payloads else None,
    )
