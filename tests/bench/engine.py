"""Evidence against a plain decode of the same film by the ffmpeg program, in turn, on this machine."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import av

from segments.core.evidence.collect import Collector, assemble, plan_windows
from segments.core.media.facts import MediaLimits
from segments.core.media.probe import probe
from segments.core.progress import silent
from tests.bench.table import Row

SAMPLES = Path(__file__).resolve().parents[2] / "static" / "samples"
PAIRS = 3


def long_film(folder: Path, seconds: float = 600.0) -> Path:
    """A sample film repeated without re-encoding until it lasts `seconds`."""
    source = sorted(SAMPLES.glob("*.mp4"))[0]
    out = folder / "long.mp4"
    with av.open(str(out), "w", options={"movflags": "+faststart"}) as target:
        stream = None
        shift = last = 0
        while stream is None or shift * (stream.time_base or Fraction(1)) < seconds:
            with av.open(str(source)) as film:
                track = film.streams.video[0]
                stream = stream or target.add_stream_from_template(track)
                for packet in film.demux(track):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    last = max(last, packet.pts + (packet.duration or 1))
                    packet.stream = stream
                    target.mux(packet)
            shift = last
    return out


def measure(film: Path) -> list[Row]:
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        return [
            Row("shots + looks against ffmpeg", 0.0, "×", note="no ffmpeg on this machine: nothing to compare with")
        ]
    pairs = [(_decode(ffmpeg, film), _evidence(film)) for _ in range(PAIRS)]
    ratio = statistics.median(ours / plain for plain, ours in pairs)
    limits = MediaLimits()
    length = probe(film, filename=film.name, limits=limits).duration_seconds
    return [
        Row(
            "shots + looks, wall time ÷ full decode by ffmpeg",
            ratio,
            "×",
            1.1,
            f"median of {PAIRS} pairs, {length:.0f} s film",
        ),
        Row("shots + looks, wall time", statistics.median(ours for _, ours in pairs), "s"),
        Row("full decode by ffmpeg, wall time", statistics.median(plain for plain, _ in pairs), "s"),
        Row("memory of the evidence process and its largest child", _peak(film), "MiB", 1024),
    ]


def _decode(ffmpeg: str, film: Path) -> float:
    started = time.perf_counter()
    subprocess.run([ffmpeg, "-v", "error", "-i", film, "-map", "0:v:0", "-f", "null", "-"], check=True)
    return time.perf_counter() - started


def _evidence(film: Path) -> float:
    """A process of its own, start-up included, as ffmpeg's is."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tests.bench.engine", str(film)], check=True)
    return time.perf_counter() - started


def _peak(film: Path) -> float:
    code = "import resource,sys;from tests.bench.engine import look;from pathlib import Path;look(Path(sys.argv[1]));"
    code += "print(max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    done = subprocess.run([sys.executable, "-c", code, str(film)], check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


def look(film: Path) -> None:
    limits = MediaLimits()
    facts = probe(film, filename=film.name, limits=limits)
    with Collector(film, facts, limits, workers=2) as collector:
        parts = [collector.collect(part, {"pictures"}, silent)["pictures"] for part in plan_windows(facts, facts.whole)]
    assemble(facts, facts.whole, {"pictures": parts})


if __name__ == "__main__":
    look(Path(sys.argv[1]))
