"""The music of the product film: pads, plucks and a soft beat, one bar per cut."""

from __future__ import annotations

from segments.management.samples.sound import Track, band, bass, echo, hat, kick, pad, pluck

BEAT = 0.6
BAR = 4 * BEAT
_CHORDS = ((57, 60, 64, 71), (53, 57, 60, 67), (48, 55, 64, 67), (55, 59, 62, 69))
_FIGURE = (0, 2, 1, 3, 2, 1, 3, 2)


def music(seconds: float) -> Track:
    track = Track(seconds)
    bars = round(seconds / BAR)
    for bar in range(bars):
        chord = _CHORDS[bar % 4]
        at = bar * BAR
        track.add(echo(pad(chord, BAR + 0.9), 1.2, 0.3, 2), max(0, at - 0.1), 0.5)
        if 2 <= bar < bars - 1:
            _figure(track, chord, at)
        if 4 <= bar < bars - 3:
            _beat(track, chord, at)
    track.add(echo(pluck(69, 2.0), 2.0, 0.5, 3), 15 * BAR + 1.0, 0.5)
    return track


def _figure(track: Track, chord: tuple[int, ...], at: float) -> None:
    for step, degree in enumerate(_FIGURE):
        note = pluck(chord[degree] + 12, 1.1, 0.75)
        track.add(echo(note, 0.9, 0.35, 7), at + step * BEAT / 2, 0.26, 0.45 if step % 2 else -0.45)


def _beat(track: Track, chord: tuple[int, ...], at: float) -> None:
    for beat in range(4):
        track.add(band(kick(), 30, 2500), at + beat * BEAT, 0.5)
        track.add(hat(beat), at + (beat + 0.5) * BEAT, 0.1, 0.3)
    for step in (0.0, 1.5, 2.5):
        track.add(bass(chord[0] - 24, 0.8), at + step * BEAT, 0.42)
