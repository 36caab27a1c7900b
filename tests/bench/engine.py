"""Evidence against a plain decode of the same film by the ffmpeg program, in turn, on this machine.

Times of whole processes, start-up included, as ratios of the same round: other work on the machine slows both. The
ratio of processor time hardly depends on it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av

from segments.core.engines.local.engine import LocalEngine
from segments.core.evidence import seen
from segments.core.evidence.arrays import pack, unpack
from segments.core.evidence.collect import MODULES, SEEN, Collector, assemble, plan_windows
from segments.core.media.facts import MediaFacts, MediaLimits
from segments.core.media.probe import probe
from segments.core.presets import PRESETS
from segments.core.progress import silent
from segments.core.request import parse_run
from tests.bench.table import Row

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "static" / "samples"
ROUNDS = 3
HOUR = 3600.0
Payloads = Mapping[str, Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Ran:
    """One process with all it started: seconds of wall and processor time, MiB of the largest one."""

    wall: float
    cpu: float
    peak: float


def long_film(folder: Path, seconds: float = 600.0) -> Path:
    """The sample film without slides, repeated without re-encoding until it lasts `seconds`, with its sound."""
    source = SAMPLES / "match.mp4"
    out = folder / f"{seconds:.0f}.mp4"
    with av.open(str(out), "w", options={"movflags": "+faststart"}) as target, av.open(str(source)) as film:
        tracks = {track.index: target.add_stream_from_template(track) for track in film.streams if track.type != "data"}
        # a breath between two rounds: sound begins a little before zero and ends a little late
        length = Fraction(film.duration or 0, av.time_base) + Fraction(1, 10)
        for n in range(int(seconds / length) + 1):
            film.seek(0)
            for packet in film.demux(*(film.streams[index] for index in tracks)):
                if packet.dts is None or packet.pts is None:
                    continue
                shift = round(n * length / packet.time_base)
                packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                if packet.dts * packet.time_base >= seconds:
                    continue
                packet.stream = tracks[packet.stream.index]
                target.mux(packet)
    return out


def measure(film: Path, folder: Path, *, long: bool = False) -> list[Row]:
    """`film` lasts ten minutes or so; with `long` an hour and two are looked at too, which takes ten minutes."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return [Row("shots against ffmpeg", 0.0, "×", note="no ffmpeg on this machine: nothing to compare with")]
    short = long_film(folder, 120.0)
    decode = [ffmpeg, "-v", "error", "-i", "{film}", "-map", "0:v:0", "-f", "null", "-"]
    rows = _compared(short, decode, ROUNDS, {"shots": 0.8})
    rows += _compared(film, decode, ROUNDS, {"shots": 0.40, "all evidence": 1.5})
    rows += _rerun(film)
    if long:
        rows += _slope([film, long_film(folder, HOUR), long_film(folder, 2 * HOUR)])
    return rows


def _compared(film: Path, decode: list[str], rounds: int, promises: Mapping[str, float]) -> list[Row]:
    """Wall time of each command as a ratio to ffmpeg's in the same round; median of the rounds."""
    systems = {"ffmpeg": decode} | {name: _ours(name) for name in promises}
    peer = shutil.which("scenedetect")
    systems |= {"scenedetect": [peer, "-q", "-i", "{film}", "detect-adaptive"]} if peer else {}
    ran: dict[str, list[Ran]] = {name: [] for name in systems}
    order = list(systems)
    for n in range(rounds):
        for name in order[n % len(order) :] + order[: n % len(order)]:
            ran[name].append(_run([part.replace("{film}", str(film)) for part in systems[name]]))
    length = f"{_facts(film).duration_seconds / 60:.0f} min"
    plain = ran.pop("ffmpeg")
    rows = [Row(f"full decode by ffmpeg, {length}", statistics.median(one.wall for one in plain), "s")]
    for name, runs in ran.items():
        wall = statistics.median(ours.wall / base.wall for ours, base in zip(runs, plain, strict=True))
        cpu = statistics.median(ours.cpu / base.cpu for ours, base in zip(runs, plain, strict=True))
        note = f"processor time {cpu:.2f}×, median of {rounds} rounds"
        rows.append(Row(f"{name} ÷ full decode by ffmpeg, {length}", wall, "×", promises.get(name), note))
        if name in promises:
            rows.append(Row(f"{name}, largest process, {length}", max(one.peak for one in runs), "MiB", 1024))
    return rows


def _ours(name: str) -> list[str]:
    module = "segments.core.evidence.shots" if name == "shots" else "tests.bench.engine"
    return [sys.executable, "-m", module, "{film}"]


def _run(command: list[str]) -> Ran:
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _slope(films: Sequence[Path]) -> list[Row]:
    """Processor time per minute of film must not grow with its length."""
    runs = [(_facts(film).duration_seconds / 60, _run([*_ours("shots")[:-1], str(film)])) for film in films]
    first = runs[0][1].cpu / runs[0][0]
    rows = []
    for minutes, ran in runs[1:]:
        what = f"shots, {minutes:.0f} min"
        rows.append(Row(f"{what}, cost per minute ÷ that of the first film", ran.cpu / minutes / first, "×", 1.1))
        rows.append(Row(f"{what}, largest process", ran.peak, "MiB", 1024))
    return rows


def _rerun(film: Path) -> list[Row]:
    """Other definitions over an hour of evidence that is kept, from bytes to segments, for each template."""
    facts, kept = _hour(film, {"pictures", "faces", "sound", "text"})
    kept = {**kept, SEEN: [seen.decide(kept["pictures"], facts, facts.whole).packed()]}
    kept = {name: payloads for name, payloads in kept.items() if name != "pictures"}
    return [
        _rerun_of(preset.name, preset.definitions, facts, kept)
        for preset in PRESETS
        if preset.definitions[0]["description"]
    ]


def _rerun_of(name: str, definitions: list[dict[str, object]], facts: MediaFacts, kept: Payloads) -> Row:
    wire = {"type": "segment_definitions", "segment_definitions": definitions}
    request = parse_run({"response_format": wire}, duration=facts.duration_seconds)
    needs = LocalEngine().needs(request)
    asked = {module: payloads for module, payloads in kept.items() if module in needs or module == SEEN}
    started = time.process_time()
    evidence = assemble(facts, facts.whole, asked)
    found = LocalEngine().segment(request, evidence, silent)
    spent = time.process_time() - started
    return Row(f"rerun on an hour, {name}", spent, "s", 1.0, f"{len(found.segments)} segments, processor time")


def _hour(film: Path, modules: set[str]) -> tuple[MediaFacts, Payloads]:
    """The evidence of `film`, repeated on later times until it fills an hour."""
    facts, once = collected(film, modules)
    times = max(1, round(HOUR / facts.duration_seconds))
    whole = replace(facts, duration_seconds=times * facts.duration_seconds)
    return whole, {
        module: [_later(payload, n * facts.duration_seconds) for n in range(times) for payload in payloads]
        for module, payloads in once.items()
    }


def _later(payload: bytes, shift: float) -> bytes:
    values, arrays = unpack(payload)
    values |= {"start": values["start"] + shift} if "start" in values else {}
    values |= {"reads": [{**read, "time": read["time"] + shift} for read in values.get("reads", ())]}
    return pack(values, {name: array + shift if name.endswith("times") else array for name, array in arrays.items()})


def collected(film: Path, modules: set[str]) -> tuple[MediaFacts, dict[str, list[bytes]]]:
    facts, limits = _facts(film), MediaLimits()
    payloads: dict[str, list[bytes]] = {module: [] for module in modules}
    with Collector(film, facts, limits, workers=2) as collector:
        for window in plan_windows(facts, facts.whole):
            for module, payload in collector.collect(window, modules, silent).items():
                payloads[module].append(payload)
    return facts, payloads


def _facts(film: Path) -> MediaFacts:
    return probe(film, filename=film.name, limits=MediaLimits())


if __name__ == "__main__":
    everything, found = collected(Path(sys.argv[1]), set(MODULES))
    assemble(everything, everything.whole, found)
