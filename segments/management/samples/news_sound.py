"""What is said in the news film, and its stings."""

from __future__ import annotations

from segments.management.samples.sound import Track, band, bass, echo, hat, kick, pad, pluck
from segments.management.samples.speech import ANCHOR, REPORTER, Line, speak

LINES = (
    Line(
        6.3, 15.3, ANCHOR,
        "Good evening. Tonight: the new tram bridge is open, the river is clean again, and the night trains return.",
    ),
    Line(
        18.7, 27.3, ANCHOR,
        "After six years of work, the first tram crossed the harbour this morning. "
        "The city expects forty thousand riders a day.",
    ),
    Line(
        27.9, 35.9, REPORTER,
        "People lined the quay from dawn. The ride from the old town to the station now takes only nine minutes.",
    ),
    Line(
        36.5, 43.5, ANCHOR,
        "Next, the river. For the first time in eighty years, its water is clean enough for swimming.",
    ),
    Line(
        44.5, 52.3, ANCHOR,
        "Swimming is allowed from Saturday at three guarded places. The water will be tested every day.",
    ),
    Line(52.8, 57.9, ANCHOR, "Pollution has fallen by two thirds since twenty nineteen."),
    Line(
        61.0, 68.9, REPORTER,
        "From December, night trains will again link the harbour with the mountains. "
        "Tickets start at twenty nine euros.",
    ),
    Line(
        69.7, 79.8, ANCHOR,
        "And the weather. Tomorrow it stays dry on the coast, with up to twenty one degrees. "
        "In the hills, expect rain from the afternoon on.",
    ),
    Line(80.5, 83.9, ANCHOR, "That was Harbour News. Good night."),
)  # fmt: skip


def sound(seconds: float) -> Track:
    track = Track(seconds)
    _theme(track, 0.1, 5.6, 1.0)
    for at in (15.4, 58.0):
        _sting(track, at)
    track.add(echo(pad((50, 57, 62), 11.5), 1.0, 0.3, 3), 69.0, 0.10)
    track.add(echo(pad((50, 57, 64, 66), 9.8), 1.0, 0.3, 3), 5.7, 0.07)
    _theme(track, 83.8, 6.2, 0.85)
    speak(track, LINES)
    return track


def _theme(track: Track, at: float, seconds: float, gain: float) -> None:
    """A march of four notes over a held chord."""
    beat = 0.4
    track.add(echo(pad((50, 57, 62, 66, 69), seconds), 1.6, 0.35, 4), at, 0.5 * gain)
    for step in range(int(seconds / beat) - 1):
        note = (62, 69, 66, 69, 74, 69, 71, 69)[step % 8]
        track.add(echo(pluck(note + 12, 1.0, 0.9), 1.0, 0.3, 5), at + step * beat, 0.28 * gain, 0.4 * (-1) ** step)
        if step % 2 == 0:
            track.add(band(kick(), 30, 2500), at + step * beat, 0.55 * gain)
            track.add(bass(38 if step % 8 < 4 else 43, 0.7), at + step * beat, 0.4 * gain)
        track.add(hat(step), at + (step + 0.5) * beat, 0.09 * gain, 0.3)
    for note in (74, 78, 81):
        track.add(echo(pluck(note, 2.2, 0.9), 1.8, 0.45, 6), at + seconds - 2.2, 0.25 * gain)


def _sting(track: Track, at: float) -> None:
    for k, note in enumerate((62, 69, 74, 78)):
        track.add(echo(pluck(note, 1.6, 0.9), 1.2, 0.4, 6), at + 0.14 * k, 0.4)
    track.add(band(kick(), 30, 2500), at, 0.6)
    track.add(echo(pad((50, 57, 62), 2.6), 1.0, 0.3, 4), at, 0.35)
